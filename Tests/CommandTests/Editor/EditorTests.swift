import Testing

@Suite("Editor", .timeLimit(.minutes(15)))
struct EditorTests {
  private static let file = "hikari.properties"

  private func project(_ files: [String: String] = [:]) throws -> TemporaryFolder {
    try TemporaryFolder([Self.file: Fixtures.soundProperties].merging(files) { $1 })
  }

  @Test("says what it can do, and ends in order")
  func initialize() throws {
    var client = EditorClient(try project())
    client.initialize()
    client.shutdown()
    let log = try client.run(in: "/")
    let capabilities = try #require(log.answer(1)?.result?.capabilities)
    #expect(capabilities.positionEncoding?.string == "utf-16")
    #expect(capabilities.textDocumentSync?.change?.int == 2)
    #expect(capabilities.hoverProvider?.bool == true)
    #expect(log.answer(2)?.result == .null)
    #expect(log.status == 0)
    #expect(log.errors.isEmpty)
  }

  @Test("text that is not saved is what counts, and diagnostics follow it")
  func typing() throws {
    let folder = try project()
    var client = EditorClient(folder)
    client.initialize()
    client.open(Self.file, Fixtures.soundProperties)
    client.hover(Self.file, line: 0, character: 0)
    client.change(
      Self.file, version: 2,
      #"{"range":{"start":{"line":1,"character":16},"end":{"line":1,"character":18}},"text":"5"}"#)
    client.hover(Self.file, line: 1, character: 16)
    client.change(Self.file, version: 3, #"{"text":"poolName=auth\nmaximumPoolSize=24\n"}"#)
    client.hover(Self.file, line: 0, character: 0)
    client.shutdown()
    let log = try client.run()
    let told = log.diagnostics(client.uri(Self.file))
    let codes = told.map { $0.compactMap { $0.code?.string } }
    #expect(codes.count >= 3)
    #expect(codes.first?.contains("pool/size-below-minimum") == false)
    #expect(codes[1].contains("pool/size-below-minimum"))
    #expect(codes.last?.contains("pool/size-below-minimum") == false)
    let finding = try #require(told[1].first { $0.code?.string == "pool/size-below-minimum" })
    #expect(finding.severity?.int == 1)
    #expect(finding.source?.string == "headgate")
    #expect(finding.range?.start == (try JSONValue(#"{"line":1,"character":16}"#)))
    #expect(finding.range?.end == (try JSONValue(#"{"line":1,"character":17}"#)))
    #expect(folder.text(Self.file) == Fixtures.soundProperties, "nothing is written")
  }

  @Test("diagnostics go when the file is closed and the disk is sound")
  func closing() throws {
    var client = EditorClient(try project())
    client.initialize()
    client.open(Self.file, Fixtures.smallProperties)
    client.hover(Self.file, line: 0, character: 0)
    client.notify("textDocument/didClose", #"{"textDocument":{"uri":"\#(client.uri(Self.file))"}}"#)
    client.hover(Self.file, line: 0, character: 0)
    client.shutdown()
    let told = try client.run().diagnostics(client.uri(Self.file))
    #expect(told.first?.isEmpty == false)
    #expect(told.last?.isEmpty == true)
  }

  @Test("files that are not open have diagnostics, too, unless the editor wants none")
  func scope() throws {
    let folder = try project(["svc/hikari.properties": Fixtures.smallProperties])
    for (options, isTold) in [("null", true), (#"{"scope":"open"}"#, false)] {
      var client = EditorClient(folder)
      client.initialize(options: options)
      client.open(Self.file, Fixtures.soundProperties)
      client.hover(Self.file, line: 0, character: 0)
      client.shutdown()
      let told = try client.run().diagnostics(client.uri("svc/hikari.properties"))
      #expect(told.isEmpty != isTold)
    }
  }

  @Test(
    "columns count what was agreed on", arguments: [("utf-16", 50, 51), ("utf-8", 53, 54)])
  func encoding(name: String, start: Int, end: Int) throws {
    var client = EditorClient(try project())
    client.initialize(#"{"general":{"positionEncodings":["\#(name)"]}}"#)
    client.open("application.yml", Self.accented)
    client.hover("application.yml", line: 2, character: start)
    client.shutdown()
    let log = try client.run()
    #expect(log.answer(1)?.result?.capabilities?.positionEncoding?.string == name)
    let finding = try #require(
      log.diagnostics(client.uri("application.yml")).last?.first {
        $0.code?.string == "pool/size-below-minimum"
      })
    #expect(finding.range?.start?.character?.int == start)
    #expect(finding.range?.end?.character?.int == end)
  }

  /// The size stands behind a character of two units in UTF-16 and four bytes, and one of two.
  private static let accented =
    "spring:\n  datasource:\n    hikari: {pool-name: \"ä😀\", maximum-pool-size: 5}\n"

  @Test("hover tells what runs, where it comes from and why a rule is broken")
  func hover() throws {
    var client = EditorClient(try project())
    client.initialize(#"{"textDocument":{"hover":{"contentFormat":["markdown"]}}}"#)
    client.open(Self.file, Fixtures.smallProperties + "maxLifetime=20000\n")
    let size = client.hover(Self.file, line: 1, character: 16)
    let lifetime = client.hover(Self.file, line: 3, character: 2)
    let nothing = client.hover(Self.file, line: 9, character: 0)
    client.shutdown()
    let log = try client.run()
    let text = try #require(log.answer(size)?.result?.contents?.value?.string)
    #expect(log.answer(size)?.result?.contents?.kind?.string == "markdown")
    #expect(text.contains("`maximumPoolSize`"))
    #expect(text.contains("Runs with `5` (explicit)"))
    #expect(text.contains("`pool/size-below-minimum`"))
    let clamped = try #require(log.answer(lifetime)?.result?.contents?.value?.string)
    #expect(clamped.contains("(clamped), written `20000`"))
    #expect(log.answer(nothing)?.result == .null)
  }

  @Test("fixes are offered where the finding is, safe ones all at once")
  func actions() throws {
    var client = EditorClient(try project())
    client.initialize()
    client.open(Self.file, Fixtures.smallProperties)
    let here = client.actions(Self.file, line: 1)
    let elsewhere = client.actions(Self.file, line: 0, only: #"["quickfix"]"#)
    let other = client.actions(Self.file, line: 1, only: #"["refactor"]"#)
    client.shutdown()
    let log = try client.run()
    let action = try #require(
      log.answer(here)?.result?.array.first {
        $0.diagnostics?[0]?.code?.string == "pool/size-below-minimum"
      })
    #expect(action.kind?.string == "quickfix")
    #expect(action.isPreferred?.bool == false)
    #expect(action.title?.string?.hasSuffix("(changes what runs)") == true)
    let edit = try #require(action.edit?.changes?[client.uri(Self.file)]?[0])
    #expect(edit.newText?.string == "10")
    #expect(edit.range?.start?.line?.int == 1)
    #expect(edit.range?.start?.character?.int == 16)
    #expect(log.answer(elsewhere)?.result?.array == [])
    #expect(log.answer(other)?.result?.array == [])
  }

  @Test("a file outside every folder is checked alone")
  func alone() throws {
    let folder = try project()
    let other = try TemporaryFolder(["a/hikari.properties": Fixtures.smallProperties])
    var client = EditorClient(folder)
    client.initialize()
    let uri = "file://\(other.path)/a/hikari.properties"
    client.notify(
      "textDocument/didOpen",
      """
      {"textDocument":{"uri":"\(uri)","languageId":"x","version":1,\
      "text":\(EditorClient.quoted(Fixtures.smallProperties))}}
      """)
    client.hover(Self.file, line: 0, character: 0)
    client.shutdown()
    let codes = try client.run().diagnostics(uri).last?.compactMap { $0.code?.string }
    #expect(codes?.contains("pool/size-below-minimum") == true)
  }

  @Test("a mistake in .headgate.yaml is told once")
  func mistake() throws {
    var client = EditorClient(try project([".headgate.yaml": "rulez: {}\n"]))
    client.initialize()
    client.open(Self.file, Fixtures.smallProperties)
    client.hover(Self.file, line: 0, character: 0)
    client.change(Self.file, version: 2, #"{"text":""}"#)
    client.hover(Self.file, line: 0, character: 0)
    client.shutdown()
    let messages = try client.run().messages.filter {
      $0.method?.string == "window/showMessage"
    }
    #expect(messages.count == 1)
    #expect(messages.first?.params?.message?.string?.contains("rulez") == true)
  }
}
