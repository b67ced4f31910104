import Catalog
import Model
import Testing

@Suite("nginx facts: load, sockets and hand-over")
struct NginxLoadFactTests {
  @Test(
    "how a request is handed on is asked in one way for all protocols",
    arguments: [
      ("proxy_pass http://a; proxy_read_timeout 7s;", "7000ms", "60000ms", "error, timeout"),
      ("fastcgi_pass a; fastcgi_connect_timeout 2s;", "60000ms", "2000ms", "error, timeout"),
      ("grpc_pass grpc://a; proxy_read_timeout 7s;", "60000ms", "60000ms", "error, timeout"),
      ("memcached_pass a; memcached_next_upstream error;", "60000ms", "60000ms", "error"),
      ("root /srv;", "absent", "absent", "absent"),
    ])
  func families(text: String, read: String, connect: String, next: String) {
    let configuration = NginxSample(
      http: "upstream a { server 10.0.0.1; } server { location / { \(text) } }")
    #expect(configuration.value("pass_read_timeout", of: .location) == read)
    #expect(configuration.value("pass_connect_timeout", of: .location) == connect)
    #expect(configuration.value("pass_next_upstream", of: .location) == next)
  }

  @Test("zero tries and no time for them are no limits")
  func unbounded() {
    let configuration = NginxSample(
      http: """
        server {
          location /a { proxy_pass http://x; }
          location /b { proxy_pass http://x; proxy_next_upstream_tries 3;
            proxy_next_upstream_timeout 4s; }
        }
        """)
    #expect(configuration.value("pass_tries", of: .location, "/a") == "\(Int64.max)")
    #expect(configuration.value("pass_retry_time", of: .location, "/a") == "\(Int64.max / 1_000)ms")
    #expect(configuration.value("pass_tries", of: .location, "/b") == "3")
    #expect(configuration.value("pass_retry_time", of: .location, "/b") == "4000ms")
  }

  @Test(
    "servers that may be tried are counted, those in reserve included",
    arguments: [
      ("server 10.0.0.1; server 10.0.0.2 backup;", "http://u", "2", "true"),
      ("server 10.0.0.1; server 10.0.0.2 down;", "http://u", "1", "true"),
      ("server app; server 10.0.0.2;", "http://u", "2", "false"),
      ("server unix:/run/a.sock;", "http://u", "1", "true"),
      ("server 10.0.0.1;", "http://10.0.0.9:80", "1", "true"),
      ("server 10.0.0.1;", "http://app.example.org", "1", "false"),
      ("server 10.0.0.1;", "http://$host", "absent", "false"),
    ])
  func servers(upstream: String, url: String, count: String, isExact: String) {
    let configuration = NginxSample(
      http: "upstream u { \(upstream) } server { location / { proxy_pass \(url); } }")
    #expect(configuration.value("pass_servers", of: .location) == count)
    #expect(configuration.value("pass_servers_exact", of: .location) == isExact)
  }

  @Test(
    "idle connections are counted where something hands requests to the upstream",
    arguments: [("http://a", "8"), ("http://$b", "40"), ("http://c", "0")])
  func idleConnections(url: String, sum: String) {
    let configuration = NginxSample(
      http: """
        upstream a { server 10.0.0.1; keepalive 8; } upstream b { server 10.0.0.2; keepalive 32; }
        server { location / { proxy_pass \(url); } }
        """)
    #expect(configuration.value("idle_upstream_connections", of: .nginx) == sum)
  }

  @Test(
    "lines that let connections last are found",
    arguments: [
      (
        "location / { proxy_pass http://a; proxy_set_header Upgrade $http_upgrade; }",
        "proxy_set_header Upgrade $http_upgrade"
      ),
      ("location / { proxy_pass http://a; proxy_set_header Upgrade \"\"; }", "absent"),
      ("location / { proxy_pass http://a; proxy_read_timeout 1h; }", "proxy_read_timeout 1h"),
      ("location / { proxy_pass http://a; proxy_read_timeout 600; }", "absent"),
    ])
  func longConnections(text: String, line: String) {
    let configuration = NginxSample(http: "server { \(text) }")
    #expect(configuration.value("long_connection", of: .nginx) == line)
    let stream = NginxSample("events {} stream { server { listen 1; proxy_pass 10.0.0.1:1; } }")
    #expect(stream.value("long_connection", of: .nginx) == "stream")
    #expect(NginxSample("events {} stream {}").value("long_connection", of: .nginx) == "absent")
  }

  @Test(
    "buffers of a request add up to what one location may need",
    arguments: [
      ("root /srv;", 1_024 + 8_192), ("proxy_pass http://a;", 1_024 + 8_192 + 4_096 + 32_768),
      ("proxy_pass http://a; proxy_buffering off;", 1_024 + 8_192 + 4_096),
      ("proxy_pass http://a; proxy_buffers 4 1m;", 1_024 + 8_192 + 4_096 + 4_194_304),
      ("fastcgi_pass a; fastcgi_buffer_size 16k;", 1_024 + 8_192 + 16_384 + 32_768),
    ])
  func buffers(text: String, bytes: Int) {
    let configuration = NginxSample(http: "server { location / { \(text) } location /b { } }")
    #expect(configuration.value("request_memory", of: .location, "/") == "\(bytes)")
    #expect(configuration.value("request_memory", of: .nginx) == "\(bytes)")
  }

  @Test(
    "max_conns admit together what each server admits, for each worker without a zone",
    arguments: [
      ("server a max_conns=5; server b max_conns=6;", "44"),
      ("zone z 64k; server a max_conns=5; server b max_conns=6;", "11"),
      ("zone z 64k; server a max_conns=5; server b;", "\(Int64.max)"),
      ("zone z 64k; server a max_conns=5; server b max_conns=0;", "\(Int64.max)"),
      ("zone z 64k; server a max_conns=5; server b down;", "5"),
      ("zone z 64k; server a max_conns=5; server b backup max_conns=1;", "6"),
      ("zone z 64k; include more.conf; server a max_conns=5;", "unknown"),
    ])
  func admitted(text: String, count: String) {
    let configuration = NginxSample("worker_processes 4; events {} http { upstream u { \(text) } }")
    #expect(configuration.value("admitted_connections", of: .upstream) == count)
    let open = NginxSample(
      "worker_processes auto; events {} http { upstream u { server a max_conns=5; } }")
    #expect(open.value("admitted_connections", of: .upstream) == "unknown")
  }

  @Test(
    "options of a socket are told from those of a server",
    arguments: [
      ("80 reuseport", "80 backlog=5", "2", "5", "true"),
      ("80 reuseport", "80 ssl http2 proxy_protocol default_server", "1", "absent", "true"),
      ("80", "*:80 so_keepalive=on", "1", "absent", "false"), ("80", "80", "0", "absent", "false"),
    ])
  func options(one: String, two: String, lines: String, backlog: String, reuseport: String) {
    let configuration = NginxSample(
      http: "server { listen \(one); server_name a; } server { listen \(two); server_name b; }")
    #expect(configuration.value("option_lines", of: .socket) == lines)
    #expect(configuration.value("backlog", of: .socket) == backlog)
    #expect(configuration.value("reuseport", of: .socket) == reuseport)
  }

  @Test("set_real_ip_from counts wherever it stands, and may stand where nothing was read")
  func addresses() {
    let inner = NginxSample(http: "server { set_real_ip_from 10.0.0.0/8; }")
    #expect(inner.value("replaces_addresses", of: .nginx) == "true")
    #expect(NginxSample(http: "server { }").value("replaces_addresses", of: .nginx) == "false")
    let open = NginxSample(http: "server { include a.conf; }")
    #expect(open.value("replaces_addresses", of: .nginx) == "unknown")
  }
}
