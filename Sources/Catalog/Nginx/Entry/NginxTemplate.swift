import Model
import Syntax

/// Files that a template engine turns into configuration: Jinja, Go templates, ERB.
enum NginxTemplate {
  /// The mark of a template engine at the first mistake of a file; `nil` where it is none.
  ///
  /// A file whose marks break nothing is read like any other; one whose first mistake is such a
  /// mark is not nginx yet, and nothing in it can be judged.
  static func mark(in tree: NginxTree) -> Range<Int>? {
    guard let error = tree.errors.first else { return nil }
    let bytes = tree.source.bytes
    let first = max(error.range.lowerBound - 1, 0)
    let last = min(error.range.lowerBound + 1, bytes.count - 1)
    guard first < last else { return nil }
    for place in first..<last {
      switch (bytes[place], bytes[place + 1]) {
      case (UInt8(ascii: "{"), UInt8(ascii: "%")), (UInt8(ascii: "<"), UInt8(ascii: "%")),
        (UInt8(ascii: "%"), UInt8(ascii: "}")):
        return place..<place + 2
      case (UInt8(ascii: "{"), UInt8(ascii: "{")) where isClosed(bytes[(place + 2)...]):
        return place..<place + 2
      default: continue
      }
    }
    return nil
  }

  /// Whether `}}` follows in the line; one brace too many is a slip, not a template.
  private static func isClosed(_ rest: ArraySlice<UInt8>) -> Bool {
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    return zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: "}") && $1 == $0 }
  }

  static func problem(_ mark: Range<Int>, in tree: NginxTree) -> Problem {
    Problem(
      kind: .unknown, origin: Origin(path: tree.source.path, range: mark),
      message: "a template: what nginx will read is not known",
      help: "check the file that the template engine writes")
  }
}
