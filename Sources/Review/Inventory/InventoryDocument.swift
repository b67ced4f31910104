package import Catalog
package import Findings
package import Model
package import Syntax

/// Every resource of a set of readings, ready to be shown: the document that tells a team what it
/// runs.
package struct InventoryDocument: Sendable {
  /// One resource with the places of its settings as lines.
  package struct Entry: Sendable {
    package let identity: ResourceIdentity
    /// Counts from 1.
    package let line: Int
    package let settings: [Row]
  }

  /// One setting with its place.
  package struct Row: Sendable {
    package let setting: Setting
    /// Counts from 1; `nil` when the setting is written nowhere.
    package let position: SourcePosition?
  }

  /// Sorted by path and line.
  package let entries: [Entry]
  /// What had to be taken for granted of files, sorted by path.
  package let assumptions: [Assumption]

  /// - Parameters:
  ///   - keys: the settings to show, by the product's own spelling; all where there are none.
  ///   - all: whether every default of the blocks of nginx is listed, hundreds for each.
  package init(readings: [Reading], keys: [String] = [], all: Bool = false) {
    let keys = Set(keys)
    var lines = SourceLines()
    var entries: [Entry] = []
    for reading in readings {
      lines.add(reading.sources)
      for resource in reading.resources {
        let identity = resource.identity
        entries.append(
          Entry(
            identity: identity,
            line: lines.position(of: identity.origin)?.line ?? 1,
            settings: Self.settings(of: resource, all: all).filter {
              keys.isEmpty || keys.contains($0.key) || keys.contains(Self.directive($0.key))
            }.map { setting in
              Row(setting: setting, position: setting.origin.flatMap { lines.position(of: $0) })
            }))
      }
    }
    if !keys.isEmpty { entries.removeAll { $0.settings.isEmpty } }
    assumptions = Assumption.list(readings)
    self.entries = entries.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.identity.origin.path != b.identity.origin.path {
        return a.identity.origin.path < b.identity.origin.path
      }
      return a.line != b.line ? a.line < b.line : left.offset < right.offset
    }.map(\.element)
  }
}

extension InventoryDocument {
  /// With all of them a block of nginx also has what is inherited.
  private static func settings(of resource: any Resource, all: Bool) -> [Setting] {
    guard all, let block = resource as? NginxResource else { return resource.settings }
    return block.everySetting
  }

  /// The directive in the key of a line that counts under a condition, `if[$a = b].return`.
  private static func directive(_ key: String) -> String {
    guard let bracket = key.utf8.lastIndex(of: UInt8(ascii: "]")) else { return key }
    return String(key[bracket...].dropFirst(2))
  }
}

/// The line tables of the files at hand, each built when first asked for.
struct SourceLines {
  private var sources: [String: SourceText] = [:]
  private var tables: [String: LineTable] = [:]

  mutating func add(_ texts: [SourceText]) {
    for text in texts { sources[text.path] = text }
  }

  mutating func position(of origin: Origin) -> SourcePosition? {
    position(path: origin.path, offset: origin.range.lowerBound)
  }

  mutating func position(path: String, offset: Int) -> SourcePosition? {
    if let table = tables[path] { return table.position(at: offset) }
    guard let source = sources[path] else { return nil }
    let table = LineTable(source.bytes)
    tables[path] = table
    return table.position(at: offset)
  }
}

extension Setting {
  /// The written text without secrets.
  package var publicWritten: String? { shownWritten.map { SecretMask.masking($0, of: key) } }

  /// What runs, as plain text without secrets; `nil` when unknown.
  package var publicEffective: String? {
    guard let effective else { return nil }
    return isSecret && written != nil ? Setting.mask : SecretMask.masking(effective.text, of: key)
  }

  /// The effective value as text in the product's unit, masked when it is a secret; `nil` when
  /// unknown.
  package var shownEffective: String? {
    guard let effective else { return nil }
    guard let text = publicEffective else { return nil }
    if let meaning { return "\(text) (\(meaning.rawValue))" }
    return text + (effective.isNumber ? unit.suffix : "")
  }
}

extension Scalar {
  /// The plain text of the value; `null` for no value.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value):
      value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
    case .string(let value): value
    }
  }

  var isNumber: Bool {
    switch self {
    case .int, .double: true
    case .null, .bool, .string: false
    }
  }
}

extension Unit {
  /// The unit behind a number, where it is one that people write behind numbers.
  var suffix: String { microseconds != nil || bytes != nil ? " \(rawValue)" : "" }
}
