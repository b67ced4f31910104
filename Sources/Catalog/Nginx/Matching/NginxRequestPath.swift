/// The path that locations are compared with: what nginx makes of the request line.
///
/// Percent signs decoded, `//` merged, `.` and `..` resolved, all at once and byte by byte as
/// `ngx_http_parse_complex_uri` does it: what a percent sign hides is resolved and merged too, but
/// a hidden `?`, `#` or `%` is only itself.
struct NginxRequestPath {
  private enum State { case usual, slash, dot, dotDot }

  private var path: [UInt8] = []
  private var state = State.usual
  private let mergesSlashes: Bool

  private init(mergesSlashes: Bool) { self.mergesSlashes = mergesSlashes }

  /// The path of a request line's target.
  ///
  /// - Throws: ``NginxRequestRefusal`` where nginx answers 400.
  static func normalized(
    _ target: some StringProtocol, mergesSlashes: Bool
  ) throws(NginxRequestRefusal) -> [UInt8] {
    var path = Self(mergesSlashes: mergesSlashes)
    let bytes = Array(target.utf8)
    guard bytes.first == UInt8(ascii: "/") else {
      throw .bad("the path does not begin with a slash")
    }
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      guard byte > 0x20, byte != 0x7F else {
        throw .bad("a blank or control character in the path")
      }
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
      guard byte == UInt8(ascii: "%") else {
        try path.take(byte)
        continue
      }
      guard place + 1 < bytes.count, let high = hexadecimal(bytes[place]),
        let low = hexadecimal(bytes[place + 1])
      else { throw .bad("a percent sign without two hexadecimal digits") }
      place += 2
      try path.takeDecoded(high << 4 | low)
    }
    try path.finish()
    return path.path
  }

  private mutating func takeDecoded(_ byte: UInt8) throws(NginxRequestRefusal) {
    switch byte {
    case 0: throw .bad("a zero byte in the path")
    case UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "?"):
      state = .usual
      path.append(byte)
    default: try take(byte)
    }
  }

  private mutating func take(_ byte: UInt8) throws(NginxRequestRefusal) {
    switch (state, byte) {
    case (.usual, UInt8(ascii: "/")):
      state = .slash
      path.append(byte)
    case (.usual, _): path.append(byte)
    case (.slash, UInt8(ascii: "/")): if !mergesSlashes { path.append(byte) }
    case (.slash, UInt8(ascii: ".")):
      state = .dot
      path.append(byte)
    case (.dot, UInt8(ascii: "/")):
      state = .slash
      path.removeLast()
    case (.dot, UInt8(ascii: ".")):
      state = .dotDot
      path.append(byte)
    case (.dotDot, UInt8(ascii: "/")):
      state = .slash
      try goUp()
    default:
      state = .usual
      path.append(byte)
    }
  }

  private mutating func finish() throws(NginxRequestRefusal) {
    if state == .dot { path.removeLast() }
    if state == .dotDot { try goUp() }
  }

  /// Drops `/..` and the part before it, up to its slash.
  private mutating func goUp() throws(NginxRequestRefusal) {
    path.removeLast(3)
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else {
      throw .bad("the path leads above its root")
    }
    path.removeLast(path.count - slash - 1)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
