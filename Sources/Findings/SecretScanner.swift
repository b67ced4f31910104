/// Walks the words of one line and takes what is written after those that name secrets.
struct SecretScanner {
  private let line: ArraySlice<UInt8>
  private var offset: Int
  private(set) var found: [Range<Int>] = []
  /// Whether a `name` before this place named a secret, whose `value` is to come.
  var isNamedSecret = false
  /// Whether only spaces, quotes, a comment's or a list's sign or `export` were read so far.
  private var isAtStart = true

  init(_ line: ArraySlice<UInt8>) {
    self.line = line
    offset = line.startIndex
  }

  /// Words that a secret's name ends with, in lower case.
  private static let endings = words([
    "password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "credentials",
    "apikey", "api_key", "api-key", "secretkey", "secret_key", "secret-key", "privatekey",
    "private_key", "private-key", "accesskey", "access_key", "access-key", "authorization",
  ])

  /// Where nginx sends requests, which is no secret.
  private static let passDirectives = words([
    "proxy", "fastcgi", "uwsgi", "scgi", "grpc", "memcached",
  ])

  private static let pass = Array("pass".utf8)

  /// Bytes, because every line of a report is searched, and most of them twice.
  private static func words(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

  mutating func scan() {
    while offset < line.endIndex {
      guard Self.isWord(line[offset]) else {
        if !startsLine(line[offset]) { isAtStart = false }
        offset += 1
        continue
      }
      let start = offset
      while offset < line.endIndex, Self.isWord(line[offset]) { offset += 1 }
      let word = line[start..<offset]
      if Self.isSecretName(word) || isNamedSecret && Self.equals(word, "value")
        || Self.equals(word, "by") && isIdentified(before: start)
      {
        takeValue(of: String(decoding: word, as: UTF8.self).lowercased(), at: start)
      } else if word.starts(with: "-p".utf8), word.count > 2, isClientOfMySQL {
        hide((start + 2)..<offset)
      }
      if isAtStart, !Self.equals(word, "-"), !Self.equals(word, "export") { isAtStart = false }
    }
  }

  /// Whether `line` is the `name:` of a secret whose value stands on the next line.
  static func namesSecret(_ line: ArraySlice<UInt8>) -> Bool {
    guard mayName(line) else { return false }
    var scanner = SecretScanner(line)
    scanner.scan()
    return scanner.isNamedSecret && scanner.found.isEmpty
  }

  /// Whether `name` or `key` stands somewhere: most lines hold neither.
  private static func mayName(_ line: ArraySlice<UInt8>) -> Bool {
    var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
    for byte in line {
      let byte = byte | 0x20
      if byte == UInt8(ascii: "e"),
        last == (UInt8(ascii: "n"), UInt8(ascii: "a"), UInt8(ascii: "m"))
      {
        return true
      }
      if byte == UInt8(ascii: "y"), last.2 == UInt8(ascii: "e"), last.1 == UInt8(ascii: "k") {
        return true
      }
      last = (last.1, last.2, byte)
    }
    return false
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func isSecretName(_ name: ArraySlice<UInt8>) -> Bool {
    var name = name
    while let last = name.last, !isLetter(last) { name.removeLast() }
    // Most words end with a letter that no secret's name ends with.
    guard let last = name.last, "delnsty".utf8.contains(lower(last)) else { return false }
    if endings.contains(where: { ends(name, with: $0) }) { return true }
    guard ends(name, with: pass) else { return false }
    let owner = name.dropLast(4)
    guard let separator = owner.last else { return true }
    guard !isLetter(separator), !isDigit(separator) else { return false }
    let target = owner.dropLast()
    return !passDirectives.contains { $0.count == target.count && ends(target, with: $0) }
  }

  /// Whether a word ends with `ending`, which is in lower case.
  private static func ends(_ word: ArraySlice<UInt8>, with ending: [UInt8]) -> Bool {
    guard word.count >= ending.count else { return false }
    var place = word.endIndex
    for byte in ending.reversed() {
      place -= 1
      guard lower(word[place]) == byte else { return false }
    }
    return true
  }

  private static func equals(_ word: ArraySlice<UInt8>, _ other: StaticString) -> Bool {
    other.withUTF8Buffer { other in
      word.count == other.count && zip(word, other).allSatisfy { lower($0) == $1 }
    }
  }

  /// The lower case of a letter.
  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    lower(byte) >= UInt8(ascii: "a") && lower(byte) <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether SQL's `IDENTIFIED` stands before a place.
  private func isIdentified(before place: Int) -> Bool {
    var end = place
    while end > line.startIndex, line[end - 1] <= 0x20 { end -= 1 }
    var begin = end
    while begin > line.startIndex, Self.isWord(line[begin - 1]) { begin -= 1 }
    return Self.equals(line[begin..<end], "identified")
  }

  /// Whether the line calls a program of MySQL, whose `-p` has the password right behind it.
  private var isClientOfMySQL: Bool {
    let programs = [Array("mysql".utf8), Array("mariadb".utf8)]
    return programs.contains { line.firstRange(of: $0) != nil }
  }

  private mutating func takeValue(of word: String, at start: Int) {
    var place = offset
    if place < line.endIndex, isQuote(line[place]) { place += 1 }
    let afterQuote = place
    skipSpaces(&place)
    guard place < line.endIndex else { return noteName(at: start) }
    switch line[place] {
    case UInt8(ascii: "="), UInt8(ascii: ":"):
      place += 1
      while place < line.endIndex, "=>:".utf8.contains(line[place]) { place += 1 }
      skipSpaces(&place)
      hide(from: place, toEndOfLine: isAtStart)
    case UInt8(ascii: ">"):
      let value = (place + 1)..<(line[place...].firstIndex(of: UInt8(ascii: "<")) ?? line.endIndex)
      hide(value)
    default:
      // nginx writes a value after a space: variables and the headers it sends on.
      let isVariable = start > line.startIndex && line[start - 1] == UInt8(ascii: "$")
      let isHeader = word == "authorization" || word.hasPrefix("x-")
      // SQL writes it as a text: IDENTIFIED BY 'x', PASSWORD 'x', PASSWORD('x').
      let quote = line[place] == UInt8(ascii: "(") ? place + 1 : place
      let isSQL = quote < line.endIndex && line[quote] == UInt8(ascii: "'") && quote > offset
      if isSQL {
        hide(from: quote, toEndOfLine: false)
      } else if place > afterQuote, isVariable || isHeader {
        hide(from: place, toEndOfLine: false)
      } else {
        noteName(at: start)
      }
    }
  }

  /// Remembers that `name = "password"` or `key: DB_PASSWORD` was read.
  private mutating func noteName(at start: Int) {
    var end = start
    while end > line.startIndex, separatesName(line[end - 1]) { end -= 1 }
    guard end < start else { return }
    var begin = end
    while begin > line.startIndex, Self.isWord(line[begin - 1]) { begin -= 1 }
    let label = String(decoding: line[begin..<end], as: UTF8.self)
    if ["name", "key"].contains(label.lowercased()) { isNamedSecret = true }
  }

  private mutating func hide(from start: Int, toEndOfLine: Bool) {
    guard start < line.endIndex else { return }
    if isQuote(line[start]) {
      return hide((start + 1)..<closingQuote(after: start))
    }
    if toEndOfLine {
      var end = line.endIndex
      while end > start, endsStatement(line[end - 1]) { end -= 1 }
      return hide(start..<end)
    }
    let end = line[start...].firstIndex { endsValue($0) } ?? line.endIndex
    // PASSWORD('x'): the text inside is the secret.
    if end > start, end < line.endIndex, isQuote(line[end]), line[end - 1] == UInt8(ascii: "(") {
      return hide((end + 1)..<closingQuote(after: end))
    }
    hide(start..<end)
  }

  private mutating func hide(_ value: Range<Int>) {
    offset = max(offset, value.upperBound)
    if !SecretMask.isPlaceholder(line[value]) { found.append(value) }
  }

  /// The end of a quoted text; a doubled quote inside stands for one, as in PgBouncer and SQL.
  private func closingQuote(after start: Int) -> Int {
    var place = start + 1
    while place < line.endIndex {
      if line[place] == UInt8(ascii: "\\") {
        place += 2
      } else if line[place] != line[start] {
        place += 1
      } else if place + 1 < line.endIndex, line[place + 1] == line[start] {
        place += 2
      } else {
        break
      }
    }
    return min(place, line.endIndex)
  }

  private func skipSpaces(_ place: inout Int) {
    while place < line.endIndex, line[place] == 0x20 || line[place] == 0x09 { place += 1 }
  }

  private func separatesName(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || ":=\"'".utf8.contains(byte)
  }

  private func startsLine(_ byte: UInt8) -> Bool {
    byte <= 0x20 || isQuote(byte) || "#;!".utf8.contains(byte)
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private func endsStatement(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
  }

  private func endsValue(_ byte: UInt8) -> Bool {
    byte <= 0x20 || ";,&}])\"'<>".utf8.contains(byte)
  }
}
