import Testing

/// Proves the rules about limits of requests.
@Suite(
  "A limit of requests", .enabled(if: RunningNginx.isInstalled, RunningNginx.absence),
  .timeLimit(.minutes(15)))
struct LimitTests {
  private static let address = "limit_req_zone $binary_remote_addr zone=ip:1m rate=1r/m;"
  private static let site = "limit_req_zone $server_name zone=site:1m rate=1000r/s;"

  private func nginx(_ http: String) throws -> RunningNginx {
    // Clients are told apart by address, so this needs one.
    try RunningNginx(
      http: http.replacingListen("127.0.0.1:PORT1"),
      files: ["www/a": "a", "www/b/a": "b"])
  }

  /// The answers to some requests, one after the other, each with one more header.
  private func answers(
    _ http: String, _ target: String = "/a", headers: [String] = ["", "", ""]
  ) throws -> [Int] {
    let nginx = try nginx(http)
    return try headers.map { header in
      let lines = ["Host: localhost"] + (header.isEmpty ? [] : [header])
      return try nginx.get(target, headers: lines, at: .port(nginx.port(1))).status
    }
  }

  @Test(
    "is all that keeps a list of passwords from the backend",
    arguments: [("", 12, 1), ("limit_req zone=ip;", 1, 0)])
  func login(inside: String, reached: Int, findings: Int) throws {
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock")) { _ in .status(200, "no") }
    let http = """
      \(Self.address)
      upstream app { server unix:back.sock; }
      server { listen LISTEN; location = /login { \(inside) proxy_pass http://app; } }
      """
    let nginx = try RunningNginx(http: http.replacingListen("127.0.0.1:PORT1"), folder: folder)
    let statuses = try (0..<12).map { _ in
      try nginx.get("/login", method: "POST", at: .port(nginx.port(1))).status
    }
    #expect(statuses.count { $0 == 200 } == reached)
    #expect(backend.connections == reached)
    let rule = "nginx/login-without-limit"
    #expect(try RuleVerdict.findings(of: rule, http: http.replacingListen("80")).count == findings)
  }

  @Test(
    "is switched off by another one inside",
    arguments: [
      ("", [503, 503], 0), ("limit_req zone=site burst=9 nodelay;", [200, 200], 1),
      ("limit_req zone=site burst=9 nodelay; limit_req zone=ip;", [503, 503], 0),
    ])
  func dropped(inside: String, statuses: [Int], findings: Int) throws {
    let http = """
      \(Self.address) \(Self.site)
      server { listen LISTEN; root www; limit_req zone=ip; location /b/ { \(inside) } }
      """
    #expect(try Array(answers(http, "/b/a").dropFirst()) == statuses)
    let rule = "nginx/limit-dropped-inside"
    #expect(try RuleVerdict.findings(of: rule, http: http.replacingListen("80")).count == findings)
  }

  @Test(
    "answers 503 unless told otherwise, and nothing in a dry run",
    arguments: [
      ("", 503, 1, 0), ("limit_req_status 429;", 429, 0, 0),
      ("limit_req_dry_run on;", 200, 1, 1),
    ])
  func status(inside: String, status: Int, asOutage: Int, dry: Int) throws {
    let http = """
      \(Self.address)
      server { listen LISTEN; root www; location / { limit_req zone=ip; \(inside) } }
      """
    #expect(try answers(http) == [200, status, status])
    let known = http.replacingListen("80")
    let rule = "nginx/limit-answers-503"
    #expect(try RuleVerdict.findings(of: rule, http: known).count == asOutage)
    #expect(try RuleVerdict.findings(of: "nginx/limit-dry-run", http: known).count == dry)
  }

  @Test(
    "by what the client says holds for nobody who says something else, or nothing",
    arguments: [
      ("$http_x_key", [200, 200, 200, 503], 1),
      ("$binary_remote_addr$http_x_key", [200, 200, 503, 503], 1),
      ("$binary_remote_addr", [200, 503, 503, 503], 0),
    ])
  func key(key: String, statuses: [Int], findings: Int) throws {
    let http = """
      limit_req_zone \(key) zone=key:1m rate=1r/m;
      server { listen LISTEN; root www; limit_req zone=key; location / { } }
      """
    // Another key, no key, no key again, the first key again.
    let headers = ["X-Key: a", "", "", "X-Key: a"]
    #expect(try answers(http, headers: headers) == statuses)
    let rule = "nginx/limit-key-chosen-by-client"
    #expect(try RuleVerdict.findings(of: rule, http: http.replacingListen("80")).count == findings)
  }

  @Test(
    "counts addresses that clients invent where everybody is believed",
    arguments: [
      ("0.0.0.0/0", ["1.2.3.4", "1.2.3.5"], [200, 200], 1),
      ("192.0.2.0/24", ["1.2.3.4", "1.2.3.5"], [200, 503], 0),
    ])
  func realAddress(from: String, claimed: [String], statuses: [Int], findings: Int) throws {
    let http = """
      set_real_ip_from \(from); real_ip_header X-Forwarded-For;
      \(Self.address)
      server { listen LISTEN; root www; location / { limit_req zone=ip; } }
      """
    #expect(try answers(http, headers: claimed.map { "X-Forwarded-For: \($0)" }) == statuses)
    let rule = "nginx/real-ip-from-everyone"
    #expect(try RuleVerdict.findings(of: rule, http: http.replacingListen("80")).count == findings)
  }

  @Test(
    "holds a burst back until its turn has come",
    arguments: [("", 800), (" delay=2", 400), (" nodelay", 0)])
  func delay(parameter: String, milliseconds: Int) throws {
    let nginx = try nginx(
      """
      limit_req_zone $binary_remote_addr zone=slow:1m rate=5r/s;
      server { listen LISTEN; root www; limit_req zone=slow burst=4\(parameter); location / { } }
      """)
    let start = ContinuousClock.now
    let connections = try (0..<5).map { _ in try RawConnection(to: .port(nginx.port(1))) }
    for connection in connections {
      try connection.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }
    #expect(connections.map { $0.answer().status } == [200, 200, 200, 200, 200])
    let waited = ContinuousClock.now - start
    // A busy machine only makes it longer.
    #expect(waited >= .milliseconds(milliseconds - 50))
    if milliseconds == 0 { #expect(waited < .milliseconds(750)) }
    let slow = """
      limit_req_zone $binary_remote_addr zone=slow:1m rate=10r/m;
      server { limit_req zone=slow burst=4\(parameter); }
      """
    let rule = "nginx/limit-delays-long"
    #expect(
      try RuleVerdict.findings(of: rule, http: slow).count == (milliseconds == 0 ? 0 : 1))
  }

  @Test(
    "of connections to a backend counts for each worker without a zone",
    arguments: [("", 2), ("zone app 64k;", 1)])
  func maxConns(zone: String, admitted: Int) throws {
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock")) { _ in
      .status(200, "ok", afterMilliseconds: 700)
    }
    let http = """
      upstream app { \(zone) server unix:back.sock max_conns=1; }
      server { listen LISTEN; location / { proxy_pass http://app; } }
      """
    // Each worker has a socket of its own, so that connections are spread over both.
    let nginx = try RunningNginx(
      http: http.replacingListen("127.0.0.1:PORT1 reuseport"), main: "worker_processes 2;",
      folder: folder)
    let connections = try (0..<24).map { _ in try RawConnection(to: .port(nginx.port(1))) }
    for connection in connections {
      try connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }
    let statuses = connections.map { $0.answer().status }
    #expect(statuses.count { $0 == 200 } == admitted)
    #expect(backend.connections == admitted)
    let rule = "nginx/max-conns-without-zone"
    let findings = try RuleVerdict.findings(
      of: rule, http: http.replacingListen("80"), main: "worker_processes 2;")
    #expect(findings.count == admitted - 1)
  }
}

extension String {
  /// The text with an address in place of `LISTEN`.
  fileprivate func replacingListen(_ address: String) -> String {
    guard let place = range(of: "LISTEN") else { return self }
    return replacingCharacters(in: place, with: address)
  }

  private func range(of word: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
      formIndex(after: &start)
    }
    return nil
  }

  private func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
