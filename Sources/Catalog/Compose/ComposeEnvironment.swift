import Model
import Syntax

/// The environment variables of one service: those of its files, then its own, which win.
struct ComposeEnvironment {
  private(set) var variables: [EnvironmentVariable] = []
  private(set) var sources: [SourceText] = []
  private(set) var problems: [Problem] = []
  private let service: ComposeValue
  private let files: any FileSource

  /// Files of variables that one service may name.
  private static let fileLimit = 20

  init(_ service: ComposeValue, files: any FileSource) {
    self.service = service
    self.files = files
  }

  /// Reads them.
  ///
  /// - Parameter project: the variables of the project, which stand in where a service only names
  ///   one.
  mutating func read(_ project: ComposeVariables) {
    if let list = service["env_file"] {
      let items = list.items.isEmpty ? [list] : list.items
      for item in items.prefix(Self.fileLimit) { readFile(item, project) }
    }
    for entry in service["environment"]?.asMap ?? [] {
      variables.append(Self.variable(entry, project))
    }
  }

  private static func variable(
    _ entry: ComposeValue.Entry, _ project: ComposeVariables
  ) -> EnvironmentVariable {
    guard let text = entry.value.scalar else {
      // `NAME` alone is handed on from where compose runs.
      let value = project[entry.key]
      return EnvironmentVariable(
        name: entry.key, value: value,
        reason: value == nil ? ComposeVariables.missing(entry.key) : nil, origin: entry.value.origin
      )
    }
    return EnvironmentVariable(
      name: entry.key, value: text.text, reason: text.reason, origin: entry.value.origin,
      isDefault: text.isOpen, template: text.text == nil ? text.template : nil)
  }

  private mutating func readFile(_ item: ComposeValue, _ project: ComposeVariables) {
    let name = item.text ?? item["path"]?.text
    guard let name, !name.isEmpty else { return }
    let folder = ConfigurationText.directory(of: item.origin.path)
    do throws(FileRefusal) {
      let source = try files.read(ConfigurationText.resolve(name, in: folder))
      sources.append(source)
      let document = DotEnvDocument(source)
      let isRaw = item["format"]?.text == "raw"
      var known = project
      for entry in document.entries {
        let filled =
          entry.expands && !isRaw
          ? known.fill(entry.value)
          : ComposeVariables.Result(text: entry.value, template: entry.value)
        variables.append(
          EnvironmentVariable(
            name: entry.name, value: filled.text, reason: filled.reason ?? filled.refusal,
            origin: Origin(path: source.path, range: entry.valueRange),
            isDefault: filled.usesDefault || filled.text != entry.value,
            template: filled.text == nil ? filled.template : nil))
        if let text = filled.text { known.set(entry.name, text) }
      }
    } catch {
      if item["required"]?.text == "false", error == .notFound { return }
      problems.append(
        Problem(
          kind: .unknown, origin: item.origin,
          message: "\"\(name)\" was not read: \(error.reason)",
          help: "its variables may override what the service's files say"))
    }
  }
}
