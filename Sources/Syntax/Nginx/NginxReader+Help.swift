/// The known mistakes behind nginx's few messages.
extension NginxReader {
  /// Where a semicolon is probably missing, for a statement that something else ended.
  ///
  /// Behind the last word of the statement's first line: what follows in the next line was meant
  /// as a statement of its own.
  func missingSemicolonHelp(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard recovers, var word = pendingWords.first else { return nil }
    var line = pendingLine
    for next in pendingWords.dropFirst() {
      let between = bytes[word.range.upperBound..<next.range.lowerBound]
      guard !between.contains(UInt8(ascii: "\n")) else { break }
      line += bytes[word.range].count { $0 == UInt8(ascii: "\n") }
      word = next
    }
    guard word.isClosed, word.range.count <= 60 else {
      return "a \";\" is probably missing in line \(line)"
    }
    let text = String(decoding: bytes[word.range], as: UTF8.self)
    return "a \";\" is probably missing after \(text) in line \(line)"
  }

  /// The semicolon for a statement that is all in one line, which leaves one place for it.
  func missingSemicolonRepair(_ bytes: UnsafeBufferPointer<UInt8>) -> Repair? {
    guard recovers, let first = pendingWords.first, let last = pendingWords.last, last.isClosed,
      !bytes[first.range.lowerBound..<last.range.upperBound].contains(UInt8(ascii: "\n"))
    else { return nil }
    return .insert(";", at: last.range.upperBound, "insert the missing \";\"")
  }

  /// Takes away a `;` that nothing needs.
  func strayTerminatorRepair(_ bytes: UnsafeBufferPointer<UInt8>) -> Repair? {
    guard strayTerminatorHelp(bytes) != nil else { return nil }
    return .replace(offset..<offset + 1, with: "", "delete the \";\"")
  }

  /// What a `;` without a statement before it means, by what stands before it.
  func strayTerminatorHelp(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard recovers else { return nil }
    var before = offset - 1
    while before >= 0, NginxByte.isBlank(bytes[before]) { before -= 1 }
    guard before >= 0 else { return nil }
    return switch bytes[before] {
    case UInt8(ascii: "}"): "a block takes no \";\" after its \"}\""
    case UInt8(ascii: ";"): "one \";\" ends a statement"
    default: nil
    }
  }

  /// What a `{` without a statement before it means.
  var strayBraceHelp: String { "a block needs a name before its \"{\"" }

  /// What a `}` outside every block means.
  var strayCloseHelp: String {
    "every block is closed before this: one \"}\" too many, or a \"{\" is missing above"
  }
}

/// A `{` that opened a block and looks like the repetition of a regular expression, as `{2}` does.
///
/// It leaves a block open until the end of the file, which is where nginx complains.
struct NginxSuspectBrace {
  let range: Range<Int>
  let help: String

  /// Fails where the brace does not touch an unquoted `word`, or no digit follows.
  init?(after word: NginxWord, brace: Int, line: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    let next = brace + 1
    guard word.quoting == .none, Int(word.end) == brace, next < bytes.count,
      bytes[next] >= UInt8(ascii: "0"), bytes[next] <= UInt8(ascii: "9")
    else { return nil }
    range = brace..<next
    help = "the \"{\" in line \(line) opens a block; quote the regular expression around it"
  }
}

extension NginxSuspectBrace {
  /// The end of `{2}` or `{2,4}` that begins at `brace`; `nil` where something else stands there.
  static func end(of brace: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var place = brace + 1
    // More digits than any count has.
    let limit = min(bytes.count, brace + 12)
    guard place < limit, isDigit(bytes[place]) else { return nil }
    while place < limit, isDigit(bytes[place]) || bytes[place] == UInt8(ascii: ",") { place += 1 }
    return place < limit && bytes[place] == UInt8(ascii: "}") ? place + 1 : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

/// The blocks whose bodies are data and not directives.
enum NginxDataBlock {
  private static let names: [StaticString] = [
    "map", "types", "geo", "split_clients", "charset_map",
  ]

  /// Whether the block named `name` is one.
  static func holds(_ name: NginxWord, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    names.contains { known in
      known.utf8CodeUnitCount == Int(name.end - name.start)
        && known.withUTF8Buffer { $0.elementsEqual(bytes[name.contentRange]) }
    }
  }
}
