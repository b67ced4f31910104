import Model

/// One variable or option of the server: a row of the tables beside this file.
///
/// The notation, written by `scripts/mariadb-variables.py` from a running server:
///
///     NAME KIND[?] [LOWEST..HIGHEST] [/BLOCK] [=WORDS] [:DEFAULT];
///
/// - kind: one letter, see ``Kind``; `?` where the value may be left out
/// - block: the value is rounded down to a multiple of it
/// - default: `?` where the machine or the build decides; left out where it is empty
struct MariaDBVariable {
  enum Kind: Character {
    case unsigned = "u"
    case signed = "n"
    case real = "d"
    case bool = "b"
    /// One of the words, also by its number.
    case word = "e"
    /// Some of the words, with commas between them.
    case words = "w"
    case text = "s"
    /// An option that is no variable: known, its value not judged.
    case option = "o"
  }

  /// As the server spells it, with `_`.
  let name: String
  let kind: Kind
  /// Whether it may be written without a value.
  let allowsNoValue: Bool
  /// The least and the greatest value, as digits: some are beyond 63 bits.
  let bounds: (low: String, high: String)?
  let block: UInt64?
  let words: [String]
  /// `nil` where the machine or the build decides.
  let standard: String?

  /// Every row, in order of the names.
  static let all: [MariaDBVariable] = [serverText, innodbText, pluginText]
    .flatMap { text in
      text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }.split(separator: ";")
    }
    .compactMap(MariaDBVariable.init(row:))
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// Positions in `all` by name.
  static let positions = Dictionary(
    all.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })

  private init?(row: Substring) {
    let tokens = row.split { $0 == " " || $0 == "\n" }
    guard tokens.count >= 2, let letter = tokens[1].first, let kind = Kind(rawValue: letter) else {
      return nil
    }
    name = String(tokens[0])
    self.kind = kind
    allowsNoValue = kind == .option || kind == .bool || tokens[1].hasSuffix("?")
    var bounds: (String, String)?
    var block: UInt64?
    var lists: [Character: String] = [:]
    var list: Character?
    for token in tokens.dropFirst(2) {
      if let mark = token.first, mark == "=" || mark == ":" {
        list = mark
        lists[mark] = String(token.dropFirst())
      } else if let list {
        lists[list]?.append(contentsOf: token)
      } else if token.hasPrefix("/") {
        block = UInt64(token.dropFirst())
      } else if let dots = token.firstRange(of: "..") {
        bounds = (String(token[..<dots.lowerBound]), String(token[dots.upperBound...]))
      }
    }
    self.bounds = bounds
    self.block = block
    words = lists["="]?.split(separator: ",").map(String.init) ?? []
    standard = lists[":"] == "?" ? nil : lists[":"] ?? ""
  }
}
