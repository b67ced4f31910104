import Model
import Syntax

/// Files that a template engine turns into configuration: Jinja, Go templates, ERB.
enum NginxTemplate {
  /// The first mark of a template engine; `nil` where a file is read as it stands.
  ///
  /// Marks in quotes, comments and Lua are nginx's text. Braces outside break the grammar, so they
  /// count only in a file with a mistake; `<%` breaks nothing and says enough by itself. Nothing in
  /// such a file can be judged, and its mistakes are not the author's.
  static func mark(in tree: NginxTree) -> Range<Int>? {
    let isBroken = !tree.errors.isEmpty
    guard isBroken || hasTag(tree.source.bytes) else { return nil }
    let bytes = bare(tree)
    for place in bytes.indices.dropLast() {
      let end: (UInt8, UInt8)
      switch (bytes[place], bytes[place + 1]) {
      case (UInt8(ascii: "<"), UInt8(ascii: "%")): end = (UInt8(ascii: "%"), UInt8(ascii: ">"))
      case (UInt8(ascii: "{"), UInt8(ascii: "%")) where isBroken:
        end = (UInt8(ascii: "%"), UInt8(ascii: "}"))
      case (UInt8(ascii: "{"), UInt8(ascii: "#")) where isBroken:
        end = (UInt8(ascii: "#"), UInt8(ascii: "}"))
      case (UInt8(ascii: "{"), UInt8(ascii: "{")) where isBroken:
        end = (UInt8(ascii: "}"), UInt8(ascii: "}"))
      default: continue
      }
      if isClosed(bytes[(place + 2)...], end) { return place..<place + 2 }
    }
    return nil
  }

  /// Whether `<%` occurs at all, to spare most files the closer look.
  private static func hasTag(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "<") && $1 == UInt8(ascii: "%") }
    }
  }

  /// The bytes of a file with blanks for all that stands in quotes, comments and Lua.
  private static func bare(_ tree: NginxTree) -> [UInt8] {
    var bytes = tree.source.bytes
    func blank(_ range: Range<Int>) {
      for place in range.clamped(to: bytes.indices) where bytes[place] != UInt8(ascii: "\n") {
        bytes[place] = UInt8(ascii: " ")
      }
    }
    // A mark such as `{# … #}` begins with what nginx takes for a comment.
    for range in tree.commentRanges
    where range.lowerBound == 0 || bytes[range.lowerBound - 1] != UInt8(ascii: "{") {
      blank(range)
    }
    for word in tree.words where word.quoting == .lua || word.quoting != .none && word.isClosed {
      blank(word.range)
    }
    return bytes
  }

  /// Whether a mark ends in its line; one brace too many is a slip, not a template.
  private static func isClosed(_ rest: ArraySlice<UInt8>, _ end: (UInt8, UInt8)) -> Bool {
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    return zip(line, line.dropFirst()).contains { $0 == end.0 && $1 == end.1 }
  }

  static func problem(_ mark: Range<Int>, in tree: NginxTree) -> Problem {
    Problem(
      kind: .unknown, origin: Origin(path: tree.source.path, range: mark),
      message: "a template: what nginx will read is not known",
      help: "check the file that the template engine writes")
  }
}
