import Model
import Syntax

/// Settings of a server program that say how many processes and threads ask for connections.
struct ProcessFile {
  let source: SourceText
  let technology: String
  let settings: [Setting]
  /// The environment that the settings are for; `nil` where the file does not say it.
  var environment: String?

  /// The service that they make.
  func resource(_ name: String, _ context: ReadingContext) -> SettingsResource {
    let declared =
      environment ?? context.environment ?? TestTree.environment(of: source.path)
    return SettingsResource(
      identity: ResourceIdentity(
        kind: .service, technology: technology, version: nil, name: name,
        origin: settings.lazy.compactMap(\.origin).first
          ?? Origin(path: source.path, range: 0..<0),
        environment: declared ?? "production", environmentIsDeclared: declared != nil),
      settings: settings)
  }

  /// One setting of a program's code.
  static func setting(
    _ key: String, _ field: String, _ unit: Unit, _ result: ERBExpression.Result,
    written: String, at origin: Origin
  ) -> Setting {
    let (text, reason, isOpen): (String?, String?, Bool) =
      switch result {
      case .literal(let text): (text, nil, false)
      case .standard(let text): (text, nil, true)
      case .unknown(let reason): (nil, reason, false)
      }
    let number = text.flatMap { Int64($0) }
    return Setting(
      key: key, field: field, written: written, effective: number.map(Scalar.int), unit: unit,
      provenance: number == nil ? .unknown : isOpen ? .placeholder : .explicit, origin: origin,
      note: number == nil ? reason ?? "\"\(text ?? "")\" is not a whole number" : nil)
  }
}
