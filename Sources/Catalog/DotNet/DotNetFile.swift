import Model
import Syntax

extension Technology {
  /// SqlClient in the configuration files of .NET.
  package static let sqlclient = Technology(
    name: "sqlclient", title: "Microsoft.Data.SqlClient",
    defaultVersion: PoolProduct.sqlclient.version,
    recognises: { DotNetFile.recognise($0) },
    read: { source, context in DotNetFile(source, context).reading },
    reference: {
      DotNetFile.reference(
        .sqlclient,
        note: "Known by `Initial Catalog`, `Integrated Security`, `TrustServerCertificate` and "
          + "the like, or by `providerName`.")
    })

  /// Npgsql in the configuration files of .NET.
  package static let npgsql = Technology(
    name: "npgsql", title: "Npgsql", defaultVersion: PoolProduct.npgsql.version,
    recognises: { _ in .no },
    read: { source, context in DotNetFile(source, context).reading },
    reference: {
      DotNetFile.reference(
        .npgsql, note: "Known by `Host`, `Username` and the like, or by `providerName`.")
    })
}

/// The connection strings of `appsettings.json`, `web.config` and `app.config`.
struct DotNetFile {
  private let file: PoolFile

  init(_ source: SourceText, _ context: ReadingContext) { file = PoolFile(source, context) }

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name.lowercased()
    let source = SourceText(path: candidate.path, bytes: candidate.head)
    if isSettings(name) {
      return strings(in: source).contains { DotNetStrings.isServer($0.text) } ? .byContent : .no
    }
    guard name == "web.config" || name == "app.config" else { return .no }
    return elements(in: source).isEmpty ? .no : .byContent
  }

  static func reference(_ product: PoolProduct, note: String) -> TechnologyReference {
    TechnologyReference(
      files: "`ConnectionStrings` in `appsettings.json` and `appsettings.ENVIRONMENT.json`, "
        + "`<connectionStrings>` in `web.config` and `app.config`, `ConnectionStrings__NAME` in "
        + "files of environment variables.",
      notes: [
        note,
        "Each differing string has a pool of its own; names that share one string share its pool.",
        "With `Pooling=false` nothing bounds the connections.",
        "A name that `appsettings.Production.json` has as well does not run as the base file "
          + "says it: the base's environment is then `default`.",
      ],
      keys: product.keys.map { $0.reference() })
  }

  private static func isSettings(_ name: String) -> Bool {
    name == "appsettings.json" || name.hasPrefix("appsettings.") && name.hasSuffix(".json")
  }

  var reading: Reading {
    let name = FileCandidate(path: file.source.path, head: []).name
    if isXML(name) { return xmlReading }
    let document = JSONDocument(file.source, dialect: .relaxed)
    let middle = name.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
    var strings = DotNetStrings(file, environment: SpringEnvironment.environment(of: middle))
    let overridden = middle.isEmpty ? overriddenNames : []
    for string in Self.strings(in: file.source) {
      let isOverridden = overridden.contains(string.name.lowercased())
      strings.add(
        string.name, string.text, provider: nil, environment: isOverridden ? "default" : nil)
    }
    return Reading(
      resources: strings.pools, problems: file.problems(document.errors) + strings.problems,
      sources: [file.source])
  }

  private func isXML(_ name: String) -> Bool { name.lowercased().hasSuffix(".config") }

  private var xmlReading: Reading {
    var strings = DotNetStrings(file, environment: nil)
    for element in Self.elements(in: file.source) {
      guard let text = element.attribute("connectionString") else { continue }
      strings.add(
        element.attribute("name")?.value ?? "connectionString",
        MappedText(xml: file.source, text.valueRange),
        provider: element.attribute("providerName")?.value)
    }
    let errors = XMLDocument(file.source).errors
    return Reading(
      resources: strings.pools, problems: file.problems(errors) + strings.problems,
      sources: [file.source])
  }

  /// The names of production's own file beside the base file.
  private var overriddenNames: Set<String> {
    let folder = ConfigurationText.directory(of: file.source.path)
    let path = ConfigurationText.resolve("appsettings.Production.json", in: folder)
    // Most projects have none.
    guard let source = try? file.context.files.read(path) else { return [] }
    return Set(Self.strings(in: source).map { $0.name.lowercased() })
  }

  /// `{"ConnectionStrings": {"Name": "…"}}` and `{"ConnectionStrings:Name": "…"}`; letter case of
  /// keys does not matter.
  private static func strings(in source: SourceText) -> [(name: String, text: MappedText)] {
    guard let root = JSONDocument(source, dialect: .relaxed).root else { return [] }
    var found: [(String, MappedText)] = []
    func add(_ name: String, _ node: JSONNode) {
      guard case .string = node.content else { return }
      found.append((name, MappedText(json: source, node.range)))
    }
    for member in root.members {
      let name = member.name.lowercased()
      if name == "connectionstrings" {
        for inner in member.value.members { add(inner.name, inner.value) }
      } else if name.hasPrefix("connectionstrings:") {
        add(String(member.name.dropFirst("connectionstrings:".count)), member.value)
      }
    }
    return found
  }

  private static func elements(in source: SourceText) -> [XMLElement] {
    XMLDocument(source).root?.children(named: "connectionStrings").flatMap {
      $0.children(named: "add")
    } ?? []
  }
}
