import Model
import Syntax

/// The environment of one container: what `envFrom` and `env` give it, in the order that counts.
struct KubernetesEnvironment {
  private(set) var variables: [EnvironmentVariable] = []
  private(set) var problems: [Problem] = []
  /// The place of each name in `variables`.
  private var places: [String: Int] = [:]
  private let object: KubernetesObject
  private let folder: KubernetesFolder

  /// - Parameter budget: variables that a file may have in all: aliases and references can name the
  ///   same ones without end.
  init(
    _ container: YAMLNode, of object: KubernetesObject, in folder: KubernetesFolder,
    budget: inout Int
  ) {
    self.object = object
    self.folder = folder
    for source in container["envFrom"]?.elements ?? [] { take(source, &budget) }
    for entry in container["env"]?.elements ?? [] where budget > 0 {
      budget -= 1
      guard let name = object.string(entry["name"]), !name.isEmpty else { continue }
      add(variable(name, entry))
    }
  }

  private mutating func add(_ variable: EnvironmentVariable) {
    if let place = places[variable.name] {
      variables[place] = variable
    } else {
      places[variable.name] = variables.count
      variables.append(variable)
    }
  }

  private mutating func take(_ source: YAMLNode, _ budget: inout Int) {
    let prefix = object.string(source["prefix"]) ?? ""
    if let reference = source["configMapRef"], let node = reference["name"],
      let name = object.string(node)
    {
      guard let entries = entries(ofConfigMap: name, node) else { return }
      for entry in entries where budget > 0 {
        budget -= 1
        add(
          EnvironmentVariable(
            name: prefix + entry.name, value: entry.value, reason: entry.reason,
            origin: entry.origin))
      }
    } else if let name = object.string(source.at("secretRef", "name")),
      let secret = folder.secret(name, for: object)
    {
      for key in ["data", "stringData"] {
        for pair in secret.root[key]?.mergedPairs ?? [] where budget > 0 {
          budget -= 1
          add(
            EnvironmentVariable(
              name: prefix + pair.key.text, value: nil, reason: "Secret \(name) holds it",
              origin: secret.origin(pair.key)))
        }
      }
    }
  }

  /// What a ConfigMap gives as variables; `nil` where no file or several hold it.
  private mutating func entries(
    ofConfigMap name: String, _ node: YAMLNode
  ) -> [EnvironmentVariable]? {
    let found = folder.configMaps(name, for: object)
    if found.count == 1, let map = found.first { return map.data }
    if found.isEmpty, let generated = folder.kustomization?.variables(of: name) { return generated }
    problems.append(
      Problem(
        kind: .unknown, origin: object.origin(node),
        message: found.isEmpty
          ? "ConfigMap \(name) is in no file of this folder: it may set further variables"
          : "\(found.count) files of this folder have a ConfigMap \(name)"))
    return nil
  }

  private mutating func variable(_ name: String, _ entry: YAMLNode) -> EnvironmentVariable {
    func unknown(_ reason: String, _ node: YAMLNode?) -> EnvironmentVariable {
      EnvironmentVariable(
        name: name, value: nil, reason: reason, origin: object.origin(node ?? entry))
    }
    guard let source = entry["valueFrom"] else {
      guard let node = entry["value"] else {
        return EnvironmentVariable(name: name, value: "", origin: object.origin(entry))
      }
      switch object.value(node) {
      case .text(let text)?:
        let (value, open) = expanded(text)
        return EnvironmentVariable(
          name: name, value: open == nil ? value : nil,
          reason: open.map { "it contains \($0), which no file says" },
          origin: object.origin(node), template: open == nil ? nil : value)
      case .unknown(let reason)?: return unknown(reason, node)
      case nil: return EnvironmentVariable(name: name, value: "", origin: object.origin(node))
      }
    }
    if let reference = source["configMapKeyRef"], let map = object.string(reference["name"]),
      let key = object.string(reference["key"])
    {
      let found = folder.configMaps(map, for: object)
      let entries = found.isEmpty ? folder.kustomization?.variables(of: map) : found.first?.data
      guard found.count < 2, let entry = entries?.last(where: { $0.name == key }) else {
        return unknown("ConfigMap \(map) is in no file of this folder", reference)
      }
      return EnvironmentVariable(
        name: name, value: entry.value, reason: entry.reason, origin: entry.origin)
    }
    if let reference = source["secretKeyRef"] {
      return unknown("Secret \(object.string(reference["name"]) ?? "") holds it", reference)
    }
    return unknown("the cluster says it when the pod starts", source)
  }

  /// A value with `$(NAME)` filled in by what comes before it, as Kubernetes does, and the first
  /// name whose value no file says: it stays as `${NAME}`.
  private func expanded(_ text: String) -> (value: String, open: String?) {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, nil) }
    var result = ""
    var open: String?
    var rest = text[...]
    while let mark = rest.firstIndex(of: "$") {
      result += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      if rest.first == "$" {
        result += "$"
        rest = rest.dropFirst()
      } else if rest.first == "(", let close = rest.firstIndex(of: ")") {
        let name = String(rest[..<close].dropFirst())
        rest = rest[rest.index(after: close)...]
        guard let place = places[name] else {
          result += "$(\(name))"
          continue
        }
        let known = variables[place].value
        if known == nil { open = open ?? name }
        let value = known ?? variables[place].template ?? "${\(name)}"
        // References of references grow without end; no address is that long.
        guard result.utf8.count + value.utf8.count < FileCandidate.sniffLimit else {
          return (text, name)
        }
        result += value
      } else {
        result += "$"
      }
    }
    return (result + rest, open)
  }
}

extension KubernetesObject {
  /// The texts of a ConfigMap as variables.
  var data: [EnvironmentVariable] {
    (root["data"]?.mergedPairs ?? []).map { pair in
      switch value(pair.value) {
      case .text(let text)?:
        EnvironmentVariable(name: pair.key.text, value: text, origin: origin(pair.value))
      case .unknown(let reason)?:
        EnvironmentVariable(
          name: pair.key.text, value: nil, reason: reason, origin: origin(pair.value))
      case nil: EnvironmentVariable(name: pair.key.text, value: "", origin: origin(pair.key))
      }
    }
  }
}
