import Model
import Syntax

/// A directive in force somewhere: the statements that say so, and where they stand.
struct NginxInForce {
  /// The context that the statements stand in.
  let context: Int
  /// In reading order; several only for directives that add up.
  let statements: [Int]
}

extension NginxConfiguration {
  /// The statements of a directive that are in force in a context.
  ///
  /// None where an include that was not read may decide; ``hiding(_:in:)`` tells.
  func inForce(_ name: NginxNameID, in context: Int) -> NginxInForce? {
    if case .found(let found) = lookup(name, in: context) { found } else { nil }
  }

  /// The value of a directive in a context, as rules see it.
  func value(_ info: NginxDirectiveInfo, in context: Int) -> FieldValue {
    switch lookup(info.nameID, in: context) {
    case .found(let found):
      // Its lines would add up with those that are written.
      if info.isRepeatable || info.value == .pairs,
        let include = unread(setting: info.nameID, in: found.context)
      {
        return include.unknown
      }
      return NginxValue(info).read(found.statements.map { view.arguments($0) })
    case .hidden(let include): return include.unknown
    case .nowhere: break
    }
    if mayBeSetOutside(info) {
      return .unknown("the file is a part of a configuration that may set it further out")
    }
    if info.hasHistory, let known = changedDefaults[info.nameID.rawValue]?[info.contexts.rawValue] {
      return known
    }
    return Self.defaultValue(info, version)
  }

  /// The value of a directive that is written nowhere.
  static func defaultValue(_ info: NginxDirectiveInfo, _ version: Version) -> FieldValue {
    NginxDirectiveTable.shared.withDefault(info, version: version) { text in
      text.map { NginxValue(info).read(default: $0) } ?? NginxValue(info).nothing
    }
  }

  /// Whether an inherited directive may stand in a block that the entry leaves out.
  ///
  /// A file of `server` blocks is taken for a whole `http` block: an `http` level that changes
  /// proxying for all of them would usually be in the same repository.
  func mayBeSetOutside(_ info: NginxDirectiveInfo) -> Bool {
    let root = view.contexts[0].kind
    guard root == .server || root == .location || root == .ifInLocation else { return false }
    guard NginxKnownNames.shared.isInherited(info.nameID) else { return false }
    let outer: NginxContextSet = root == .server ? [.init(.http)] : [.init(.http), .init(.server)]
    return !info.contexts.isDisjoint(with: outer)
  }

  /// Whether the default of a directive differs between versions in use and none was given.
  func defaultDependsOnVersion(_ info: NginxDirectiveInfo) -> Bool {
    guard !versionIsGiven, info.hasHistory else { return false }
    return Self.changingDefaults.contains(Self.row(info))
  }

  /// The rows whose default differs between versions in use: thousands of lines ask for few.
  private static let changingDefaults: Set<UInt64> = {
    let table = NginxDirectiveTable.shared
    let rows = table.rows.filter { info in
      info.hasHistory
        && table.defaultText(info, version: NginxVersions.oldest)
          != table.defaultText(info, version: NginxVersions.newest)
    }
    return Set(rows.map(row))
  }()

  private static func row(_ info: NginxDirectiveInfo) -> UInt64 {
    UInt64(info.nameID.rawValue) << 32 | UInt64(info.contexts.rawValue)
  }
}

/// Turns the arguments of a directive into the value that rules see.
struct NginxValue {
  let info: NginxDirectiveInfo

  init(_ info: NginxDirectiveInfo) { self.info = info }

  /// The value where nothing is written and nothing is the default; lists are empty, not absent.
  var nothing: FieldValue {
    switch info.fieldType {
    case .list: .list([])
    case .bool where info.value == .presence: .bool(false)
    default: .absent
    }
  }

  /// The value of statements that are in force together, each by its arguments.
  func read(_ rows: [[String]]) -> FieldValue {
    guard let first = rows.first else { return nothing }
    switch info.value {
    case .presence: return .bool(true)
    case .pairs, .block: return .list(rows.map { .string($0.joined(separator: " ")) })
    case .text where info.isRepeatable, .texts where info.isRepeatable:
      return .list(rows.map { .string($0.joined(separator: " ")) })
    case .words, .texts: return .list(rows.flatMap { $0 }.map { .string($0) })
    case .buffers: return buffers(first)
    default: return first.first.map { scalar($0.utf8) } ?? nothing
    }
  }

  /// The value of a default, whose rows are divided by a bar in the tables.
  func read(default text: Slice<UnsafeBufferPointer<UInt8>>) -> FieldValue {
    switch info.fieldType {
    case .list where info.value == .pairs || info.isRepeatable:
      return read(
        text.split(separator: UInt8(ascii: "|")).map { [words($0).joined(separator: " ")] })
    case .list: return read([words(text)])
    default: return scalar(text)
    }
  }

  private func words(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
    text.split { $0 <= UInt8(ascii: " ") }.map { String(decoding: $0, as: UTF8.self) }
  }

  private func scalar<Bytes: BidirectionalCollection<UInt8>>(_ text: Bytes) -> FieldValue {
    let number: Int64?
    switch info.value {
    case .text: return .string(String(decoding: text, as: UTF8.self))
    case .enumeration: return .string(String(decoding: text, as: UTF8.self).lowercased())
    case .flag: return NginxUnits.flag(text).map { .bool($0) } ?? unreadable(text)
    case .milliseconds: number = NginxUnits.milliseconds(text)
    case .seconds: number = NginxUnits.seconds(text)
    case .size, .rate: number = NginxUnits.size(text)
    case .offset: number = NginxUnits.offset(text)
    default: number = NginxUnits.number(text)
    }
    guard let number else { return unreadable(text) }
    guard let microseconds = info.unit.microseconds else { return .int(number) }
    let (product, overflow) = number.multipliedReportingOverflow(by: microseconds)
    return .duration(overflow ? .max : product)
  }

  private func buffers(_ arguments: [String]) -> FieldValue {
    guard arguments.count == 2, let count = NginxUnits.number(arguments[0].utf8),
      let size = NginxUnits.size(arguments[1].utf8)
    else { return unreadable(arguments.joined(separator: " ").utf8) }
    return .list([.int(count), .int(size)])
  }

  private func unreadable(_ text: some Collection<UInt8>) -> FieldValue {
    let shown = String(decoding: text, as: UTF8.self)
    return NginxPlaceholder.isIn(text)
      ? .unknown("\"\(shown)\" is decided elsewhere") : .unknown("\"\(shown)\" is no valid value")
  }
}
