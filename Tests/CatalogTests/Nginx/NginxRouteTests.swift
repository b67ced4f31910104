import Catalog
import Model
import Syntax
import Testing

/// Where requests end up; `Tests/EffectTests/Matching` compares the same with a running nginx.
@Suite("nginx requests")
struct NginxRouteTests {
  /// The way of a request, from the server to the location: `b > /a > /a/b`, or what ends it.
  private func way(
    _ http: String, _ target: String = "/", host: String? = "h", at address: String? = nil,
    port: Int? = nil, isTLS: Bool? = nil
  ) -> [String] {
    let request = NginxRequest(
      target: target, host: host, address: address, port: port, isTLS: isTLS)
    guard let root = NginxSample(http: http).resource(.nginx) as? NginxResource else { return [] }
    do throws(NginxRequestRefusal) {
      return try root.routes(of: request).map { route in
        let names = route.steps.filter { $0.directive == "server" || $0.directive == "location" }
        let assumed = route.assumptions.map { $0.reason.hasPrefix("taken to match") ? "+" : "-" }
        return (assumed + [names.map(\.text).joined(separator: " > ")]).joined(separator: " ")
      }
    } catch {
      return ["\(error.status)"]
    }
  }

  private static let sockets = """
    server { listen 80; server_name any4; }
    server { listen [::]:80; server_name any6; }
    server { listen [::1]:80; server_name one6; }
    server { listen 10.0.0.1:80; server_name one4; }
    server { listen 8080-8090; server_name range; }
    server { listen 443 ssl; listen 443 quic; server_name secure; }
    server { listen unix:/run/n.sock; server_name file; }
    server { listen [::]:81 ipv6only=off; server_name both; }
    server { server_name none; listen localhost:82; }
    """

  @Test(
    "choose the socket by its exact address, then by wildcard",
    arguments: [
      ("10.0.0.1:80", "one4"), ("10.0.0.2:80", "any4"), ("10.0.0.2", "any4 one4 any6 one6"),
      ("*:80", "any4"), ("80", "any4 any6 one6 one4"), ("[::1]:80", "one6"),
      ("[0:0:0:0:0:0:0:1]:80", "one6"), ("[::2]:80", "any6"), ("[::ffff:10.0.0.1]:80", "any6"),
      ("8085", "range"), ("8091", ""), ("unix:/run/n.sock", "file"), ("unix:/run/m.sock", ""),
      ("10.0.0.1:81", "both"), ("10.0.0.1:443", "secure"), ("localhost:82", "none"),
    ])
  func addresses(address: String, servers: String) {
    let found = way(Self.sockets, at: address)
    if address == "10.0.0.2" {
      // Every port has a wildcard that takes it.
      #expect(found.contains("any4") && !found.contains("one4"))
    } else {
      #expect(Set(found) == Set(servers.split(separator: " ").map(String.init)))
    }
  }

  @Test("choose the socket by scheme and usual port")
  func schemes() {
    #expect(way(Self.sockets, isTLS: true) == ["secure"])
    #expect(Set(way(Self.sockets, isTLS: false)) == ["any4", "any6", "one6", "one4"])
    #expect(way(Self.sockets, port: 443) == ["secure"])
    #expect(way(Self.sockets, port: 443, isTLS: false) == [])
  }

  @Test(
    "choose the server by name",
    arguments: [
      ("a.org", "a.org"), ("A.ORG.", "a.org"), ("a.org:81", "a.org"), ("x.a.org", "*.a.org"),
      ("x.y.a.org", "*.y.a.org"), ("b.org", ".b.org"), ("x.b.org", ".b.org"),
      ("mail.c.org", "mail.*"), ("www1", "~^www(\\d)$"), ("nobody", "first"), (nil, "nameless"),
      ("a..org", "400"), ("", "400"), ("a/b", "400"), ("[::1]:80", "first"),
    ] as [(String?, String)])
  func names(host: String?, server: String) {
    let text = """
      server { listen 80; server_name first; }
      server { listen 80; server_name a.org; }
      server { listen 80; server_name *.a.org; }
      server { listen 80; server_name *.y.a.org; }
      server { listen 80; server_name .b.org; }
      server { listen 80; server_name mail.*; }
      server { listen 80; server_name ~^www(\\d)$; }
      server { listen 80; server_name A.org; }
      server { listen 80; server_name ""; return 200; }
      """
    let expected = server == "nameless" ? "80" : server
    #expect(way(text, host: host) == [expected])
  }

  @Test(
    "read the path as nginx does",
    arguments: [
      ("/a/./b", "/a/b"), ("/a//b", "/a/b"), ("/a/x/../b", "/a/b"), ("/%61/b", "/a/b"),
      ("/a%2Fb", "/a/b"), ("/a/x/%2e%2E/b", "/a/b"), ("/a/b?c", "/a/b"), ("/a/b#c", "/a/b"),
      ("/a/b/c/..", "/"), ("/a%3Fb", "/"), ("/..", "400"), ("/%", "400"), ("/%zz", "400"),
      ("/%00", "400"), ("a/b", "400"), ("/a b", "400"), ("/a/b%20", "/"),
    ])
  func paths(target: String, location: String) {
    let text = "server { listen 80; location / { } location = /a/b { } }"
    let found = way(text, target).map {
      $0.replacingPrefix("80 > = ", "").replacingPrefix("80 > ", "")
    }
    #expect(found == [location])
  }

  @Test(
    "choose the location",
    arguments: [
      ("/", "/"), ("/exact", "/exact"), ("/exact/", "/"), ("/p/x", "/p/"), ("/p", "/p/"),
      ("/p/x.php", "\\.php$"), ("/s/x.php", "/s/"), ("/n/x", "/n/ > /n/x"),
      ("/n/x.php", "/n/ > \\.PHP$"), ("/CASE", "^/case"), ("/new", "/"), ("/old/p/", "/ > /p/"),
    ])
  func locations(target: String, names: String) {
    let text = """
      server {
        listen 80;
        location / { rewrite ^/old(/.*)$ $1 last; }
        location = /exact { }
        location /p/ { proxy_pass http://10.0.0.1; }
        location ^~ /s/ { }
        location /n/ { location /n/x { } location ~* \\.PHP$ { } }
        location ~ \\.php$ { }
        location ~* ^/case { }
      }
      """
    let found = way(text, target).first?.split(separator: " ").filter {
      !["80", ">", "=", "^~", "~", "~*"].contains($0)
    }
    #expect(found?.joined(separator: " > ") == names)
  }

  @Test("split where a pattern cannot be judged, and name what was not read")
  func doubts() throws {
    let text = """
      server { listen 80; include sites/*.conf; include /etc/nginx/more.conf;
        location / { } location ~ ^/a(?R)?$ { } }
      """
    #expect(Set(way(text, "/a")) == ["- 80 > /", "+ 80 > ~ ^/a(?R)?$"])
    let root = try #require(NginxSample(http: text).resource(.nginx) as? NginxResource)
    let route = try #require(root.routes(of: NginxRequest(target: "/", host: nil)).first)
    #expect(route.doubts.count == 1)
    #expect(route.doubts.first?.contains("/etc/nginx/more.conf") == true)
  }

  @Test("list what is in force with the lines that say so")
  func settings() throws {
    let text = """
      proxy_read_timeout 30s; add_header A 1; root /a;
      server {
        listen 80; client_max_body_size 2m;
        location / { add_header B 2; add_header C 3; alias /b/; location /x { root /c; } }
      }
      """
    let root = try #require(NginxSample(http: text).resource(.nginx) as? NginxResource)
    func settings(_ target: String, _ name: String) throws -> [String] {
      let route = try root.routes(of: NginxRequest(target: target, host: nil)).first
      return (route?.settings(named: name) ?? []).map {
        "\($0.provenance.rawValue) \($0.written ?? "-")"
      }
    }
    #expect(try settings("/", "proxy_read_timeout") == ["inherited 30s"])
    #expect(try settings("/", "add_header") == ["explicit B 2", "explicit C 3"])
    #expect(try settings("/x", "add_header") == ["inherited B 2", "inherited C 3"])
    #expect(try settings("/", "client_max_body_size") == ["inherited 2m"])
    #expect(try settings("/", "send_timeout") == ["default -"])
    #expect(try settings("/", "root") == [])
    #expect(try settings("/x", "alias") == [])
    #expect(try settings("/x", "root") == ["explicit /c"])
    #expect(try settings("/", "worker_processes") == ["default -"])
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, _ other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
