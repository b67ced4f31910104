import Model
import Syntax

/// Reads a my.cnf with everything it includes, as one sequence of keys.
struct MariaDBLoader {
  /// The depth at which the server gives up; source: `my_load_defaults`, max_recursion_level.
  static let includeDepthLimit = 10
  /// Far more files than any deployment has; files that include several others multiply.
  static let includeLimit = 1_000

  /// One line of a group that the server reads.
  struct Assignment {
    let entry: INIEntry
    let source: SourceText
    /// The value that the command line gives, after variables were filled in.
    var flag: String?

    /// The value as the server unquotes it; `nil` where the key stands alone.
    var value: String? {
      if let flag { return flag }
      return entry.hasSeparator ? MariaDBText.unquoted(source.text(entry.valueRange)) : nil
    }
    var origin: Origin {
      Origin(
        path: source.path, range: entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange)
    }
  }

  private(set) var assignments: [Assignment] = []
  private(set) var problems: [Problem] = []
  private(set) var sources: [SourceText] = []
  private let files: any FileSource
  private let isRead: (String) -> Bool
  private var open: [SourceText] = []

  /// A loader of the groups for which `isRead` is true.
  init(files: any FileSource, isRead: @escaping (String) -> Bool) {
    self.files = files
    self.isRead = isRead
  }

  mutating func load(_ source: SourceText) { read(source, depth: 0) }

  /// Begins a server that has no file of its own: `source` is the file that deploys it.
  mutating func begin(at source: SourceText) { sources.append(source) }

  /// Adds what the command line says, which wins over every file.
  mutating func add(_ flags: [ServerFlag]) {
    for flag in flags where !Self.places.contains(flag.key) {
      // Its place is in the file that deploys the server, which was read already.
      guard let source = try? files.read(flag.origin.path) else { continue }
      let range = flag.valueRange(in: source)
      let entry = INIEntry(
        section: nil, key: flag.key, keyRange: range, valueRange: range, hasSeparator: true)
      assignments.append(Assignment(entry: entry, source: source, flag: flag.value))
    }
  }

  /// Which files are read, which only the command line says.
  private static let places: Set<String> = [
    "defaults-file", "defaults-extra-file", "defaults-group-suffix", "no-defaults",
  ]

  private mutating func read(_ source: SourceText, depth: Int) {
    sources.append(source)
    open.append(source)
    defer { open.removeLast() }
    let document = INIDocument(source, dialect: .mysql)
    for error in document.errors { report(error, source) }
    for item in document.items {
      switch item {
      case .blank, .comment, .unread, .section: continue
      case .include(let include): self.include(include, source, depth)
      case .entry(let entry): add(entry, source)
      }
    }
  }

  private mutating func add(_ entry: INIEntry, _ source: SourceText) {
    // Directives that the server does not know are passed over, as it does.
    guard entry.key.utf8.first != UInt8(ascii: "!") else { return }
    guard let group = entry.section else {
      let line = source.line(at: entry.keyRange.lowerBound)
      problems.append(
        Problem(
          kind: .refused, origin: Origin(path: source.path, range: entry.keyRange),
          message: "found option without preceding group in config file at line \(line)",
          help: "write [mysqld] above it"))
      return
    }
    if isRead(group) { assignments.append(Assignment(entry: entry, source: source)) }
  }

  private mutating func report(_ error: SyntaxError, _ source: SourceText) {
    problems.append(Problem(error, in: source, unlessTemplate: source.text(error.range)))
  }

  private mutating func include(_ include: INIInclude, _ source: SourceText, _ depth: Int) {
    let name = source.text(include.targetRange)
    let origin = Origin(path: source.path, range: include.targetRange)
    let path = ConfigurationText.resolve(name, in: ConfigurationText.directory(of: source.path))
    guard source.text(include.wordRange) == "!includedir" else {
      return read(path, origin, depth)
    }
    let names = files.names(in: path)
    if names.isEmpty {
      problems.append(
        Problem(
          kind: .unknown, origin: origin,
          message:
            "directory \"\(path)\" is absent or empty here; files in it may override this one",
          help: "the server reads every .cnf file in it"))
    }
    let prefix = path.isEmpty || path.hasSuffix("/") ? path : path + "/"
    for name in names where name.hasSuffix(".cnf") { read(prefix + name, origin, depth) }
  }

  private mutating func read(_ path: String, _ origin: Origin, _ depth: Int) {
    guard sources.count < Self.includeLimit, depth < Self.includeDepthLimit else {
      return fail(origin, "\"\(path)\" is not read: includes are too many or nested too deep")
    }
    do throws(FileRefusal) {
      let found = try files.read(path)
      guard !ConfigurationText.isOpen(found, in: open) else {
        return fail(origin, "files include each other: \(ConfigurationText.chain(open, to: path))")
      }
      read(found, depth: depth + 1)
    } catch {
      fail(origin, "could not read \"\(path)\": \(error.reason)")
    }
  }

  private mutating func fail(_ origin: Origin, _ message: String) {
    problems.append(Problem(kind: .unreadable, origin: origin, message: message))
  }
}

/// Values of my.cnf.
enum MariaDBText {
  /// A value without the quotes around it and with its escapes resolved.
  ///
  /// Source: `search_default_file_with_ext`: one matching pair of quotes, `\n \t \r \b \s \" \'
  /// \\`.
  static func unquoted(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    if bytes.count >= 2, bytes.first == bytes.last,
      bytes.first == UInt8(ascii: "'") || bytes.first == UInt8(ascii: "\"")
    {
      bytes = bytes.dropFirst().dropLast()
    }
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let next = index + 1
      guard bytes[index] == UInt8(ascii: "\\"), next < bytes.endIndex else {
        result.append(bytes[index])
        index = next
        continue
      }
      switch bytes[next] {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "s"): result.append(0x20)
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): result.append(bytes[next])
      default: result += [UInt8(ascii: "\\"), bytes[next]]
      }
      index = next + 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
