import Model
import Syntax

extension Technology {
  /// c3p0 from its own files, `c3p0.properties` and `c3p0-config.xml`.
  package static let c3p0 = Technology(
    name: "c3p0", title: "c3p0", defaultVersion: PoolProduct.c3p0.version,
    recognises: { C3P0File.recognise($0) },
    read: { source, context in C3P0File(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`c3p0.properties`, whose keys begin with `c3p0.`, and `c3p0-config.xml` with its "
          + "default and named configurations.",
        notes: [
          "Times are seconds, but `checkoutTimeout` and `acquireRetryDelay` are milliseconds.",
          "0.9 opens `minPoolSize` and `initialPoolSize` connections even where they are above "
            + "`maxPoolSize`; 0.10 lowers them with a warning.",
        ],
        keys: PoolProduct.c3p0.keys.map { $0.reference() })
    })
}

extension PoolProduct {
  /// Run on 0.9.1.2; clamps of 0.10 from its source.
  static let c3p0 = PoolProduct(
    "c3p0", title: "c3p0", version: Version(0, 9, 5), unknownKeys: .ignored,
    keys: [
      PoolKey("maxPoolSize", .count, .int(15), field: "max_size"),
      PoolKey("minPoolSize", .count, .int(3), field: "min_idle"),
      PoolKey("initialPoolSize", .count, .int(3), field: "initial_size"),
      PoolKey("acquireIncrement", .count, .int(3)),
      PoolKey("acquireRetryAttempts", .count, .int(30), zero: .forever, negative: .forever),
      PoolKey("acquireRetryDelay", .time(.millisecond), .int(1_000)),
      PoolKey(
        "checkoutTimeout", .time(.millisecond), .int(0), field: "acquire_timeout",
        zero: .forever),
      PoolKey("maxIdleTime", .time(.second), .int(0), field: "idle_timeout", zero: .forever),
      PoolKey("maxIdleTimeExcessConnections", .time(.second), .int(0), zero: .disabled),
      PoolKey("maxConnectionAge", .time(.second), .int(0), field: "max_lifetime", zero: .forever),
      PoolKey(
        "idleConnectionTestPeriod", .time(.second), .int(0), field: "keepalive", zero: .disabled),
      PoolKey(
        "unreturnedConnectionTimeout", .time(.second), .int(0), field: "leak_threshold",
        zero: .disabled),
      PoolKey("debugUnreturnedConnectionStackTraces", .bool, .bool(false)),
      PoolKey("maxStatements", .count, .int(0), zero: .disabled),
      PoolKey("maxStatementsPerConnection", .count, .int(0), zero: .disabled),
      PoolKey("numHelperThreads", .count, .int(3)),
      PoolKey("breakAfterAcquireFailure", .bool, .bool(false)),
      PoolKey("testConnectionOnCheckout", .bool, .bool(false), field: "test_on_borrow"),
      PoolKey("testConnectionOnCheckin", .bool, .bool(false)),
      PoolKey("preferredTestQuery", .text, field: "test_query"),
      PoolKey("propertyCycle", .time(.second), .int(0)),
      PoolKey("autoCommitOnClose", .bool, .bool(false)),
      PoolKey("driverClass", .text), PoolKey("jdbcUrl", .text), PoolKey("user", .text),
      PoolKey("password", .secret), PoolKey("automaticTestTable", .text),
      PoolKey("connectionCustomizerClassName", .text), PoolKey("connectionTesterClassName", .text),
      PoolKey("dataSourceName", .text), PoolKey("factoryClassLocation", .text),
      PoolKey("forceIgnoreUnresolvedTransactions", .bool, .bool(false)),
      PoolKey("overrideDefaultUser", .text), PoolKey("overrideDefaultPassword", .secret),
      PoolKey("usesTraditionalReflectiveProxies", .bool, .bool(false)),
      PoolKey("statementCacheNumDeferredCloseThreads", .count, .int(0)),
      PoolKey("privilegeSpawnedThreads", .bool, .bool(false)),
      PoolKey("contextClassLoaderSource", .text),
    ],
    adjust: { draft in
      guard let maximum = draft.number("maxPoolSize") else { return }
      for key in ["minPoolSize", "initialPoolSize"] {
        guard let size = draft.number(key), size > maximum else { continue }
        draft.remark(
          key, "above maxPoolSize: 0.9 opens \(size) connections all the same, 0.10 lowers it")
      }
    })
}

/// The configurations of one c3p0 file.
struct C3P0File {
  private let source: SourceText
  private let context: ReadingContext

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
  }

  static func recognise(_ file: FileCandidate) -> Recognition {
    ["c3p0.properties", "c3p0-config.xml"].contains(file.name.lowercased()) ? .byName : .no
  }

  var reading: Reading {
    source.path.lowercased().hasSuffix(".xml") ? xmlReading : propertiesReading
  }

  private var propertiesReading: Reading {
    let document = PropertiesDocument(source)
    let inputs = document.entries.compactMap { entry -> PoolInput? in
      guard entry.key.hasPrefix("c3p0.") else { return nil }
      let key = String(entry.key.dropFirst("c3p0.".count))
      return input(
        key, entry.value, entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange)
    }
    let problems = document.errors.map { Problem($0, in: source) }
    return Reading(
      resources: [pool(inputs, name: "c3p0", at: inputs.first?.origin.range ?? 0..<0)],
      problems: problems, sources: [source])
  }

  /// The default configuration, then each named one, which inherits from it.
  private var xmlReading: Reading {
    let document = XMLDocument(source)
    let root = document.root
    let standard = root?.children(named: "default-config").first
    let base = standard.map(properties) ?? []
    var pools: [any Resource] = []
    if let standard { pools.append(pool(base, name: "c3p0", at: standard.nameRange)) }
    for named in root?.children(named: "named-config") ?? [] {
      let inherited = base.map { input in
        PoolInput(
          key: input.key, written: input.written, origin: input.origin, value: input.value,
          provenance: .inherited)
      }
      pools.append(
        pool(
          inherited + properties(named), name: named.attribute("name")?.value ?? "c3p0",
          at: named.nameRange))
    }
    return Reading(
      resources: pools, problems: document.errors.map { Problem($0, in: source) }, sources: [source]
    )
  }

  private func properties(_ element: XMLElement) -> [PoolInput] {
    element.children(named: "property").compactMap { property in
      guard let name = property.attribute("name")?.value else { return nil }
      if let value = property.attribute("value") {
        return input(name, value.value, value.valueRange)
      }
      return input(
        name, property.text, property.textRange.isEmpty ? property.nameRange : property.textRange)
    }
  }

  private func pool(_ inputs: [PoolInput], name: String, at range: Range<Int>) -> SettingsResource {
    let product = PoolProduct.c3p0
    let version = context.versions["c3p0"] ?? product.version
    let identity = ResourceIdentity(
      kind: .pool, technology: "c3p0", version: version, name: name,
      origin: Origin(path: source.path, range: range),
      environment: context.environment ?? "production",
      environmentIsDeclared: context.environment != nil)
    let url = inputs.last { $0.key == "jdbcUrl" }?.written ?? ""
    return SettingsResource(
      identity: identity, settings: product.settings(inputs, version: version),
      facts: JDBCTarget(url).facts)
  }

  private func input(_ key: String, _ text: String, _ range: Range<Int>) -> PoolInput {
    PoolInput(
      key: key, written: source.text(range), origin: Origin(path: source.path, range: range),
      value: value(text, PoolProduct.c3p0.key(named: key)?.kind))
  }

  /// c3p0 trims its values and knows `true` in lower case only, unlike the pools of Tomcat.
  private func value(_ text: String, _ kind: PoolKey.Kind?) -> PoolInput.Value {
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    var trimmed = Substring(text)
    while trimmed.last == " " || trimmed.last == "\t" { trimmed.removeLast() }
    while trimmed.first == " " || trimmed.first == "\t" { trimmed.removeFirst() }
    switch kind {
    case .count, .time, .size, .fraction: return NumberText.java(String(trimmed))
    case .bool: return .bool(trimmed == "true")
    case .text, .secret, nil: return .text(text)
    }
  }
}
