import Findings
import Model
import Synchronization
import Syntax

/// Turns byte ranges of files into lines and columns.
struct PlaceTable {
  private let shared: SharedLines
  /// The last file asked for: resources come file by file.
  private var last: (path: String, lines: LineTable)?

  init(_ shared: SharedLines) { self.shared = shared }

  /// The lines and columns of `origin`; the beginning of a file that isn't among the sources.
  mutating func range(_ origin: Origin) -> SourceRange {
    let table = table(origin.path)
    return SourceRange(
      start: table.position(at: origin.range.lowerBound),
      end: table.position(at: origin.range.upperBound))
  }

  /// The text of `origin`; `nil` where the file is not among the sources.
  func text(_ origin: Origin) -> String? {
    guard let source = shared.sources[origin.path], origin.range.upperBound <= source.bytes.count
    else { return nil }
    return source.text(origin.range)
  }

  private mutating func table(_ path: String) -> LineTable {
    if let last, last.path == path { return last.lines }
    let table = shared.lines(of: path)
    last = (path, table)
    return table
  }
}

/// The lines of all files of a check, for any number of threads; a file's lines are counted at its
/// first finding.
///
/// A class, because all of them hold the same one.
final class SharedLines: Sendable {
  let sources: [String: SourceText]
  private let tables = Mutex<[String: LineTable]>([:])

  init(_ sources: [String: SourceText]) { self.sources = sources }

  func lines(of path: String) -> LineTable {
    tables.withLock { tables in
      if let table = tables[path] { return table }
      let table = LineTable(sources[path]?.bytes ?? [])
      tables[path] = table
      return table
    }
  }
}
