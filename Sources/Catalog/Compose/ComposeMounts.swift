import Model

/// Which files and folders of the repository the containers of a service see.
enum ComposeMounts {
  /// Bind mounts, and configurations and secrets of files; named volumes hold none.
  static func files(of service: ComposeValue, in root: ComposeValue) -> [MountedFile] {
    (service["volumes"]?.items ?? []).compactMap(volume)
      + (service["configs"]?.items ?? []).compactMap { named($0, root["configs"], at: "/") }
      + (service["secrets"]?.items ?? []).compactMap {
        named($0, root["secrets"], at: "/run/secrets/")
      }
  }

  private static func volume(_ item: ComposeValue) -> MountedFile? {
    if let text = item.scalar {
      guard let known = text.text else { return nil }
      let parts = known.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count > 1, let path = path(String(parts[0]), from: item.origin) else {
        return nil
      }
      return MountedFile(path: path, target: String(parts[1]), origin: item.origin)
    }
    guard item["type"]?.text == "bind", let source = item["source"], let name = source.text,
      let target = item["target"]?.text
    else { return nil }
    let isPath = name.hasPrefix(".") || name.hasPrefix("/") || name.hasPrefix("~")
    return path(isPath ? name : "./" + name, from: source.origin).map {
      MountedFile(path: $0, target: target, origin: source.origin)
    }
  }

  /// A path of the repository: relative to the file that says it.
  private static func path(_ name: String, from origin: Origin) -> String? {
    guard name.hasPrefix(".") else { return nil }
    return ConfigurationText.resolve(name, in: ConfigurationText.directory(of: origin.path))
  }

  private static func named(
    _ item: ComposeValue, _ all: ComposeValue?, at folder: String
  ) -> MountedFile? {
    guard let name = item.text ?? item["source"]?.text, let file = all?[name]?["file"],
      let text = file.text, !text.hasPrefix("/"), !text.hasPrefix("~")
    else { return nil }
    let path = ConfigurationText.resolve(
      text, in: ConfigurationText.directory(of: file.origin.path))
    return MountedFile(
      path: path, target: item["target"]?.text ?? folder + name, origin: item.origin)
  }

  /// The folder that an image is built from; `nil` for those of other repositories.
  static func buildFolder(_ service: ComposeValue) -> (path: String, origin: Origin)? {
    guard let build = service["build"] else { return nil }
    let context = build.scalar == nil ? build["context"] : build
    guard let context else {
      // A build without context is of the folder itself.
      return build.entries.isEmpty
        ? nil : (ConfigurationText.directory(of: build.origin.path), build.origin)
    }
    guard let text = context.text, !text.contains("://"), !text.hasPrefix("git@"),
      !text.hasPrefix("/"), !text.hasPrefix("~")
    else { return nil }
    let folder = ConfigurationText.directory(of: context.origin.path)
    return (ConfigurationText.resolve(text, in: folder), context.origin)
  }
}
