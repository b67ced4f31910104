/// A list of ciphers as OpenSSL reads it, as far as broken ciphers go.
///
/// Words stand between colons, commas or spaces; `!` takes ciphers out for good, `-` until they are
/// named again, `+` only moves them (the manual page of `openssl ciphers`).
struct NginxCipherList: Sendable {
  /// The words that let broken ciphers in, as written.
  let weak: [String]

  init(_ text: String) {
    var killed: Set<String> = []
    var removed: Set<String> = []
    var added: [(word: String, parts: Set<String>)] = []
    for word in text.split(whereSeparator: { ":, ;".contains($0) }) {
      let name = word.uppercased()
      switch word.utf8.first {
      case UInt8(ascii: "!"): killed.formUnion(Self.parts(name.dropFirst()))
      case UInt8(ascii: "-"):
        let parts = Self.parts(name.dropFirst())
        added.removeAll { !$0.parts.isDisjoint(with: parts) }
        removed.formUnion(parts)
      case UInt8(ascii: "+"), UInt8(ascii: "@"): break
      default:
        let parts = Self.parts(name[...]).intersection(Self.broken)
        if !parts.isEmpty { added.append((String(word), parts)) }
      }
    }
    // A word that names several properties is out as soon as one of them is.
    weak = added.filter { entry in
      let all = Self.parts(entry.word.uppercased()[...])
      return killed.isDisjoint(with: all)
    }.map(\.word)
  }

  /// What is broken: no encryption or no authentication, 40 to 64 bits, RC4, blocks of 64 bits,
  /// sums of MD5.
  private static let broken: Set<String> = [
    "NULL", "ENULL", "ANULL", "ADH", "AECDH", "EXP", "EXPORT", "EXPORT40", "EXPORT56", "LOW", "DES",
    "3DES", "RC4", "RC2", "MD5", "IDEA", "SSLV2",
  ]

  /// The properties that a word names: `ECDHE-RSA-RC4-SHA`, `EECDH+aRSA+RC4`, `DES-CBC3-SHA`.
  private static func parts(_ word: Substring) -> Set<String> {
    var parts = Set(word.split(whereSeparator: { "+-_".contains($0) }).map(String.init))
    // Triple DES has its own spelling, and is not the DES of 56 bits.
    if parts.contains("CBC3") || parts.contains("3DES") {
      parts.remove("DES")
      parts.insert("3DES")
    }
    for (alias, name) in [
      ("EXP", "EXPORT"), ("ENULL", "NULL"), ("ADH", "ANULL"), ("AECDH", "ANULL"),
    ]
    where parts.contains(alias) { parts.insert(name) }
    return parts
  }
}
