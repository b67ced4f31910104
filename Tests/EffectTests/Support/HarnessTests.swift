import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What every other test here relies on.
@Suite(
  "A running nginx", .enabled(if: RunningNginx.isInstalled, RunningNginx.absence),
  .timeLimit(.minutes(15)))
struct HarnessTests {
  @Test("is gone, with its workers and its folder, when nobody holds it")
  func cleanup() throws {
    var nginx: RunningNginx? = try RunningNginx(
      http: "server { listen unix:front.sock; return 200 $pid; }")
    let folder = try #require(nginx?.folder.path)
    let master = try #require(pid_t(nginx?.folder.text("nginx.pid").filter(\.isNumber) ?? ""))
    let worker = try #require(pid_t(try nginx?.get("/").body ?? ""))
    #expect(kill(master, 0) == 0)
    nginx = nil
    #expect(kill(master, 0) != 0)
    // The worker ends with its group; it may still be the system's to collect.
    for _ in 0..<200 where kill(worker, 0) == 0 { usleep(10_000) }
    #expect(kill(worker, 0) != 0)
    #expect(access(folder, F_OK) != 0)
  }

  @Test("that does not start says why")
  func refusal() {
    let error = #expect(throws: EffectError.self) { try RunningNginx(http: "sendfile maybe;") }
    #expect(error?.description.contains("invalid value \"maybe\"") == true)
  }

  @Test("is tested without being started")
  func dryRun() throws {
    #expect(try RunningNginx.test(http: "sendfile on;").contains("test is successful"))
    #expect(try RunningNginx.test(http: "sendfile maybe;").contains("[emerg]"))
  }

  @Test("answers several requests of one connection in turn")
  func keepalive() throws {
    let nginx = try RunningNginx(http: "server { listen 127.0.0.1:PORT1; return 200 $uri; }")
    let connection = try RawConnection(to: .port(nginx.port(1)))
    try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(connection.answer().body == "/a")
    #expect(connection.answer().body == "/b")
  }

  @Test("has a backend that counts, closes and stays silent")
  func backend() throws {
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock")) { request in
      request.lines.first?.contains("/close") == true ? .close : .status(200, "hello")
    }
    let nginx = try RunningNginx(
      http: """
        server { listen unix:front.sock; location / { proxy_pass http://unix:back.sock; } }
        """, folder: folder)
    #expect(try nginx.get("/").body == "hello")
    #expect(try nginx.get("/close").status == 502)
    #expect(backend.connections == 2)
    #expect(backend.requests.map { $0.lines.first } == ["GET / HTTP/1.0", "GET /close HTTP/1.0"])
  }
}
