import Model
import Syntax

extension Technology {
  /// Quarkus's configuration, for the JDBC and reactive pools that it describes.
  package static let quarkus = Technology(
    name: "quarkus", title: "Quarkus", defaultVersion: Version(3),
    recognises: { Quarkus.recognition(of: $0) },
    read: { source, context in QuarkusGroup(source, context).reading },
    reference: { Quarkus.reference })

  /// Agroal from `agroal.properties`, as `AgroalPropertiesReader` reads it.
  package static let agroal = Technology(
    name: "agroal", title: "Agroal", defaultVersion: PoolProduct.agroal.version,
    recognises: { $0.name.lowercased() == "agroal.properties" ? .byName : .no },
    read: { source, context in AgroalFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`agroal.properties`, also with a prefix before its keys.",
        notes: [
          "Times are ISO 8601 (`PT5S`) or numbers at keys that end in `_ms`, `_s` or `_m`.",
          "`acquisitionTimeout` is not limited where it is not written.",
        ], keys: PoolProduct.agroal.keys.map { $0.reference() })
    })
}

enum Quarkus {
  /// Files of Quarkus's names that hold a key of a data source of Quarkus.
  static func recognition(of file: FileCandidate) -> Recognition {
    guard let parts = SpringFile(path: file.path), parts.base == "application" else { return .no }
    var hasQuarkus = false
    var hasDataSource = false
    for line in file.head.split(separator: 0x0A) {
      let word = line.drop { $0 == 0x20 }
      if parts.format == .properties {
        var key = word
        if key.first == UInt8(ascii: "%"), let dot = key.firstIndex(of: UInt8(ascii: ".")) {
          key = key[(dot + 1)...]
        }
        if key.starts(with: "quarkus.datasource.".utf8) { return .byName }
        continue
      }
      if word.starts(with: "quarkus.datasource.".utf8) { return .byName }
      if word.starts(with: "quarkus:".utf8) { hasQuarkus = true }
      if word.starts(with: "datasource:".utf8) { hasDataSource = true }
    }
    return hasQuarkus && hasDataSource ? .byName : .no
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "`application*` as `.properties`, `.yml` and `.yaml` with `quarkus.datasource` keys.",
      notes: [
        "Quarkus runs with the profile `prod` unless told otherwise: the pool of production is what "
          + "stands without profile together with `%prod.`. Other profiles are pools of their own.",
        "Times are ISO 8601, also without `PT` (`5S`, `2M`), and bare numbers are seconds.",
      ],
      keys: PoolProduct.quarkusJDBC.keys.map { $0.reference(prefix: "quarkus.datasource.jdbc.") }
        + PoolProduct.quarkusReactive.keys.map {
          $0.reference(prefix: "quarkus.datasource.reactive.")
        })
  }

  /// A value as SmallRye Config converts its text.
  static func value(_ text: String, _ kind: PoolKey.Kind?) -> PoolInput.Value {
    let word = SpringConversion.trimmed(text)
    switch kind {
    case .count: return NumberText.java(word)
    case .time, .size, .fraction:
      guard let time = DurationText.quarkus(word) else {
        return .refused("Quarkus cannot convert \"\(word)\" to a duration")
      }
      return time < 0 ? .refused("\(word) is negative") : .int(time)
    case .bool: return .bool(["true", "1", "yes", "y", "on"].contains(word.lowercased()))
    case .text, .secret, nil: return .text(text)
    }
  }
}

/// The pool of one `agroal.properties`.
struct AgroalFile {
  private let source: SourceText
  private let context: ReadingContext

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
  }

  var reading: Reading {
    let document = PropertiesDocument(source)
    let product = PoolProduct.agroal
    let version = context.versions["agroal"] ?? product.version
    let inputs = document.entries.map(input)
    let environment = context.environment ?? TestTree.environment(of: source.path)
    let identity = ResourceIdentity(
      kind: .pool, technology: "agroal", version: version, name: "agroal",
      origin: inputs.first?.origin ?? Origin(path: source.path, range: 0..<0),
      environment: environment ?? "production", environmentIsDeclared: environment != nil)
    let url = inputs.last { $0.key == "jdbcUrl" }?.written ?? ""
    return Reading(
      resources: [
        SettingsResource(
          identity: identity, settings: product.settings(inputs, version: version),
          facts: JDBCTarget(url).facts)
      ],
      problems: document.errors.map { Problem($0, in: source) }, sources: [source])
  }

  private func input(_ entry: PropertiesEntry) -> PoolInput {
    // A program may give its keys a prefix, which it also gives the reader.
    var key = entry.key.split(separator: ".").last.map(String.init) ?? entry.key
    var factor: Int64?
    for (ending, unit) in [("_ms", Int64(1)), ("_s", 1_000), ("_m", 60_000)]
    where key.hasSuffix(ending) {
      key = String(key.dropLast(ending.count))
      factor = unit
    }
    let range = entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange
    return PoolInput(
      key: key, written: source.text(entry.valueRange),
      origin: Origin(path: source.path, range: range),
      value: value(entry.value, PoolProduct.agroal.key(named: key)?.kind, factor))
  }

  private func value(_ text: String, _ kind: PoolKey.Kind?, _ factor: Int64?) -> PoolInput.Value {
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch kind {
    case .count: return NumberText.java(text)
    case .bool: return NumberText.javaBool(text)
    case .text, .secret, nil: return .text(text)
    case .time, .size, .fraction:
      guard let factor else {
        return DurationText.iso(text).map(PoolInput.Value.int)
          ?? .refused("\"\(text)\" is not a duration such as PT5S")
      }
      guard case .int(let number) = NumberText.java(text, bits: 64) else {
        return NumberText.java(text, bits: 64)
      }
      let (time, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? .refused("\"\(text)\" is out of range") : .int(time)
    }
  }
}
