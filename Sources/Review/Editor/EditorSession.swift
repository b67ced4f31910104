import Syntax

/// One conversation with an editor: what arrives goes in, what is to be sent comes out.
///
/// Reads nothing and waits for nothing by itself, so that it can be tested with a script: the
/// command moves bytes, and asks for a check once the editor is quiet.
package struct EditorSession: Sendable {
  private enum State { case fresh, running, shutDown, ended }

  private var framing = MessageFraming()
  private var state = State.fresh
  private var output: [UInt8] = []
  let options: EditorOptions
  var encoding = PositionEncoding.utf16
  /// Whether hovers may hold Markdown.
  var showsMarkdown = true
  /// Whether only files that are open have diagnostics, not all of a folder.
  var isOfOpenFilesOnly = false
  /// The folders that the editor opened, absolute.
  var folders: [String] = []
  /// By absolute path.
  var documents: [String: OpenDocument] = [:]
  var outcomes: [EditorScope: EditorScope.Outcome] = [:]
  /// What the editor shows now, by address.
  var published: [String: JSON] = [:]
  var lastFailure: String?
  /// Whether something changed since the last check.
  package internal(set) var needsCheck = false

  package init(_ options: EditorOptions = EditorOptions()) { self.options = options }

  /// The exit code, once the conversation is over: 0 after an orderly shutdown, else 1.
  package private(set) var exitCode: Int32?

  /// Takes bytes from the editor and answers the messages that are whole.
  package mutating func receive(_ bytes: [UInt8]) {
    framing.append(bytes)
    while exitCode == nil, let message = framing.next() { handle(EditorMessage(message)) }
    if framing.isBroken { exitCode = 1 }
  }

  /// The editor went away.
  package mutating func close() { exitCode = exitCode ?? (state == .shutDown ? 0 : 1) }

  /// What is to be sent, whole messages only.
  package mutating func takeOutput() -> [UInt8] {
    defer { output = [] }
    return output
  }

  mutating func send(_ message: JSON) { output += MessageFraming.framed(message) }

  private mutating func handle(_ message: EditorMessage) {
    switch message {
    case .response: return
    case .invalid(let id, let error): send(EditorMessage.error(error, to: id))
    case .notification(let method, let params): notice(method, params)
    case .request(let id, let method, let params):
      do throws(RPCError) {
        send(EditorMessage.result(try answer(method, params), to: id))
      } catch {
        send(EditorMessage.error(error, to: id))
      }
    }
  }

  private mutating func answer(_ method: String, _ params: JSON) throws(RPCError) -> JSON {
    switch (state, method) {
    case (.fresh, "initialize"):
      state = .running
      return initialize(params)
    case (.fresh, _): throw .notInitialized
    case (.shutDown, _), (.ended, _), (_, "initialize"): throw .isShutDown
    case (_, "shutdown"):
      state = .shutDown
      return .null
    case (_, "textDocument/hover"): return try hover(params)
    case (_, "textDocument/codeAction"): return try codeActions(params)
    default: throw .unknown(method)
    }
  }

  private mutating func notice(_ method: String, _ params: JSON) {
    if method == "exit" {
      close()
      state = .ended
    }
    guard state == .running else { return }
    switch method {
    case "textDocument/didOpen": open(params)
    case "textDocument/didChange": change(params)
    case "textDocument/didClose": close(params)
    case "textDocument/didSave", "workspace/didChangeWatchedFiles": needsCheck = true
    case "workspace/didChangeWorkspaceFolders": changeFolders(params)
    default: return
    }
  }
}
