import Model

/// The role of a configuration file, from its name: `application-prod.yml` is profile `prod` of
/// `application`.
struct SpringFile: Sendable, Hashable {
  enum Format: Int, Sendable, Hashable {
    // In the order in which Spring Boot lets the later win.
    case yaml, yml, properties
  }

  let path: String
  /// `application`, `bootstrap`, or the whole name of a file that Spring reads under another name.
  let base: String
  /// `nil` for a base file.
  let profile: String?
  let format: Format

  /// `nil` for files of other formats.
  init?(path: String) {
    let name = FileCandidate(path: path, head: []).name
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...] {
    case "yaml": format = .yaml
    case "yml": format = .yml
    case "properties": format = .properties
    default: return nil
    }
    let stem = String(name[..<dot])
    self.path = path
    if let base = ["application", "bootstrap"].first(where: { stem.hasPrefix($0 + "-") }) {
      self.base = base
      profile = String(stem.dropFirst(base.count + 1))
    } else {
      base = stem
      profile = nil
    }
  }

  /// Whether Spring Boot reads a file of this name by itself.
  var hasSpringName: Bool { base == "application" || base == "bootstrap" }

  /// The path's directory with a closing `/`; empty for the root.
  var directory: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The files that Spring Boot reads together with this one: same directory, same base.
  func companions(in files: any FileSource) -> [SpringFile] {
    guard hasSpringName else { return [self] }
    let directory = directory
    let place = directory.isEmpty ? "" : String(directory.dropLast())
    var companions = files.names(in: place).compactMap { SpringFile(path: directory + $0) }
      .filter { $0.base == base && $0.hasSpringName }
    if !companions.contains(self) { companions.append(self) }
    return companions.sorted {
      ($0.profile == nil ? 0 : 1, $0.profile ?? "", $0.format.rawValue)
        < ($1.profile == nil ? 0 : 1, $1.profile ?? "", $1.format.rawValue)
    }
  }
}
