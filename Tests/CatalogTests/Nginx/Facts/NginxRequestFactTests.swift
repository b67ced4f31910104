import Catalog
import Model
import Testing

@Suite("nginx requests that are answered, refused or sent round")
struct NginxRequestFactTests {
  private func rewrites(_ field: String, _ http: String) -> [String] {
    NginxSample(http: http).reading.resources.flatMap { $0.parts(named: ["rewrite"]) }
      .map { line in
        NginxSchema.directive.field(named: field).map { nginxText(line.value(of: $0)) } ?? ""
      }
  }

  @Test(
    "a rewrite comes back where its path leads to the same location and matches again",
    arguments: [
      ("location / { rewrite ^ /x last; }", "true"),
      ("location / { rewrite ^/(.*)$ /a/$1; }", "true"),
      ("location = /x { rewrite ^ /x last; }", "true"),
      ("location / { rewrite ^ /x break; }", "false"),
      ("location / { rewrite ^ /x redirect; }", "false"),
      ("location / { rewrite ^ /x last; } location = /x { return 200; }", "false"),
      ("location / { rewrite ^ /x.php last; } location ~ php { return 200; }", "false"),
      ("location / { rewrite ^/a /x last; }", "false"),
      ("location /a { rewrite ^ /x last; }", "false"),
      ("location / { if ($arg_a) { rewrite ^ /x last; } }", "false"),
      ("location / { if ($uri = /x) { return 200; } rewrite ^ /x last; }", "false"),
      ("include /elsewhere/x.conf; location / { rewrite ^ /x last; }", "unknown"),
    ])
  func cycles(locations: String, expected: String) {
    #expect(rewrites("cycles", "server { \(locations) }") == [expected])
  }

  @Test(
    "a rewrite gives any path where it passes on all of what it does not take off",
    arguments: [
      ("location /a/ { rewrite ^/a/(.*)$ /$1 last; }", "true"),
      ("location /a/ { rewrite ^/a(/.*)$ $1; }", "true"),
      ("rewrite ^(.*)/$ $1;", "true"), ("rewrite ^/a/(.*)$ /$1 break;", "true"),
      ("location / { rewrite ^/(.*)$ /$1 last; }", "false"),
      ("location /a/ { rewrite ^/a/(.*)$ /$1 break; }", "false"),
      ("location /a/ { rewrite ^/a/([a-z]+)$ /$1 last; }", "false"),
      ("location /a/ { rewrite ^/a/(.*)$ /b/$1 last; }", "false"),
      ("rewrite ^/a/(.*)$ /$1 permanent;", "false"),
    ])
  func paths(lines: String, expected: String) {
    #expect(rewrites("gives_any_path", "server { \(lines) }") == [expected])
  }

  @Test(
    "a return answers everything unless something comes before it",
    arguments: [
      ("return 200 a;", "200 a"), ("set $a 1; return 301 /;", "301 /"),
      ("if ($a) { return 403; } return 404;", "404"), ("if ($a) { break; } return 404;", "absent"),
      ("break; return 404;", "absent"), ("rewrite ^ /x last; return 404;", "absent"),
      ("if ($a) { return 403; }", "absent"), ("include /elsewhere/a.conf; return 404;", "unknown"),
      ("rewrite_by_lua_block { } return 404;", "absent"),
    ])
  func returns(lines: String, expected: String) {
    let sample = NginxSample(http: "server { set $a 0; location / { \(lines) } }")
    #expect(sample.value("returns", of: .location) == expected)
  }

  @Test(
    "what refuses some clients is found wherever it stands",
    arguments: [
      ("", "", "false"), ("deny 10.0.0.1;", "", "true"), ("deny all;", "allow all;", "false"),
      ("auth_basic a;", "", "true"), ("auth_basic a;", "auth_basic off;", "false"),
      ("", "internal;", "true"), ("listen 127.0.0.1:80; listen unix:/s;", "", "true"),
      ("listen 127.0.0.1:80; listen 80;", "", "false"), ("ssl_verify_client on;", "", "true"),
      ("include /elsewhere/a.conf;", "", "unknown"),
      ("include /elsewhere/a.conf;", "deny all;", "true"),
    ])
  func restricted(server: String, location: String, expected: String) {
    let sample = NginxSample(http: "server { \(server) location / { \(location) } }")
    #expect(sample.value("is_restricted", of: .location) == expected)
  }

  @Test("an include one letter off is told from an empty folder")
  func includes() {
    func sample(_ pattern: String, _ file: String) -> NginxSample {
      NginxSample(["nginx.conf": "events {}\nhttp {\n include \(pattern);\n}\n", file: ""])
    }
    let folder = sample("site-enabled/*.conf", "sites-enabled/a.conf")
    #expect(folder.value("mistyped_includes", of: .nginx) == "site-enabled/*.conf")
    #expect(folder.value("meant_includes", of: .nginx) == "sites-enabled/*.conf")
    #expect(folder.underlined("mistyped_includes", of: .nginx) == "site-enabled/*.conf")
    let ending = sample("/etc/nginx/conf.d/*.cnf", "conf.d/a.conf")
    #expect(ending.value("meant_includes", of: .nginx) == "conf.d/*.conf")
    for (pattern, file) in [
      ("conf.d/*.conf", "conf.d/a.conf.off"), ("conf.d/*.conf", "other/a.conf"),
      ("conf.d/*", "other/a"), ("sites-enabled/*.conf", "sites-enabled/a.conf"),
    ] {
      #expect(sample(pattern, file).value("mistyped_includes", of: .nginx) == "", "\(pattern)")
    }
  }
}
