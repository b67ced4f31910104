import Catalog
import Model
import Testing

@Suite("nginx facts: servers of an upstream")
struct NginxUpstreamServersTests {
  @Test(
    "an address counts as repeated only beside another one",
    arguments: [
      ("server a; server b;", ""), ("server a; server b; server a;", "a:80"),
      ("server a; server b; server A:80 weight=2; server a;", "a:80"),
      ("server a:80; server a:81;", ""), ("server a; server a;", ""),
      ("server a; server b; server a backup;", ""), ("server a; server b; server a down;", ""),
      ("server unix:/A; server unix:/a;", ""),
      ("server unix:/a; server b; server unix:/a;", "unix:/a"),
      ("server [::1]; server b; server [::1]:80;", "[::1]:80"), ("", ""),
    ])
  func repeated(servers: String, repeated: String) {
    let sample = NginxSample(http: "upstream u { \(servers) }")
    #expect(sample.value("repeated_servers", of: .upstream) == repeated)
  }

  @Test("the line underlined is the second one")
  func place() {
    let sample = NginxSample(http: "upstream u { server a; server b; server a weight=3; }")
    #expect(sample.underlined("repeated_servers", of: .upstream) == "a weight=3")
  }

  @Test(
    "a name may be several servers, an address is one",
    arguments: [
      ("server 10.0.0.1;", "true"), ("server 10.0.0.1:8080 max_fails=3;", "true"),
      ("server unix:/run/a;", "true"), ("server [::1]:80;", "true"), ("server app;", "false"),
      ("server 10.0.0.1; server 10.0.0.2;", "false"),
      ("server 10.0.0.1; server 10.0.0.2 backup;", "false"), ("", "false"),
    ])
  func singleAddress(servers: String, isSingle: String) {
    let sample = NginxSample(http: "upstream u { \(servers) }")
    #expect(sample.value("has_single_address", of: .upstream) == isSingle)
  }

  @Test("what a file that was not read may add is unknown, but not what it cannot take away")
  func unread() {
    let sample = NginxSample(
      http: """
        upstream one { server 10.0.0.1; include more.inc; }
        upstream two { server a; server b; server a; include more.inc; }
        """)
    #expect(sample.value("has_single_address", of: .upstream, "one") == "unknown")
    #expect(sample.value("repeated_servers", of: .upstream, "one") == "unknown")
    #expect(sample.value("has_single_address", of: .upstream, "two") == "false")
    #expect(sample.value("repeated_servers", of: .upstream, "two") == "a:80")
  }

  @Test("the balancing method has options, and directives that use it have names")
  func use() {
    let sample = NginxSample(
      http: """
        upstream u { hash $request_uri consistent; server a; }
        server {
          location / { proxy_pass http://u; }
          location /a { if ($args) { proxy_pass http://u; } }
          location /b { grpc_pass u; }
        }
        """)
    #expect(sample.value("balancing_options", of: .upstream) == "$request_uri, consistent")
    #expect(sample.value("passed_by", of: .upstream) == "proxy_pass, grpc_pass")
    let plain = NginxSample(http: "upstream u { server a; }")
    #expect(plain.value("balancing_options", of: .upstream) == "")
    #expect(plain.value("passed_by", of: .upstream) == "")
  }

  @Test(
    "an upstream is mentioned by its name, by constants of a variable and by other modules",
    arguments: [
      ("proxy_pass http://u;", "true"), ("proxy_pass http://U/x;", "true"),
      ("proxy_pass http://v;", "false"), ("", "false"),
      ("set $b u; proxy_pass http://$b;", "true"),
      ("set $b v; proxy_pass http://$b;", "false"),
      ("set $b http://u; proxy_pass $b;", "true"),
      ("set $b $arg_b; proxy_pass http://$b;", "unknown"),
      ("set $b \"\"; proxy_pass http://$b;", "unknown"),
      ("proxy_pass http://$host;", "unknown"), ("proxy_pass http://$args/x;", "unknown"),
      ("proxy_pass http:/$uri;", "unknown"), ("proxy_pass http://10.0.0.1/$uri;", "false"),
      ("redis2_pass u;", "true"), ("my_own_pass u;", "true"),
    ])
  func mentions(lines: String, isMentioned: String) {
    let sample = NginxSample(
      http: "upstream u { server a; } server { location / { \(lines) } }")
    #expect(sample.value("is_mentioned", of: .upstream) == isMentioned)
  }

  @Test("a map mentions upstreams, and stream has names of its own")
  func scopes() {
    let sample = NginxSample(
      """
      events {}
      stream {
        upstream s { server a:1; }
        upstream t { server a:2; }
        map $remote_addr $to { default s; }
        server { listen 1; proxy_pass $to; }
      }
      http { upstream h { server a; } server { location / { return 200; } } }
      """)
    #expect(sample.value("is_mentioned", of: .upstream, "s") == "true")
    #expect(sample.value("is_mentioned", of: .upstream, "t") == "false")
    #expect(sample.value("is_mentioned", of: .upstream, "h") == "false")
  }
}
