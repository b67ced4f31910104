import Model
import Syntax

extension Technology {
  /// Dropwizard's YAML configuration: each block with a driver and a URL is a pool.
  package static let dropwizard = Technology(
    name: "dropwizard", title: "Dropwizard", defaultVersion: PoolProduct.dropwizard.version,
    recognises: { Dropwizard.recognise($0) },
    read: { source, context in Dropwizard(source, context).reading },
    reference: {
      TechnologyReference(
        files: "YAML files with a `database` block or another one that holds `driverClass`.",
        notes: [
          "Times are a number and a unit: `100ms`, `30s`, `1m`, `2 hours`.",
          "`${NAME:-default}` runs with its default unless the environment sets it; `${NAME}` is "
            + "unknown.",
          "`minSize`, `initialSize` and `maxSize` must be in this order at start, with their "
            + "defaults where they are not written: `maxSize: 5` alone is refused.",
        ],
        keys: PoolProduct.dropwizard.keys.map { $0.reference() })
    })
}

/// The pools of one YAML file of Dropwizard.
struct Dropwizard {
  private let file: PoolFile

  /// Blocks inside each other in which data sources are looked for.
  private static let depthLimit = 4
  /// Blocks of one file that are looked at: aliases repeat what they refer to.
  private static let blockLimit = 10_000

  init(_ source: SourceText, _ context: ReadingContext) { file = PoolFile(source, context) }

  /// YAML with Dropwizard's own spelling of the driver's key below a block of its own.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return .no }
    var hasBlock = false
    var hasDriver = false
    for line in file.head.split(separator: 0x0A) {
      if line.starts(with: "apiVersion:".utf8) || line.starts(with: "spring:".utf8) { return .no }
      let isBlock = ["database:", "server:", "logging:"].contains { line.starts(with: $0.utf8) }
      hasBlock = hasBlock || isBlock
      let word = line.drop { $0 == 0x20 }
      if word.count < line.count, word.starts(with: "driverClass:".utf8) { hasDriver = true }
    }
    return hasBlock && hasDriver ? .byContent : .no
  }

  var reading: Reading {
    let yaml = YAMLFile(parsing: file.source)
    var pools: [any Resource] = []
    var steps = yaml.documents.reversed().compactMap { $0.root.map { ($0, "", 0..<0, 0) } }
    var blocks = 0
    while let (node, name, key, depth) = steps.popLast(), blocks < Self.blockLimit {
      blocks += 1
      guard let node = node.resolved, node.kind == .mapping else { continue }
      let pairs = node.mergedPairs
      if depth > 0, pairs.contains(where: { $0.key.text == "driverClass" }) {
        pools.append(pool(pairs.map { ($0.key, $0.value) }, name, key))
      } else if depth < Self.depthLimit {
        for pair in pairs.reversed() {
          let path = name.isEmpty ? pair.key.text : name + "." + pair.key.text
          steps.append((pair.value, path, pair.key.range, depth + 1))
        }
      }
    }
    let problems = yaml.errors.map { error in
      let isTemplate = error.help?.hasPrefix("a template") == true
      return file.problem(
        isTemplate ? .unknown : .syntax, error.range, error.message, help: error.help)
    }
    return Reading(resources: pools, problems: problems, sources: [file.source])
  }

  private func pool(
    _ pairs: [(YAMLNode, YAMLNode)], _ name: String, _ key: Range<Int>
  ) -> any Resource {
    let product = PoolProduct.dropwizard
    var inputs: [PoolInput] = []
    var others: [Setting] = []
    for (key, value) in pairs {
      guard let value = value.resolved, value.kind == .scalar else { continue }
      let input = input(key, value, product)
      let isKnown = product.key(named: key.text) != nil
      let known = product.keys.lazy.map(\.name)
      if isKnown || ConfigurationText.closest(to: key.text, among: known) != nil {
        inputs.append(input)
      } else {
        others.append(Self.foreign(input))
      }
    }
    var facts: [String: FieldValue] = [:]
    if case .text(let url) = inputs.last(where: { $0.key == "url" })?.value {
      facts = JDBCTarget(url).facts
    }
    let settings = product.settings(inputs, version: file.version(product)) + others
    return file.pool(product, name, at: key, settings: settings, facts: facts)
  }

  /// A key of a class that the application derives from Dropwizard's.
  private static func foreign(_ input: PoolInput) -> Setting {
    Setting(
      key: input.key, written: input.written, effective: .string(input.written),
      provenance: input.provenance, origin: input.origin,
      isSecret: SecretText.isName(input.key) || SecretText.isInText(input.written))
  }

  private func input(_ key: YAMLNode, _ value: YAMLNode, _ product: PoolProduct) -> PoolInput {
    let text = value.text
    let (shown, isDefault) = Self.substituted(text)
    let kind = product.key(named: key.text)?.kind
    let range = value.range.isEmpty ? key.range : value.range
    return PoolInput(
      key: key.text, written: file.source.text(value.range), origin: file.origin(range),
      value: shown.map { Self.value($0, kind, isPlain: value.style == .plain) }
        ?? .unknown(ConfigurationText.templateNote),
      provenance: isDefault ? .placeholder : .explicit)
  }

  /// A text with `${NAME:-default}` replaced, and whether it was; `nil` where it cannot be known.
  private static func substituted(_ text: String) -> (String?, Bool) {
    guard ConfigurationText.isTemplate(text) else { return (text, false) }
    guard text.hasPrefix("${"), text.hasSuffix("}"),
      let mark = text.firstPlace(of: ":-")
    else { return (nil, false) }
    let standard = String(text[mark.upperBound...].dropLast())
    return ConfigurationText.isTemplate(standard) || standard.contains("}")
      ? (nil, false) : (standard, true)
  }

  /// Nanoseconds by the names that Dropwizard gives units.
  private static let units: [String: Int64] = {
    let names: [(Int64, [String])] = [
      (1, ["ns", "nanosecond", "nanoseconds"]), (1_000, ["us", "microsecond", "microseconds"]),
      (1_000_000, ["ms", "millisecond", "milliseconds"]),
      (1_000_000_000, ["s", "second", "seconds"]),
      (60_000_000_000, ["m", "min", "mins", "minute", "minutes"]),
      (3_600_000_000_000, ["h", "hour", "hours"]), (86_400_000_000_000, ["d", "day", "days"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { unit, names in names.map { ($0, unit) } })
  }()

  private static func value(
    _ text: String, _ kind: PoolKey.Kind?, isPlain: Bool
  ) -> PoolInput.Value {
    switch kind {
    case .count:
      let digits = text.drop { $0 == "+" || $0 == "-" }
      let isOdd =
        digits.utf8.count > 1 && digits.first == "0" || text.contains { "_:".contains($0) }
      return isPlain && isOdd
        ? .unknown("a number that readers of YAML take differently") : NumberText.java(text)
    case .time, .size, .fraction:
      return DurationText.counted(text, units: units).map(PoolInput.Value.int)
        ?? .refused("Invalid duration: \(text)")
    case .bool:
      if ["true", "false"].contains(text.lowercased()) {
        return .bool(text.lowercased() == "true")
      }
      return .unknown("neither true nor false")
    case .text, .secret, nil: return .text(text)
    }
  }
}
