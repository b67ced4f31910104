import Model
import Syntax

/// A statement in whichever file it stands.
struct OdysseyLine {
  let document: OdysseyDocument
  let index: Int

  var statement: OdysseyStatement { document.statements[index] }
  var source: SourceText { document.source }
  var name: String { statement.name }
  /// The first value, as text.
  var value: OdysseyValue? { statement.values.first }
  var nameOrigin: Origin { Origin(path: source.path, range: statement.nameRange) }
  var origin: Origin {
    Origin(path: source.path, range: value?.range ?? statement.nameRange)
  }
  /// The statements of its block.
  var lines: [OdysseyLine] {
    document.positions(in: index).map { OdysseyLine(document: document, index: $0) }
  }
}

/// Reads an odyssey.conf with everything it includes.
struct OdysseyLoader {
  /// The depth at which Odyssey gives up.
  static let includeDepthLimit = 16

  /// Far more files than any deployment has; files that include several others multiply.
  static let includeLimit = 200

  /// The statements outside blocks, in reading order.
  private(set) var lines: [OdysseyLine] = []
  private(set) var problems: [Problem] = []
  private(set) var sources: [SourceText] = []
  private let files: any FileSource
  private var open: [SourceText] = []

  init(files: any FileSource) { self.files = files }

  mutating func load(_ source: SourceText) {
    sources.append(source)
    open.append(source)
    defer { open.removeLast() }
    let document = OdysseyDocument(source)
    for error in document.errors {
      problems.append(Problem(error, in: source, unlessTemplate: source.text(error.range)))
    }
    checkWords(document)
    for index in document.positions(in: nil) {
      let line = OdysseyLine(document: document, index: index)
      if line.name == "include" { include(line) } else { lines.append(line) }
    }
  }

  private mutating func checkWords(_ document: OdysseyDocument) {
    for statement in document.statements where !OdysseyWords.known.contains(statement.name) {
      if let parent = statement.parent.map({ document.statements[$0] }),
        ["options", "backend_startup_options"].contains(parent.name)
      {
        continue
      }
      let closest = ConfigurationText.closest(to: statement.name, among: OdysseyWords.known)
      problems.append(
        Problem(
          kind: .refused,
          origin: Origin(path: document.source.path, range: statement.nameRange),
          message: "unknown option \(statement.name)",
          help: closest.map { "did you mean \($0)?" }))
    }
  }

  private mutating func include(_ line: OdysseyLine) {
    guard let target = line.value?.text else { return }
    func refuse(_ message: String) -> Problem {
      Problem(kind: .unreadable, origin: line.origin, message: message)
    }
    guard open.count <= Self.includeDepthLimit, sources.count < Self.includeLimit else {
      problems.append(refuse("files are included too deep or too often"))
      return
    }
    let path = ConfigurationText.resolve(
      target, in: ConfigurationText.directory(of: line.source.path))
    do {
      let found = try files.read(path)
      guard !ConfigurationText.isOpen(found, in: open) else {
        problems.append(
          refuse("files include each other: \(ConfigurationText.chain(open, to: path))"))
        return
      }
      load(found)
    } catch {
      problems.append(refuse("could not read \"\(path)\": \(error.reason)"))
    }
  }
}
