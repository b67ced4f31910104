/// A change of a file that mends what keeps it from being read or from starting.
///
/// Only where there is one way to mean it: it changes nothing that runs, for nothing runs.
package struct Repair: Sendable, Hashable {
  /// What it does, in the imperative: `insert ";"`.
  package let description: String
  package let edits: [TextEdit]

  package init(_ description: String, edits: [TextEdit]) {
    self.description = description
    self.edits = edits
  }

  /// Puts `text` at an offset.
  package static func insert(_ text: String, at offset: Int, _ description: String) -> Repair {
    Repair(description, edits: [TextEdit(range: offset..<offset, replacement: text)])
  }

  /// Puts `text` in the place of a range.
  package static func replace(
    _ range: Range<Int>, with text: String, _ description: String
  ) -> Repair {
    Repair(description, edits: [TextEdit(range: range, replacement: text)])
  }
}
