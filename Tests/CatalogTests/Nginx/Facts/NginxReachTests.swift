import Catalog
import Model
import Testing

@Suite("nginx locations and names that nothing reaches")
struct NginxReachTests {
  private func hider(of location: String, among locations: String...) -> String {
    let blocks = locations.enumerated().map { number, match in
      // A brace would open the block.
      let parts = match.split(separator: " ")
      let words = parts.dropLast() + parts.suffix(1).map { "\"\($0)\"" }
      return "location \(words.joined(separator: " ")) { return 20\(number); }"
    }
    let sample = NginxSample(http: "server { \(blocks.joined(separator: "\n")) }")
    return sample.value("hidden_by", of: .location, location)
  }

  @Test(
    "an expression hides later ones that it holds",
    arguments: [
      ("~ ^/a", "~ ^/a/b"), ("~ ^/a", "~ ^/a.*c$"), ("~ \\.php$", "~ ^/x/.*\\.php$"),
      ("~* \\.(js|css)$", "~ \\.js$"), ("~ /b", "~ ^/a/b/c"), ("~ .*", "~ \\.html$"),
      ("~ ^/", "~ ^/a(b|c)+"), ("~ ^/[0-9]{2}", "~ ^/[0-9]{4}/"), ("~ /a/.*/b", "~ ^/a/x/b$"),
      ("~ ^/a.*c$", "~ ^/ab.*bc$"), ("~* ^/A", "~ ^/a/"), ("~ ^/a$", "~ ^/a$"),
    ])
  func hidden(wide: String, narrow: String) {
    #expect(hider(of: narrow, among: wide, narrow) == (wide == narrow ? "absent" : wide))
    #expect(hider(of: wide, among: narrow, wide) == "absent" || wide == narrow)
  }

  @Test(
    "what one may leave over is not hidden",
    arguments: [
      ("~ ^/a/b", "~ ^/a"), ("~ \\.php$", "~* \\.php$"), ("~ \\.php$", "~ \\.php"),
      ("~ ^/a.*a$", "~ ^/a$"), ("~ ^/(?!x)", "~ ^/y"), ("~ ^/a\\b", "~ ^/a/"),
      ("~ ^/[a-z]", "~ ^/[a-z0-9]"), ("~ ^/(a|b)", "~ ^/(a|c)"), ("~ ^/a+", "~ ^/b"),
      ("~ (", "~ ^/a"),
    ])
  func notHidden(first: String, second: String) {
    #expect(hider(of: second, among: first, second) == "absent")
  }

  @Test("a repeated expression and a repeated name are hidden by the first")
  func repeated() {
    let sample = NginxSample(
      http: """
        server {
          location ~ \\.a$ { return 200; }
          location @n { return 201; }
          location ~ \\.a$ { return 202; }
          location @n { return 203; }
        }
        """)
    let hidden = sample.resources(.location).map { location in
      NginxSchema.location.field(named: "hidden_by").map { nginxText(location.value(of: $0)) }
    }
    #expect(hidden == ["absent", "absent", "~ \\.a$", "@n"])
  }

  @Test("expressions win over plain prefixes but not over =, ^~ and nested locations")
  func prefixes() {
    let all = ["/a", "= /b", "^~ /c", "~ ^/", "~ ^/c/d"]
    func found(_ name: String) -> String {
      hider(of: name, among: all[0], all[1], all[2], all[3], all[4])
    }
    #expect(all.map(found) == ["~ ^/", "absent", "absent", "absent", "~ ^/"])
    let nested = NginxSample(
      http: """
        server { location /a { location ~ x { return 200; } } location ~ ^/ { return 201; } }
        """)
    #expect(nested.value("hidden_by", of: .location, "/a") == "absent")
  }

  @Test("a ^~ prefix hides expressions below it unless a longer prefix lets them in")
  func closedPrefixes() {
    #expect(hider(of: "~ ^/s/.*p$", among: "^~ /s/", "~ ^/s/.*p$") == "^~ /s/")
    #expect(hider(of: "~ ^/s/.*p$", among: "^~ /s/", "/s/t", "~ ^/s/.*p$") == "absent")
    #expect(hider(of: "~* ^/s/.*p$", among: "^~ /s/", "~* ^/s/.*p$") == "absent")
    let unread = NginxSample(
      http: """
        server { include /elsewhere/x.conf; location ^~ /s/ { return 200; }
        location ~ ^/s/x { return 201; } }
        """)
    #expect(unread.value("hidden_by", of: .location, "~ ^/s/x") == "absent")
  }

  @Test("locations that refuse what the one before refuses are no loss")
  func refusals() {
    let sample = NginxSample(
      http: """
        server { location ~ /\\. { deny all; access_log off; } location ~ /\\.ht { return 404; } }
        """)
    #expect(sample.value("hidden_by", of: .location, "~ /\\.ht") == "absent")
  }

  @Test(
    "the first server of a socket keeps a name",
    arguments: [
      ("server_name a;", "server_name A b;", "A"), ("server_name .a;", "server_name x.a;", ""),
      ("server_name .a;", "server_name a;", "a"), ("server_name *.a;", "server_name .a;", ".a"),
      ("", "", "\"\""), ("server_name _;", "listen 80 default_server; server_name _;", ""),
      ("listen 81; server_name a;", "server_name a;", ""),
      ("listen 0.0.0.0:80; server_name a;", "listen *:80; server_name a;", "a"),
      ("server_name a;", "include /elsewhere/listen.conf; server_name a;", ""),
      ("server_name ~^(?<n>a)$;", "server_name ~^(?<n>a)$;", "~^(?<n>a)$"),
    ])
  func names(first: String, second: String, taken: String) throws {
    let sample = NginxSample(http: "server { \(first) }\nserver { \(second) }")
    let field = try #require(NginxSchema.server.field(named: "names_taken"))
    #expect(sample.resources(.server).map { nginxText($0.value(of: field)) } == ["", taken])
  }
}
