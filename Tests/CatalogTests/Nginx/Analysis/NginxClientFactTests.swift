import Catalog
import Model
import Testing

/// One fact of the first line of a name.
private func fact(_ field: String, of directive: String, in http: String) -> String {
  let sample = NginxSample(http: http)
  guard
    let line = sample.resource(.nginx)?.parts(named: [directive]).first as? NginxResource,
    let field = NginxSchema.of(.directive).field(named: field)
  else { return "no such line or field" }
  return nginxText(line.value(of: field))
}

@Suite("What clients decide")
struct NginxClientFactTests {
  @Test(
    "newlines are followed to where they come from",
    arguments: [
      ("location / { return 301 http://h$uri; }", "$uri"),
      ("location / { return 301 http://h${Document_URI}; }", "$document_uri"),
      ("location / { return 301 http://h$request_uri$is_args$args$http_x$cookie_y$arg_z; }", ""),
      ("location ~ ^/a/([^.]*) { return 302 /b/$1; }", "$1 (`location ~ ^/a/([^.]*)`)"),
      ("location ~ ^/a/(.*)/([a-z]+) { return 302 /b/$1/$2; }", ""),
      ("location ~ ^/(en|de)/ { return 302 /b/$1; }", ""),
      (
        "location ~ ^/a/([^.]*) { set $a $1; return 302 /b/$a; }",
        "$a (`set $a $1`, `location ~ ^/a/([^.]*)`)"
      ),
      ("set $a $uri; location / { set $a x; return 302 /b/$a; }", ""),
      ("set $a $uri; location / { return 302 /b/$a; }", "$a (`set $a $uri`)"),
      ("location / { if ($http_x) { set $a $uri; } return 302 /b/$a; }", "$a (`set $a $uri`)"),
      ("location /x { set $a $uri; } location / { return 302 /b/$a; }", ""),
      ("location / { if ($args ~ ^([^.]*)$) { return 302 /b/$1; } }", ""),
      (
        "location / { if ($uri ~ ^([^.]*)$) { return 302 /b/$1; } }", "$1 (`if ($uri ~ ^([^.]*)$)`)"
      ),
      ("location ~ ^/([^.]*)$ { if ($args ~ ^(x)) { return 302 /b/$1; } }", ""),
      ("location ~ ^/(?!.*\\n)([^.]*)$ { return 302 /b/$1; }", ""),
      ("location / { set $a \"$b\"; set $b \"$a\"; return 302 /b/$a; }", "unknown"),
      ("location ~ ^/((?1)x)$ { return 302 /b/$1; }", "unknown"),
      ("location @n { return 302 /b/$1; }", "unknown"),
      (
        "location ~ ^/a { rewrite ^/(?<n>[^.]*)$ /b; return 302 /b/$n; }",
        "$n (`rewrite ^/(?<n>[^.]*)$ /b`)"
      ),
    ])
  func newlines(text: String, expected: String) {
    #expect(fact("newline_sources", of: "return", in: "server { \(text) }") == expected)
  }

  @Test("maps hand on what their values take from their source")
  func maps() {
    let http = """
      map $uri $a { ~^/x/([^.]*)$ $1; ~^/y/(?<n>.*)$ $n; default ""; }
      map $uri $b { /x 1; default 2; }
      map $http_x $c { default $http_x; "" $b; }
      """
    func sources(_ text: String) -> String {
      fact("newline_sources", of: "return", in: "\(http) server { return 302 /\(text); }")
    }
    #expect(sources("$a") == "$a (`map $uri $a`, `~^/x/([^.]*)$ $1`)")
    #expect(sources("$b$c$n") == "")
    #expect(
      fact("client_sources", of: "return", in: "\(http) server { return 302 /$c; }")
        == "$c (`map $http_x $c`)")
  }

  @Test(
    "hosts are a client's where it can bring a dot and end the name",
    arguments: [
      ("http://$arg_h/", "$arg_h"), ("$http_x", "$http_x"), ("http://10.0.0.1$request_uri", ""),
      ("http://10.0.0.1/$arg_h", ""), ("http://10.0.0.1:$arg_p", ""),
      ("http://$arg_h.internal", "$arg_h"),
      ("http://10.0.0.1$is_args$args", ""), ("$scheme://10.0.0.1", ""), ("http://$host", "$host"),
      ("http://${BACKEND}", "unknown"), ("http://x-$cookie_b:80", "$cookie_b"),
    ])
  func hosts(target: String, expected: String) {
    let http = "server { location / { proxy_pass \(target); } }"
    #expect(fact("host_sources", of: "proxy_pass", in: http) == expected)
  }

  @Test("a server that only its names reach bounds $host")
  func boundHost() {
    let http = """
      server { listen 80 default_server; return 444; }
      server { listen 80; server_name a.example.com; location / { proxy_pass http://$host; } }
      """
    #expect(fact("host_sources", of: "proxy_pass", in: http) == "")
    let open = """
      server { listen 80 default_server; return 444; }
      server { listen 80; server_name ~^.+$; location / { proxy_pass http://$host; } }
      """
    #expect(fact("host_sources", of: "proxy_pass", in: open) == "$host")
  }

  @Test(
    "captures that nothing sets are named",
    arguments: [
      ("location ~ ^/a(b)$ { return 302 /$1$2; }", "$2"),
      ("location / { return 302 /$1; }", "$1"),
      ("location / { rewrite ^/a/.*$ /$1; return 200; }", ""),
      ("location / { rewrite ^/(a)/.*$ /x; return 302 /$1; }", ""),
      ("rewrite ^/(a)$ /b last; location / { return 302 /$1; }", ""),
      ("location @x { return 302 /$1; }", "unknown"),
      ("location /b { rewrite ^/(b)$ /c last; } location /c { return 302 /$1; }", "unknown"),
      ("server_name ~^(.*)$; location / { return 302 /$1; }", ""),
      ("location / { if ($uri !~ ^/(a)$) { return 302 /$1; } }", "$1"),
    ])
  func captures(text: String, expected: String) {
    #expect(fact("captures_undefined", of: "return", in: "server { \(text) }") == expected)
  }

  @Test(
    "an alias is left where the rest of the path can begin with two dots",
    arguments: [
      ("location /a { alias /srv/a/; }", "/a../"), ("location ^~ /a { alias /srv/a/; }", "/a../"),
      ("location /a/ { alias /srv/a/; }", "absent"), ("location /a { alias /srv/a; }", "absent"),
      ("location = /a { alias /srv/a/; }", "absent"),
      ("location ~ ^/a(.*)$ { alias /srv/$1; }", "/a../x"),
      ("location ~ ^/a/(.*)$ { alias /srv/$1; }", "absent"),
      ("location ~ ^/a([a-z/]*)$ { alias /srv/$1; }", "absent"),
      ("location ~ ^/a(?<r>.*)\\.x$ { alias /srv/$r; }", "/a../x.x"),
    ])
  func aliases(text: String, expected: String) {
    #expect(fact("alias_escape", of: "alias", in: "server { \(text) }") == expected)
  }
}

@Suite("Allow lists of origins")
struct NginxForeignOriginTests {
  @Test(
    "let strangers in, and the proof says whom",
    arguments: [
      (#"^https://www.example.com$"#, "https://wwwxexample.com"),
      (#"^https://www\.example\.com"#, "https://www.example.com.attacker.example"),
      (#"example\.com$"#, "https://attackerexample.com"),
      (#"^https://.*example\.com$"#, "https://attackerexample.com"),
      (#"^https?://"#, "https://attacker.example"), (".", "https://attacker.example"),
    ])
  func strangers(expression: String, proof: String) {
    #expect(origins(expression) == proof)
  }

  @Test(
    "or do not",
    arguments: [
      #"^https://www\.example\.com$"#, #"^https?://([a-z0-9-]+\.)*example\.com(:\d+)?$"#,
      #"^https://(a\.example\.com|b\.example\.org)$"#, #"(^https://|\.)example\.com$"#,
      #"^https://example.com$"#, #"\.example\.co\.uk$"#, #"^http://localhost(:\d+)?$"#,
      #"^https://[^/]+\.example\.com$"#, #"^null$"#,
    ])
  func safe(expression: String) {
    #expect(origins(expression) == "")
  }

  private func origins(_ expression: String) -> String {
    fact(
      "foreign_origins", of: "if",
      in: "server { location / { if ($http_origin ~ \"\(expression)\") { return 200; } } }")
  }

  @Test("entries of a map count where they give something")
  func maps() {
    let http = """
      map $http_origin $cors { "~example\\.com$" $http_origin; "~example\\.org" ""; default 0; }
      """
    #expect(fact("foreign_origins", of: "map", in: http) == "https://attackerexample.com")
  }
}
