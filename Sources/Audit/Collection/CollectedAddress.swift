/// A repository whose log is wanted, as people name it: `NAME=ADDRESS`, or the address alone.
package struct CollectedAddress: Sendable, Hashable {
  package let name: String
  package let address: String

  /// - Parameter folder: where relative paths start.
  /// - Returns: `nil` where the text holds no name that could be used.
  package init?(_ text: String, in folder: String) {
    var name: String?
    var address = text
    // A URL may hold `=` too: a name stands before the first slash, colon or at.
    if let equals = text.firstIndex(of: "="),
      !text[..<equals].contains(where: { "/:@".contains($0) })
    {
      name = String(text[..<equals])
      address = String(text[text.index(after: equals)...])
    }
    guard !address.isEmpty else { return nil }
    if Self.isPath(address), !address.hasPrefix("/") { address = folder + "/" + address }
    guard let found = name ?? Self.name(of: address), Self.isName(found) else {
      return nil
    }
    self.name = found
    self.address = address
  }

  /// Whether git takes it for a path: neither `scheme://…` nor `host:path`.
  private static func isPath(_ address: String) -> Bool {
    guard let colon = address.firstIndex(of: ":") else { return true }
    return address[..<colon].contains("/")
  }

  /// The last part of an address: `payments` of `https://git.example.org/shop/payments.git`.
  private static func name(of address: String) -> String? {
    var parts = address.split { "/:\\".contains($0) }
    if parts.last == ".git" { parts.removeLast() }
    guard let last = parts.last else { return nil }
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : String(last)
  }

  /// Whether it may stand in the name of a reference and before a `#`.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != 0x2E, first != 0x2D, name.utf8.count <= 200 else {
      return false
    }
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F].contains(byte)
    }
    return isPlain && !name.contains("..") && !name.hasSuffix(".") && !name.hasSuffix(".lock")
  }
}
