import Catalog
import Review
import Syntax
import Testing

@Suite("crossplane's payload")
struct CrossplanePayloadTests {
  private static func payload(_ files: [String: String]) throws -> JSON {
    try CrossplanePayload.payload(of: "nginx.conf", in: PayloadFiles(texts: files)).json
  }

  @Test("is written member by member as crossplane writes it")
  func golden() throws {
    let json = try Self.payload([
      "nginx.conf": """
      events {
      }
      http {
        include conf.d/*.conf gone.conf;
        server {
          if ($uri = "/a b") { return 200 'x'; }
        }
        include gone.conf;
        sendfile maybe;
      }
      proxy_pass http://a;
      include conf.d/a.conf;
      """,
      "conf.d/a.conf": "log_format a\n  b c;\n",
    ])
    #expect(
      json.text(.compact) == """
        {"status":"failed","errors":[\
        {"file":"nginx.conf","error":"invalid number of arguments in \\"include\\" directive \
        in nginx.conf:4","line":4},\
        {"file":"nginx.conf","error":"[Errno 2] No such file or directory: 'gone.conf'","line":8},\
        {"file":"nginx.conf","error":"invalid value \\"maybe\\" in \\"sendfile\\" directive, \
        it must be \\"on\\" or \\"off\\" in nginx.conf:9","line":9},\
        {"file":"nginx.conf","error":"\\"proxy_pass\\" directive is not allowed here \
        in nginx.conf:11","line":11},\
        {"file":"conf.d/a.conf","error":"\\"log_format\\" directive is not allowed here \
        in conf.d/a.conf:1","line":1}],\
        "config":[{"file":"nginx.conf","status":"failed","errors":[\
        {"error":"invalid number of arguments in \\"include\\" directive in nginx.conf:4","line":4},\
        {"error":"[Errno 2] No such file or directory: 'gone.conf'","line":8},\
        {"error":"invalid value \\"maybe\\" in \\"sendfile\\" directive, \
        it must be \\"on\\" or \\"off\\" in nginx.conf:9","line":9},\
        {"error":"\\"proxy_pass\\" directive is not allowed here in nginx.conf:11","line":11}],\
        "parsed":[{"directive":"events","line":1,"args":[],"block":[]},\
        {"directive":"http","line":3,"args":[],"block":[\
        {"directive":"server","line":5,"args":[],"block":[\
        {"directive":"if","line":6,"args":["$uri","=","/a b"],"block":[\
        {"directive":"return","line":6,"args":["200","x"]}]}]},\
        {"directive":"include","line":8,"args":["gone.conf"],"includes":[]}]},\
        {"directive":"include","line":12,"args":["conf.d/a.conf"],"includes":[1]}]},\
        {"file":"conf.d/a.conf","status":"failed","errors":[\
        {"error":"\\"log_format\\" directive is not allowed here in conf.d/a.conf:1","line":1}],\
        "parsed":[]}]}
        """)
  }

  @Test(
    "leaves a refused statement out, and reads a refused block as standing around it",
    arguments: [
      ("server { listen 80; user a; } events {}", ["user"], 2),
      ("user a { b; } events {}", ["events"], 1), ("events; user a;", ["user"], 1),
      ("user a b c; user a;", ["user"], 1),
    ])
  func refusals(text: String, names: [String], count: Int) throws {
    let json = try Self.payload(["nginx.conf": text])
    let parsed = json["config"]?.arrayValue?.first?["parsed"]?.arrayValue ?? []
    #expect(parsed.compactMap { $0["directive"]?.stringValue } == names)
    #expect(json["errors"]?.arrayValue?.count == count)
  }

  @Test(
    "tells a semicolon missing before a brace as a mistake of its statement, and reads on",
    arguments: [
      (
        "http { server { listen 80 } server { listen 81; } }",
        ["directive \"listen\" is not terminated by \";\" in nginx.conf:1"], [[], ["listen"]]
      ),
      // crossplane forgets that the brace ends the block where nobody says that a `;` is missing.
      (
        "http { server { x y } server { listen; } }", ["unexpected \"}\" in nginx.conf:1"],
        [["x"], ["listen"]]
      ),
      (
        "http { server { listen",
        ["unexpected end of file, expecting \";\" or \"}\" in nginx.conf:1"], [["listen"]]
      ),
      // Nothing is told of a block that should not be there.
      (
        "user a; worker_processes auto http { server { listen 80 } }",
        ["directive \"worker_processes\" is not terminated by \";\" in nginx.conf:1"], []
      ),
      (
        "http { server { listen 80 } } }",
        [
          "directive \"listen\" is not terminated by \";\" in nginx.conf:1",
          "unexpected \"}\" in nginx.conf:1",
        ], [[]]
      ),
    ])
  func missingSemicolon(text: String, errors: [String], names: [[String]]) throws {
    let json = try Self.payload(["nginx.conf": text])
    #expect(json["errors"]?.arrayValue?.compactMap { $0["error"]?.stringValue } == errors)
    let http = json["config"]?.arrayValue?.first?["parsed"]?.arrayValue?.first
    let servers = http?["block"]?.arrayValue ?? []
    #expect(
      servers.map { $0["block"]?.arrayValue?.compactMap { $0["directive"]?.stringValue } } == names)
  }

  @Test("takes `sync` of the commercial nginx behind a limit's rate")
  func commercial() throws {
    let json = try Self.payload([
      "nginx.conf": "http { limit_req_zone $a zone=a:1m rate=1r/s sync; }"
    ])
    #expect(json["status"]?.stringValue == "ok")
  }

  @Test("lists comments between words behind their statement, and no others")
  func comments() throws {
    let json = try Self.payload([
      "nginx.conf": "# a\nuser # b\n a # c\n;\nevents # d\n{ } # e\nlog_not_found on;"
    ])
    let parsed = json["config"]?.arrayValue?.first?["parsed"]?.arrayValue ?? []
    let names = parsed.compactMap { $0["comment"]?.stringValue ?? $0["directive"]?.stringValue }
    #expect(names == ["user", " b", " c", "events", " d"])
  }

  @Test(
    "has the words that nginx reads where crossplane misreads them",
    arguments: [
      (#"use "a\tb";"#, ["a\tb"]), (#"use a\\;"#, [#"a\"#]), (#"use 'a\"b';"#, [#"a"b"#]),
      ("use a}b;", ["a}b"]), ("use a\u{A0}b;", ["a\u{A0}b"]), ("use ${a;", ["${a"]),
    ])
  func words(text: String, words: [String]) throws {
    let json = try Self.payload(["nginx.conf": "events { \(text) }"])
    let events = json["config"]?.arrayValue?.first?["parsed"]?.arrayValue?.first
    let arguments = events?["block"]?.arrayValue?.first?["args"]?.arrayValue ?? []
    #expect(arguments.compactMap(\.stringValue) == words)
  }
}

/// Files in memory.
private struct PayloadFiles: FileSource {
  let texts: [String: String]

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = texts[path] else { throw .notFound }
    return SourceText(path: path, text: text)
  }

  func names(in directory: String) -> [String] {
    let prefix = directory.isEmpty ? "" : directory + "/"
    return texts.keys.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count).prefix { $0 != "/" }) }.sorted()
  }
}
