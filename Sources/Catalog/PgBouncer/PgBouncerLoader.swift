import Model
import Syntax

/// Reads a pgbouncer.ini with everything it includes, as one sequence of headers and keys.
struct PgBouncerLoader {
  /// The depth at which PgBouncer gives up.
  static let includeDepthLimit = 10

  /// A header or a key, where it stands.
  enum Event {
    case header(INISection, SourceText)
    case entry(INIEntry, SourceText)
  }

  /// Far more files than any deployment has; files that include several others multiply.
  static let includeLimit = 1_000

  private(set) var events: [Event] = []
  private(set) var problems: [Problem] = []
  private(set) var sources: [SourceText] = []
  private let files: any FileSource
  private let dialect: INIDialect
  /// The files that are being read, the entry first.
  private var open: [SourceText] = []

  init(files: any FileSource, release: PgBouncer.Release) {
    self.files = files
    dialect = release.accepts(since: Version(1, 25)) ? .pgbouncer : .pgbouncer1_24
  }

  mutating func load(_ source: SourceText) { read(source, depth: 0) }

  private mutating func read(_ source: SourceText, depth: Int) {
    sources.append(source)
    open.append(source)
    defer { open.removeLast() }
    let document = INIDocument(source, dialect: dialect)
    for error in document.errors { report(error, source) }
    for item in document.items {
      switch item {
      case .blank, .comment, .unread: continue
      case .section(let section): events.append(.header(section, source))
      case .entry(let entry): events.append(.entry(entry, source))
      case .include(let include): self.include(include, source, depth)
      }
    }
  }

  private mutating func report(_ error: SyntaxError, _ source: SourceText) {
    problems.append(Problem(error, in: source, unlessTemplate: source.text(error.range)))
  }

  private mutating func include(_ include: INIInclude, _ source: SourceText, _ depth: Int) {
    let origin = Origin(path: source.path, range: include.targetRange)
    let name = source.text(include.targetRange)
    guard sources.count < Self.includeLimit else {
      problems.append(
        Problem(
          kind: .unreadable, origin: origin,
          message: "more than \(Self.includeLimit) files are included"))
      return
    }
    do {
      let found = try files.read(ConfigurationText.resolve(name, in: ""))
      read(found, includedAt: origin, depth)
    } catch {
      let directory = ConfigurationText.directory(of: source.path)
      let beside = ConfigurationText.resolve(name, in: directory)
      // The second place is a guess; the message is about the first, where PgBouncer looks.
      if !directory.isEmpty, beside != name, let found = try? files.read(beside) {
        return read(found, includedAt: origin, depth)
      }
      problems.append(
        Problem(
          kind: .unreadable, origin: origin, message: "could not load \"\(name)\": \(error.reason)",
          help: "PgBouncer looks in its working directory, here the root of the tree; "
            + "\(beside) was tried too"))
    }
  }

  private mutating func read(_ found: SourceText, includedAt origin: Origin, _ depth: Int) {
    // A file that includes itself ends at the depth limit, only later.
    guard depth < Self.includeDepthLimit, !ConfigurationText.isOpen(found, in: open) else {
      let chain = ConfigurationText.chain(open, to: found.path)
      problems.append(
        Problem(
          kind: .unreadable, origin: origin, message: "include nesting level too deep: \(chain)",
          help: "look for files that include each other"))
      return
    }
    read(found, depth: depth + 1)
  }
}
