import Model
import Syntax

extension PoolFile {
  /// A pooler, proxy or a part of one.
  ///
  /// - Parameters:
  ///   - kind: what it is.
  ///   - product: whose table the settings were made with.
  ///   - name: what people call it.
  ///   - origin: the bytes to underline.
  ///   - settings: what runs.
  ///   - facts: values that no single setting holds.
  ///   - factSettings: the setting to underline for a fact.
  func resource(
    _ kind: Kind, _ product: PoolProduct, _ name: String, at origin: Origin,
    settings: [Setting] = [], facts: [String: FieldValue] = [:],
    factSettings: [String: Setting] = [:]
  ) -> SettingsResource {
    let declared = context.environment ?? TestTree.environment(of: source.path)
    let identity = ResourceIdentity(
      kind: kind, technology: product.technology, version: version(product), name: name,
      origin: origin, environment: declared ?? "production",
      environmentIsDeclared: declared != nil)
    return SettingsResource(
      identity: identity, settings: settings, facts: facts, factSettings: factSettings)
  }

  /// The file's name without its ending: what a process is called that has no name of its own.
  var baseName: String {
    let name = ConfigurationText.name(of: source.path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}

extension PoolDraft {
  /// Refuses a text that is none of the words; `folds` where letter case does not count.
  mutating func check(_ key: String, isOneOf words: [String], folds: Bool = false) {
    guard isWritten(key), let text = text(key) else { return }
    guard !words.contains(folds ? text.lowercased() : text) else { return }
    let closest = ConfigurationText.closest(to: text, among: words).map { "; did you mean \($0)?" }
    refuse(key, "unknown value \"\(text)\"\(closest ?? "")")
  }

  /// Refuses a number that is below the least.
  mutating func check(_ key: String, isAtLeast least: Int64) {
    if isWritten(key), let value = number(key), value < least {
      refuse(key, "must be at least \(least)")
    }
  }
}

extension [Setting] {
  /// What a file sets by a key, or the product's default.
  func setting(_ key: String) -> Setting? { first { $0.key == key } }
}
