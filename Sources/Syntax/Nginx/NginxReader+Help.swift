/// The known mistakes behind nginx's few messages.
extension NginxReader {
  /// Where a semicolon is probably missing, for a statement that something else ended.
  func missingSemicolonHelp(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    nil
  }

  /// What a `;` without a statement before it means.
  func strayTerminatorHelp(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    nil
  }

  var strayBraceHelp: String { "a block needs a name before its \"{\"" }

  var strayCloseHelp: String {
    "every block is closed before this: one \"}\" too many, or a \"{\" is missing above"
  }
}

/// A `{` that opened a block and looks like part of a regular expression.
struct NginxSuspectBrace {
  let range: Range<Int>
  let help: String

  init?(
    after word: NginxWord, brace: Int, line: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) {
    let next = brace + 1
    guard word.quoting == .none, Int(word.end) == brace, next < bytes.count,
      bytes[next] >= UInt8(ascii: "0"), bytes[next] <= UInt8(ascii: "9") || bytes[next] == UInt8(ascii: ",")
    else { return nil }
    range = brace..<next
    help = "the \"{\" in line \(line) opens a block; quote the regular expression around it"
  }
}

/// The blocks whose bodies are data and not directives.
enum NginxDataBlock {
  private static let names: [StaticString] = [
    "map", "types", "geo", "split_clients", "charset_map",
  ]

  static func holds(_ name: NginxWord, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    names.contains { known in
      known.utf8CodeUnitCount == Int(name.end - name.start)
        && known.withUTF8Buffer { $0.elementsEqual(bytes[name.contentRange]) }
    }
  }
}
