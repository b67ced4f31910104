import Catalog
import Model
import Syntax
import Testing

@Suite("Lines of nginx as resources")
struct NginxPartTests {
  private let sample = NginxSample(
    [
      "nginx.conf": """
      events {}
      http {
        map $uri $target { default /a; include m.map; /b/ "/c d"; }
        proxy_read_timeout 30s;
        server {
          listen 80;
          return 301 https://$host$request_uri;
          location /api/ {
            proxy_read_timeout 5s;
            if ($request_method = POST) { rewrite ^/api/(.*)$ /$1 break; return 403; }
          }
          include snippet.conf;
        }
        server { listen 81; include snippet.conf; }
      }
      """,
      "snippet.conf": "location /s { return 204; }\n",
      "m.map": "/x /y;\n",
    ])

  private func parts(_ names: String...) -> [any Resource] {
    sample.reading.resources.flatMap { $0.parts(named: Set(names)) }
  }

  private func value(_ field: String, of part: any Resource) -> String {
    NginxSchema.directive.field(named: field).map { nginxText(part.value(of: $0)) } ?? "no field"
  }

  @Test("a line is found by its name, once for every block it stands in")
  func found() {
    #expect(
      Set(parts("return").map { value("text", of: $0) + " in " + value("context", of: $0) }) == [
        "301 https://$host$request_uri in server", "403 in if", "204 in location",
      ])
    #expect(parts("return").count == 4)
    #expect(parts("return", "rewrite").count == 5)
    #expect(parts("no_such", "default").isEmpty)
  }

  @Test(
    "it knows its block, and what is in force there",
    arguments: [
      ("name", "rewrite"), ("arguments", "^/api/(.*)$, /$1, break"), ("context", "if"),
      ("location", "/api/"), ("server", "*:80"), ("upstream", "absent"), ("nginx", "nginx.conf"),
      ("written", "rewrite, return"), ("proxy_read_timeout", "5000ms"), ("entries", ""),
      ("proxy_send_timeout", "60000ms"), ("listen", "80"),
    ])
  func fields(field: String, expected: String) throws {
    let rewrite = try #require(parts("rewrite").first)
    let shown = value(field, of: rewrite)
    #expect(shown == (field == "server" ? "80" : expected))
  }

  @Test("the lines inside a block are texts, includes in place")
  func entries() throws {
    let map = try #require(parts("map").first)
    #expect(value("entries", of: map) == "default /a, /x /y, /b/ /c d")
    #expect(value("block_directives", of: map) == "default, /x, /b/")
    let block = try #require(parts("if").first)
    #expect(value("block_directives", of: block) == "rewrite, return")
  }

  @Test("its arguments are underlined, its name where it has none")
  func places() throws {
    let underlined = try parts("rewrite", "events").map { part in
      let source = try #require(sample.reading.sources.first)
      return source.text(part.identity.origin.range)
    }
    #expect(Set(underlined) == ["^/api/(.*)$ /$1 break", "events"])
  }

  @Test("every directive of the tables is a part that rules may name")
  func names() {
    let names = NginxSchema.directive.partNames
    #expect(names.contains("return") && names.contains("more_set_headers") && names.count > 700)
    #expect(NginxSchema.location.partNames.isEmpty)
  }
}

@Suite("Sockets and zones of nginx")
struct NginxSocketTests {
  private let sample = NginxSample(
    http: """
      limit_req_zone $binary_remote_addr zone=login:10m rate=30r/m;
      limit_conn_zone $server_name zone=idle:1m;
      proxy_cache_path /var/cache levels=1:2 keys_zone=pages:8m;
      ssl_session_cache shared:tls:2m;
      upstream app { zone app 64k; server 10.0.0.1; }
      server { listen 443 ssl; server_name a; limit_req zone=login burst=5; http2 on; }
      server { listen *:443 ssl default_server; server_name b; proxy_cache pages; }
      server { listen 443 quic reuseport; ssl_session_cache shared:tls:2m; }
      server { server_name c; }
      """)

  @Test(
    "servers that listen on one address share a socket",
    arguments: [
      ("servers", "*:443", "a, b, 443 quic reuseport"), ("default_server", "*:443", "b"),
      ("has_default_flag", "*:443", "true"), ("listens", "*:443", "3"), ("port", "*:443", "443"),
      ("options", "*:443", "ssl, default_server, quic, reuseport"), ("is_tls", "*:443", "true"),
      ("http2", "*:443", "true"), ("quic", "*:443", "true"), ("default_server", "*:80", "c"),
      ("has_default_flag", "*:80", "false"), ("is_tls", "*:80", "false"), ("listens", "*:80", "1"),
      ("default_flags", "*:443", "1"), ("proxy_protocol", "*:443", "false"),
    ])
  func sockets(field: String, address: String, expected: String) {
    #expect(sample.value(field, of: .socket, address) == expected)
  }

  @Test(
    "a zone knows its size, its key and its users",
    arguments: [
      ("bytes", "login", "10485760"), ("key", "login", "$binary_remote_addr"),
      ("rate", "login", "0.5"), ("uses", "login", "1"), ("is_used", "login", "true"),
      ("directive", "login", "limit_req_zone"), ("is_used", "idle", "false"),
      ("rate", "idle", "absent"), ("bytes", "pages", "8388608"),
      ("used_by", "pages", "proxy_cache"),
      ("key", "pages", "absent"), ("declarations", "tls", "2"), ("bytes", "tls", "2097152"),
      ("is_used", "tls", "true"), ("bytes", "app", "65536"), ("directive", "app", "zone"),
    ])
  func zones(field: String, name: String, expected: String) {
    #expect(sample.value(field, of: .zone, name) == expected)
  }

  @Test("they stand in the inventory with their lines")
  func settings() throws {
    let socket = try #require(sample.resource(.socket, "*:443"))
    #expect(
      socket.settings.map(\.written) == [
        "443 ssl", "*:443 ssl default_server", "443 quic reuseport",
      ])
    #expect(sample.resource(.zone, "tls")?.settings.count == 2)
    #expect(sample.resource(.socket, "*:80")?.settings.isEmpty == true)
  }

  @Test("what an include that was not read may hold is unknown")
  func unread() {
    let sample = NginxSample(
      http: """
        include /etc/nginx/conf.d/*.conf;
        limit_req_zone $uri zone=login:10m rate=3r/s;
        server { listen 80; }
        """)
    #expect(sample.value("servers", of: .socket) == "unknown")
    #expect(sample.value("has_default_flag", of: .socket) == "unknown")
    #expect(sample.value("is_used", of: .zone) == "unknown")
    #expect(sample.value("rate", of: .zone) == "3.0")
  }
}
