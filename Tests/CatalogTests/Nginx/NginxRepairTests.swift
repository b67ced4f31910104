import Catalog
import FoundationEssentials
import Model
import Syntax
import Testing

/// Mistakes people make, each with its remedy, and the file as it was meant.
@Suite("nginx repairs")
struct NginxRepairTests {
  /// The file, part of the help, and the repaired file.
  private static let mended: [(String, String, String)] = [
    (
      "events {} http { server { location ~ ^/a{2}$ { return 200; } location / { } } }",
      "put the regular expression in quotes",
      "events {} http { server { location ~ \"^/a{2}$\" { return 200; } location / { } } }"
    ),
    (
      "events {} http { server { if ($uri ~ ^/a{2,3}$) { return 200; } } }", "quotes",
      "events {} http { server { if ($uri ~ \"^/a{2,3}$\") { return 200; } } }"
    ),
    (
      "events {} http { server { rewrite ^/a{2}/b{3} /c last; } }", "quotes",
      "events {} http { server { rewrite \"^/a{2}/b{3}\" /c last; } }"
    ),
    (
      "events {} http { map $uri $m { ~^a{2}$ 1; b 2; } }", "quotes",
      "events {} http { map $uri $m { \"~^a{2}$\" 1; b 2; } }"
    ),
    (
      "events {} http { server { listen 80 }}", "a \";\" is probably missing after 80 in line 1",
      "events {} http { server { listen 80; }}"
    ),
    (
      "events {}\nhttp { server {\nroot /a\nlisten 80; } }",
      "a \";\" is probably missing after /a in line 3",
      "events {}\nhttp { server {\nroot /a;\nlisten 80; } }"
    ),
    (
      "events {}\nhttp { server {\nroot /a\nlocation / { } } }",
      "a \";\" is probably missing after /a in line 3",
      "events {}\nhttp { server {\nroot /a;\nlocation / { } } }"
    ),
    (
      "events {}\nhttp { server {\nlisten 80\nserver_name a; } }",
      "a \";\" is probably missing after 80 in line 3",
      "events {}\nhttp { server {\nlisten 80;\nserver_name a; } }"
    ),
    ("events {};", "a block takes no \";\"", "events {}"),
    ("events {} user root;;", "one \";\" ends", "events {} user root;"),
    (
      "events {}\nhttp { server {\nadd_header a \"b;\nlisten 80;\n} }",
      "the string opened in line 3 is not closed",
      "events {}\nhttp { server {\nadd_header a \"b\";\nlisten 80;\n} }"
    ),
    (
      "events {}\nhttp { server {\nadd_header a \"b;\nadd_header c \"d\";\n} }",
      "this quote closes the string opened in line 3",
      "events {}\nhttp { server {\nadd_header a \"b\";\nadd_header c \"d\";\n} }"
    ),
    ("\u{FEFF}events {}", "byte order mark", "events {}"),
    (
      "events {} http { server { listen\u{A0}80; } }", "a no-break space (U+00A0)",
      "events {} http { server { listen 80; } }"
    ),
    (
      "events {} http { send_timeout 5s\u{2003}; }", "U+2003",
      "events {} http { send_timeout 5s ; }"
    ),
    (
      "events {} http { add_header a \u{201C}b c d\u{201D}; }", "typographic quotes",
      "events {} http { add_header a \"b c d\"; }"
    ),
    (
      "events {} http { server { if($uri) { return 200; } } }", "a blank is missing after \"if\"",
      "events {} http { server { if ($uri) { return 200; } } }"
    ),
    (
      "events {} http { server { location/ { return 200; } } }",
      "a blank is missing after \"location\"",
      "events {} http { server { location / { return 200; } } }"
    ),
    (
      "events {} http { server { if ($uri == /a) { return 200; } } }", "nginx writes it `=`",
      "events {} http { server { if ($uri = /a) { return 200; } } }"
    ),
    (
      "events {} http { proxy_conect_timeout 1s; }", "did you mean \"proxy_connect_timeout\"?",
      "events {} http { proxy_connect_timeout 1s; }"
    ),
    (
      "events {} http { srever { } }", "did you mean \"server\"?", "events {} http { server { } }"
    ),
    (
      "events {} http { Sendfile on; }", "names are in lower case",
      "events {} http { sendfile on; }"
    ),
    ("events {} http { root=/a; }", "no \"=\"", "events {} http { root /a; }"),
    ("events {} http { sendfile true; }", "", "events {} http { sendfile on; }"),
    ("events {} http { send_timeout 30sec; }", "a time", "events {} http { send_timeout 30s; }"),
    (
      "events {} http { client_max_body_size 10MB; }", "a size",
      "events {} http { client_max_body_size 10m; }"
    ),
    (
      "events {} http { proxy_buffer_size 1g; }", "a size",
      "events {} http { proxy_buffer_size 1024m; }"
    ),
  ]

  @Test("write what was meant, and nothing else", arguments: mended)
  func repairs(text: String, help: String, fixed: String) throws {
    let reading = NginxSample(text).reading
    let problem = try #require(reading.problems.first { $0.repair != nil }, "\(reading.problems)")
    #expect(problem.kind == .syntax || problem.kind == .refused)
    #expect(help.isEmpty || problem.help?.contains(help) == true, "\(problem.help ?? "")")
    let repair = try #require(problem.repair)
    let result = SourceText(path: "nginx.conf", text: text).applying(repair.edits)
    #expect(result.map { $0.text(0..<$0.bytes.count) } == fixed)
    let left = NginxSample(fixed).problems.filter { !$0.hasPrefix("unknown") }
    #expect(left == [])
  }

  @Test(
    "turn what nginx refuses into what it accepts",
    .enabled(if: NginxOracle.isHere, "nginx is not installed"), .timeLimit(.minutes(15)),
    arguments: mended)
  func againstNginx(text: String, help: String, fixed: String) throws {
    let oracle = try NginxOracle(worker: 0)
    defer { oracle.close() }
    #expect(try !oracle.verdict(on: Array(text.utf8)).isAccepted)
    let verdict = try oracle.verdict(on: Array(fixed.utf8))
    // Not everything may run here: a user, a directory.
    #expect(verdict.isAccepted, "\(verdict.message ?? "")")
  }

  @Test(
    "leave alone what may be meant in more than one way",
    arguments: [
      "events {} http { server { add_header a \"b; } }", "events {} http { sendfile maybe; }",
      "events {} http { send_timeout 1x; }", "events {} http { proxy_pas a; }", "events {",
      "events {} }", "events {}\nhttp { server {\nlisten 80\n}\n",
      "events {} http { add_header a \u{201C}b c \"d\"; }",
    ])
  func uncertain(text: String) {
    #expect(NginxSample(text).reading.problems.filter { $0.repair != nil } == [])
  }

  @Test("see the rest of a file behind a regular expression without quotes")
  func recovery() {
    let sample = NginxSample(
      http: """
        server { listen 80; location ~ ^/a{2}$ { return 200; } location /b { sendfile maybe; } }
        server { listen 81; }
        """)
    #expect(sample.resources(.server).count == 2)
    #expect(sample.resources(.location).count == 2)
    #expect(
      sample.problems == [
        "refused: unknown directive \"2}$\"",
        "refused: invalid value \"maybe\" in \"sendfile\" directive, it must be \"on\" or \"off\"",
      ])
  }
}
