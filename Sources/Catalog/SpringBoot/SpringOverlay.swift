import Model
import Syntax

/// What the environment and the command line of a workload say of Spring's properties.
///
/// Source: the reference of Spring Boot 3.5, "Externalized Configuration", and its
/// `SystemEnvironmentPropertyMapper`, which also takes the older form with `_` for each dash.
struct SpringOverlay {
  /// The properties that win over every file.
  let document: SpringDocument
  /// The variables by their names without separators.
  private let variables: [String: EnvironmentVariable]
  private let entries: [String: SpringEntry]

  init(_ workload: Workload, _ documents: [SpringDocument], file: SpringFile) {
    var variables: [String: EnvironmentVariable] = [:]
    for variable in workload.variables { variables[Self.plain(variable.name)] = variable }
    self.variables = variables
    let names = SpringNames(documents)
    var entries: [SpringEntry] = workload.variables.compactMap { variable in
      names.property(of: variable.name).map { Self.entry($0, variable) }
    }
    entries += Self.systemProperties(workload)
    if let json = workload["SPRING_APPLICATION_JSON"] { entries += Self.members(json) }
    entries += Self.arguments(workload)
    self.entries = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    document = SpringDocument(file: file, entries: entries)
  }

  /// A name without what tells `spring.jpa.open-in-view` from `SPRING_JPA_OPENINVIEW`.
  static func plain(_ name: String) -> String {
    String(
      decoding: name.lowercased().utf8.filter { byte in
        byte != UInt8(ascii: ".") && byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-")
      }, as: UTF8.self)
  }

  /// The variable that a placeholder's name means.
  func variable(_ name: String) -> EnvironmentVariable? { variables[Self.plain(name)] }

  /// The active profiles, the last one winning; `nil` where a file may say them.
  var profiles: [String]? {
    guard let entry = entries["spring.profiles.active"] else { return nil }
    let text = variables["springprofilesactive"]?.value ?? entry.written
    return ConfigurationText.isTemplate(text) ? nil : Self.list(text)
  }

  /// The names of a list with commas.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { SpringConversion.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  private static func entry(_ name: String, _ variable: EnvironmentVariable) -> SpringEntry {
    // A placeholder of its own name says whether there is a value, and whose it is.
    SpringEntry(
      name: name, raw: name, key: variable.origin, parent: nil,
      written: variable.value ?? variable.template ?? "", origin: variable.origin,
      value: .text("${\(variable.name)}"))
  }

  private static func entry(
    _ name: String, _ value: String, _ origin: Origin, isWord: Bool = false
  ) -> SpringEntry {
    // The value ends the word where the file has the word as it is: name, two signs, value.
    let isExact = isWord && origin.range.count == name.utf8.count + value.utf8.count + 3
    let start = origin.range.upperBound - value.utf8.count
    let place =
      isExact && !value.isEmpty
      ? Origin(path: origin.path, range: start..<origin.range.upperBound) : origin
    return SpringEntry(
      name: SpringEntry.canonical(name), raw: name, key: origin, parent: nil, written: value,
      origin: place, value: .text(value), isIndirect: !isExact)
  }

  /// `-Dspring.x=y` of the variables that Java and its images read, and of the command.
  private static func systemProperties(_ workload: Workload) -> [SpringEntry] {
    var entries: [SpringEntry] = []
    for name in ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "JAVA_ARGS"] {
      guard let variable = workload[name], let line = variable.value else { continue }
      for word in CommandWords.split(line) where word.text.hasPrefix("-D") {
        if let pair = pair(word.text.dropFirst(2)) {
          entries.append(entry(pair.name, pair.value, variable.origin))
        }
      }
    }
    for (index, word) in workload.command.enumerated() where word.hasPrefix("-D") {
      if let pair = pair(word.dropFirst(2)) {
        entries.append(entry(pair.name, pair.value, workload.origin(ofWord: index), isWord: true))
      }
    }
    return entries
  }

  /// `--spring.x=y` of the command.
  private static func arguments(_ workload: Workload) -> [SpringEntry] {
    workload.command.enumerated().compactMap { index, word in
      guard word.hasPrefix("--"), let pair = pair(word.dropFirst(2)),
        pair.name.contains(".")
      else { return nil }
      return entry(pair.name, pair.value, workload.origin(ofWord: index), isWord: true)
    }
  }

  private static func pair(_ text: Substring) -> (name: String, value: String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  /// The members of `SPRING_APPLICATION_JSON` as dotted keys.
  private static func members(_ variable: EnvironmentVariable) -> [SpringEntry] {
    guard let text = variable.value,
      let root = JSONDocument(SourceText(path: "", text: text), dialect: .relaxed).root
    else { return [] }
    var entries: [SpringEntry] = []
    var steps: [(JSONNode, String)] = [(root, "")]
    while let (node, name) = steps.popLast(), entries.count < 1_000 {
      guard node.members.isEmpty else {
        for member in node.members {
          steps.append((member.value, name.isEmpty ? member.name : name + "." + member.name))
        }
        continue
      }
      let bytes = text.utf8.dropFirst(node.range.lowerBound).prefix(node.range.count)
      var value = String(decoding: bytes, as: UTF8.self)
      if case .string(let string) = node.content { value = string }
      entries.append(entry(name, value, variable.origin))
    }
    return entries
  }
}

extension Workload {
  /// The place of a word of the command; the service's own where that is not known.
  func origin(ofWord index: Int) -> Origin {
    commandOrigins.indices.contains(index) ? commandOrigins[index] : resource.identity.origin
  }
}

/// The properties that a variable of the environment may mean.
struct SpringNames {
  private let names: [String: String]

  init(_ documents: [SpringDocument]) {
    var names = Self.standard
    for name in documents.flatMap(\.entries).map(\.name) where !name.contains("[") {
      names[SpringOverlay.plain(name)] = name
      if let split = name.firstPlace(of: ".hikari.") {
        Self.add(SpringProduct.hikari, below: String(name[..<split.lowerBound]), to: &names)
      }
      if name.hasSuffix(".jdbcurl") {
        let start = name.dropLast("jdbcurl".count)
        for key in SpringPool.names.keys { names[SpringOverlay.plain(start + key)] = start + key }
      }
    }
    self.names = names
  }

  /// The canonical name of the property; `nil` where Spring would look for none.
  func property(of variable: String) -> String? {
    if let name = names[SpringOverlay.plain(variable)] { return name }
    guard variable.hasPrefix("SPRING_"), variable != "SPRING_APPLICATION_JSON" else { return nil }
    return String(variable.lowercased().map { $0 == "_" ? "." : $0 })
  }

  private static func add(
    _ product: SpringProduct, below prefix: String, to names: inout [String: String]
  ) {
    for key in SpringProduct.names[product]?.keys.sorted() ?? [] {
      let name = "\(prefix).\(product.namespace).\(key)"
      names[SpringOverlay.plain(name)] = name
    }
  }

  private static let standard: [String: String] = {
    var names: [String: String] = [:]
    for product in SpringProduct.allCases {
      add(product, below: product == .r2dbc ? "spring.r2dbc" : "spring.datasource", to: &names)
    }
    for name in [
      "spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
      "spring.datasource.driverclassname", "spring.datasource.type", "spring.datasource.name",
      "spring.datasource.jndiname", "spring.r2dbc.url", "spring.jpa.openinview",
      "spring.application.name", "spring.profiles.active", "server.tomcat.threads.max",
      "server.tomcat.maxthreads", "server.tomcat.maxconnections", "server.tomcat.acceptcount",
      "spring.threads.virtual.enabled",
    ] { names[SpringOverlay.plain(name)] = name }
    return names
  }()
}
