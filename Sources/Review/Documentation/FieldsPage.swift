import Catalog
import Model

/// What rules can ask of each kind of resource, in the documentation.
struct FieldsPage {
  private let schema: Schema

  init(_ schema: Schema) {
    self.schema = schema
  }

  /// The page as Markdown.
  var text: String {
    var lines = [
      "# Fields", "",
      "What a rule can ask of a resource, by the kind that its `for:` names. The kinds of nginx have "
        + "a field for every directive besides, see [nginx](../technologies/nginx.md).",
      "", "Every kind has these:", "",
    ]
    let common = KindSchema.common(.pool)
    lines += table(common)
    let names = Set(common.map(\.name))
    for kind in Kind.allCases {
      guard let fields = schema[kind]?.fields else { continue }
      let own = fields.filter { !names.contains($0.name) && !isDirective($0) }
      guard !own.isEmpty else { continue }
      lines += ["", "## \(kind.rawValue)", ""] + table(own)
    }
    lines += ["", "## Functions", "", "What a rule can ask of any value:", ""] + functions
    return lines.joined(separator: "\n") + "\n"
  }

  private var functions: [String] {
    Markdown.head(["function", "type", "what it gives"])
      + schema.functions.map { function in
        let parameters = function.parameters.map(\.words).joined(separator: ", ")
        return Markdown.row([
          Markdown.code("\(function.name)(\(parameters))"), function.result.words,
          Markdown.prose(function.about),
        ])
      }
  }

  /// Whether a field only repeats a directive's name.
  private func isDirective(_ field: Field) -> Bool {
    field.about == "The \(field.name) directive in force"
  }

  private func table(_ fields: [Field]) -> [String] {
    Markdown.head(["field", "type", "unit", "what it is"])
      + fields.map { field in
        Markdown.row([
          Markdown.code(field.name), field.type.words, field.unit.rawValue,
          Markdown.prose(field.about),
        ])
      }
  }
}

extension FieldType {
  /// As CEL writes the type.
  fileprivate var words: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .duration: "duration"
    case .list(let element): "list(\(element.words))"
    case .resource(let kind): kind.rawValue
    }
  }
}
