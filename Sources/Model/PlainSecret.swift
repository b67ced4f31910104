extension Setting {
  /// Whether the file itself holds a secret, and no reference to one.
  ///
  /// Placeholders, templates and what plainly stands for a secret are none. The value is only
  /// looked at here and never leaves.
  package var isPlainSecret: Bool {
    guard isSecret, let written, origin != nil else { return false }
    switch provenance {
    case .explicit, .clamped, .placeholder: break
    case .default, .inherited, .unknown: return false
    }
    return Self.secrets(in: written).contains { !Self.standsForSecret($0) }
  }

  /// The secret parts of a text: the password of an address, the values of parameters named so, or
  /// the whole text where it has neither.
  private static func secrets(in text: String) -> [Substring] {
    var found: [Substring] = []
    var isAddress = false
    for word in text.split(whereSeparator: { "?&; \t".contains($0) }) {
      if let login = login(in: word) {
        isAddress = true
        if let login { found.append(login) }
      }
      guard let equals = word.firstIndex(of: "=") else { continue }
      let name = word[..<equals].lowercased()
      let isSecretName = ["password", "passwd", "pwd", "secret"].contains { name.hasSuffix($0) }
      if isSecretName { found.append(word[word.index(after: equals)...]) }
      isAddress = isAddress || isSecretName
    }
    return isAddress ? found : [text[...]]
  }

  /// The password of `scheme://user:password@host`, inner `nil` where the address has none; `nil`
  /// for what is no address.
  private static func login(in word: Substring) -> Substring?? {
    var rest = word
    while let slash = rest.firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
      guard rest.first == "/" else { continue }
      let authority = rest.dropFirst()
      guard let at = authority.lastIndex(of: "@"),
        let colon = authority[..<at].firstIndex(of: ":")
      else { return .some(nil) }
      return authority[authority.index(after: colon)..<at]
    }
    return nil
  }

  /// How samples begin what is to be written in a secret's place.
  private static let prompts = [
    "change", "your", "replace", "insert", "enter", "todo", "dummy", "redacted", "placeholder",
  ]

  /// Whether a text is filled in elsewhere, is empty, or only shows where a secret goes.
  private static func standsForSecret(_ text: Substring) -> Bool {
    var text = text
    while let first = text.first, "'\"".contains(first) { text.removeFirst() }
    while let last = text.last, "'\"".contains(last) { text.removeLast() }
    if text.isEmpty || ["null", "~"].contains(text) { return true }
    if ["${", "{{", "<%", "{%", "#{", "$(", "%(", "ENC(", "{cipher}"].contains(where: {
      text.firstRange(of: $0) != nil
    }) {
      return true
    }
    if ["$", "%", "<", "[", "__"].contains(where: text.hasPrefix) { return true }
    let lower = text.lowercased()
    if prompts.contains(where: lower.hasPrefix) { return true }
    if text.allSatisfy({ "*xX.".contains($0) }) { return true }
    return text.allSatisfy { $0.isUppercase || $0 == "_" } && text.count > 5
  }
}
