import Model
import Syntax

/// The files that a container sees of ConfigMaps, each with its path in the container.
struct KubernetesMounts {
  /// A key of a ConfigMap that stands in a manifest.
  struct Entry {
    let map: KubernetesObject
    let key: String
    let target: String
  }

  private(set) var entries: [Entry] = []
  /// Files of the repository that a ConfigMap is made from.
  private(set) var files: [MountedFile] = []
  private let object: KubernetesObject
  private let folder: KubernetesFolder

  /// Mounted files of one container that are followed: aliases can name the same ones without end.
  private static let fileLimit = 1_000

  init(_ container: YAMLNode, of object: KubernetesObject, in folder: KubernetesFolder) {
    self.object = object
    self.folder = folder
    var volumes: [String: YAMLNode] = [:]
    for volume in object.pod?["volumes"]?.elements ?? [] {
      if let name = object.string(volume["name"]) { volumes[name] = volume }
    }
    for mount in container["volumeMounts"]?.elements ?? [] {
      guard let name = object.string(mount["name"]), let volume = volumes[name],
        let node = mount["mountPath"], let path = object.string(node)
      else { continue }
      let place = Place(
        path: path, part: object.string(mount["subPath"]), origin: object.origin(node))
      if let map = volume["configMap"] { add(map, map["name"], place) }
      for source in volume.at("projected", "sources")?.elements ?? [] {
        if let map = source["configMap"] { add(map, map["name"], place) }
      }
    }
  }

  private struct Place {
    let path: String
    /// The one file of the volume that is mounted, where it is not the whole.
    let part: String?
    let origin: Origin

    /// The path in the container of a file of the volume; `nil` where it is not mounted.
    func target(_ file: String) -> String? {
      if let part { return part == file ? path : nil }
      return path.hasSuffix("/") ? path + file : "\(path)/\(file)"
    }
  }

  private mutating func add(_ volume: YAMLNode, _ node: YAMLNode?, _ place: Place) {
    guard let name = object.string(node) else { return }
    let items = volume["items"]?.elements.compactMap { item in
      object.string(item["key"]).map { ($0, object.string(item["path"]) ?? $0) }
    }
    let paths = items.map { Dictionary($0, uniquingKeysWith: { _, last in last }) }
    func target(_ key: String) -> String? {
      (paths.map { $0[key] } ?? key).flatMap(place.target)
    }
    let found = folder.configMaps(name, for: object)
    if found.count == 1, let map = found.first {
      for pair in map.root["data"]?.mergedPairs ?? [] where entries.count < Self.fileLimit {
        if let target = target(pair.key.text) {
          entries.append(Entry(map: map, key: pair.key.text, target: target))
        }
      }
      return
    }
    guard found.isEmpty else { return }
    var sources = folder.kustomization?.files(of: name) ?? []
    // Most people make a ConfigMap of one file with `--from-file` and name it after that file.
    if sources.isEmpty, let path = folder.files[name] {
      sources = [(ConfigurationText.name(of: path), path)]
    }
    for (key, path) in sources where files.count < Self.fileLimit {
      if let target = target(key) {
        files.append(MountedFile(path: path, target: target, origin: place.origin))
      }
    }
  }
}
