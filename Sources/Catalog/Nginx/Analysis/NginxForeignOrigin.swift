/// Looks for origins that an allow list lets in although they belong to somebody else.
///
/// The domains that are meant are read off the texts that the expression accepts with every dot
/// taken for a dot. Whatever it accepts beside them is shown as a proof: a dot that is not
/// escaped, an end or a start without anchor.
struct NginxForeignOrigin {
  private let pattern: PCREPattern
  /// Whether paths may follow, as in a Referer; an Origin ends with the port.
  private let isReferer: Bool

  init(_ pattern: PCREPattern, isReferer: Bool) {
    self.pattern = pattern
    self.isReferer = isReferer
  }

  private static let filling = "attacker"
  private static let stranger = "attacker.example"

  /// A foreign origin that the expression accepts; `nil` where none was found.
  var proof: String? {
    guard pattern.isUnderstood else { return nil }
    let samples = PCRESamples.texts(of: pattern, filling: Self.filling)
    let bases = samples.map { base($0) }
    let meant = Set(
      bases.compactMap { Self.domain(of: $0.text) }.filter { !$0.contains(Self.filling) })
    for base in [Base(text: "https://\(Self.stranger)", dots: [], hasScheme: true)] + bases {
      for candidate in candidates(base) where isForeign(candidate, meant) {
        if pattern.search(Array(candidate.utf8))?.isMatch == true { return candidate }
      }
    }
    return nil
  }

  private struct Base {
    let text: String
    /// Where dots stand that match anything, in bytes.
    let dots: [Int]
    /// Whether the expression itself asks for the scheme.
    let hasScheme: Bool
  }

  private func base(_ sample: PCRESamples.Sample) -> Base {
    let text = String(decoding: sample.bytes, as: UTF8.self)
    if text.contains("://") { return Base(text: text, dots: sample.wildDots, hasScheme: true) }
    let rest = text.drop { $0 == "/" || $0 == ":" || $0 == "." }
    let shift = "https://".utf8.count - (text.utf8.count - rest.utf8.count)
    return Base(
      text: "https://" + rest, dots: sample.wildDots.map { $0 + shift }, hasScheme: false)
  }

  private func candidates(_ base: Base) -> [String] {
    var list = [base.text]
    guard let host = Self.host(of: base.text) else { return [] }
    let head = base.text[..<host.endIndex]
    list.append(head + "." + Self.stranger + base.text[host.endIndex...])
    if !base.hasScheme {
      list.append("https://\(Self.filling)" + base.text.dropFirst("https://".count))
      list.append("https://\(Self.filling)-" + base.text.dropFirst("https://".count))
    }
    // The last dot stays: no top-level domain begins with what stands before it.
    let lastDot = base.text.utf8.lastIndex(of: UInt8(ascii: "."))
    for dot in base.dots where dot >= 0 && dot < base.text.utf8.count {
      let place = base.text.utf8.index(base.text.startIndex, offsetBy: dot)
      guard place < host.endIndex, place != lastDot else { continue }
      var bytes = Array(base.text.utf8)
      bytes[dot] = UInt8(ascii: "x")
      list.append(String(decoding: bytes, as: UTF8.self))
    }
    if isReferer {
      list.append("https://\(Self.stranger)/" + base.text)
      list.append("https://\(Self.stranger)/" + base.text.dropFirst("https://".count))
    }
    return list
  }

  private func isForeign(_ candidate: String, _ meant: Set<String>) -> Bool {
    guard let host = Self.host(of: candidate), Self.isHostName(host),
      let domain = Self.domain(of: candidate), domain.contains("."),
      domain.contains(Self.filling) || domain.contains("x")
    else { return false }
    if !isReferer {
      let rest = candidate[host.endIndex...]
      guard rest.isEmpty || rest.utf8.first == UInt8(ascii: ":") else { return false }
      guard rest.utf8.dropFirst().allSatisfy(ByteSet.digits.contains) else { return false }
    }
    return !meant.contains(domain)
  }

  private static func isHostName(_ host: Substring) -> Bool {
    let bytes = host.utf8
    return !host.isEmpty && host.first != "." && host.last != "." && host.first != "-"
      && !host.contains("..")
      && bytes.allSatisfy {
        ByteSet.word.contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      }
  }

  /// The part between the scheme and the port or path.
  private static func host(of origin: String) -> Substring? {
    for scheme in ["https://", "http://"] where origin.hasPrefix(scheme) {
      return origin.dropFirst(scheme.count).prefix { $0 != "/" && $0 != ":" && $0 != "?" }
    }
    return nil
  }

  /// The part of a host that somebody registers: two labels, three below `co.uk` and its like.
  private static func domain(of origin: String) -> String? {
    guard let host = host(of: origin), !host.isEmpty else { return nil }
    let labels = host.lowercased().split(separator: ".")
    guard labels.count > 2, labels[labels.count - 1].count == 2,
      ["co", "com", "org", "net", "gov", "ac", "edu"].contains(labels[labels.count - 2])
    else { return labels.suffix(2).joined(separator: ".") }
    return labels.suffix(3).joined(separator: ".")
  }
}
