import Model

/// The Dockerfile that the image of a service is built from.
enum ComposeBuild {
  /// What it gives the containers; `nil` where the service builds none of a file that is here.
  ///
  /// A file that is not here is written by another build, or stands in another repository.
  static func image(of service: ComposeValue, _ files: any FileSource) -> DockerImage? {
    guard let build = service["build"], build["dockerfile_inline"] == nil,
      let folder = ComposeMounts.buildFolder(service)?.path
    else { return nil }
    let name = build["dockerfile"]?.text ?? "Dockerfile"
    // Of a file that is not here nothing is known.
    guard !name.hasPrefix("/"),
      let source = try? files.read(ConfigurationText.resolve(name, in: folder))
    else { return nil }
    return DockerImage(source, target: build["target"]?.text)
  }

  /// The setting of the image that it is built upon, where that is one of a known product.
  static func base(_ image: DockerImage?) -> Setting? {
    guard let base = image?.base, ImageName(base.text).product != nil else { return nil }
    return Setting(
      key: "image", field: "image", effective: .string(base.text), provenance: .inherited,
      origin: base.origin, note: "what its image is built upon")
  }
}
