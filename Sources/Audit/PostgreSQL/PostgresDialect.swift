/// How questions that are written for SQLite are put to PostgreSQL and those who speak like it.
enum PostgresDialect {
  /// The same question with numbered places for values and without what only SQLite's planner
  /// is told: `CROSS JOIN … ON` keeps an order there, `INDEXED BY` names an index.
  ///
  /// Our own texts only: a question mark never stands in a quoted text of ours.
  static func translated(_ sql: String) -> String {
    var words: [Substring] = []
    var isIndex = 0
    for word in sql.split(separator: " ", omittingEmptySubsequences: false) {
      if isIndex > 0 {
        isIndex -= 1
        continue
      }
      if word == "INDEXED" {
        isIndex = 2
        continue
      }
      words.append(word)
    }
    var text = ""
    var place = 0
    for scalar in words.joined(separator: " ").unicodeScalars {
      if scalar == "?" {
        place += 1
        text += "$\(place)"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text.split(separator: "CROSS JOIN", omittingEmptySubsequences: false)
      .joined(separator: "JOIN")
  }

  /// Bytes as the server writes and reads them.
  static func text(of bytes: [UInt8]) -> String {
    "\\x" + String(decoding: Hexadecimal.digits(of: bytes), as: UTF8.self)
  }

  static func bytes(of text: String) -> [UInt8]? {
    guard text.hasPrefix("\\x") else { return nil }
    return Hexadecimal.bytes(of: text.dropFirst(2).utf8)
  }
}
