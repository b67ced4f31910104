/// What one product means by "INI": the same tree, read by different rules.
package struct INIDialect: Sendable, Hashable {
  /// Bytes that begin a comment where a construct may begin.
  package let commentMarks: [UInt8]
  /// Bytes that begin a comment after a value and white space; empty where values reach the end
  /// of the line.
  package let inlineCommentMarks: [UInt8]
  /// Whether an inline comment begins at its mark wherever it stands outside quotes, and not only
  /// after white space.
  package let inlineCommentsNeedNoBlank: Bool
  /// Words that, followed by a blank, include what the rest of the line names.
  package let includeWords: [String]
  /// Bytes that end a key.
  package let separators: [UInt8]
  /// The bytes that a bare key may hold; `nil` where it reaches to the separator or the line end.
  package let keyBytes: Set<UInt8>?
  /// The quote that keys may stand in, if any.
  package let keyQuote: UInt8?
  /// Whether a key may stand without a separator and value, as `skip-networking` in my.cnf.
  package let allowsBareKeys: Bool
  /// Whether further constructs may follow a section header on its line.
  package let continuesAfterHeader: Bool

  package init(
    commentMarks: [UInt8], inlineCommentMarks: [UInt8] = [],
    inlineCommentsNeedNoBlank: Bool = false, includeWords: [String] = [],
    separators: [UInt8] = [UInt8(ascii: "=")], keyBytes: Set<UInt8>? = nil,
    keyQuote: UInt8? = nil, allowsBareKeys: Bool = false, continuesAfterHeader: Bool = false
  ) {
    self.commentMarks = commentMarks
    self.inlineCommentMarks = inlineCommentMarks
    self.inlineCommentsNeedNoBlank = inlineCommentsNeedNoBlank
    self.includeWords = includeWords
    self.separators = separators
    self.keyBytes = keyBytes
    self.keyQuote = keyQuote
    self.allowsBareKeys = allowsBareKeys
    self.continuesAfterHeader = continuesAfterHeader
  }

  /// PgBouncer 1.25: whole-line comments only, single-quoted keys, `%include`.
  package static let pgbouncer = pgbouncer(quotesKeys: true)

  /// PgBouncer before 1.25, which knew no quotes around keys.
  package static let pgbouncer1_24 = pgbouncer(quotesKeys: false)

  private static func pgbouncer(quotesKeys: Bool) -> INIDialect {
    INIDialect(
      commentMarks: Array(";#".utf8), includeWords: ["%include"],
      keyBytes: Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-*".utf8),
      keyQuote: quotesKeys ? UInt8(ascii: "'") : nil, continuesAfterHeader: true)
  }

  /// my.cnf: `#` ends a value outside quotes, keys may stand alone, `!include` and `!includedir`.
  ///
  /// Read by `my_print_defaults` and servers of MariaDB 10.11.
  package static let mysql = INIDialect(
    commentMarks: Array("#;".utf8), inlineCommentMarks: Array("#".utf8),
    inlineCommentsNeedNoBlank: true, includeWords: ["!include", "!includedir"],
    allowsBareKeys: true, continuesAfterHeader: false)

  /// The common ground of most readers: `=` or `:`, whole-line comments with `;` or `#`.
  package static let plain = INIDialect(
    commentMarks: Array(";#".utf8), separators: Array("=:".utf8), allowsBareKeys: true)
}
