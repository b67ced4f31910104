import Syntax

/// A text that stands in a file in escaped form, with the place of each of its bytes.
struct MappedText {
  private(set) var bytes: [UInt8] = []
  /// The place of each byte in the file, and the place behind the last.
  private var places: [Int] = []
  /// The one place of all bytes, where there are no others.
  private(set) var whole: Range<Int>?

  /// A text that stands in the file as it is.
  init(plain source: SourceText, _ range: Range<Int>) {
    bytes = Array(source.bytes[range])
    places = Array(range.lowerBound...range.upperBound)
  }

  /// A text of which the file has another form, with variables: every part of it stands at `range`.
  init(filled text: String, at range: Range<Int>) {
    bytes = Array(text.utf8)
    whole = range
  }

  /// A JSON string; `range` has its quotes.
  init(json source: SourceText, _ range: Range<Int>) {
    let inner = range.count >= 2 ? range.lowerBound + 1..<range.upperBound - 1 : range
    var index = inner.lowerBound
    while index < inner.upperBound {
      let start = index
      guard source.bytes[index] == UInt8(ascii: "\\"), index + 1 < inner.upperBound else {
        append([source.bytes[index]], at: start)
        index += 1
        continue
      }
      let letter = source.bytes[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "n"): append([0x0A], at: start)
      case UInt8(ascii: "t"): append([0x09], at: start)
      case UInt8(ascii: "r"): append([0x0D], at: start)
      case UInt8(ascii: "u"):
        let digits = source.text(index..<min(index + 4, inner.upperBound))
        let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
        append(Array(String(scalar).utf8), at: start)
        index = min(index + 4, inner.upperBound)
      default: append([letter], at: start)
      }
    }
    places.append(inner.upperBound)
  }

  /// An attribute's value in XML, with the five references that XML has by itself.
  init(xml source: SourceText, _ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let rest = source.bytes[index..<range.upperBound]
      let reference = Self.references.first { rest.starts(with: $0.name.utf8) }
      append([reference?.byte ?? source.bytes[index]], at: index)
      index += reference?.name.utf8.count ?? 1
    }
    places.append(range.upperBound)
  }

  private static let references: [(name: String, byte: UInt8)] = [
    ("&quot;", 0x22), ("&apos;", 0x27), ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E),
  ]

  private mutating func append(_ new: [UInt8], at place: Int) {
    for byte in new {
      bytes.append(byte)
      places.append(place)
    }
  }

  var text: String { text(0..<bytes.count) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// What the file has for a part of the text: the part itself where the file has another form.
  func written(_ range: Range<Int>, in source: SourceText) -> String {
    whole == nil ? source.text(place(range)) : text(range)
  }

  /// The bytes of the file that a part of the text stands in.
  func place(_ range: Range<Int>) -> Range<Int> {
    if let whole { return whole }
    let lower = places[range.lowerBound]
    return lower..<max(lower, places[range.upperBound])
  }
}
