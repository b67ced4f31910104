import Findings
import Policy
package import Syntax

extension PolicyTest {
  /// The results for a terminal: what failed and what no example shows, each with its place.
  package var text: String {
    var lines: [String] = []
    for test in rules {
      lines += failures(of: test) + remarks(about: test)
    }
    let failed = failureCount == 0 ? "all passed" : "\(failureCount) failed"
    if !lines.isEmpty { lines.append("") }
    lines.append(
      "\(counted(rules.count, "rule")), \(counted(exampleCount, "example")): \(failed);"
        + " conditions seen true and false: \(seenCount) of \(outcomeCount)")
    return lines.map { TerminalText.safe($0) }.joined(separator: "\n") + "\n"
  }

  private func failures(of test: RuleTest) -> [String] {
    test.examples.compactMap { example in
      example.complaint.map { "\(place(of: test)): error: \(example.name): \($0)" }
    }
  }

  private func remarks(about test: RuleTest) -> [String] {
    var lines: [String] = []
    if test.rule.bad.isEmpty { lines.append("\(place(of: test)): note: there is no bad example") }
    if test.rule.good.isEmpty { lines.append("\(place(of: test)): note: there is no good example") }
    return lines
      + test.gaps.map { condition in
        let place = place(of: test, condition.position)
        return "\(place): note: \(condition.part) \(condition.gap ?? ""): \(flat(condition.text))"
      }
  }

  private func place(of test: RuleTest, _ position: SourcePosition? = nil) -> String {
    guard let path = test.path else { return test.rule.id }
    return "\(path):\(position?.line ?? 1):\(position?.column ?? 1)"
  }

  private func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  private func flat(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  /// The results as data, version 1 (docs/policy.md).
  package var json: JSON {
    [
      "version": 1,
      "rules": .array(rules.map(rule)),
      "summary": [
        "rules": .number(rules.count), "examples": .number(exampleCount),
        "failed": .number(failureCount), "outcomes": .number(outcomeCount),
        "seen": .number(seenCount), "passed": .bool(passed), "complete": .bool(isComplete),
      ],
    ]
  }

  private func rule(_ test: RuleTest) -> JSON {
    [
      "rule": .string(test.rule.id), "path": .string(orNull: test.path),
      "passed": .bool(test.passed),
      "examples": .array(test.examples.map(example)),
      "coverage": [
        "outcomes": .number(test.outcomeCount), "seen": .number(test.seenCount),
        "conditions": .array(test.conditions.map(condition)),
      ],
    ]
  }

  private func example(_ result: ExampleResult) -> JSON {
    let places = { (list: [ExpectedFinding]) in
      JSON.array(list.map { ["path": .string($0.path), "line": .number($0.line)] })
    }
    return [
      "name": .string(result.name), "passed": .bool(result.passed),
      "expected": places(result.expected), "found": places(result.found),
      "complaint": .string(orNull: result.complaint),
    ]
  }

  private func condition(_ condition: TestedCondition) -> JSON {
    let position: JSON? = condition.position.map {
      ["line": .number($0.line), "column": .number($0.column), "offset": .number($0.offset)]
    }
    return [
      "part": .string(condition.part), "text": .string(condition.text),
      "start": position ?? nil, "true": .bool(condition.wasTrue),
      "false": .bool(condition.wasFalse),
    ]
  }
}
