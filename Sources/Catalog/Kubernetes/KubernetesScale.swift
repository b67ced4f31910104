import Model
import Syntax

/// How many pods of a workload run: as written, at the most, and during a roll-out.
struct KubernetesScale {
  private(set) var settings: [Setting] = []
  private(set) var facts: [String: FieldValue] = [:]
  private(set) var factSettings: [String: Setting] = [:]

  /// What is taken where a Deployment says nothing of its roll-outs; source: the API reference.
  private static let standardSurge = "25%"
  /// KEDA's own most where a ScaledObject says nothing; source: its documentation.
  private static let standardScaled: Int64 = 100

  init(_ object: KubernetesObject, in folder: KubernetesFolder) {
    let replicas = Self.replicas(object, folder)
    settings.append(replicas)
    let most = Self.most(object, folder)
    if let most {
      settings.append(most)
    } else {
      facts["max_replicas"] = replicas.value(as: .int)
      factSettings["max_replicas"] = replicas
    }
    let surge = Self.surge(object, of: (most ?? replicas).effective)
    settings.append(surge)
    let sum = (most ?? replicas).value(as: .int).adding(surge.value(as: .int))
    facts["peak_replicas"] = sum
    factSettings["peak_replicas"] = most ?? replicas
  }

  private static func replicas(
    _ object: KubernetesObject, _ folder: KubernetesFolder
  ) -> Setting {
    let spec = object.root["spec"]
    switch object.kind {
    case "DaemonSet":
      return Setting(
        key: "replicas", field: "replicas", effective: nil, unit: .process, provenance: .unknown,
        note: "one runs on each node, and no file says how many nodes there are")
    case "Pod":
      return Setting(
        key: "replicas", field: "replicas", effective: .int(1), unit: .process,
        provenance: .default)
    case "Job":
      return number("parallelism", "replicas", object, spec?["parallelism"], standard: 1)
    case "CronJob":
      return number(
        "parallelism", "replicas", object, spec?.at("jobTemplate", "spec", "parallelism"),
        standard: 1)
    default:
      if let name = object.name, let setting = folder.kustomization?.replicas(of: name) {
        return setting
      }
      return number("replicas", "replicas", object, spec?["replicas"], standard: 1)
    }
  }

  /// The autoscaler's most; `nil` where there is none.
  private static func most(_ object: KubernetesObject, _ folder: KubernetesFolder) -> Setting? {
    let scalers = folder.scalers(of: object)
    guard let scaler = scalers.first else { return nil }
    guard scalers.count == 1 else {
      return Setting(
        key: "maxReplicas", field: "max_replicas", effective: nil, unit: .process,
        provenance: .unknown, origin: scaler.place,
        note: "\(scalers.count) autoscalers are for \(object.name ?? object.kind)")
    }
    let spec = scaler.root["spec"]
    return scaler.kind == "ScaledObject"
      ? number(
        "maxReplicaCount", "max_replicas", scaler, spec?["maxReplicaCount"],
        standard: standardScaled)
      : number("maxReplicas", "max_replicas", scaler, spec?["maxReplicas"], standard: nil)
  }

  private static func number(
    _ key: String, _ field: String, _ object: KubernetesObject, _ node: YAMLNode?,
    standard: Int64?
  ) -> Setting {
    var effective = standard
    var note: String?
    switch object.value(node) {
    case .text(let text)?:
      effective = Int64(text).flatMap { $0 >= 0 ? $0 : nil }
      if effective == nil { note = "\"\(text)\" is not a whole number" }
    case .unknown(let reason)?:
      effective = nil
      note = reason
    case nil:
      if standard == nil { note = "\(key) is not written" }
    }
    let written = node.flatMap { $0.resolved }.map { object.source.text($0.range) }
    return Setting(
      key: key, field: field, written: written, effective: effective.map(Scalar.int),
      unit: .process,
      provenance: effective == nil ? .unknown : written == nil ? .default : .explicit,
      origin: node.map(object.origin), note: note)
  }

  /// The pods that a roll-out starts before it stops others.
  private static func surge(_ object: KubernetesObject, of replicas: Scalar?) -> Setting {
    let strategy = object.root.at("spec", "strategy")
    func setting(
      _ effective: Int64?, written: String? = nil, at node: YAMLNode? = nil, note: String? = nil
    ) -> Setting {
      Setting(
        key: "maxSurge", field: "surge", written: written, effective: effective.map(Scalar.int),
        unit: .process,
        provenance: effective == nil ? .unknown : written == nil ? .default : .explicit,
        origin: node.map(object.origin), note: note)
    }
    guard object.kind == "Deployment" else {
      return setting(0, note: "a \(object.kind) stops a pod before it starts the next one")
    }
    if let type = object.value(strategy?["type"]) {
      guard case .text(let text) = type else {
        return setting(nil, note: ConfigurationText.templateNote)
      }
      if text == "Recreate" { return setting(0, note: "Recreate stops all pods first") }
    }
    let node = strategy?.at("rollingUpdate", "maxSurge")
    let value = object.value(node)
    if case .unknown(let reason)? = value {
      return setting(nil, written: node?.raw, at: node, note: reason)
    }
    let text = if case .text(let text)? = value { text } else { standardSurge }
    let written = value == nil ? nil : node.map { object.source.text($0.range) }
    guard text.hasSuffix("%") else {
      let number = Int64(text).flatMap { $0 >= 0 ? $0 : nil }
      return setting(
        number, written: written, at: node,
        note: number == nil ? "\"\(text)\" is neither a number nor a percentage" : nil)
    }
    guard let percent = Int64(text.dropLast()), (0...10_000).contains(percent) else {
      return setting(nil, written: written, at: node, note: "\"\(text)\" is no percentage")
    }
    guard case .int(let count)? = replicas, count < Int64(Int32.max) else {
      return setting(nil, written: written, at: node, note: "the number of replicas is unknown")
    }
    return setting(
      (count * percent + 99) / 100, written: written, at: node,
      note: "\(percent) % of \(count), rounded up")
  }
}

extension FieldValue {
  /// The sum of two counts; unknown where one is.
  fileprivate func adding(_ other: FieldValue) -> FieldValue {
    switch (self, other) {
    case (.int(let left), .int(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      return .int(overflow ? .max : sum)
    case (.unknown, _): return self
    case (_, .unknown): return other
    default: return .absent
    }
  }
}
