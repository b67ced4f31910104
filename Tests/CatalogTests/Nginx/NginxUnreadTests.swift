import Catalog
import Model
import Testing

/// What an include that was not read may set is not known, and nothing else is lost by it.
@Suite("nginx includes that are not read")
struct NginxUnreadTests {
  /// Text inside `http`; a fact or directive of the location `/x`, and its value.
  private static let locations: [(String, String, String)] = [
    ("server { location /x { include p.conf; proxy_pass http://u; } }", limits, "unknown"),
    ("server { include p.conf; location /x { } }", "request_limits", "unknown"),
    ("include p.conf; server { location /x { } }", "request_limits", "unknown"),
    ("include p.conf; server { limit_req zone=a; location /x { } }", "request_limits", "a"),
    ("limit_req zone=a; server { include p.conf; location /x { } }", "request_limits", "unknown"),
    ("server { location /x { } location /y { include p.conf; } }", "request_limits", ""),
    ("server { location /x { include proxy_params; } }", "request_limits", ""),
    ("include mime.types; server { location /x { } }", "request_limits", ""),
    ("server { location /x { include p.conf; } }", "proxy_http_version", "unknown"),
    (
      "server { include p.conf; location /x { proxy_http_version 1.1; } }", "proxy_http_version",
      "1.1"
    ),
    ("server { location /x { include proxy_params; } }", "proxy_http_version", "1.0"),
    ("server { location /x { include /srv/proxy_params; } }", "proxy_http_version", "unknown"),
    ("server { location /x { include p.conf; } }", "proxy_next_upstream_tries", "unknown"),
    ("server { location /x { include p.conf; } }", "passes", "unknown"),
    ("server { location /x { include p.conf; } }", "upstream", "unknown"),
    ("server { location /x { include p.conf; proxy_pass http://u; } }", "passes", "proxy_pass"),
    ("server { location /x { include proxy_params; } }", "passes", "absent"),
    ("include p.conf; server { location /x { proxy_pass http://v; } }", "upstream", "unknown"),
    ("include p.conf; server { location /x { proxy_pass http://v:80; } }", "upstream", "absent"),
    ("include p.conf; server { location /x { proxy_pass http://10.1.1.1; } }", upstream, "absent"),
    ("include p.conf; server { location /x { proxy_pass http://u; } }", "upstream", "u"),
    ("server { include p.conf; location /x { } }", "resolver_in_scope", "unknown"),
    (
      "include p.conf; resolver 10.0.0.2; server { location /x { } }", "resolver_in_scope", "true"
    ),
    (
      "include p.conf; server { location /x { set $b v; proxy_pass http://$b; } }",
      "pass_needs_resolver", "unknown"
    ),
    ("server { include p.conf; location /x { } }", "is_internal", "false"),
    ("server { location /x { include p.conf; } }", "is_internal", "unknown"),
    ("server { include p.conf; location /x { try_files $uri @a; } }", targets, "unknown"),
    ("server { include mime.types; location /x { try_files $uri @a; } }", targets, "@a"),
    ("include p.conf; server { location /x { try_files $uri @a; } }", targets, "@a"),
    ("server { include p.conf; location /x { } }", targets, ""),
    ("server { location /x { include p.conf; proxy_set_header A b; } }", header, "unknown"),
    ("server { location /x { include proxy_params; proxy_set_header A b; } }", header, "absent"),
    (
      "proxy_set_header Connection \"\"; server { location /x { include proxy_params; } }", header,
      "absent"
    ),
    ("server { location /x { include p.conf; proxy_set_header Connection c; } }", header, "c"),
    ("server { include p.conf; location /x { proxy_set_header A b; } }", header, "absent"),
    ("server { include p.conf; location /x { } }", header, "unknown"),
    ("server { location /x { include proxy_params; } }", "proxy_set_headers", "unknown"),
    ("server { location /x { include p.conf; add_header A b; } }", "add_header", "unknown"),
    ("server { include p.conf; location /x { add_header A b; } }", "add_header", "A b"),
    ("server { location /x { include p.conf; } }", "written", "unknown"),
    ("server { location /x { include proxy_params; } }", "written", "proxy_set_header"),
  ]
  private static let limits = "request_limits"
  private static let upstream = "upstream"
  private static let targets = "named_targets_undefined"
  private static let header = "sets_connection_header"

  @Test("leave open what they may say of a location", arguments: locations)
  func location(http: String, field: String, expected: String) {
    let text = http.replacing("p.conf", with: "/etc/nginx/parts/p.conf")
    let sample = NginxSample(http: "upstream u { server 10.0.0.1; }\n\(text)")
    #expect(sample.value(field, of: .location, "/x") == expected)
  }

  @Test(
    "leave open what they may say at the top",
    arguments: [
      ("include /etc/nginx/main.d/*.conf; events {}", "worker_processes", "unknown"),
      ("include /etc/nginx/main.d/*.conf; events {}", "workers", "unknown"),
      ("include /etc/nginx/main.d/*.conf; events {}", "worker_connections", "512"),
      ("include /etc/nginx/main.d/*.conf; http {}", "worker_connections", "unknown"),
      ("events { include /etc/nginx/e.conf; } http {}", "worker_connections", "unknown"),
      ("include /etc/nginx/main.d/*.conf; worker_processes 2; events {}", "workers", "2"),
      ("include /etc/nginx/modules-enabled/*.conf; events {}", "workers", "1"),
      ("include /usr/share/nginx/modules/*.conf; events {}", "worker_processes", "1"),
      ("include main.d/*.conf; events {}", "worker_processes", "1"),
      ("events {} http { include /etc/nginx/conf.d/*.conf; }", "worker_processes", "1"),
    ])
  func root(text: String, field: String, expected: String) {
    let sample = NginxSample(text)
    #expect(sample.value(field, of: .nginx) == expected)
    if expected == "unknown", field != "workers" {
      let setting = NginxSchema.nginx.field(named: field).flatMap {
        sample.resource(.nginx)?.setting(for: $0)
      }
      #expect(setting?.provenance == .unknown)
      #expect(setting?.note?.contains("/etc/nginx/") == true)
    }
  }

  @Test(
    "leave open what they may say of servers and upstreams",
    arguments: [
      ("include X; server { listen 443 ssl; }", Kind.server, "ssl_protocols", "unknown"),
      ("server { listen 443 ssl; include X; }", Kind.server, "has_tls", "true"),
      ("server { include X; }", Kind.server, "has_tls", "unknown"),
      ("server { include X; error_page 502 @a; }", .server, targets, "unknown"),
      ("server { include X; }", .server, "listens", "unknown"),
      ("include X; server { }", .server, "has_tls", "false"),
      ("upstream u { server a; include X; }", .upstream, "zone", "unknown"),
      ("upstream u { server a; include X; }", .upstream, "usable_servers", "unknown"),
      ("upstream u { server a; include X; }", .upstream, "keepalive", "unknown"),
      ("upstream u { server a; include X; }", .upstream, "has_max_conns", "unknown"),
      ("upstream u { server a max_conns=1; include X; }", .upstream, "has_max_conns", "true"),
      ("include X; upstream u { server a; }", .upstream, "keepalive", "absent"),
      ("include X; upstream u { server a; }", .upstream, "is_used", "unknown"),
    ])
  func others(http: String, kind: Kind, field: String, expected: String) {
    let sample = NginxSample(
      http: http.replacing("X", with: "/etc/nginx/x.conf"), version: Version(1, 22, 1))
    #expect(sample.value(field, of: kind) == expected)
  }

  @Test("are also those that are missing or templates")
  func missing() {
    let files = ["nginx.conf": "events {} http { include t; }", "t": "{% if x %}\n{% endif %}\n"]
    #expect(NginxSample(files).value("keepalive_timeout", of: .nginx) == "unknown")
    let missing = NginxSample(http: "include gone.conf;")
    #expect(missing.value("keepalive_timeout", of: .nginx) == "unknown")
  }

  @Test("are none in a dump, which holds whatever nginx read")
  func dump() {
    let sample = NginxSample(
      """
      # configuration file /etc/nginx/nginx.conf:
      include /etc/nginx/main.d/*.conf;
      events {}
      http { }

      """)
    #expect(sample.problems == [])
    #expect(sample.value("worker_processes", of: .nginx) == "1")
  }

  @Test("name themselves in the reason")
  func reason() throws {
    let sample = NginxSample(http: "include /srv/x.conf; server { location / { } }")
    let field = try #require(NginxSchema.location.field(named: "request_limits"))
    let value = try #require(sample.resource(.location)?.value(of: field))
    #expect("\(value)".contains("/srv/x.conf"))
  }
}
