import Syntax

/// An INI file as Python's `configparser` reads it: whole-line comments, values that go on over
/// indented lines, `%(name)s` for other values; letter case of keys is kept.
struct PythonINI {
  struct Entry {
    let section: String
    let key: String
    let keyRange: Range<Int>
    /// The value as written, without blanks around it.
    let valueRange: Range<Int>
  }

  let source: SourceText
  private(set) var entries: [Entry] = []
  /// The headers in file order, with the bytes between their brackets.
  private(set) var sections: [(name: String, range: Range<Int>)] = []
  private(set) var errors: [SyntaxError] = []
  /// Second keys of a name within a section, which `configparser` refuses.
  private(set) var duplicates: [Entry] = []

  /// References inside each other, as many as `configparser` follows.
  private static let depthLimit = 10
  /// References of one value in all: values of which each names others twice would never end.
  private static let referenceLimit = 1_000
  /// Keys of `[DEFAULT]` that a section takes over; files have a handful.
  private static let defaultLimit = 256
  /// The section whose keys every other one has.
  static let defaults = "DEFAULT"

  init(_ source: SourceText) {
    self.source = source
    let bytes = source.bytes
    var lines = Lines(bytes)
    var indent = 0
    while let line = lines.next() {
      guard let first = line.first(where: { !Self.isBlank(bytes[$0]) }) else { continue }
      let text = Self.trimmed(bytes, first..<line.upperBound)
      if "#;".utf8.contains(bytes[first]) { continue }
      if first - line.lowerBound > indent, let last = entries.last, isOpen {
        let start = last.valueRange.isEmpty ? text.lowerBound : last.valueRange.lowerBound
        entries[entries.count - 1] = Entry(
          section: last.section, key: last.key, keyRange: last.keyRange,
          valueRange: start..<text.upperBound)
        continue
      }
      indent = first - line.lowerBound
      read(text, bytes)
    }
    for (index, entry) in entries.enumerated() {
      if places[entry.section, default: [:]].updateValue(index, forKey: entry.key) != nil {
        duplicates.append(entry)
      }
      members[entry.section, default: []].append(index)
    }
  }

  /// The last entry of each key, and all entries, by section.
  private var places: [String: [String: Int]] = [:]
  private var members: [String: [Int]] = [:]

  /// Whether the last construct is a key, whose value may go on.
  private var isOpen: Bool {
    guard let last = entries.last else { return false }
    return sections.last.map { $0.range.lowerBound < last.keyRange.lowerBound } ?? true
  }

  private mutating func read(_ text: Range<Int>, _ bytes: [UInt8]) {
    if bytes[text.lowerBound] == UInt8(ascii: "["),
      let close = bytes[text].lastIndex(of: UInt8(ascii: "]")), close > text.lowerBound + 1
    {
      let name = text.lowerBound + 1..<close
      sections.append((source.text(name), name))
      return
    }
    guard let section = sections.last?.name else {
      errors.append(
        SyntaxError(range: text, message: "File contains no section headers before this line"))
      return
    }
    guard let mark = bytes[text].firstIndex(where: { "=:".utf8.contains($0) }),
      mark > text.lowerBound
    else {
      errors.append(SyntaxError(range: text, message: "a key and = are expected here"))
      return
    }
    let key = Self.trimmed(bytes, text.lowerBound..<mark)
    let start = bytes[(mark + 1)..<text.upperBound].firstIndex { !Self.isBlank($0) }
    entries.append(
      Entry(
        section: section, key: source.text(key), keyRange: key,
        valueRange: (start ?? key.upperBound)..<(start == nil ? key.upperBound : text.upperBound)))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var upper = range.upperBound
    while upper > range.lowerBound, isBlank(bytes[upper - 1]) { upper -= 1 }
    return range.lowerBound..<upper
  }

  private struct Lines {
    let bytes: [UInt8]
    var offset = 0
    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }
    mutating func next() -> Range<Int>? {
      guard offset < bytes.count else { return nil }
      let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
      defer { offset = end + 1 }
      return offset..<end
    }
  }
}

extension PythonINI {
  /// The keys that a section has itself.
  func ownEntries(of section: String) -> [Entry] {
    (members[section] ?? []).map { entries[$0] }
  }

  /// The keys of a section with those of `[DEFAULT]` that it does not have itself.
  func entries(of section: String) -> [Entry] {
    let own = ownEntries(of: section)
    guard section != Self.defaults else { return own }
    let names = Set(own.map(\.key))
    return own
      + ownEntries(of: Self.defaults).prefix(Self.defaultLimit).filter { !names.contains($0.key) }
  }

  /// The last entry of a key, also in `[DEFAULT]`.
  private func entry(_ key: String, in section: String) -> Entry? {
    (places[section]?[key] ?? places[Self.defaults]?[key]).map { entries[$0] }
  }

  /// A value with its references filled in; `nil` where one leads nowhere.
  func value(_ entry: Entry, in section: String) -> String? {
    var budget = Self.referenceLimit
    return value(source.text(entry.valueRange), in: section, depth: 0, &budget)
  }

  private func value(
    _ text: String, in section: String, depth: Int, _ budget: inout Int
  ) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    guard depth < Self.depthLimit else { return nil }
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "%") {
      result += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      if rest.first == "%" {
        result += "%"
        rest = rest.dropFirst()
      } else if rest.first == "(", let close = rest.firstRange(of: ")s"), budget > 0 {
        budget -= 1
        let name = rest[..<close.lowerBound].dropFirst()
        guard let entry = entry(String(name), in: section),
          let inner = value(
            source.text(entry.valueRange), in: section, depth: depth + 1, &budget),
          result.utf8.count + inner.utf8.count < FileCandidate.sniffLimit
        else { return nil }
        result += inner
        rest = rest[close.upperBound...]
      } else {
        return nil
      }
    }
    return result + rest
  }
}
