import Model

/// One service of a compose project as a workload.
struct ComposeService {
  /// Where it runs.
  struct Environment {
    let name: String?
    let isDeclared: Bool
  }

  private let name: String
  private let place: Origin
  private let value: ComposeValue
  private let root: ComposeValue
  private let deployment: String
  private let variables: [EnvironmentVariable]
  private let environment: Environment
  /// The image that it is built as, where its Dockerfile is here.
  private let built: DockerImage?

  init(
    _ entry: ComposeValue.Entry, root: ComposeValue, deployment: String,
    variables: [EnvironmentVariable], environment: Environment, built: DockerImage? = nil
  ) {
    self.built = built
    name = entry.key
    place = entry.place
    value = entry.value
    self.root = root
    self.deployment = deployment
    self.variables = variables
    self.environment = environment
  }

  var workload: Workload {
    let words = words
    let build = ComposeMounts.buildFolder(value)
    let service = ServiceReference(deployment: deployment, name: name)
    func workload(_ settings: [Setting]) -> Workload {
      Workload(
        service: service, resource: resource(settings, service),
        variables: (built?.variables ?? []) + variables,
        files: ComposeMounts.files(of: value, in: root), buildFolder: build?.path,
        buildOrigin: build?.origin, command: words.map(\.text),
        commandOrigins: words.map(\.origin))
    }
    let numbers = [replicas, memory, processors, files]
    let processes = WorkloadProcesses.setting(of: workload(numbers))
    let image = self.image.written == nil ? ComposeBuild.base(built) ?? self.image : self.image
    return workload([image] + texts + numbers + [processes] + environmentSettings)
  }

  /// Entry point and command, each of the image where the service has none; an entry point of the
  /// service's own forgets the image's command.
  private var words: [ComposeCommand.Word] {
    let image = { (words: [DockerImage.Word]?) in
      (words ?? []).map { ComposeCommand.Word(text: $0.text, origin: $0.origin) }
    }
    let hasEntry = value["entrypoint"]?.isWritten == true
    let entry =
      hasEntry ? ComposeCommand(value["entrypoint"]).words : image(built?.entrypoint)
    if value["command"]?.isWritten == true { return entry + ComposeCommand(value["command"]).words }
    return entry + (hasEntry ? [] : image(built?.command))
  }

  private func resource(
    _ settings: [Setting], _ service: ServiceReference
  ) -> SettingsResource {
    let identity = ResourceIdentity(
      kind: .service, technology: Technology.compose.name, version: nil, name: name,
      origin: place, environment: environment.name ?? "production",
      environmentIsDeclared: environment.isDeclared, service: service)
    let replicas = replicas
    var facts: [String: FieldValue] = [
      "variables": .list(names.map(FieldValue.string)), "hosts": .list(hosts),
      "max_replicas": replicas.value(as: .int), "surge": .int(surge ?? 0),
      "peak_replicas": replicas.value(as: .int),
    ]
    if case .int(let count) = replicas.effective {
      let further = surge ?? count
      facts["surge"] = .int(further)
      facts["peak_replicas"] = .int(count.addingReportingOverflow(further).partialValue)
    }
    return SettingsResource(
      identity: identity, settings: settings, facts: facts,
      factSettings: ["max_replicas": replicas, "peak_replicas": replicas])
  }

  private var names: [String] {
    var seen: Set<String> = []
    return variables.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The names under which other services reach it.
  private var hosts: [FieldValue] {
    var names = [name]
    names += ["container_name", "hostname"].compactMap { value[$0]?.text }
    for network in value["networks"]?.entries ?? [] {
      names += (network.value["aliases"]?.items ?? []).compactMap(\.text)
    }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }.map(FieldValue.string)
  }

  /// Containers that a swarm starts before it stops the old ones; `nil` for all at once.
  private var surge: Int64? {
    guard value.at("deploy", "update_config", "order")?.text == "start-first" else { return 0 }
    let parallel = value.at("deploy", "update_config", "parallelism")?.text.flatMap { Int64($0) }
    return parallel == 0 ? nil : parallel ?? 1
  }

  // MARK: settings

  private var image: Setting { text("image", value["image"], field: "image") }

  /// Keys that are shown as they are, where they are written.
  private var texts: [Setting] {
    var settings: [Setting] = []
    if let build = value["build"] {
      settings.append(text("build.context", build["context"] ?? build))
    }
    for key in ["entrypoint", "command"] {
      guard let value = value[key] else { continue }
      let command = ComposeCommand(value)
      settings.append(
        Setting(
          key: key, written: command.text, effective: .string(command.text), provenance: .explicit,
          origin: value.origin, isSecret: SecretText.isInText(command.text)))
    }
    if let mode = value.at("deploy", "mode") { settings.append(text("deploy.mode", mode)) }
    return settings
  }

  private func text(_ key: String, _ value: ComposeValue?, field: String? = nil) -> Setting {
    guard let text = value?.scalar else {
      return Setting(key: key, field: field, effective: .null, provenance: .default)
    }
    return Setting(
      key: key, field: field, written: text.written, effective: text.text.map(Scalar.string),
      provenance: Self.provenance(text), origin: value?.origin, note: text.reason,
      isSecret: SecretText.isInText(text.written))
  }

  static func provenance(_ text: ComposeValue.Text) -> Provenance {
    text.text == nil ? .unknown : text.isOpen ? .placeholder : .explicit
  }

  private var replicas: Setting {
    if let mode = value.at("deploy", "mode"), mode.text == "global" {
      return Setting(
        key: "deploy.replicas", field: "replicas", written: "global", effective: nil,
        unit: .process, provenance: .unknown, origin: mode.origin,
        note: "deploy.mode global runs one on each node, and no file counts the nodes")
    }
    let isDeploy = value.at("deploy", "replicas") != nil || value["scale"] == nil
    return ComposeNumber(
      key: isDeploy ? "deploy.replicas" : "scale", field: "replicas", unit: .process,
      value: value.at("deploy", "replicas") ?? value["scale"], standard: .int(1)
    ).setting { Int64($0).flatMap { $0 >= 0 ? .int($0) : nil } }
  }

  private var memory: Setting {
    let limit = value.at("deploy", "resources", "limits", "memory")
    let isDeploy = limit != nil
    return ComposeNumber(
      key: isDeploy ? "deploy.resources.limits.memory" : "mem_limit", field: "memory_limit",
      unit: .byte, value: limit ?? value["mem_limit"], zero: .unlimited
    ).setting { ComposeNumber.bytes($0).map(Scalar.int) }
  }

  private var processors: Setting {
    let limit = value.at("deploy", "resources", "limits", "cpus")
    return ComposeNumber(
      key: limit == nil ? "cpus" : "deploy.resources.limits.cpus", field: "cpu_limit", unit: .none,
      value: limit ?? value["cpus"]
    ).setting { Double($0).flatMap { $0 > 0 ? .double($0) : nil } }
  }

  private var files: Setting {
    let limit = value.at("ulimits", "nofile")
    let isPair = limit?["soft"] != nil
    return ComposeNumber(
      key: isPair ? "ulimits.nofile.soft" : "ulimits.nofile", field: "file_limit", unit: .none,
      value: isPair ? limit?["soft"] : limit?.scalar.flatMap { _ in limit }, negative: .unlimited
    ).setting { Int64($0).map(Scalar.int) }
  }

  private var environmentSettings: [Setting] {
    var last: [String: Int] = [:]
    for (index, variable) in variables.enumerated() { last[variable.name] = index }
    return variables.enumerated().filter { last[$1.name] == $0 }.map { _, variable in
      let shown = variable.value ?? variable.template ?? ""
      return Setting(
        key: "environment.\(variable.name)", written: shown,
        effective: variable.value.map(Scalar.string),
        provenance: variable.value == nil
          ? .unknown : variable.isDefault ? .placeholder : .explicit,
        origin: variable.origin, note: variable.reason,
        isSecret: SecretText.isName(variable.name) || SecretText.isInText(shown))
    }
  }
}
