/// The address of a database as libpq takes it: `postgres://user:password@host/database?key=value`.
package struct ConnectionAddress: Sendable {
  private let text: String

  package init(_ text: String) { self.text = text }

  /// Whether it is one that we hand to libpq.
  package var isKnown: Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }

  /// The address as it may be told: without a password.
  package var shown: String {
    var shown = text
    for secret in secrets where !secret.isEmpty {
      shown = shown.split(separator: secret, omittingEmptySubsequences: false)
        .joined(separator: "***")
    }
    return shown
  }

  /// Every spelling of the passwords in it, the longest first.
  var secrets: [String] {
    guard let start = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return [] }
    var found: [String] = []
    // Behind the scheme's colon and slashes: user:password@host:port, up to the path.
    let rest = text[start...].drop { $0 == ":" || $0 == "/" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
      found.append(String(authority[authority.index(after: colon)..<at]))
    } else if let at = rest.lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") {
      // A password with a slash in it, which is no address: it must not be told all the same.
      found.append(String(rest[rest.index(after: colon)..<at]))
    }
    for part in rest.split(whereSeparator: { $0 == "?" || $0 == "&" }) {
      guard let equals = part.firstIndex(of: "="),
        ["password", "sslpassword"].contains(part[..<equals].lowercased())
      else { continue }
      found.append(String(part[part.index(after: equals)...]))
    }
    found += found.map(Self.decoded)
    return Set(found).sorted { $0.utf8.count > $1.utf8.count }
  }

  /// The text with `%41` read as the byte it stands for.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let high = Hexadecimal.value(of: rest[rest.startIndex]),
        let low = Hexadecimal.value(of: rest[rest.startIndex + 1])
      {
        bytes.append(high << 4 | low)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
