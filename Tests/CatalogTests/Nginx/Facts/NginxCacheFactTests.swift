import Catalog
import Model
import Testing

@Suite("nginx facts: caches")
struct NginxCacheFactTests {
  @Test(
    "the directive that hands requests on decides which cache counts",
    arguments: [
      ("proxy_pass http://a;", "p", "$scheme$proxy_host$request_uri", "true"),
      ("fastcgi_pass a;", "f", "absent", "false"), ("uwsgi_pass a;", "absent", "absent", "false"),
      ("grpc_pass a;", "absent", "absent", "absent"), ("", "absent", "absent", "absent"),
    ])
  func families(pass: String, zone: String, key: String, lock: String) {
    let sample = NginxSample(
      http: """
        proxy_cache p; fastcgi_cache f; uwsgi_cache off; proxy_cache_lock on;
        server { location / { \(pass) } }
        """)
    #expect(sample.value("cache", of: .location) == zone)
    #expect(sample.value("cache_key", of: .location) == key)
    #expect(sample.value("cache_lock", of: .location) == lock)
  }

  @Test("lists are empty and not absent where nothing is written, and headers ignore case")
  func lists() {
    let bare = NginxSample(http: "server { location / { proxy_cache c; proxy_pass http://a; } }")
    for field in ["cache_bypass", "no_cache", "cache_valid", "ignored_headers", "hidden_headers"] {
      #expect(bare.value(field, of: .location) == "")
    }
    #expect(bare.value("cache_use_stale", of: .location) == "off")
    #expect(bare.value("cache_methods", of: .location) == "GET, HEAD")
    let set = NginxSample(
      http: """
        proxy_hide_header Set-Cookie;
        server { location / {
          proxy_cache c; proxy_pass http://a; proxy_ignore_headers Set-Cookie Expires;
          proxy_cache_bypass $cookie_a $arg_b; proxy_cache_valid 200 1m; proxy_cache_valid any 1s;
        } }
        """)
    #expect(set.value("ignored_headers", of: .location) == "set-cookie, expires")
    #expect(set.value("hidden_headers", of: .location) == "set-cookie")
    #expect(set.value("cache_bypass", of: .location) == "$cookie_a, $arg_b")
    #expect(set.value("cache_valid", of: .location) == "200 1m, any 1s")
    #expect(set.underlined("cache_bypass", of: .location) == "$cookie_a $arg_b")
  }

  @Test("a pass that was not read leaves everything open")
  func unread() {
    let sample = NginxSample(http: "proxy_cache c; server { location / { include pass.inc; } }")
    for field in ["cache", "cache_lock", "no_cache", "sends_host"] {
      #expect(sample.value(field, of: .location) == "unknown")
    }
  }

  @Test(
    "a key has a host or a user where one of its variables stands for one",
    arguments: [
      ("$scheme$proxy_host$request_uri", "false", "false"),
      ("$scheme$host$request_uri", "true", "false"), ("${http_host}$uri", "true", "false"),
      ("$uri$cookie_session", "false", "true"), ("$host$http_authorization", "true", "true"),
      ("$HOST$uri", "true", "false"), ("$mine$uri", "unknown", "unknown"),
      ("$mine$host", "true", "unknown"), ("$1", "unknown", "unknown"), ("plain", "false", "false"),
    ])
  func keys(key: String, hasHost: String, hasUser: String) {
    let sample = NginxSample(
      http: """
        proxy_cache_key \(key);
        server { location / { proxy_cache c; proxy_pass http://a; } }
        """)
    #expect(sample.value("cache_key_has_host", of: .location) == hasHost)
    #expect(sample.value("cache_key_has_user", of: .location) == hasUser)
  }

  @Test(
    "the backend learns the host and the user by headers",
    arguments: [
      ("", "false", "false"), ("proxy_set_header host $host;", "true", "false"),
      ("proxy_set_header Host app.internal;", "false", "false"),
      ("proxy_set_header Host $proxy_host;", "false", "false"),
      ("proxy_set_header X-User $remote_user;", "false", "true"),
      ("proxy_set_header X-User ${Ann};", "false", "true"),
      ("proxy_set_header X-User $other;", "false", "false"),
    ])
  func headers(line: String, sendsHost: String, sendsUser: String) {
    let sample = NginxSample(
      http: """
        auth_request_set $ann $upstream_http_x_user;
        server { location / { \(line) proxy_pass http://a; } }
        """)
    #expect(sample.value("sends_host", of: .location) == sendsHost)
    #expect(sample.value("sends_user", of: .location) == sendsUser)
  }

  @Test(
    "neighbours share zone and key, have other names and other answers",
    arguments: [
      // Names of the second server, its lines, the lines around, the neighbour of the first.
      ("b", "proxy_cache c; proxy_pass http://v;", "proxy_cache_key $uri;", "b"),
      ("b", "proxy_cache c; proxy_pass http://u;", "proxy_cache_key $uri;", "absent"),
      ("b", "proxy_cache c; proxy_pass http://v;", "", "absent"),
      ("b", "proxy_cache d; proxy_pass http://v;", "proxy_cache_key $uri;", "absent"),
      ("a www", "proxy_cache c; proxy_pass http://v;", "proxy_cache_key $uri;", "absent"),
      ("b", "proxy_cache c; proxy_pass http://u;", "proxy_set_header Host $host;", "b"),
      ("b", "proxy_cache c; proxy_pass http://u;", "proxy_set_header Host x;", "absent"),
      (
        "b", "proxy_cache c; proxy_cache_key $host; proxy_pass http://v;", "proxy_cache_key $uri;",
        "absent"
      ),
      ("b", "proxy_cache off; proxy_pass http://v;", "proxy_cache_key $uri;", "absent"),
    ])
  func neighbours(names: String, lines: String, around: String, neighbour: String) {
    let sample = NginxSample(
      http: """
        \(around)
        upstream u { server x; } upstream v { server y; }
        server { server_name a; location /a { proxy_cache c; proxy_pass http://u; } }
        server { server_name \(names); location /b { \(lines) } }
        """)
    #expect(sample.value("cache_neighbour", of: .location, "/a") == neighbour)
  }

  @Test(
    "a zone is declared for one protocol",
    arguments: [
      ("proxy_cache c;", "true"), ("proxy_cache d;", "false"), ("fastcgi_cache c;", "false"),
      ("proxy_cache off;", "absent"), ("proxy_cache $zone;", "unknown"),
    ])
  func declared(line: String, isDeclared: String) throws {
    let sample = NginxSample(
      http: "proxy_cache_path /c keys_zone=c:1m; server { location / { \(line) } }")
    let whole = try #require(sample.resource(.nginx))
    let part = try #require(whole.parts(named: ["proxy_cache", "fastcgi_cache"]).first)
    let field = try #require(NginxSchema.of(.directive).field(named: "cache_zone_declared"))
    #expect(nginxText(part.value(of: field)) == isDeclared)
  }
}
