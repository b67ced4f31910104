import Findings
import Model
import Syntax

/// Applies the fixes of an example's findings, each alone, and looks whether they repair it.
enum FixTrial {
  /// What is wrong with the fixes of `findings`, a line for each.
  static func complaints(
    about findings: [Finding], of rule: RuleDefinition, in example: RuleExample,
    _ reading: ExampleReading, schema: Schema, read: (RuleExample) -> ExampleReading
  ) -> [String] {
    findings.compactMap { finding in
      guard let fix = finding.fix else { return nil }
      let place = "\(finding.path):\(finding.range.start.line)"
      guard let source = reading.sources.first(where: { $0.path == finding.path }),
        let fixed = source.applying(fix.edits)
      else { return "the fix at \(place) cannot be applied" }
      let repaired = example.replacing(finding.path, by: fixed.text(0..<fixed.bytes.count))
      let after = ExampleRun.result(
        of: rule, "", repaired, reading: read(repaired), schema: schema)
      if !after.obstacles.isEmpty {
        return "after the fix at \(place): \(after.obstacles.joined(separator: "; "))"
      }
      let isLeft = after.findings.contains {
        $0.path == finding.path && $0.range.start == finding.range.start
      }
      return isLeft ? "the fix at \(place) leaves the finding" : nil
    }
  }
}

extension RuleExample {
  /// The example with another text in one of its files.
  fileprivate func replacing(_ path: String, by text: String) -> RuleExample {
    RuleExample(
      file: file, text: path == file ? text : self.text,
      others: others.map { $0.path == path ? ExampleFile(path: path, text: text) : $0 },
      environment: environment, products: products, parameters: parameters)
  }
}
