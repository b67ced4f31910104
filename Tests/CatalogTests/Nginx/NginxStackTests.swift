import Catalog
import Model
import Syntax
import Testing

/// The incident's proxy before and after; beside the shared files, a copy that a clone has too.
@Suite("nginx of the incident")
struct NginxStackTests {
  private static let outage = """
    worker_processes 4;
    events { worker_connections 4096; }
    http {
      upstream auth_backend { server auth:8080; }
      server {
        listen 80; server_name auth.example.com;
        location /login {
          proxy_pass http://auth_backend;
          proxy_connect_timeout 5s; proxy_read_timeout 15s;
          proxy_next_upstream error timeout http_502 http_504 non_idempotent;
          proxy_next_upstream_tries 0;
        }
        location / { proxy_pass http://auth_backend; proxy_read_timeout 15s; }
      }
    }
    """

  @Test("retries without limit, limits nothing and knows no maximum")
  func before() { Self.checkOutage(NginxSample(Self.outage)) }

  @Test(
    "is read alike from the shared files",
    .enabled(
      if: SharedNginx.data("corpora/stack/outage/nginx.conf") != nil, "shared files are not here"))
  func shared() throws {
    let outage = try #require(SharedNginx.data("corpora/stack/outage/nginx.conf"))
    Self.checkOutage(NginxSample(String(decoding: outage, as: UTF8.self)))
    let data = try #require(SharedNginx.data("corpora/stack/fixed/nginx.conf"))
    let fixed = NginxSample(String(decoding: data, as: UTF8.self))
    #expect(fixed.problems == [])
    #expect(fixed.value("worker_connections", of: .nginx) == "2048")
    #expect(fixed.value("has_max_conns", of: .upstream) == "true")
    #expect(fixed.value("keepalive", of: .upstream) == "64")
    #expect(fixed.value("request_limits", of: .location, "/login") == "login")
    #expect(fixed.value("proxy_next_upstream", of: .location, "/login") == "error")
    #expect(fixed.value("proxy_next_upstream_tries", of: .location, "/login") == "2")
    for location in ["/login", "/"] {
      #expect(fixed.value("proxy_http_version", of: .location, location) == "1.1")
      #expect(fixed.value("sets_connection_header", of: .location, location) == "")
    }
  }

  private static func checkOutage(_ configuration: NginxSample) {
    #expect(configuration.problems == [])
    #expect(configuration.value("workers", of: .nginx) == "4")
    #expect(configuration.value("worker_connections", of: .nginx) == "4096")
    #expect(configuration.value("has_max_conns", of: .upstream) == "false")
    #expect(configuration.value("request_limits", of: .location, "/login") == "")
    let next = configuration.value("proxy_next_upstream", of: .location, "/login")
    #expect(next == "error, timeout, http_502, http_504, non_idempotent")
    #expect(configuration.value("proxy_next_upstream_tries", of: .location, "/login") == "0")
    #expect(configuration.value("proxy_next_upstream_timeout", of: .location, "/login") == "0ms")
    #expect(configuration.value("proxy_read_timeout", of: .location, "/") == "15000ms")
    #expect(configuration.value("proxy_connect_timeout", of: .location, "/") == "60000ms")
    #expect(configuration.value("passed_to", of: .upstream) == "/login, /")
  }

  @Test("lists what is written and what carries the load")
  func inventory() throws {
    let configuration = NginxSample(Self.outage)
    let read = try #require(configuration.setting("proxy_read_timeout", of: .location, "/login"))
    #expect(read.written == "15s" && read.effective == .int(15_000) && read.unit == .millisecond)
    #expect(read.provenance == .explicit)
    let connect = try #require(configuration.setting("proxy_connect_timeout", of: .location, "/"))
    #expect(connect.written == nil && connect.effective == .int(60_000))
    #expect(connect.provenance == .default && connect.origin == nil)
    let body = try #require(configuration.setting("client_max_body_size", of: .server))
    #expect(body.effective == .int(1_048_576) && body.unit == .byte)
    let workers = try #require(configuration.setting("worker_connections", of: .nginx))
    #expect(workers.written == "4096" && workers.provenance == .explicit)
    let server = try #require(configuration.setting("server", of: .upstream))
    #expect(server.written == "auth:8080")
    #expect(configuration.setting("zone", of: .upstream) == nil)
  }

  @Test("says where an inherited value comes from")
  func inherited() throws {
    let files = [
      "nginx.conf":
        "events {} http { include t.conf; server { location / { proxy_pass http://a; } } }",
      "t.conf": "proxy_read_timeout  7s;",
    ]
    let configuration = NginxSample(files)
    let setting = try #require(configuration.setting("proxy_read_timeout", of: .location))
    #expect(setting.provenance == .inherited && setting.written == "7s")
    #expect(setting.origin == Origin(path: "t.conf", range: 20..<22))
  }

  @Test("hides secrets in headers and leaves variables alone")
  func secrets() {
    let configuration = NginxSample(
      http: """
        server { location / { proxy_set_header Authorization "Basic abc"; proxy_pass http://a; }
          location /b { proxy_set_header Authorization $http_authorization; } }
        """)
    #expect(configuration.setting("proxy_set_header", of: .location, "/")?.isSecret == true)
    #expect(configuration.setting("proxy_set_header", of: .location, "/b")?.isSecret == false)
  }
}
