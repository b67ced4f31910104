/// Addresses and networks as nginx reads them.
enum NginxAddress {
  /// Whether `text` is an address, with or without the length of a network behind a slash.
  static func isNetwork(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first else { return false }
    let isOld = isIPv4(address)
    guard isOld || isIPv6(address) else { return false }
    guard parts.count > 1 else { return true }
    // nginx also takes a mask where an IPv4 network has its length.
    if isOld, isIPv4(parts[1]) { return false }
    guard let length = NginxUnits.number(parts[1].utf8) else { return false }
    return length <= (isOld ? 32 : 128)
  }

  static func isIPv4(_ text: some StringProtocol) -> Bool {
    var (dots, number, digits) = (0, 0, 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") {
        if digits == 0 { return false }
        (dots, number, digits) = (dots + 1, 0, 0)
      } else {
        guard (0x30...0x39).contains(byte) else { return false }
        number = 10 * number + Int(byte - 0x30)
        digits += 1
        if number > 255 { return false }
      }
    }
    return dots == 3 && digits > 0
  }

  static func isIPv6(_ text: some StringProtocol) -> Bool {
    var groups = text.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count >= 3, groups.count <= 9 else { return false }
    var count = 8
    if let last = groups.last, last.utf8.contains(UInt8(ascii: ".")) {
      guard isIPv4(last) else { return false }
      groups.removeLast()
      count -= 2
    }
    let isShort = text.utf8.count >= 2 && hasTwoColons(text)
    // `::` at an end leaves an empty group more.
    let filled = groups.filter { !$0.isEmpty }
    guard filled.allSatisfy({ $0.utf8.count <= 4 && $0.utf8.allSatisfy(isHex) }) else {
      return false
    }
    return isShort ? filled.count < count : filled.count == count && groups.count == count
  }

  private static func hasTwoColons(_ text: some StringProtocol) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains {
      $0 == UInt8(ascii: ":") && $1 == UInt8(ascii: ":")
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
