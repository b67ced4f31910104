import Syntax

/// A manifest as YAML can read it: of the same length, with a word in the place of each template.
struct KubernetesText {
  let source: SourceText
  let masked: SourceText
  /// `{{ … }}`, in order.
  let templates: [Range<Int>]
  /// The first template that decides which lines there are.
  let control: Range<Int>?

  init(_ source: SourceText) {
    self.source = source
    var bytes = source.bytes
    var templates: [Range<Int>] = []
    var control: Range<Int>?
    var offset = 0
    while let open = Self.place(of: UInt8(ascii: "{"), in: source.bytes, from: offset),
      let close = Self.place(of: UInt8(ascii: "}"), in: source.bytes, from: open + 2)
    {
      offset = close + 2
      templates.append(open..<offset)
      if control == nil, Self.decidesLines(source, open..<offset) { control = open..<offset }
      for index in open..<offset { bytes[index] = UInt8(ascii: "_") }
    }
    self.templates = templates
    self.control = control
    masked = templates.isEmpty ? source : SourceText(path: source.path, bytes: bytes)
  }

  /// Whether a template fills in a part of these bytes.
  func isTemplate(_ range: Range<Int>) -> Bool {
    var low = 0
    var high = templates.count
    while low < high {
      let middle = (low + high) / 2
      if templates[middle].upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < templates.count && templates[low].lowerBound < range.upperBound
  }

  /// Two braces of a kind beside each other.
  private static func place(of brace: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = start
      while index + 1 < buffer.count {
        if buffer[index] == brace, buffer[index + 1] == brace { return index }
        index += 1
      }
      return nil
    }
  }

  /// Whether a template is a statement or stands alone on its line: whole lines come from it.
  private static func decidesLines(_ source: SourceText, _ range: Range<Int>) -> Bool {
    let bytes = source.bytes
    let before = bytes[..<range.lowerBound].last { $0 != 0x20 && $0 != 0x09 }
    let after = bytes[range.upperBound...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return (before ?? 0x0A) == 0x0A && (after ?? 0x0A) == 0x0A
  }
}
