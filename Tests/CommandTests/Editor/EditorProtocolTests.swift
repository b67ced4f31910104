import Testing

/// What an editor would not say, and a stranger may.
@Suite("Editor protocol", .timeLimit(.minutes(15)))
struct EditorProtocolTests {
  private func client() throws -> (folder: TemporaryFolder, client: EditorClient) {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.smallProperties])
    return (folder, EditorClient(folder))
  }

  @Test(
    "a message that is none is answered with the error of the protocol",
    arguments: [
      ("{", -32_700), ("\u{1}", -32_700), ("[1]", -32_600), ("1", -32_600), ("{}", -32_600),
      (#"{"jsonrpc":"2.0","id":{},"method":"x"}"#, -32_600),
      (#"{"jsonrpc":"2.0","id":7,"method":"no/such"}"#, -32_601),
      (#"{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":null}"#, -32_602),
      (#"{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":[1]}"#, -32_602),
      (#"{"jsonrpc":"2.0","id":7,"method":"initialize"}"#, -32_600),
    ])
  func invalid(body: String, code: Int) throws {
    var (folder, client) = try client()
    client.initialize()
    client.send(body)
    client.shutdown()
    let log = try client.run(in: folder.path)
    #expect(log.messages.contains { $0.error?.code?.int == code })
    #expect(log.status == 0, "it goes on")
  }

  @Test(
    "notifications that make no sense change nothing",
    arguments: [
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":5}}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"x:y"}}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didClose","params":null}"#,
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#,
      #"{"jsonrpc":"2.0","method":"no/such"}"#,
      #"{"jsonrpc":"2.0","id":1,"result":null}"#,
    ])
  func senseless(body: String) throws {
    var (folder, client) = try client()
    client.initialize()
    client.send(body)
    let hover = client.hover("hikari.properties", line: 1, character: 17)
    client.shutdown()
    let log = try client.run(in: folder.path)
    #expect(log.answer(hover)?.result?.contents != nil)
    #expect(log.status == 0)
  }

  @Test(
    "changes outside the text are taken as far as they go",
    arguments: [
      (#"{"start":{"line":99,"character":0},"end":{"line":99,"character":5}}"#, "5"),
      (#"{"start":{"line":1,"character":99},"end":{"line":1,"character":99}}"#, "5x"),
      (#"{"start":{"line":1,"character":5},"end":{"line":0,"character":0}}"#, "5"),
      (#"{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}}"#, "5"),
    ])
  func ranges(range: String, value: String) throws {
    var (folder, client) = try client()
    client.initialize()
    client.open("hikari.properties", Fixtures.smallProperties)
    client.change("hikari.properties", version: 2, #"{"range":\#(range),"text":"x"}"#)
    let hover = client.hover("hikari.properties", line: 1, character: 16)
    client.shutdown()
    let text = try client.run(in: folder.path).answer(hover)?.result?.contents?.value?.string
    #expect(text?.contains(value) == true)
  }

  @Test("headers without a length are passed over, other headers and LF are fine")
  func headers() throws {
    var (folder, client) = try client()
    client.raw("X: y\r\n\r\n")
    client.raw("Content-Length: -5\r\n\r\n")
    client.initialize()
    let body = #"{"jsonrpc":"2.0","id":9,"method":"shutdown"}"#
    client.raw("Content-Type: application/json\ncontent-length:  \(body.utf8.count)\n\n\(body)")
    client.notify("exit")
    let log = try client.run(in: folder.path)
    #expect(log.answer(9)?.result == .null)
    #expect(log.status == 0)
  }

  @Test(
    "what cannot be a conversation ends it",
    arguments: [
      "Content-Length: 99999999999\r\n\r\n{}", String(repeating: "x", count: 10_000), "", "\r\n",
      "Content-Length: 50\r\n\r\n{}",
    ])
  func ends(text: String) throws {
    var (folder, client) = try client()
    client.raw(text)
    let log = try client.run(in: folder.path)
    #expect(log.status == 1)
    #expect(log.messages.isEmpty)
  }

  @Test("the order of the protocol is kept")
  func order() throws {
    var (folder, client) = try client()
    let early = client.hover("hikari.properties", line: 0, character: 0)
    client.initialize()
    client.request("shutdown", "null")
    let late = client.hover("hikari.properties", line: 0, character: 0)
    let log = try client.run(in: folder.path)
    #expect(log.answer(early)?.error?.code?.int == -32_002)
    #expect(log.answer(late)?.error?.code?.int == -32_600)
    #expect(log.status == 0, "the editor went away after a shutdown")
  }

  @Test("secrets stay hidden in hovers and diagnostics")
  func secrets() throws {
    var (folder, client) = try client()
    client.initialize()
    client.open("hikari.properties", "poolName=a\npassword=hunter2\nmaximumPoolSize=5\n")
    client.hover("hikari.properties", line: 1, character: 10)
    client.actions("hikari.properties", line: 2)
    client.shutdown()
    let log = try client.run(in: folder.path)
    #expect(!"\(log.messages)".contains("hunter2"))
  }
}
