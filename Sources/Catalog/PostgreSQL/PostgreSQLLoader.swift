import Model
import Syntax

/// Reads a postgresql.conf with everything it includes, in the order in which the server reads it.
struct PostgreSQLLoader {
  /// The depth at which the server gives up.
  static let includeDepthLimit = 10

  /// Far more files than any deployment has; files that include several others multiply.
  static let includeLimit = 1_000

  /// One line that sets a key.
  struct Assignment {
    let entry: PostgreSQLEntry
    let source: SourceText
    /// Whether the command line gives it, after variables were filled in.
    var isFlag = false

    var origin: Origin { Origin(path: source.path, range: entry.valueRange) }
    var line: Int { source.line(at: entry.keyRange.lowerBound) }
  }

  private(set) var assignments: [Assignment] = []
  private(set) var problems: [Problem] = []
  private(set) var sources: [SourceText] = []
  /// Keys whose line is a template, with the line's place.
  private(set) var templates: [String: Origin] = [:]
  private let files: any FileSource
  /// The files that are being read, the entry first.
  private var open: [SourceText] = []

  init(files: any FileSource) { self.files = files }

  /// Reads the entry file and, beside a postgresql.conf, the postgresql.auto.conf that wins.
  mutating func load(_ source: SourceText) {
    read(source, depth: 0)
    guard ConfigurationText.name(of: source.path) == "postgresql.conf" else { return }
    let path = ConfigurationText.resolve(
      "postgresql.auto.conf", in: ConfigurationText.directory(of: source.path))
    // Absent in almost every repository: ALTER SYSTEM writes it into the data directory.
    if let automatic = try? files.read(path) { read(automatic, depth: 0) }
  }

  /// Begins a server that has no file of its own: `source` is the file that deploys it.
  mutating func begin(at source: SourceText) { sources.append(source) }

  /// Adds what the command line says, which wins over every file.
  mutating func add(_ flags: [ServerFlag]) {
    for flag in flags where !Self.places.contains(flag.key) {
      // Its place is in the file that deploys the server, which was read already.
      guard let source = try? files.read(flag.origin.path) else { continue }
      let range = flag.valueRange(in: source)
      let entry = PostgreSQLEntry(
        key: flag.key.replacing("-", with: "_"), value: flag.value, keyRange: range,
        valueRange: range, isQuoted: true)
      assignments.append(Assignment(entry: entry, source: source, isFlag: true))
    }
  }

  /// Where the files lie, which only the command line says.
  private static let places: Set<String> = [
    "config_file", "hba_file", "ident_file", "data_directory", "external_pid_file",
  ]

  private mutating func read(_ source: SourceText, depth: Int) {
    sources.append(source)
    open.append(source)
    defer { open.removeLast() }
    let document = PostgreSQLDocument(source)
    report(document)
    for entry in document.entries {
      switch entry.include {
      case nil: assignments.append(Assignment(entry: entry, source: source))
      case .file: include(entry, source, depth, mustExist: true)
      case .fileIfExists: include(entry, source, depth, mustExist: false)
      case .directory: includeDirectory(entry, source, depth)
      }
    }
  }

  private mutating func report(_ document: PostgreSQLDocument) {
    let source = document.source
    for error in document.errors {
      let start = source.bytes[..<error.range.lowerBound].lastIndex(of: UInt8(ascii: "\n"))
      let lineStart = start.map { $0 + 1 } ?? 0
      let rest = source.bytes[error.range.lowerBound...]
      let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      let line = source.text(lineStart..<lineEnd)
      let problem = Problem(error, in: source, unlessTemplate: line)
      problems.append(problem)
      guard problem.kind == .unknown else { continue }
      let key = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        .prefix { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: "=") }
      templates[String(Substring(key)).lowercased()] = problem.origin
    }
  }

  private mutating func include(
    _ entry: PostgreSQLEntry, _ source: SourceText, _ depth: Int, mustExist: Bool
  ) {
    let path = ConfigurationText.resolve(
      entry.value, in: ConfigurationText.directory(of: source.path))
    include(path, entry, source, depth, mustExist: mustExist)
  }

  private mutating func include(
    _ path: String, _ entry: PostgreSQLEntry, _ source: SourceText, _ depth: Int, mustExist: Bool
  ) {
    let origin = Origin(path: source.path, range: entry.valueRange)
    guard sources.count < Self.includeLimit else {
      problems.append(
        Problem(
          kind: .unreadable, origin: origin,
          message: "more than \(Self.includeLimit) files are included"))
      return
    }
    guard depth < Self.includeDepthLimit else {
      problems.append(
        Problem(
          kind: .unreadable, origin: origin,
          message: "could not open configuration file \"\(path)\": includes are nested more than "
            + "\(Self.includeDepthLimit) deep",
          help: ConfigurationText.chain(open, to: path)))
      return
    }
    do {
      let found = try files.read(path)
      guard !ConfigurationText.isOpen(found, in: open) else {
        problems.append(
          Problem(
            kind: .unreadable, origin: origin,
            message: "configuration file recursion: \(ConfigurationText.chain(open, to: path))",
            help: "the server does not start with files that include each other"))
        return
      }
      read(found, depth: depth + 1)
    } catch {
      if !mustExist && error == .notFound { return }
      problems.append(
        Problem(
          kind: .unreadable, origin: origin,
          message: "could not read \"\(path)\": \(error.reason)",
          help: mustExist ? "use include_if_exists for a file that may be absent" : nil))
    }
  }

  private mutating func includeDirectory(
    _ entry: PostgreSQLEntry, _ source: SourceText, _ depth: Int
  ) {
    let path = ConfigurationText.resolve(
      entry.value, in: ConfigurationText.directory(of: source.path))
    let names = files.names(in: path)
    if names.isEmpty {
      // An empty directory is fine for the server, and version control cannot keep one.
      problems.append(
        Problem(
          kind: .unknown, origin: Origin(path: source.path, range: entry.valueRange),
          message: "directory \"\(path)\" is absent or empty here; files in it may override "
            + "this one",
          help: "the server needs the directory, but not files in it"))
    }
    let prefix = path.isEmpty || path.hasSuffix("/") ? path : path + "/"
    for name in names where name.hasSuffix(".conf") && !name.hasPrefix(".") {
      include(prefix + name, entry, source, depth, mustExist: true)
    }
  }
}
