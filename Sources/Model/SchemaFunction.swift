/// A function that rules may call: an analysis of values that only a product's reader can do.
package struct SchemaFunction: Sendable {
  /// In the manner of the language's own: `regex_literal`.
  package let name: String
  package let parameters: [FieldType]
  package let result: FieldType
  /// What it gives, in one sentence: shown in the documentation and checked to be there.
  package let about: String
  /// Gets as many values as there are parameters, each of its type; must not depend on anything
  /// else.
  package let call: @Sendable ([FieldValue]) -> FieldValue

  package init(
    _ name: String, _ parameters: [FieldType], _ result: FieldType, _ about: String,
    call: @escaping @Sendable ([FieldValue]) -> FieldValue
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.about = about
    self.call = call
  }
}
