/// A text of a configuration in its pieces: what is written out, and variables.
struct NginxInterpolation: Sendable {
  enum Piece: Sendable, Hashable {
    case text([UInt8])
    /// The name in lower case, as nginx knows it; a capture's is its digit.
    case variable(String)
    /// `${NAME}` in capital letters, as scripts fill it in before nginx reads the file.
    case placeholder(String)
  }

  let pieces: [Piece]

  /// Splits a text as nginx does; a `$` that begins no name is left out, as nginx refuses it.
  ///
  /// - Complexity: O(*n*).
  init(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "$")) else {
      pieces = text.isEmpty ? [] : [.text(Array(text.utf8))]
      return
    }
    let bytes = Array(text.utf8)
    var pieces: [Piece] = []
    var plain: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "$") else {
        plain.append(bytes[place])
        place += 1
        continue
      }
      guard let (name, end) = Self.name(in: bytes, from: place + 1) else {
        place += 1
        continue
      }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = []
      let isPlaceholder = bytes[place + 1] == UInt8(ascii: "{") && Self.isCapital(name)
      pieces.append(isPlaceholder ? .placeholder(name) : .variable(name.lowercased()))
      place = end
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
    self.pieces = pieces
  }

  /// The names of its variables in order.
  var variables: [String] {
    pieces.compactMap { if case .variable(let name) = $0 { name } else { nil } }
  }

  private static func isCapital(_ name: String) -> Bool {
    name.utf8.contains(where: ByteSet.upper.contains)
      && !name.utf8.contains(where: ByteSet.lower.contains)
  }

  /// The name that begins behind a `$`, and where what follows it begins.
  private static func name(in bytes: [UInt8], from start: Int) -> (String, Int)? {
    guard start < bytes.count else { return nil }
    // nginx takes one digit: `$10` is `$1` and a zero.
    if ByteSet.digits.contains(bytes[start]) {
      return (String(UnicodeScalar(bytes[start])), start + 1)
    }
    let isBraced = bytes[start] == UInt8(ascii: "{")
    let first = isBraced ? start + 1 : start
    var end = first
    while end < bytes.count, ByteSet.word.contains(bytes[end]) { end += 1 }
    guard end > first else { return nil }
    let name = String(decoding: bytes[first..<end], as: UTF8.self)
    return (name, isBraced && end < bytes.count ? end + 1 : end)
  }
}
