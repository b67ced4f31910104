/// What is known of a technology, for its page in the documentation.
///
/// Made from the tables that reading uses, so that the page cannot say anything else.
package struct TechnologyReference: Sendable {
  /// One key of the product.
  package struct Key: Sendable, Hashable {
    /// As the product spells it.
    package let name: String
    /// Where it may stand: the section or the kinds of block; empty where there is one place only.
    package let place: String
    /// What it holds, with the unit of a number: `integer`, `time in ms`, `on or off`.
    package let value: String
    /// The vendor-neutral field that rules use; empty where none.
    package let field: String
    /// What runs where it is written nowhere, the changes by version with it; empty for nothing.
    package let standard: String
    /// The versions that have it, such as `1.19.10 and later`; empty for all that are known.
    package let versions: String

    package init(
      _ name: String, place: String = "", value: String, field: String = "", standard: String = "",
      versions: String = ""
    ) {
      self.name = name
      self.place = place
      self.value = value
      self.field = field
      self.standard = standard
      self.versions = versions
    }
  }

  /// Which files are read, and how they are known.
  package let files: String
  /// What a reader should know of how values come about, a paragraph each.
  package let notes: [String]
  package let keys: [Key]

  package init(files: String, notes: [String], keys: [Key]) {
    self.files = files
    self.notes = notes
    self.keys = keys
  }
}
