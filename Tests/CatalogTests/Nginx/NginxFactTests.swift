import Catalog
import Model
import Testing

@Suite("nginx facts")
struct NginxFactTests {
  private let old = Version(1, 24, 0)

  @Test(
    "worker_processes is 1 where nothing is written",
    arguments: [
      ("", "1", "1"), ("worker_processes auto;", "auto", "unknown"),
      ("worker_processes 4;", "4", "4"),
    ])
  func workers(text: String, written: String, workers: String) {
    let configuration = NginxSample("\(text) events {} http {}")
    #expect(configuration.value("worker_processes", of: .nginx) == written)
    #expect(configuration.value("workers", of: .nginx) == workers)
    let names = configuration.value("written", of: .nginx)
    #expect(names.contains("worker_processes") == !text.isEmpty)
  }

  @Test("descriptors are weighed against connections, proxying and caching")
  func descriptors() {
    let configuration = NginxSample(
      """
      worker_rlimit_nofile 1024; events { worker_connections 1024; }
      http { proxy_cache_path /c keys_zone=c:1m; server { location / { proxy_cache c;
      proxy_pass http://10.0.0.1; } } }
      """)
    #expect(configuration.value("worker_rlimit_nofile", of: .nginx) == "1024")
    #expect(configuration.value("worker_connections", of: .nginx) == "1024")
    #expect(configuration.value("proxies", of: .nginx) == "true")
    #expect(configuration.value("caches", of: .nginx) == "true")
    #expect(configuration.underlined("worker_connections", of: .nginx) == "1024")
    let bare = NginxSample("events {} http { server { location / { proxy_cache off; } } }")
    #expect(bare.value("worker_rlimit_nofile", of: .nginx) == "absent")
    #expect(bare.value("worker_connections", of: .nginx) == "512")
    #expect(bare.value("proxies", of: .nginx) == "false")
    #expect(bare.value("caches", of: .nginx) == "false")
  }

  @Test(
    "connection limits of an upstream are counted for each worker without a zone",
    arguments: [
      ("server a max_conns=5;", "true", "absent"), ("server a;", "false", "absent"),
      ("zone z 64k; server a max_conns=5;", "true", "z"),
      ("server a max_conns=0;", "false", "absent"),
    ])
  func maxConns(text: String, hasLimit: String, zone: String) {
    let configuration = NginxSample(http: "upstream u { \(text) }")
    #expect(configuration.value("has_max_conns", of: .upstream) == hasLimit)
    #expect(configuration.value("zone", of: .upstream) == zone)
    #expect(configuration.value("nginx", of: .upstream) == "nginx.conf")
  }

  @Test(
    "keep-alive to an upstream depends on version, HTTP version and Connection header",
    arguments: [
      ("", Version(1, 28, 0), "1.0", "absent"), ("", Version(1, 29, 7), "1.1", "absent"),
      ("proxy_http_version 1.1;", Version(1, 24, 0), "1.1", "absent"),
      ("proxy_http_version 1.1; proxy_set_header Connection \"\";", Version(1, 24, 0), "1.1", ""),
      (
        "proxy_set_header connection $connection_upgrade;", Version(1, 24, 0), "1.0",
        "$connection_upgrade"
      ),
      ("proxy_set_header Host $host;", Version(1, 24, 0), "1.0", "absent"),
    ])
  func keepalive(text: String, version: Version, http: String, connection: String) {
    let configuration = NginxSample(
      http: """
        upstream u { server a; keepalive 32; }
        server { location / { proxy_pass http://u; \(text) } }
        """, version: version)
    #expect(configuration.value("upstream", of: .location) == "u")
    #expect(configuration.value("keepalive", of: .upstream) == "32")
    #expect(configuration.value("proxy_http_version", of: .location) == http)
    #expect(configuration.value("sets_connection_header", of: .location) == connection)
    #expect(configuration.value("passed_to", of: .upstream) == "/")
    #expect(configuration.value("version_dependent_defaults", of: .location) == "")
  }

  @Test("one header at a level drops those of the level above")
  func allOrNothing() {
    let configuration = NginxSample(
      http: """
        proxy_set_header Connection ""; proxy_set_header Host $host;
        server { location /a { proxy_pass http://x; }
          location /b { proxy_pass http://x; proxy_set_header X-Real-IP $remote_addr; } }
        """)
    #expect(configuration.value("sets_connection_header", of: .location, "/a") == "")
    #expect(
      configuration.value("proxy_set_headers", of: .location, "/a") == "Connection: , Host: $host")
    #expect(configuration.value("sets_connection_header", of: .location, "/b") == "absent")
    #expect(
      configuration.underlined("sets_connection_header", of: .location, "/a") == "Connection \"\"")
  }

  @Test("a version that is not given is assumed, and what hangs on it is named")
  func assumedVersion() {
    let configuration = NginxSample(
      http: """
        upstream u { server a; keepalive 8; }
        server { listen 443 ssl; location / { proxy_pass http://u; } }
        """)
    #expect(configuration.value("version", of: .location) == "1.28.0")
    #expect(configuration.value("version_given", of: .location) == "false")
    #expect(configuration.value("proxy_http_version", of: .location) == "1.0")
    #expect(configuration.value("ssl_protocols", of: .server) == "TLSv1.2, TLSv1.3")
    #expect(
      configuration.value("version_dependent_defaults", of: .server).contains("ssl_protocols"))
    #expect(
      configuration.value("version_dependent_defaults", of: .location).contains(
        "proxy_http_version"))
  }

  @Test("retries are read from the nearest level")
  func retries() {
    let configuration = NginxSample(
      http: """
        proxy_next_upstream error non_idempotent; upstream u { server a; server b; server c down; }
        server { location /a { proxy_pass http://u; }
          location /b { proxy_next_upstream off; proxy_next_upstream_tries 2;
            proxy_next_upstream_timeout 10s; proxy_pass http://u; } }
        """)
    #expect(configuration.value("usable_servers", of: .upstream) == "2")
    #expect(
      configuration.value("proxy_next_upstream", of: .location, "/a") == "error, non_idempotent")
    #expect(configuration.value("proxy_next_upstream_tries", of: .location, "/a") == "0")
    #expect(configuration.value("proxy_next_upstream_timeout", of: .location, "/a") == "0ms")
    #expect(configuration.value("proxy_next_upstream", of: .location, "/b") == "off")
    #expect(configuration.value("proxy_next_upstream_tries", of: .location, "/b") == "2")
    #expect(configuration.value("proxy_next_upstream_timeout", of: .location, "/b") == "10000ms")
    #expect(
      configuration.underlined("proxy_next_upstream", of: .location, "/a") == "error non_idempotent"
    )
  }

  @Test("limits of requests are those of the nearest level that has any")
  func limits() {
    let configuration = NginxSample(
      http: """
        limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s; limit_req zone=one burst=5;
        server { server_name a; location /login { limit_req zone=two; limit_req zone=three nodelay;
          limit_conn addr 5; } location / { } }
        """)
    #expect(configuration.value("request_limits", of: .location, "/login") == "two, three")
    #expect(configuration.value("connection_limits", of: .location, "/login") == "addr")
    #expect(configuration.value("request_limits", of: .location, "/") == "one")
    #expect(configuration.value("connection_limits", of: .location, "/") == "")
    #expect(
      NginxSample(http: "server { location /login {} }")
        .value("request_limits", of: .location) == "")
  }

  @Test(
    "TLS comes from listen, quic or the old ssl directive",
    arguments: [
      ("listen 443 ssl;", "true"), ("listen 443 quic;", "true"), ("listen 80;", "false"),
      ("listen 80; listen [::]:443 ssl default_server;", "true"), ("ssl on;", "true"),
      ("", "false"),
    ])
  func tls(text: String, expected: String) {
    let configuration = NginxSample(http: "server { \(text) }")
    #expect(configuration.value("has_tls", of: .server) == expected)
  }

  @Test("the TLS versions in force come from the nearest level or the version")
  func protocols() {
    let text = "ssl_protocols TLSv1 TLSv1.2; server { server_name a; listen 443 ssl; }"
    let written = NginxSample(http: text, version: Version(1, 29, 0))
    #expect(written.value("ssl_protocols", of: .server) == "TLSv1, TLSv1.2")
    #expect(written.value("written_in_scope", of: .server).contains("ssl_protocols"))
    let unset = NginxSample(http: "server { listen 443 ssl; }", version: old)
    #expect(unset.value("ssl_protocols", of: .server) == "TLSv1, TLSv1.1, TLSv1.2, TLSv1.3")
    #expect(!unset.value("written_in_scope", of: .server).contains("ssl_protocols"))
  }

  @Test("named targets that the server does not define are listed where they are written")
  func namedTargets() {
    let configuration = NginxSample(
      http: """
        server { server_name a; error_page 502 @gone;
          location / { try_files $uri @app; error_page 404 = @there; }
          location /b { try_files $uri =404; } location @there { return 200; } }
        server { server_name b; location /c { try_files $uri @there; } }
        """)
    #expect(configuration.value("named_targets_undefined", of: .server, "a") == "@gone")
    #expect(configuration.value("named_targets_undefined", of: .location, "/") == "@app")
    #expect(configuration.underlined("named_targets_undefined", of: .location, "/") == "$uri @app")
    #expect(configuration.value("named_targets_undefined", of: .location, "/b") == "")
    #expect(configuration.value("named_targets_undefined", of: .location, "/c") == "@there")
  }

  @Test(
    "a host that nginx has to look up at run time needs a resolver",
    arguments: [
      ("proxy_pass http://$b;", "true", "true"),
      ("proxy_pass http://$known;", "true", "false"),
      ("proxy_pass http://$address;", "true", "false"),
      ("proxy_pass http://$host;", "true", "false"),
      ("proxy_pass http://app.example$request_uri;", "false", "true"),
      ("proxy_pass http://u$request_uri;", "false", "false"),
      ("proxy_pass http://10.0.0.1$uri;", "false", "false"),
      ("proxy_pass http://app.example;", "false", "false"),
      ("if ($a) { proxy_pass http://$b; }", "true", "true"),
      ("proxy_pass http://static.example$uri;", "false", "false"),
    ])
  func lookups(text: String, hasVariable: String, needsResolver: String) {
    let configuration = NginxSample(
      http: """
        upstream u { server 10.0.0.1; }
        server { set $b app.internal:8080; set $known u; set $address 10.1.1.1;
          location /s { proxy_pass http://static.example; } location / { \(text) } }
        """)
    #expect(configuration.value("pass_host_has_variable", of: .location, "/") == hasVariable)
    #expect(configuration.value("pass_needs_resolver", of: .location, "/") == needsResolver)
    #expect(configuration.value("resolver_in_scope", of: .location, "/") == "false")
    let resolved = NginxSample(http: "resolver 10.0.0.2; server { location / { \(text) } }")
    #expect(resolved.value("resolver_in_scope", of: .location) == "true")
  }

  @Test(
    "the value of a host variable is the one set nearest, or any of its map",
    arguments: [
      ("set $b u;", "", "false"), ("set $b app.internal;", "set $b u;", "false"),
      ("set $b u;", "set $b app.internal;", "true"), ("", "", "false"),
      ("set $b u;", "set $b u; if ($a) { set $b app.internal; }", "true"),
      ("", "set $b $arg_x;", "false"), ("", "set $b [::1]:8080;", "false"),
    ])
  func assignments(server: String, location: String, expected: String) {
    let configuration = NginxSample(
      http: """
        upstream u { server 10.0.0.1; }
        server { set $b other.internal; }
        server { \(server) location / { \(location) proxy_pass http://$b; } }
        """)
    #expect(configuration.value("pass_needs_resolver", of: .location) == expected)
    let mapped = NginxSample(
      http: """
        upstream u { server 10.0.0.1; } map $a $c { default u; x http://app.internal:80/y; }
        server { location / { proxy_pass $c; } }
        """)
    #expect(mapped.value("pass_needs_resolver", of: .location) == "true")
    let forward = NginxSample(http: "server { location / { proxy_pass http://$host; } }")
    #expect(forward.value("pass_needs_resolver", of: .location) == "true")
  }

  @Test(
    "locations are taken apart",
    arguments: [
      ("/a", "", "/a"), ("= /a", "=", "/a"), ("=/a", "=", "/a"), ("~ ^/a", "~", "^/a"),
      ("~*x", "~*", "x"), ("^~/a", "^~", "/a"), ("@app", "@", "@app"),
    ])
  func match(text: String, modifier: String, pattern: String) {
    let configuration = NginxSample(http: "server { location \(text) {} }")
    #expect(configuration.value("modifier", of: .location) == modifier)
    #expect(configuration.value("pattern", of: .location) == pattern)
    #expect(
      configuration.value("is_internal", of: .location) == (modifier == "@" ? "true" : "false"))
  }

  @Test("upstreams know their balancing and whether keepalive comes too early")
  func balancing() {
    let early = NginxSample(http: "upstream u { keepalive 8; least_conn; server a; }")
    #expect(early.value("balancing", of: .upstream) == "least_conn")
    #expect(early.value("keepalive_before_balancing", of: .upstream) == "true")
    let late = NginxSample(http: "upstream u { least_conn; server a; keepalive 8; }")
    #expect(late.value("keepalive_before_balancing", of: .upstream) == "false")
    #expect(late.value("is_used", of: .upstream) == "false")
  }

  @Test("the default server of a socket is the marked one or the first")
  func defaultServers() {
    let configuration = NginxSample(
      http: """
        server { server_name a; listen 80; } server { server_name b; listen *:80 default_server; }
        server { server_name c; listen 10.0.0.1:80; }
        """)
    let servers = ["a", "b", "c"].map { configuration.value("is_default_server", of: .server, $0) }
    #expect(servers == ["false", "true", "true"])
  }

  @Test("directives that a location does not inherit stay where they are")
  func notInherited() {
    let configuration = NginxSample(
      http: """
        server { location /a { proxy_pass http://x; internal; try_files a b;
          location /a/b { } } }
        """)
    #expect(configuration.value("passes", of: .location, "/a/b") == "absent")
    #expect(configuration.value("proxy_pass", of: .location, "/a/b") == "absent")
    #expect(configuration.value("try_files", of: .location, "/a/b") == "")
    #expect(configuration.value("internal", of: .location, "/a") == "true")
    // Unlike what decides an answer, this one is inherited: tried with nginx 1.22.1.
    #expect(configuration.value("internal", of: .location, "/a/b") == "true")
  }
}
