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
    // Up to where a mark of each kind is known to have no end, so that no line is searched again
    // for each brace of a thousand.
    var searched = [Int](repeating: 0, count: ends.count)
    for place in bytes.indices.dropLast() {
      guard let kind = kind(bytes[place], bytes[place + 1], isBroken: isBroken),
        place >= searched[kind]
      else { continue }
      let line = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      if isClosed(bytes[(place + 2)..<line], ends[kind]) { return place..<place + 2 }
      searched[kind] = line
    }
    return nil
  }

  /// What ends `<%`, `{%`, `{#` and `{{`.
  private static let ends: [(UInt8, UInt8)] = [
    (UInt8(ascii: "%"), UInt8(ascii: ">")), (UInt8(ascii: "%"), UInt8(ascii: "}")),
    (UInt8(ascii: "#"), UInt8(ascii: "}")), (UInt8(ascii: "}"), UInt8(ascii: "}")),
  ]

  /// The place in ``ends`` of what two bytes begin; `nil` where they begin nothing.
  private static func kind(_ first: UInt8, _ second: UInt8, isBroken: Bool) -> Int? {
    switch (first, second) {
    case (UInt8(ascii: "<"), UInt8(ascii: "%")): 0
    case (UInt8(ascii: "{"), UInt8(ascii: "%")) where isBroken: 1
    case (UInt8(ascii: "{"), UInt8(ascii: "#")) where isBroken: 2
    case (UInt8(ascii: "{"), UInt8(ascii: "{")) where isBroken: 3
    default: nil
    }
  }

  /// Whether `<%` occurs at all, to spare most files the closer look.
  private static func hasTag(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var place = 1
      while place < bytes.count {
        if bytes[place] == UInt8(ascii: "%"), bytes[place - 1] == UInt8(ascii: "<") {
          return true
        }
        place += 1
      }
      return false
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

  /// Whether a mark ends in the rest of its line; one brace too many is a slip, not a template.
  private static func isClosed(_ line: ArraySlice<UInt8>, _ end: (UInt8, UInt8)) -> Bool {
    zip(line, line.dropFirst()).contains { $0 == end.0 && $1 == end.1 }
  }

  static func problem(_ mark: Range<Int>, in tree: NginxTree) -> Problem {
    Problem(
      kind: .unknown, origin: Origin(path: tree.source.path, range: mark),
      message: "a template: what nginx will read is not known",
      help: "check the file that the template engine writes")
  }
}
