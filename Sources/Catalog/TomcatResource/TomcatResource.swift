import Model
import Syntax

extension Technology {
  /// The Tomcat JDBC pool in `context.xml` and `server.xml`.
  package static let tomcatJDBC = Technology(
    name: "tomcat-jdbc", title: "Tomcat JDBC pool", defaultVersion: PoolProduct.tomcatJDBC.version,
    recognises: { TomcatResource.recognise($0) },
    read: { source, context in TomcatResource(source, context).reading },
    reference: {
      TomcatResource.reference(
        .tomcatJDBC,
        note: "The pool of a `Resource` whose factory is "
          + "`org.apache.tomcat.jdbc.pool.DataSourceFactory`. Attributes it does not know, also in "
          + "the wrong letter case, are ignored without a word.")
    })

  /// DBCP2, the pool that Tomcat gives a `Resource` without a factory.
  package static let dbcp2 = Technology(
    name: "dbcp2", title: "Apache Commons DBCP2", defaultVersion: PoolProduct.dbcp2.version,
    recognises: { _ in .no },
    read: { source, context in TomcatResource(source, context).reading },
    reference: {
      TomcatResource.reference(
        .dbcp2,
        note: "The pool of a `Resource` without a factory, or with DBCP's. `maxActive`, `maxWait` "
          + "and `removeAbandoned` are names of DBCP 1: DBCP2 ignores them.")
    })
}

/// The pools of a Tomcat configuration: each `Resource` of type `javax.sql.DataSource`.
struct TomcatResource {
  private let source: SourceText
  private let context: ReadingContext
  private let document: XMLDocument

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
    document = XMLDocument(source)
  }

  /// `context.xml`, `server.xml` and other XML files that hold a `Resource` of a data source.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".xml") else { return .no }
    guard holds("javax.sql.DataSource", file.head), holds("<Resource", file.head) else {
      return .no
    }
    return name == "context.xml" || name == "server.xml" ? .byName : .byContent
  }

  private static func holds(_ word: String, _ bytes: [UInt8]) -> Bool {
    let word = Array(word.utf8)
    guard let first = word.first else { return false }
    var start = bytes.startIndex
    while let place = bytes[start...].firstIndex(of: first) {
      if bytes[place...].starts(with: word) { return true }
      start = place + 1
    }
    return false
  }

  static func reference(_ product: PoolProduct, note: String) -> TechnologyReference {
    TechnologyReference(
      files: "`context.xml`, `server.xml` and other XML files with a `Resource` of type "
        + "`javax.sql.DataSource`.",
      notes: [note, "`${…}` is a system property of Tomcat and unknown."],
      keys: product.keys.map { $0.reference() })
  }

  var reading: Reading {
    let problems = document.errors.map { Problem($0, in: source) }
    let resources = document.root?.descendants.filter(isDataSource).map(pool) ?? []
    return Reading(resources: resources, problems: problems, sources: [source])
  }

  private func isDataSource(_ element: XMLElement) -> Bool {
    element.name == "Resource" && element.attribute("type")?.value == "javax.sql.DataSource"
  }

  /// The attributes that Tomcat reads itself.
  private static let own: Set<String> = [
    "name", "auth", "type", "factory", "description", "scope", "closeMethod", "singleton", "global",
    "jmxEnabled",
  ]

  private func pool(_ element: XMLElement) -> any Resource {
    let product = product(of: element)
    let version = context.versions[product.technology] ?? product.version
    let inputs = element.attributes.filter { !Self.own.contains($0.name) }.map {
      input($0, product)
    }
    let url = element.attribute("url")?.value ?? ""
    let identity = ResourceIdentity(
      kind: .pool, technology: product.technology, version: version,
      name: element.attribute("name")?.value ?? product.title,
      origin: Origin(path: source.path, range: element.nameRange),
      environment: context.environment ?? "production",
      environmentIsDeclared: context.environment != nil)
    return SettingsResource(
      identity: identity, settings: product.settings(inputs, version: version),
      facts: JDBCTarget(url).facts)
  }

  private func product(of element: XMLElement) -> PoolProduct {
    element.attribute("factory")?.value.hasPrefix("org.apache.tomcat.jdbc.") == true
      ? .tomcatJDBC : .dbcp2
  }

  private func input(_ attribute: XMLAttribute, _ product: PoolProduct) -> PoolInput {
    PoolInput(
      key: attribute.name, written: source.text(attribute.valueRange),
      origin: Origin(
        path: source.path,
        range: attribute.valueRange.isEmpty ? attribute.nameRange : attribute.valueRange),
      value: value(attribute.value, product.key(named: attribute.name)?.kind))
  }

  private func value(_ text: String, _ kind: PoolKey.Kind?) -> PoolInput.Value {
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch kind {
    case .count, .fraction: return NumberText.java(text)
    case .time, .size: return NumberText.java(text, bits: 64)
    case .bool: return NumberText.javaBool(text)
    case .text, .secret, nil: return .text(text)
    }
  }
}
