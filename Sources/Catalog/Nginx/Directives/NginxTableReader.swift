/// Reads the directive tables; what does not follow their notation is left out.
///
/// The texts are part of the program and covered by a test, so nothing is reported here.
struct NginxTableReader {
  private(set) var rows: [NginxDirectiveInfo] = []
  private(set) var names = [NginxTableRange(text: 0, start: 0, end: 0)]
  private(set) var firstRows = [NginxDirectiveTable.noRow]
  private var lastRows = [NginxDirectiveTable.noRow]
  private(set) var buckets: [UInt16]
  private var nameHashes: [Int] = [0]

  init(bucketCount: Int) {
    buckets = Array(repeating: 0, count: bucketCount)
    rows.reserveCapacity(1_400)
  }

  /// FNV-1a, 32 bits: short, and even over names that share long beginnings.
  static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash ^ hash >> 15)
  }

  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, text: UInt8, isThirdParty: Bool) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
      readRow(bytes, start..<end, text: text, isThirdParty: isThirdParty)
      start = end + 1
    }
  }

  private mutating func readRow(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, text: UInt8, isThirdParty: Bool
  ) {
    var words = NginxTableWords(bytes: bytes, range: range)
    guard let name = words.next(), bytes[name.lowerBound] != UInt8(ascii: "@"),
      let contexts = words.next(), let count = words.next(), let kind = words.next(),
      let value = NginxValueKind(rawValue: bytes[kind.lowerBound])
    else { return }
    let (least, most) = Self.counts(bytes[count])
    var since: UInt32 = 0
    var removed: UInt32 = 0
    var defaults = range.upperBound
    while let word = words.next() {
      switch bytes[word.lowerBound] {
      case UInt8(ascii: "+"): since = Self.packedVersion(bytes[word].dropFirst())
      case UInt8(ascii: "-"): removed = Self.packedVersion(bytes[word].dropFirst())
      case UInt8(ascii: "="):
        defaults = word.lowerBound + 1
        words.stop()
      default: words.stop()
      }
    }
    let id = number(
      of: UnsafeBufferPointer(rebasing: bytes[name]),
      at: NginxTableRange(text: text, start: UInt32(name.lowerBound), end: UInt32(name.upperBound)))
    let flags = bytes[kind].dropFirst()
    link(id)
    rows.append(
      NginxDirectiveInfo(
        nameID: NginxNameID(rawValue: id), contexts: Self.contexts(bytes[contexts]),
        leastArguments: least, mostArguments: most, value: value,
        isRepeatable: flags.contains(UInt8(ascii: "*")),
        isSingle: flags.contains(UInt8(ascii: "!")),
        isCommercial: flags.contains(UInt8(ascii: "$")), isThirdParty: isThirdParty,
        isCertain: !isThirdParty && !flags.contains(UInt8(ascii: "?")),
        since: since, removed: removed,
        hasHistory: bytes[defaults..<range.upperBound].contains(UInt8(ascii: "~")),
        defaults: NginxTableRange(
          text: text, start: UInt32(defaults), end: UInt32(range.upperBound)),
        next: NginxDirectiveTable.noRow))
  }

  /// Appends the next row to the chain of its name.
  private mutating func link(_ id: UInt16) {
    let row = UInt16(rows.count)
    let last = lastRows[Int(id)]
    if last == NginxDirectiveTable.noRow {
      firstRows[Int(id)] = row
    } else {
      rows[Int(last)].next = row
    }
    lastRows[Int(id)] = row
  }

  private mutating func number(
    of name: UnsafeBufferPointer<UInt8>, at range: NginxTableRange
  ) -> UInt16 {
    let hash = Self.hash(name)
    var place = hash & (buckets.count - 1)
    while buckets[place] != 0 {
      let other = Int(buckets[place])
      if nameHashes[other] == hash, Self.equal(names[other], name) { return buckets[place] }
      place = (place + 1) & (buckets.count - 1)
    }
    buckets[place] = UInt16(names.count)
    names.append(range)
    nameHashes.append(hash)
    firstRows.append(NginxDirectiveTable.noRow)
    lastRows.append(NginxDirectiveTable.noRow)
    return buckets[place]
  }

  private static func equal(_ range: NginxTableRange, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    NginxDirectiveTable.texts[Int(range.text)].withUTF8Buffer {
      $0[Int(range.start)..<Int(range.end)].elementsEqual(name)
    }
  }

  private static func contexts(_ letters: Slice<UnsafeBufferPointer<UInt8>>) -> NginxContextSet {
    var set: NginxContextSet = []
    for letter in letters {
      if letter == UInt8(ascii: "*") { return .all }
      if let kind = kinds[Int(letter)] { set.formUnion(NginxContextSet(kind)) }
    }
    return set
  }

  /// The context of each letter.
  private static let kinds: [NginxContextKind?] = {
    var kinds = [NginxContextKind?](repeating: nil, count: 256)
    for kind in NginxContextKind.allCases {
      if let letter = kind.letter { kinds[Int(letter)] = kind }
    }
    return kinds
  }()

  /// Reads `1`, `1-2` or `1+`.
  private static func counts(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> (Int, Int?) {
    var numbers = [0]
    for byte in text {
      switch byte {
      case UInt8(ascii: "+"): return (numbers[0], nil)
      case UInt8(ascii: "-"): numbers.append(0)
      default: numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte & 0x0F)
      }
    }
    return (numbers[0], numbers[numbers.count - 1])
  }

  /// `1.29.7` in 12, 10 and 10 bits, so that a row stays flat.
  private static func packedVersion(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
    var parts: [UInt32] = [0]
    for byte in text {
      if byte == UInt8(ascii: ".") {
        parts.append(0)
      } else {
        parts[parts.count - 1] = parts[parts.count - 1] * 10 + UInt32(byte & 0x0F)
      }
    }
    while parts.count < 3 { parts.append(0) }
    return parts[0] << 20 | parts[1] << 10 | parts[2]
  }
}

/// The words of one row, split at spaces and line feeds.
private struct NginxTableWords {
  let bytes: UnsafeBufferPointer<UInt8>
  private var offset: Int
  private var end: Int

  init(bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> Range<Int>? {
    while offset < end, bytes[offset] <= UInt8(ascii: " ") { offset += 1 }
    guard offset < end else { return nil }
    let start = offset
    while offset < end, bytes[offset] > UInt8(ascii: " ") { offset += 1 }
    return start..<offset
  }

  mutating func stop() { end = offset }
}
