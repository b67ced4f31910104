/// A pgpool.conf with the place of every key and value.
///
/// The tokens are those of postgresql.conf, but for `''` in texts; the rest is laxer: behind a
/// value the line need not end, and what follows there is read as the next key.
package struct PgpoolDocument: Sendable {
  package let source: SourceText
  /// In file order; the last of a key counts.
  package let entries: [PostgreSQLEntry]
  /// Pgpool-II does not start with the first; reading goes on behind it.
  package let errors: [SyntaxError]

  package init(_ source: SourceText) {
    self.source = source
    var lexer = PostgreSQLLexer(source.bytes)
    var entries: [PostgreSQLEntry] = []
    var errors: [SyntaxError] = []
    while true {
      _ = lexer.skipTrivia()
      let key = lexer.next()
      if key.kind == .end { break }
      if key.kind == .lineEnd { continue }
      guard key.kind == .identifier else {
        errors.append(
          SyntaxError(
            range: key.range, message: "syntax error near \"\(source.text(key.range))\"",
            help: "texts stand in single quotes"))
        lexer.offset = lexer.lineEnd(from: max(key.range.lowerBound, lexer.offset))
        continue
      }
      _ = lexer.skipTrivia()
      var value = lexer.next()
      if value.kind == .equals {
        _ = lexer.skipTrivia()
        value = lexer.next()
      }
      // A key without a value takes the end of its line for one.
      let isValue = value.kind.isValue || value.kind == .qualifiedIdentifier
      if !isValue { lexer.offset = value.range.lowerBound }
      if value.kind == .error { lexer.offset = value.range.upperBound }
      let range = isValue ? value.range : key.range.upperBound..<key.range.upperBound
      let isQuoted = value.kind == .string
      let inner = isQuoted ? range.dropFirst().dropLast() : range[...]
      entries.append(
        PostgreSQLEntry(
          key: source.text(key.range), value: source.text(inner.startIndex..<inner.endIndex),
          keyRange: key.range, valueRange: range, isQuoted: isQuoted))
    }
    self.entries = entries
    self.errors = errors
  }
}
