/// A haproxy.cfg as sections of lines of words, with the place of each.
///
/// Which keywords exist is not this reader's business, but for those that begin a section. The
/// lines of a conditional block (`.if`) are kept and marked.
package struct HAProxyDocument: Sendable {
  package let source: SourceText
  package let sections: [HAProxySection]
  /// Quotes that nothing closes, lines before the first section, unbalanced conditions.
  package let errors: [SyntaxError]

  package init(_ source: SourceText) {
    self.source = source
    var reader = HAProxyReader(source.bytes)
    reader.read()
    sections = reader.sections
    errors = reader.errors
  }

  /// The words that begin a section, in every version that is known.
  package static let sectionWords: Set<String> = [
    "acme", "backend", "cache", "crt-store", "defaults", "dynamic-update", "fcgi-app", "frontend",
    "global", "healthcheck", "http-errors", "listen", "log-forward", "log-profile", "mailers",
    "peers", "program", "resolvers", "ring", "traces", "userlist",
  ]
}

/// A section with its own line and the lines in it.
package struct HAProxySection: Sendable, Hashable {
  package let header: HAProxyLine
  package internal(set) var lines: [HAProxyLine]

  /// The word that begins it, such as `frontend`.
  package var kind: String { header.keyword }
  /// The section's name; `nil` where it has none.
  package var name: String? {
    header.words.count > 1 && header.words[1].text != "from" ? header.words[1].text : nil
  }
  /// The `defaults` section that it names.
  package var from: HAProxyWord? {
    header.words.firstIndex { $0.text == "from" }
      .flatMap { $0 + 1 < header.words.count ? header.words[$0 + 1] : nil }
  }
}

/// A line of at least one word.
package struct HAProxyLine: Sendable, Hashable {
  package let words: [HAProxyWord]
  /// Whether it counts only under a condition (`.if`).
  package let isConditional: Bool

  package var keyword: String { words[0].text }

  /// From the first word to the end of the last.
  package var range: Range<Int> {
    words[0].range.lowerBound..<words[words.count - 1].range.upperBound
  }

  /// The word at a position, counted from 0 for the keyword.
  package subscript(position: Int) -> HAProxyWord? {
    position < words.count ? words[position] : nil
  }
}

/// A word without quotes and escapes.
package struct HAProxyWord: Sendable, Hashable {
  package let text: String
  /// The bytes as written, quotes included.
  package let range: Range<Int>
  /// Whether the environment fills in a part of it: `"$NAME"`, in double quotes only.
  package let hasVariable: Bool
}
