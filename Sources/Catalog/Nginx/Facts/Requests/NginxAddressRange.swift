/// The addresses that an `allow` or `deny` speaks of.
enum NginxAddressRange: Hashable, Sendable {
  case all
  /// Sockets in the file system.
  case local
  /// The bits of an IPv4 network and how many of them count.
  case version4(UInt32, bits: UInt32)
  /// An IPv6 network or a name, which is only compared with itself.
  case other(String)

  init(_ text: String) {
    if text == "all" {
      self = .all
    } else if text == "unix:" {
      self = .local
    } else {
      self = Self.version4(text) ?? .other(text.lowercased())
    }
  }

  /// Whether every address of another range is in this one.
  func covers(_ other: Self) -> Bool {
    switch (self, other) {
    case (.all, _): return true
    case (.version4(let network, let bits), .version4(let inner, let innerBits)):
      guard bits <= innerBits else { return false }
      let mask: UInt32 = bits == 0 ? 0 : ~0 << (32 - bits)
      return network & mask == inner & mask
    default: return self == other
    }
  }

  private static func version4(_ text: String) -> Self? {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = address4(parts[0]) else { return nil }
    guard parts.count == 2 else { return .version4(address, bits: 32) }
    guard let bits = NginxUnits.number(parts[1]), bits <= 32 else { return nil }
    return .version4(address, bits: UInt32(bits))
  }

  private static func address4(_ text: Substring.UTF8View) -> UInt32? {
    let bytes = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard bytes.count == 4 else { return nil }
    var address: UInt32 = 0
    for byte in bytes {
      guard let value = NginxUnits.number(byte), value < 256 else { return nil }
      address = address << 8 | UInt32(value)
    }
    return address
  }
}
