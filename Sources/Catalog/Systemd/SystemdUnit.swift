import Syntax

/// A unit file of systemd: its sections' keys with each value's place.
///
/// As systemd reads it: a backslash at a line's end continues the line, `#` and `;` begin a comment
/// line, an empty value takes back what earlier lines of the key say.
struct SystemdUnit {
  struct Entry {
    let key: String
    /// With continuations joined by a blank.
    let value: String
    let range: Range<Int>
  }

  let source: SourceText
  /// The keys of `[Service]`, in order.
  private(set) var entries: [Entry] = []

  init(_ source: SourceText) {
    self.source = source
    let bytes = source.bytes
    var isService = false
    var start = 0
    while start < bytes.count {
      var end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = Self.trimmed(bytes, start..<end)
      let first = line.isEmpty ? 0 : bytes[line.lowerBound]
      var parts = [line]
      if first != UInt8(ascii: "#"), first != UInt8(ascii: ";") {
        while let last = parts.last, !last.isEmpty,
          bytes[last.upperBound - 1] == UInt8(ascii: "\\"), end < bytes.count
        {
          parts[parts.count - 1] = last.lowerBound..<last.upperBound - 1
          let next = end + 1
          end = bytes[next...].firstIndex(of: 0x0A) ?? bytes.count
          parts.append(Self.trimmed(bytes, next..<end))
        }
      }
      start = end + 1
      if first == UInt8(ascii: "[") {
        isService = source.text(line) == "[Service]"
      } else if isService, first != 0, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") {
        add(parts)
      }
    }
  }

  private mutating func add(_ parts: [Range<Int>]) {
    guard let line = parts.first, let last = parts.last,
      let equals = source.bytes[line].firstIndex(of: UInt8(ascii: "="))
    else { return }
    let key = source.text(Self.trimmed(source.bytes, line.lowerBound..<equals))
    let value = Self.trimmed(source.bytes, equals + 1..<line.upperBound)
    let texts = [source.text(value)] + parts.dropFirst().map(source.text)
    // A comment among continued lines is left out.
    let text = texts.filter { !$0.hasPrefix("#") && !$0.hasPrefix(";") }.joined(separator: " ")
    entries.append(
      Entry(key: key, value: text, range: value.lowerBound..<max(value.upperBound, last.upperBound))
    )
  }

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, isBlank(bytes[lower]) { lower += 1 }
    while upper > lower, isBlank(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
