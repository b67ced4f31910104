import Catalog
import Model
import Syntax
import Testing

@Suite("nginx includes")
struct NginxIncludeTests {
  @Test("are relative to the directory of the main file, not of the including one")
  func mainDirectory() {
    let files = [
      "etc/nginx.conf": "events {} http { include sites/a.conf; }",
      "etc/sites/a.conf": "include snippets/b.conf;",
      "etc/snippets/b.conf": "server { server_name found.example; }",
    ]
    let configuration = NginxSample(files, entry: "etc/nginx.conf")
    #expect(configuration.problems == [])
    #expect(configuration.resource(.server)?.identity.name == "found.example")
    #expect(configuration.resource(.server)?.identity.origin.path == "etc/snippets/b.conf")
    #expect(
      configuration.reading.included == ["etc/sites/a.conf", "etc/snippets/b.conf"])
  }

  @Test("of a pattern come in byte order, without hidden files")
  func order() {
    let names = ["9", "10", "B", "a", ".hidden", "é"]
    var files = ["nginx.conf": "events {} http { include conf.d/*.conf; }"]
    for name in names { files["conf.d/\(name).conf"] = "server { server_name n\(name); }" }
    let configuration = NginxSample(files)
    #expect(
      configuration.resources(.server).map { $0.identity.name } == ["n10", "n9", "nB", "na", "né"])
  }

  @Test(
    "match as the C library does",
    arguments: [
      ("*.conf", "a.conf", true), ("*.conf", "a.conf.bak", false), ("a?c", "abc", true),
      ("[ab]*", "b1", true), ("[!ab]*", "b1", false), ("[a-c]x", "bx", true), ("*", ".x", false),
      (".*", ".x", true), ("{a,b}", "a", false), ("a*b*c", "axxbyyc", true), ("a[", "a[", true),
      ("\\*", "*", true), ("*a", "aaab", false),
    ])
  func patterns(pattern: String, name: String, matches: Bool) {
    let literal = pattern == "{a,b}" || pattern == "a["
    let text = literal ? "\"conf.d/\(pattern)*\"" : "conf.d/\(pattern)"
    let configuration = NginxSample([
      "nginx.conf": "events {} http { include \(text); }", "conf.d/\(name)": "server {}",
    ])
    #expect(configuration.resources(.server).isEmpty != matches)
  }

  @Test("that name a missing file cannot be read; a pattern without files is fine and remembered")
  func missing() {
    let configuration = NginxSample("events {} http { include a.conf; include sites/*.conf; }")
    #expect(configuration.problems == ["unreadable: cannot read \"a.conf\": no such file"])
    #expect(configuration.value("empty_includes", of: .nginx) == "sites/*.conf")
  }

  @Test(
    "of files that every installation has are noted, never refused",
    arguments: [
      "mime.types", "/etc/nginx/mime.types", "/etc/nginx/conf.d/*.conf", "/opt/app/x.conf",
      "/usr/share/nginx/modules/*.conf",
    ])
  func elsewhere(name: String) {
    let configuration = NginxSample("events {} http { include \(name); }")
    #expect(configuration.problems.count == 1)
    #expect(configuration.problems[0].hasPrefix("unknown: \"\(name)\" is not among the files"))
  }

  @Test("below /etc/nginx are looked for beside the main file")
  func mapping() {
    let configuration = NginxSample(
      [
        "docker/nginx.conf": "events {} http { include /etc/nginx/conf.d/*.conf; }",
        "docker/conf.d/a.conf": "server { include /etc/nginx/snippets/tls.conf; }",
        "docker/snippets/tls.conf": "ssl_protocols TLSv1.3;",
      ], entry: "docker/nginx.conf")
    #expect(configuration.problems == [])
    #expect(configuration.value("ssl_protocols", of: .server) == "TLSv1.3")
    #expect(configuration.underlined("ssl_protocols", of: .server) == "TLSv1.3")
  }

  @Test("of a pattern in a folder that is there are known to find nothing")
  func emptyFolder() {
    let configuration = NginxSample([
      "nginx.conf": "events {} http { include /etc/nginx/conf.d/*.conf; }", "conf.d/README": "",
    ])
    #expect(configuration.problems == [])
    #expect(configuration.value("empty_includes", of: .nginx) == "/etc/nginx/conf.d/*.conf")
  }

  @Test("of one file in two places are read in both")
  func twice() {
    let configuration = NginxSample([
      "nginx.conf": """
      events {} http { proxy_read_timeout 1s;
        server { server_name a; proxy_read_timeout 2s; include l.conf; }
        server { server_name b; include l.conf; } }
      """,
      "l.conf": "location / { proxy_pass http://x; }",
    ])
    let locations = configuration.resources(.location)
    let field = NginxSchema.location.field(named: "proxy_read_timeout")
    #expect(locations.count == 2)
    #expect(
      locations.compactMap { l in field.map { nginxText(l.value(of: $0)) } } == [
        "2000ms", "1000ms",
      ])
    #expect(configuration.reading.included == ["l.conf"])
  }

  @Test("that form a circle cannot be read, which is said with the chain")
  func cycle() {
    let configuration = NginxSample([
      "nginx.conf": "events {} http { include a.conf; }", "a.conf": "include b.conf;",
      "b.conf": "server { location / { include a.conf; } }",
    ])
    #expect(
      configuration.problems == ["unreadable: files include each other: a.conf -> b.conf -> a.conf"]
    )
  }

  @Test("of a file in itself say so")
  func itself() {
    let configuration = NginxSample(["nginx.conf": "events {}\ninclude nginx.conf;"])
    #expect(
      configuration.problems == ["unreadable: files include each other: nginx.conf -> nginx.conf"])
  }

  @Test(
    "that lead out of the checked folder are not read, which is said",
    arguments: ["../secret.conf", "conf.d/../../secret.conf"])
  func escape(name: String) {
    let configuration = NginxSample("events {} http { include \(name); }")
    #expect(
      configuration.problems
        == ["unreadable: cannot read \"\(name)\": leads out of the checked folder"])
    #expect(configuration.reading.included == [])
  }

  @Test("of one file in blocks of different kinds are judged in each")
  func contexts() {
    let configuration = NginxSample([
      "nginx.conf": """
      events {} http { server { include keep; location / { include keep; } }
        upstream u { server 10.0.0.1; include keep; } }
      """,
      "keep": "keepalive_timeout 5s;\nroot /srv;",
    ])
    #expect(configuration.problems == ["refused: \"root\" directive is not allowed here"])
  }

  @Test("that would multiply without end stop at a limit")
  func explosion() {
    var files = ["nginx.conf": "events {} http { include 0.conf; }"]
    for level in 0..<30 {
      files["\(level).conf"] = "include \(level + 1).conf; include \(level + 1).conf;"
    }
    files["30.conf"] = "map $a $b { default 1; }"
    let configuration = NginxSample(files)
    #expect(configuration.problems.contains { $0.contains("the rest was not read") })
  }

  @Test("nested too deeply stop at a limit")
  func depth() {
    var files = ["nginx.conf": "events {} http { include 0.conf; }"]
    for level in 0..<60 { files["\(level).conf"] = "include \(level + 1).conf;" }
    #expect(
      NginxSample(files).problems == ["unreadable: includes are nested deeper than 40"])
  }

  @Test("are read inside types, map, geo, upstream and if, not in split_clients")
  func dataBodies() {
    let configuration = NginxSample([
      "nginx.conf": """
      events {} http { map $a $b { include m; } split_clients $a $c { include m; }
        upstream u { include s; } server { if ($a) { include r; } } }
      """,
      "m": "x y;", "s": "server 10.0.0.1;", "r": "return 403;",
    ])
    #expect(configuration.problems == ["refused: invalid percent value \"include\""])
    #expect(configuration.value("servers", of: .upstream) == "10.0.0.1")
    #expect(configuration.reading.sources.map(\.path) == ["nginx.conf", "m", "s", "r"])
  }

  @Test("in a dump of nginx -T are found in the dump")
  func dump() {
    let configuration = NginxSample(
      """
      # configuration file /etc/nginx/nginx.conf:
      events {} http { include /etc/nginx/conf.d/*.conf; include mime.types; }

      # configuration file /etc/nginx/conf.d/a.conf:
      server { server_name a; }

      # configuration file /etc/nginx/mime.types:
      types { text/html html; }

      """)
    #expect(configuration.problems == [])
    #expect(configuration.resource(.server)?.identity.origin.path == "/etc/nginx/conf.d/a.conf")
  }
}
