/// Words that a record has to have in its reason, ticket, paths or keys.
///
/// A word is a run of letters and digits; everything beyond ASCII counts as a letter. Case does not
/// count, and a word is found by its beginning.
package struct SearchWords: Sendable, Hashable {
  /// In lower case.
  package let words: [String]

  package init(_ text: String) { words = Self.split(text) }

  func matches(_ texts: [String]) -> Bool {
    let present = texts.flatMap(Self.split)
    return words.allSatisfy { word in
      present.contains { $0.utf8.starts(with: word.utf8) }
    }
  }

  /// Each word once, as bytes.
  static func distinct(in texts: [String]) -> [[UInt8]] {
    Set(texts.flatMap(split).map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What the table of words is told: the same words by its own, simpler rule.
  static func text(of texts: [String]) -> String {
    texts.joined(separator: "\n").lowercased()
  }

  /// The question to the table of words; words hold nothing that could be an operator in quotes.
  var query: String { words.map { "\"\($0)\" *" }.joined(separator: " AND ") }

  private static func split(_ text: String) -> [String] {
    text.lowercased().utf8.split { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
        false
      default: true
      }
    }.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension RecordBody {
  /// When the change took effect, or the record was made.
  package var time: Timestamp { effectiveAt ?? recordedAt }

  /// What a search looks at.
  var searchTexts: [String] {
    var texts = [reason?.text, ticket?.text].compactMap { $0 }
    texts += files.map(\.path)
    if kind.movesState { texts += settings.map(\.key) }
    return texts
  }
}
