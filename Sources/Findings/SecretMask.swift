/// Finds passwords and tokens in lines of any format, so that reports never show them.
///
/// Reports end in terminals, build logs and pull requests, which more people read than the file.
/// It works by names and by the shape of addresses, without knowing the format: a line is shown in
/// context of another line's finding, where no reader has said what is secret. It hides too much
/// rather than too little; a secret that spans lines (a YAML block) is not recognised.
package enum SecretMask {
  /// What stands for a secret; its length says nothing of the secret's.
  package static let stars = "********"

  /// The bytes of `line` to hide, in order, as offsets into the slice's base.
  ///
  /// - Parameters:
  ///   - line: one line without its line feed.
  ///   - previous: the line before, which may name what this line's `value:` is.
  /// - Complexity: O(length of both lines).
  static func secrets(
    in line: ArraySlice<UInt8>, after previous: ArraySlice<UInt8>
  ) -> [Range<Int>] {
    var scanner = SecretScanner(line)
    scanner.isNamedSecret = SecretScanner.namesSecret(previous)
    scanner.scan()
    return merged(scanner.found + urlPasswords(in: line))
  }

  /// The passwords of `scheme://user:password@host`.
  private static func urlPasswords(in line: ArraySlice<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = line.startIndex
    while let marker = line[offset...].firstIndex(of: UInt8(ascii: ":")) {
      offset = marker + 1
      guard line[marker...].starts(with: "://".utf8) else { continue }
      let start = marker + 3
      let end = line[start...].firstIndex { endsAddress($0) } ?? line.endIndex
      offset = max(offset, end)
      guard let at = line[start..<end].lastIndex(of: UInt8(ascii: "@")) else { continue }
      if isToken(line[start..<at]), line[..<marker].isWeb {
        if !isPlaceholder(line[start..<at]) { found.append(start..<at) }
        continue
      }
      guard let colon = line[start..<at].firstIndex(where: { endsUser($0) }),
        line[colon] == UInt8(ascii: ":"), colon + 1 < at
      else { continue }
      let secret = line[(colon + 1)..<at]
      // `host:8080/path@version` is a port and a path.
      if let slash = secret.firstIndex(of: UInt8(ascii: "/")),
        secret[..<slash].allSatisfy({ isDigit($0) })
      {
        continue
      }
      if !isPlaceholder(secret) { found.append(secret.indices) }
    }
    return found
  }

  /// Whether what stands before the host is one word: in an address of the web a token, in one of
  /// a database the user.
  private static func isToken(_ user: ArraySlice<UInt8>) -> Bool {
    !user.isEmpty && !user.contains { endsUser($0) }
  }

  private static func endsAddress(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private static func endsUser(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether a value only names where the secret is, without a default that could be one.
  static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
    if ["", "null", "true", "false"].contains(where: { value.elementsEqual($0.utf8) }) {
      return true
    }
    if value.starts(with: "{{".utf8), value.suffix(2).elementsEqual("}}".utf8) { return true }
    guard value.starts(with: "${".utf8), value.last == UInt8(ascii: "}") else { return false }
    return value.dropFirst(2).dropLast().allSatisfy { SecretScanner.isWord($0) && $0 != 0x2D }
  }

  /// The ranges in order, those that overlap as one.
  static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    guard ranges.count > 1 else { return ranges }
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound {
        let end = max(last.upperBound, range.upperBound)
        result[result.count - 1] = last.lowerBound..<end
      } else {
        result.append(range)
      }
    }
    return result
  }
}

extension ArraySlice<UInt8> {
  /// Whether the text ends with a scheme of the web.
  fileprivate var isWeb: Bool {
    suffix(4).elementsEqual("http".utf8) || suffix(5).elementsEqual("https".utf8)
  }
}

extension SecretMask {
  /// A setting's value with what looks secret in it hidden, judged by the key and by its own shape.
  ///
  /// For values that are shown or recorded apart from their line: a password in an address, a
  /// token that a command is called with.
  package static func masking(_ value: String, of key: String) -> String {
    let line = Array("\(key)=\(value)".utf8)
    let start = key.utf8.count + 1
    var result: [UInt8] = []
    var offset = start
    for secret in secrets(in: line[...], after: []) where secret.upperBound > start {
      result += line[offset..<max(offset, secret.lowerBound)]
      result += stars.utf8
      offset = secret.upperBound
    }
    return String(decoding: result + line[offset...], as: UTF8.self)
  }
}
