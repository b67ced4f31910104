/// The name that servers are compared with: what nginx makes of the Host header.
enum NginxHostName {
  /// The name in lower case, without port and without the dot of the root.
  ///
  /// - Throws: ``NginxRequestRefusal`` where nginx answers 400.
  static func normalized(_ host: String) throws(NginxRequestRefusal) -> String {
    enum State { case usual, literal, rest }
    let bytes = Array(host.utf8)
    var length = bytes.count
    var lastDot: Int?
    var state = State.usual
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "."):
        if let lastDot, lastDot == place - 1 { throw invalid }
        lastDot = place
      case UInt8(ascii: ":") where state == .usual:
        length = place
        state = .rest
      case UInt8(ascii: "[") where place == 0: state = .literal
      case UInt8(ascii: "]") where state == .literal:
        length = place + 1
        state = .rest
      case UInt8(ascii: "/"), 0...0x20, 0x7F: throw invalid
      default: break
      }
    }
    if let lastDot, lastDot == length - 1 { length -= 1 }
    guard length > 0 else { throw invalid }
    return String(decoding: bytes[..<length].map(Self.lowered), as: UTF8.self)
  }

  private static let invalid = NginxRequestRefusal.bad("no valid host")

  /// nginx lowers ASCII letters alone.
  static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
