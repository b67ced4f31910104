import Testing

/// Proves nginx/gzip-without-types and nginx/gzip-of-compressed-files by what a client gets.
@Suite(
  "Compression",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct CompressionTests {
  private static let text = String(repeating: "a", count: 4_096)

  @Test(
    "leaves out everything but HTML where nothing else is named",
    arguments: [("", nil, 1), ("gzip_types application/json;", "gzip", 0)]
      as [(String, String?, Int)])
  func types(line: String, encoding: String?, findings: Int) throws {
    let http = Self.http("application/json json;", line)
    let nginx = try RunningNginx(http: http, files: ["www/a.json": Self.text])
    let answer = try nginx.get("/a.json", headers: ["Host: a", "Accept-Encoding: gzip"])
    #expect(answer.header("Content-Encoding") == encoding)
    let found = try RuleVerdict.findings(of: "nginx/gzip-without-types", http: http)
    #expect(found.count == findings)
  }

  @Test(
    "of a picture takes its length and its ranges away",
    arguments: [("gzip_types image/jpeg;", true), ("gzip_types text/css;", false)])
  func pictures(line: String, isCompressed: Bool) throws {
    let http = Self.http("image/jpeg jpg;", line)
    let nginx = try RunningNginx(http: http, files: ["www/a.jpg": Self.text])
    let answer = try nginx.get("/a.jpg", headers: ["Host: a", "Accept-Encoding: gzip"])
    #expect((answer.header("Content-Encoding") == "gzip") == isCompressed)
    #expect((answer.header("Content-Length") == nil) == isCompressed)
    #expect((answer.header("Accept-Ranges") == nil) == isCompressed)
    let found = try RuleVerdict.findings(of: "nginx/gzip-of-compressed-files", http: http)
    #expect(found.count == (isCompressed ? 1 : 0))
  }

  private static func http(_ type: String, _ line: String) -> String {
    """
    types { \(type) }
    gzip on;
    \(line)
    server { listen unix:front.sock; location / { root www; } }
    """
  }
}
