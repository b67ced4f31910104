import Capacity
import Model
import Syntax

/// Reads `load_path:` of `.headgate.yaml`: strictly, each mistake with its place.
struct LoadPathReader {
  var file: PolicyFileReader

  static let keys = [
    "services", "margin", "target", "idle_limits", "threads_per_connection", "memory_share",
  ]
  static let poolKeys = ["size", "peak", "hold", "held_at_once", "to"]
  static let serviceKeys =
    ["files", "hosts", "to", "pools"] + DeclaredService.Key.allCases.map(\.rawValue)
  /// Services, pools and limits of one file; no team has as many.
  private static let limit = 10_000

  mutating func read(_ node: YAMLNode) -> LoadDeclaration {
    let values = file.pairs(of: node, known: Self.keys, what: "load_path")
    var declaration = LoadDeclaration()
    declaration.margin = values["margin"].flatMap { count($0, "load_path.margin", least: 0) }
    declaration.threadsPerConnection = values["threads_per_connection"].flatMap {
      number($0, "load_path.threads_per_connection", isPositive: true)
    }
    declaration.memoryShare = values["memory_share"].flatMap {
      share($0, "load_path.memory_share")
    }
    declaration.target = values["target"].flatMap { share($0, "load_path.target")?.value }
    if let limits = values["idle_limits"] {
      declaration.idleLimits = entries(limits, "idle_limits").compactMap { key, value in
        duration(value, key.text)
      }
    }
    if let services = values["services"] {
      declaration.services = entries(services, "services").map { service($0, $1) }
    }
    return declaration
  }

  private mutating func entries(
    _ node: YAMLNode, _ what: String
  ) -> ArraySlice<(key: YAMLNode, value: YAMLNode)> {
    let entries = file.entries(of: node, what: what)
    if entries.count > Self.limit {
      file.report("more than \(Self.limit) \(what)", at: node)
    }
    return entries.prefix(Self.limit)
  }

  private mutating func service(_ key: YAMLNode, _ node: YAMLNode) -> DeclaredService {
    let name = key.text
    var service = DeclaredService(name: name, origin: origin(key))
    let values = file.pairs(of: node, known: Self.serviceKeys, what: "a service of load_path")
    if let node = values["files"] {
      service.files = file.texts(node, what: "files")
      for pattern in service.files where Glob(pattern) == nil {
        file.report("`\(pattern)` is no pattern of paths", at: node)
      }
    }
    service.hosts = values["hosts"].map { file.texts($0, what: "hosts") } ?? []
    service.target = values["to"].flatMap { file.text($0, what: "to") }
    for number in DeclaredService.Key.allCases {
      guard let node = values[number.rawValue] else { continue }
      service.numbers[number] = input(node, number, of: name)
    }
    if let least = service.numbers[.replicas]?.value,
      let most = service.numbers[.maxReplicas]?.value, most < least,
      let node = values[DeclaredService.Key.maxReplicas.rawValue]
    {
      file.report("`max_replicas` is less than `replicas`", at: node)
    }
    if let pools = values["pools"] {
      service.pools = entries(pools, "pools").map { pool($0, $1, of: name) }
    }
    return service
  }

  private mutating func pool(
    _ key: YAMLNode, _ node: YAMLNode, of service: String
  ) -> DeclaredPool {
    var pool = DeclaredPool(name: key.text, origin: origin(key))
    let name = "\(service)/\(key.text)"
    let values = file.pairs(of: node, known: Self.poolKeys, what: "a pool of load_path")
    pool.size = values["size"].flatMap { count($0, "\(name).max_size", least: 1) }
    pool.peak = values["peak"].flatMap { number($0, "\(name).peak") }
    pool.hold = values["hold"].flatMap { duration($0, "\(name).hold") }
    pool.heldAtOnce = values["held_at_once"].flatMap { count($0, "\(name).held_at_once", least: 1) }
    pool.target = values["to"].flatMap { file.text($0, what: "to") }
    return pool
  }

  private mutating func input(
    _ node: YAMLNode, _ key: DeclaredService.Key, of service: String
  ) -> Input? {
    let name = "\(service).\(key.rawValue)"
    switch key {
    case .replicas, .maxReplicas, .processes, .threads, .heldAtOnce, .maxConnections, .fileLimit:
      return count(node, name, least: 1)
    case .surge, .reserved, .margin: return count(node, name, least: 0)
    case .peak: return number(node, name)
    case .cores: return number(node, name, isPositive: true)
    case .hold, .requestTime: return duration(node, name)
    case .memory: return size(node, name)
    }
  }

  // MARK: values

  private mutating func count(_ node: YAMLNode, _ name: String, least: Int64) -> Input? {
    guard node.kind == .scalar, let value = Int64(node.text), value >= least else {
      file.report("`\(word(name))` is a whole number of at least \(least)", at: node)
      return nil
    }
    return input(node, name, Double(value))
  }

  private mutating func number(
    _ node: YAMLNode, _ name: String, isPositive: Bool = false
  ) -> Input? {
    guard node.kind == .scalar, let value = Double(node.text), value.isFinite,
      isPositive ? value > 0 : value >= 0
    else {
      file.report("`\(word(name))` is a number \(isPositive ? "above" : "of at least") 0", at: node)
      return nil
    }
    return input(node, name, value)
  }

  private mutating func share(_ node: YAMLNode, _ name: String) -> Input? {
    guard node.kind == .scalar, let value = Double(node.text), value > 0, value < 1 else {
      file.report("`\(word(name))` is a number between 0 and 1", at: node)
      return nil
    }
    return input(node, name, value)
  }

  private mutating func duration(_ node: YAMLNode, _ name: String) -> Input? {
    guard node.kind == .scalar, let microseconds = ParameterText.duration(node.text),
      microseconds > 0
    else {
      file.report("`\(word(name))` is a time such as 50ms", at: node)
      return nil
    }
    return input(node, name, Double(microseconds) / 1_000_000)
  }

  private mutating func size(_ node: YAMLNode, _ name: String) -> Input? {
    guard node.kind == .scalar, let bytes = ParameterText.size(node.text), bytes > 0 else {
      file.report("`\(word(name))` is a size such as 8GiB", at: node)
      return nil
    }
    return input(node, name, Double(bytes))
  }

  private func input(_ node: YAMLNode, _ name: String, _ value: Double) -> Input {
    Input(
      name, value, basis: .declared,
      setting: Setting(
        key: name, written: node.text, effective: .double(value), provenance: .explicit,
        origin: origin(node)))
  }

  /// The key in a name such as `auth.replicas`.
  private func word(_ name: String) -> Substring {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? name[...]
  }

  private func origin(_ node: YAMLNode) -> Origin {
    Origin(path: file.source.path, range: node.range)
  }
}
