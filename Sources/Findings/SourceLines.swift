import Syntax

/// The lines of a report's files, with their secrets masked.
///
/// Remembers line tables by path and the last lines asked for: findings come sorted by place, and a
/// minified file may have all of them on one line of megabytes.
struct SourceLines: Sendable {
  private let sources: [String: SourceText]
  private var tables: [String: LineTable] = [:]
  /// The last two lines asked for: a finding's own and the one shown above it.
  private var recent: [(path: String, number: Int, line: MaskedLine)] = []

  init(_ sources: [String: SourceText]) { self.sources = sources }

  /// The line table of a file; `nil` for a file that was not read.
  mutating func table(of path: String) -> LineTable? {
    if let table = tables[path] { return table }
    guard let source = sources[path] else { return nil }
    let table = LineTable(source.bytes)
    tables[path] = table
    return table
  }

  /// Line `number`, from 1; `nil` outside the file and for a file that was not read.
  mutating func line(_ number: Int, of path: String) -> MaskedLine? {
    if let known = recent.first(where: { $0.number == number && $0.path == path }) {
      return known.line
    }
    guard let source = sources[path], let table = table(of: path), number >= 1,
      number <= table.lineCount
    else { return nil }
    let line = MaskedLine(number, of: source, lines: table)
    if recent.count > 1 { recent.removeFirst() }
    recent.append((path, number, line))
    return line
  }
}
