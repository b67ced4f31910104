package import Catalog
import Model
import Syntax

/// Something of a collection that nobody should take for checked, at a file that is no defect.
package struct CollectionRemark: Sendable {
  package let problem: Problem
  /// The technology that says it.
  package let technology: String

  private init(_ path: String, _ technology: String, _ message: String) {
    problem = Problem(
      kind: .unknown, origin: Origin(path: path, range: 0..<0), message: message)
    self.technology = technology
  }

  /// A mapping that no file of the repository matches.
  init(unused format: FormatMapping) {
    self.init(
      format.path, format.name,
      "no file here is one of \"\(format.name)\": `files:` or `contains:` matches none")
  }

  /// A file that is read with one mapping and matches others as well.
  init(_ path: String, _ name: String, _ others: [FormatMapping]) {
    let names = others.map { "\"\($0.name)\"" }.joined(separator: ", ")
    self.init(
      path, name, "\"\(name)\" reads this file, and \(names) would as well: the first one counts")
  }

  /// An entry of which nothing but blanks and comments stands in the file.
  fileprivate init(blank path: String, _ technology: String) {
    self.init(path, technology, "nothing stands in this file: what it should say is not known")
  }
}

extension Collection {
  /// What is said besides the problems of each entry.
  package var remarks: [CollectionRemark] {
    formatRemarks
      + entries.compactMap { entry in
        guard let source = entry.reading.sources.first, source.saysNothing,
          entry.reading.workloads.isEmpty, entry.reading.problems.isEmpty
        else { return nil }
        return CollectionRemark(blank: source.path, entry.technology.name)
      }
  }
}

extension SourceText {
  /// Whether there are only blanks and lines of comment.
  fileprivate var saysNothing: Bool {
    let marks: [UInt8] = [0x23, 0x3B, 0x21]
    return bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).allSatisfy { line in
      line.first { $0 != 0x20 && $0 != 0x09 }.map(marks.contains) != false
    }
  }
}
