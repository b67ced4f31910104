import Findings
import Syntax

// MARK: - Getting to know each other

extension EditorSession {
  mutating func initialize(_ params: JSON) -> JSON {
    let capabilities = params["capabilities"]
    let encodings = capabilities?["general"]?["positionEncodings"]?.arrayValue ?? []
    // Our own offsets are bytes; where the editor counts the same, nothing has to be counted.
    if encodings.contains("utf-8") { encoding = .utf8 }
    let hover = capabilities?["textDocument"]?["hover"]?["contentFormat"]?.arrayValue
    showsMarkdown = hover?.contains("markdown") ?? false
    isOfOpenFilesOnly = params["initializationOptions"]?["scope"] == "open"
    let listed = params["workspaceFolders"]?.arrayValue?.compactMap { $0["uri"]?.stringValue }
    let root = params["rootUri"]?.stringValue.map { [$0] }
    folders = (listed ?? root ?? []).compactMap(FileAddress.path)
    needsCheck = !folders.isEmpty
    return [
      "capabilities": [
        "positionEncoding": .string(encoding.rawValue),
        "textDocumentSync": [
          "openClose": true, "change": 2, "save": ["includeText": false],
        ],
        "hoverProvider": true,
        "codeActionProvider": ["codeActionKinds": ["quickfix", .string(Self.fixAll)]],
        "workspace": ["workspaceFolders": ["supported": true, "changeNotifications": true]],
      ],
      "serverInfo": ["name": "headgate", "version": .string(Tool.version)],
    ]
  }

  mutating func changeFolders(_ params: JSON) {
    func paths(_ name: String) -> [String] {
      (params["event"]?[name]?.arrayValue ?? []).compactMap { $0["uri"]?.stringValue }
        .compactMap(FileAddress.path)
    }
    let removed = Set(paths("removed"))
    folders = folders.filter { !removed.contains($0) } + paths("added")
    needsCheck = true
  }
}

// MARK: - Texts

extension EditorSession {
  mutating func open(_ params: JSON) {
    let document = params["textDocument"]
    guard let uri = document?["uri"]?.stringValue, let path = FileAddress.path(of: uri),
      let text = document?["text"]?.stringValue
    else { return }
    documents[path] = OpenDocument(
      uri: uri, version: document?["version"]?.intValue, text: text)
    needsCheck = true
  }

  mutating func change(_ params: JSON) {
    guard let path = path(params), let changes = params["contentChanges"]?.arrayValue else {
      return
    }
    documents[path]?.apply(
      changes, version: params["textDocument"]?["version"]?.intValue, encoding)
    needsCheck = true
  }

  mutating func close(_ params: JSON) {
    guard let path = path(params) else { return }
    documents[path] = nil
    needsCheck = true
  }

  /// The absolute path of the document that a message is about.
  func path(_ params: JSON) -> String? {
    params["textDocument"]?["uri"]?.stringValue.flatMap(FileAddress.path)
  }

  /// The folder that a file belongs to, the innermost one, or the file alone.
  func scope(of path: String) -> EditorScope {
    let inside = folders.map { EditorScope(folder: $0, file: nil) }
      .filter { $0.path(of: path) != nil }
    if let scope = inside.max(by: { $0.folder.utf8.count < $1.folder.utf8.count }) {
      return scope
    }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return EditorScope(folder: folder, file: String(path[path.index(after: slash)...]))
  }
}

// MARK: - Checking

extension EditorSession {
  /// Checks every folder and file that is open, and tells the editor what changed.
  package mutating func check() {
    needsCheck = false
    var scopes = folders.map { EditorScope(folder: $0, file: nil) }
    for path in documents.keys.sorted() where !scopes.contains(scope(of: path)) {
      scopes.append(scope(of: path))
    }
    var outcomes: [EditorScope: EditorScope.Outcome] = [:]
    var failure: String?
    for scope in scopes {
      let texts = documents.sorted { $0.key < $1.key }.compactMap { path, document in
        self.scope(of: path) == scope
          ? scope.path(of: path).map { SourceText(path: $0, bytes: document.bytes) } : nil
      }
      do throws(Failure) {
        outcomes[scope] = try scope.check(texts, options)
      } catch {
        // A mistake in `.headgate.yaml`, mostly: what was found before stays until it is mended.
        failure = error.message
        outcomes[scope] = self.outcomes[scope]
      }
    }
    self.outcomes = outcomes
    say(failure)
    publish()
  }

  /// Tells a mistake once, not with each key.
  private mutating func say(_ failure: String?) {
    defer { lastFailure = failure }
    guard let failure, failure != lastFailure else { return }
    send(
      EditorMessage.notification(
        "window/showMessage", ["type": 1, "message": .string("headgate: \(failure)")]))
  }

  private mutating func publish() {
    var wanted: [String: JSON] = [:]
    for (scope, outcome) in outcomes {
      var byPath: [String: [Finding]] = [:]
      for finding in outcome.verdict.report.findings where finding.status == .new {
        byPath[finding.path, default: []].append(finding)
      }
      for (path, findings) in byPath {
        let absolute = scope.absolute(path)
        let isOpen = documents[absolute] != nil
        guard isOpen || (!isOfOpenFilesOnly && scope.file == nil) else { continue }
        let writer = DiagnosticWriter(self, scope, outcome.verdict.report)
        wanted[uri(of: absolute)] = .array(findings.map(writer.diagnostic))
      }
    }
    for document in documents.values where wanted[document.uri] == nil {
      wanted[document.uri] = []
    }
    let gone = published.keys.filter { wanted[$0] == nil && published[$0] != [] }
    for uri in gone { wanted[uri] = [] }
    for (uri, diagnostics) in wanted.sorted(by: { $0.key < $1.key })
    where published[uri] != diagnostics {
      send(EditorMessage.notification("textDocument/publishDiagnostics", report(uri, diagnostics)))
    }
    published = wanted
  }

  private func report(_ uri: String, _ diagnostics: JSON) -> JSON {
    let version = FileAddress.path(of: uri).flatMap { documents[$0]?.version }
    return .object(present: [
      ("uri", .string(uri)), ("version", version.map { .int($0) }), ("diagnostics", diagnostics),
    ])
  }

  /// The editor's own spelling of an address, where it gave one.
  func uri(of path: String) -> String { documents[path]?.uri ?? FileAddress.uri(of: path) }
}
