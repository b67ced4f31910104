/// A small configuration that shows a rule's defect, or its absence; run as a test.
package struct RuleExample: Sendable, Hashable {
  /// The name that the file would have, which decides the product: `hikari.properties`.
  package let file: String
  package let text: String
  /// Further files, which the first one includes or that stand beside it.
  package let others: [ExampleFile]
  /// Where the rule must find something, in order of path and line; empty for a good example.
  package let finds: [ExpectedFinding]
  /// What the example is there to show.
  package let about: String?
  /// The declared environment; `nil` where the file says it or nobody does.
  package let environment: String?
  /// Versions of products by name.
  package let products: [String: String]
  /// Parameters that the team would have set.
  package let parameters: [String: ParameterValue]

  package init(
    file: String, text: String, others: [ExampleFile] = [], finds: [ExpectedFinding] = [],
    about: String? = nil, environment: String? = nil, products: [String: String] = [:],
    parameters: [String: ParameterValue] = [:]
  ) {
    self.file = file
    self.text = text
    self.others = others
    self.finds = finds
    self.about = about
    self.environment = environment
    self.products = products
    self.parameters = parameters
  }
}

/// One more file of an example.
package struct ExampleFile: Sendable, Hashable {
  package let path: String
  package let text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// The line of a finding that an example promises.
package struct ExpectedFinding: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let path: String
  /// Counts from 1.
  package let line: Int

  package init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.path, left.line) < (right.path, right.line)
  }

  package var description: String { "\(path):\(line)" }
}
