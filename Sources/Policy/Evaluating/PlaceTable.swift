import Findings
import Model
import Syntax

/// Turns byte ranges of files into lines and columns; a file's lines are counted at its first
/// finding.
struct PlaceTable {
  private let sources: [String: SourceText]
  private var lines: [String: LineTable] = [:]

  init(_ sources: [String: SourceText]) { self.sources = sources }

  /// The lines and columns of `origin`; the beginning of a file that isn't among the sources.
  mutating func range(_ origin: Origin) -> SourceRange {
    let table = table(origin.path)
    return SourceRange(
      start: table.position(at: origin.range.lowerBound),
      end: table.position(at: origin.range.upperBound))
  }

  /// The text of `origin`; `nil` where the file is not among the sources.
  func text(_ origin: Origin) -> String? {
    guard let source = sources[origin.path], origin.range.upperBound <= source.bytes.count else {
      return nil
    }
    return source.text(origin.range)
  }

  private mutating func table(_ path: String) -> LineTable {
    if let table = lines[path] { return table }
    let table = LineTable(sources[path]?.bytes ?? [])
    lines[path] = table
    return table
  }
}
