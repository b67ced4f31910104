import Testing

/// An editor that says what it was told to, and looks at all that comes back.
struct EditorClient {
  private(set) var script: [UInt8] = []
  private var id = 0
  let root: String
  /// Held, so that it is there as long as the client.
  private let folder: TemporaryFolder

  init(_ folder: TemporaryFolder) {
    self.folder = folder
    root = folder.path
  }

  func uri(_ name: String) -> String { "file://\(root)/\(name)" }

  /// Sends a request; its number is the answer's.
  @discardableResult
  mutating func request(_ method: String, _ params: String) -> Int {
    id += 1
    send(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
    return id
  }

  mutating func notify(_ method: String, _ params: String = "{}") {
    send(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#)
  }

  mutating func send(_ body: String) {
    raw("Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  /// Sends bytes without a header of its own.
  mutating func raw(_ text: String) { script += Array(text.utf8) }

  mutating func initialize(_ capabilities: String = "{}", options: String = "null") {
    request(
      "initialize",
      """
      {"processId":null,"rootUri":"file://\(root)","capabilities":\(capabilities),\
      "initializationOptions":\(options)}
      """)
    notify("initialized")
  }

  mutating func open(_ name: String, _ text: String, version: Int = 1) {
    notify(
      "textDocument/didOpen",
      """
      {"textDocument":{"uri":"\(uri(name))","languageId":"plaintext","version":\(version),\
      "text":\(Self.quoted(text))}}
      """)
  }

  mutating func change(_ name: String, version: Int, _ changes: String) {
    notify(
      "textDocument/didChange",
      """
      {"textDocument":{"uri":"\(uri(name))","version":\(version)},"contentChanges":[\(changes)]}
      """)
  }

  /// Asks what is at a place, which is answered after a check of all that came before.
  @discardableResult
  mutating func hover(_ name: String, line: Int, character: Int) -> Int {
    request(
      "textDocument/hover",
      """
      {"textDocument":{"uri":"\(uri(name))"},\
      "position":{"line":\(line),"character":\(character)}}
      """)
  }

  @discardableResult
  mutating func actions(_ name: String, line: Int, only: String = "null") -> Int {
    request(
      "textDocument/codeAction",
      """
      {"textDocument":{"uri":"\(uri(name))"},"range":{"start":{"line":\(line),"character":0},\
      "end":{"line":\(line),"character":0}},"context":{"diagnostics":[],"only":\(only)}}
      """)
  }

  mutating func shutdown() {
    request("shutdown", "null")
    notify("exit")
  }

  /// Runs the server on the script.
  func run(_ arguments: [String] = [], in folder: String? = nil) throws -> EditorSessionLog {
    let run = try Program.run(
      Program.headgate, ["lsp"] + arguments, in: folder ?? root,
      input: String(decoding: script, as: UTF8.self))
    return try EditorSessionLog(run)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": result += "\\\(character)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}

/// What the server said, message by message.
struct EditorSessionLog {
  let status: Int32
  let errors: String
  private(set) var messages: [JSONValue] = []

  init(_ run: Run) throws {
    status = run.status
    errors = run.errors
    var rest = Array(run.output.utf8)[...]
    while !rest.isEmpty {
      let header = rest.prefix { $0 != UInt8(ascii: "\r") }
      let words = String(decoding: header, as: UTF8.self).split(separator: " ")
      let length = try #require(words.last.flatMap { Int($0) })
      let start = header.endIndex + 4
      messages.append(try JSONValue(Array(rest[start..<(start + length)])))
      rest = rest[(start + length)...]
    }
  }

  func answer(_ id: Int) -> JSONValue? {
    messages.first { $0.id?.int == id && $0.method == nil }
  }

  /// The diagnostics of a file, one list for each time that they were told.
  func diagnostics(_ uri: String) -> [[JSONValue]] {
    messages.filter {
      $0.method?.string == "textDocument/publishDiagnostics" && $0.params?.uri?.string == uri
    }.map { $0.params?.diagnostics?.array ?? [] }
  }
}
