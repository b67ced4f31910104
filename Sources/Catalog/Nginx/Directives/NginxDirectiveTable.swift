package import Model

/// All directives of nginx and of well-known modules, by name.
///
/// The rows are text in the program (`NginxCoreTable` and its neighbours, written by
/// `scripts/nginx-directives.py`), read once when the first directive is looked up: nothing is paid
/// at start-up, less than a millisecond later. The notation:
///
///     @MODULE ;
///     NAME CONTEXTS COUNT VALUE[*][!][$][?] [+SINCE] [-REMOVED] [=DEFAULT [~VERSION DEFAULT]…];
///
/// - contexts: one letter each, see ``NginxContextKind``; `*` is every one
/// - count: `1`, `1-2`, `1+` arguments
/// - value: one letter, see ``NginxValueKind``; `*` repeatable, `!` at most one, `$` commercial,
///   `?` arguments read from the documentation only
/// - defaults: the first until the version of the next; empty for none
package struct NginxDirectiveTable: Sendable {
  /// The only table; reading the texts happens on first use.
  package static let shared = NginxDirectiveTable()

  let rows: [NginxDirectiveInfo]
  private let names: [NginxTableRange]
  /// The first row of each name, by its number.
  private let firstRows: [UInt16]
  /// Open addressing over the names' hashes; 0 is an empty place.
  private let buckets: [UInt16]

  static let texts: [StaticString] = [coreText, httpText, proxyText, streamText, thirdText]
  /// A power of two, more than three times the names, so that most are found at the first place.
  private static let bucketCount = 4_096
  static let noRow: UInt16 = .max

  private init() {
    var reader = NginxTableReader(bucketCount: Self.bucketCount)
    for (index, text) in Self.texts.enumerated() {
      let isThirdParty = index == Self.texts.count - 1
      text.withUTF8Buffer { reader.read($0, text: UInt8(index), isThirdParty: isThirdParty) }
    }
    rows = reader.rows
    names = reader.names
    firstRows = reader.firstRows
    buckets = reader.buckets
  }

  /// The number of names; their numbers run from 1 to it.
  package var nameCount: Int { names.count - 1 }

  /// The number of the directive `name`; ``NginxNameID/unknown`` where no table has it.
  package func id(_ name: UnsafeBufferPointer<UInt8>) -> NginxNameID {
    buckets.withUnsafeBufferPointer { buckets in
      var place = NginxTableReader.hash(name) & (buckets.count - 1)
      while buckets[place] != 0 {
        if isName(buckets[place], name) { return NginxNameID(rawValue: buckets[place]) }
        place = (place + 1) & (buckets.count - 1)
      }
      return .unknown
    }
  }

  /// The number of the directive `name`.
  package func id(_ name: String) -> NginxNameID {
    var name = name
    return name.withUTF8 { id($0) }
  }

  /// The spelling of a name.
  package func name(_ id: NginxNameID) -> String { text(names[Int(id.rawValue)]) }

  /// Every number there is.
  package var ids: some Sequence<NginxNameID> {
    (1...nameCount).map { NginxNameID(rawValue: UInt16($0)) }
  }

  /// The row of a directive in a context; `nil` where it may not stand there.
  ///
  /// nginx's own directives come before those of other modules.
  package func info(_ id: NginxNameID, in context: NginxContextKind) -> NginxDirectiveInfo? {
    let set = NginxContextSet(context)
    return firstInfo(id) { $0.contexts.contains(set) }
  }

  /// The first row of a directive that satisfies `condition`.
  func firstInfo(
    _ id: NginxNameID, where condition: (NginxDirectiveInfo) -> Bool = { _ in true }
  ) -> NginxDirectiveInfo? {
    var row = firstRows[Int(id.rawValue)]
    while row != Self.noRow {
      let info = rows[Int(row)]
      if condition(info) { return info }
      row = info.next
    }
    return nil
  }

  /// Every context that a directive may stand in.
  func contexts(of id: NginxNameID) -> NginxContextSet {
    var set: NginxContextSet = []
    _ = firstInfo(id) {
      set.formUnion($0.contexts)
      return false
    }
    return set
  }

  func text(_ range: NginxTableRange) -> String {
    Self.texts[Int(range.text)].withUTF8Buffer {
      String(decoding: $0[Int(range.start)..<Int(range.end)], as: UTF8.self)
    }
  }

  private func isName(_ number: UInt16, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = names[Int(number)]
    guard Int(range.end - range.start) == name.count else { return false }
    return Self.texts[Int(range.text)].withUTF8Buffer {
      $0[Int(range.start)..<Int(range.end)].elementsEqual(name)
    }
  }
}

extension NginxDirectiveTable {
  /// What a directive runs with where it is written nowhere; `nil` where nothing.
  package func defaultText(_ info: NginxDirectiveInfo, version: Version) -> String? {
    withDefault(info, version: version) { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// Calls `body` with the bytes of a default; a line feed in them counts as a space.
  func withDefault<Result>(
    _ info: NginxDirectiveInfo, version: Version,
    _ body: (Slice<UnsafeBufferPointer<UInt8>>?) -> Result
  ) -> Result {
    let range = info.defaults
    guard range.end > range.start else { return body(nil) }
    return Self.texts[Int(range.text)].withUTF8Buffer { bytes in
      let text = bytes[Int(range.start)..<Int(range.end)]
      guard info.hasHistory, let change = text.firstIndex(of: UInt8(ascii: "~")) else {
        return body(text)
      }
      var value = text[..<change]
      for part in text[change...].split(separator: UInt8(ascii: "~")) {
        let since = part.prefix { $0 > UInt8(ascii: " ") }
        guard let start = Version(String(decoding: since, as: UTF8.self)), start <= version else {
          break
        }
        value = part[since.endIndex...]
      }
      while let byte = value.first, byte <= UInt8(ascii: " ") { value.removeFirst() }
      while let byte = value.last, byte <= UInt8(ascii: " ") { value.removeLast() }
      return body(value.isEmpty ? nil : value)
    }
  }

  /// The first version that has the directive; `nil` where all have or that is not known.
  package func since(_ info: NginxDirectiveInfo) -> Version? { Self.unpacked(info.since) }

  /// The first version without the directive; `nil` where it is still there.
  package func removed(_ info: NginxDirectiveInfo) -> Version? { Self.unpacked(info.removed) }

  private static func unpacked(_ packed: UInt32) -> Version? {
    packed == 0
      ? nil : Version(Int(packed >> 20), Int(packed >> 10 & 0x3FF), Int(packed & 0x3FF))
  }
}
