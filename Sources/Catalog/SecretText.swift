import Model

/// Finds values that carry a password or the like, by the names and the shapes around it.
///
/// It says too often that a value is secret rather than too seldom: a masked value can be looked up
/// in the file, a recorded secret cannot be taken back.
package enum SecretText {
  /// Parts of names, in lower case, of which one is enough.
  private static let words = [
    "password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "api-key", "api_key",
    "credential", "private",
  ].map { Array($0.utf8) }

  /// Whether a property of this name holds a secret.
  static func isName(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isName($0[...]) }
  }

  private static func isName(_ name: some Collection<UInt8>) -> Bool {
    var rest = name[...]
    while let first = rest.first {
      for word in words where word.first == lower(first) {
        if word.count <= rest.count, zip(word, rest).allSatisfy({ $0 == lower($1) }) { return true }
      }
      rest = rest.dropFirst()
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// A value as a tree of a file may show it: masked where its key or its text says that it carries
  /// a secret.
  package static func masked(_ value: String, of key: String) -> String {
    guard !value.isEmpty, isName(key) || isInText(value) else { return value }
    return Setting.mask
  }

  /// Whether a property of this name holds a secret: for trees, where a key may stand beside it.
  package static func isSecretName(_ name: String) -> Bool { isName(name) }

  /// A text as a message may show it: masked where it carries a secret.
  static func shown(_ text: String) -> String {
    JDBCTarget.hasPassword(text) || isInStatement(text) ? Setting.mask : text
  }

  /// Whether an SQL statement sets a password.
  static func isInStatement(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return words.contains { $0.hasSuffix("password") || $0 == "passwd" }
      || zip(words, words.dropFirst()).contains { $0 == "identified" && ["by", "as"].contains($1) }
      || isInText(text)
  }

  /// Whether a command, a connection string or an address carries a secret.
  static func isInText(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return hasNamedValue(bytes) || hasAddress(bytes) || hasCredentials(bytes)
      || bytes.contains(UInt8(ascii: "-")) && hasLogin(text)
  }

  /// `PGPASSWORD=…`, `password = …`, `--token …`, `X-Secret: …`.
  private static func hasNamedValue(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      guard isWord(bytes[start]) else {
        start += 1
        continue
      }
      let end = bytes[start...].firstIndex { !isWord($0) } ?? bytes.count
      defer { start = end }
      guard isName(bytes[start..<end]) else { continue }
      let rest = bytes[end...].drop { $0 == 0x20 || "'\"".utf8.contains($0) }
      guard let next = rest.first else { continue }
      if next == UInt8(ascii: "=") { return true }
      // A host may be called `secret-db:5432`; a header has a blank after its colon.
      let after = rest.dropFirst().first ?? 0
      if next == UInt8(ascii: ":"), " '\"".utf8.contains(after) { return true }
      if bytes[start...].starts(with: "--".utf8), rest.startIndex > end { return true }
    }
    return false
  }

  /// `Authorization "Basic …"`, `Authorization Bearer …`.
  private static func hasCredentials(_ bytes: [UInt8]) -> Bool {
    let header = Array("uthorization".utf8)
    var rest = bytes[...]
    while let start = rest.firstIndex(of: header[0]) {
      rest = rest[start...]
      guard rest.starts(with: header) else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(header.count)
      let value = rest.drop { " \t:'\"".utf8.contains($0) }
      let scheme = value.prefix { isWord($0) }.map(lower)
      let isScheme = scheme.elementsEqual("basic".utf8) || scheme.elementsEqual("bearer".utf8)
      let next = value.dropFirst(scheme.count).drop { $0 == 0x20 }.first
      // What a variable holds stands elsewhere.
      if isScheme, let next, isWord(next) { return true }
    }
    return false
  }

  /// `scheme://user:password@host`.
  private static func hasAddress(_ bytes: [UInt8]) -> Bool {
    var place = 0
    while let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) {
      place = colon + 1
      guard bytes[colon...].starts(with: "://".utf8) else { continue }
      let rest = bytes[(colon + 3)...].prefix { $0 > 0x20 && !"\"'".utf8.contains($0) }
      place = rest.endIndex
      guard let at = rest.lastIndex(of: UInt8(ascii: "@")),
        let end = rest[..<at].firstIndex(where: { ":/?".utf8.contains($0) }),
        rest[end] == UInt8(ascii: ":"), end + 1 < at
      else { continue }
      // `host:8080/path@version` is a port and a path.
      let secret = rest[(end + 1)..<at]
      let port = secret.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
      if port.endIndex == at || !port.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
    }
    return false
  }

  /// `-u user:password`, `--user=user:password`.
  private static func hasLogin(_ text: String) -> Bool {
    let words = text.split { $0.isWhitespace || "=\"'".contains($0) }
    for (index, word) in words.enumerated() where word.hasPrefix("-") {
      if word.hasPrefix("-u") || word.hasPrefix("-U"), word.contains(":") { return true }
      let isOption = ["-u", "-U", "--user", "--proxy-user"].contains(word)
      if isOption, index + 1 < words.count, words[index + 1].contains(":") { return true }
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
