import Model
import Syntax

/// The role of a configuration file, from its name: `application-prod.yml` is profile `prod` of
/// `application`.
struct SpringFile: Sendable, Hashable {
  enum Format: Int, Sendable, Hashable {
    // In the order in which Spring Boot lets the later win.
    case yaml, yml, properties

    /// `nil` for endings that Spring Boot does not read.
    init?(ending: Substring) {
      switch ending {
      case "yaml": self = .yaml
      case "yml": self = .yml
      case "properties": self = .properties
      default: return nil
      }
    }
  }

  let path: String
  /// `application`, `bootstrap`, or the whole name of a file that Spring reads under another name.
  let base: String
  /// `nil` for a base file.
  let profile: String?
  let format: Format

  /// A file that another one imports: its name says nothing of a profile, unless it is the variant
  /// that a profile adds to an imported file.
  init(imported path: String, as format: Format, profile: String? = nil) {
    self.path = path
    base = FileCandidate(path: path, head: []).name
    self.profile = profile
    self.format = format
  }

  /// The variants of an imported file: Spring Boot imports `db-prod.yml` with `db.yml` where the
  /// profile `prod` is active.
  func variants(in files: any FileSource) -> [SpringFile] {
    guard let ending = Self.ending(of: path) else { return [] }
    let directory = directory
    let start = base.dropLast(ending.count + 1) + "-"
    return files.names(in: String(directory.dropLast())).compactMap { name in
      guard name.hasPrefix(start), name.hasSuffix("." + ending),
        name.utf8.count > start.utf8.count + ending.utf8.count + 1
      else { return nil }
      return SpringFile(
        imported: directory + name, as: format,
        profile: String(name.dropFirst(start.count).dropLast(ending.count + 1)))
    }
  }

  /// `nil` for files of other formats.
  init?(path: String) {
    let name = FileCandidate(path: path, head: []).name
    guard let ending = Self.ending(of: name), let format = Format(ending: ending) else {
      return nil
    }
    self.format = format
    let stem = String(name.dropLast(ending.count + 1))
    self.path = path
    if let base = ["application", "bootstrap"].first(where: { stem.hasPrefix($0 + "-") }) {
      self.base = base
      profile = String(stem.dropFirst(base.count + 1))
    } else {
      base = stem
      profile = nil
    }
  }

  /// What follows the last `.` of a path.
  static func ending(of path: String) -> Substring? {
    path.lastIndex(of: ".").map { path[path.index(after: $0)...] }
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

/// Files of Spring's names and formats that another framework reads by rules of its own.
extension SpringFile {
  /// The documents of a file, and what is wrong with it; what only Spring Boot refuses is not.
  func documents(_ source: SourceText) -> (documents: [SpringDocument], problems: [Problem]) {
    if format == .properties {
      let properties = SpringProperties(source, self)
      return (properties.documents, properties.problems)
    }
    let yaml = SpringYAML(source, self)
    return (yaml.documents, yaml.problems.filter { $0.kind != .refused })
  }

  /// The problem of this file where it cannot be read beside `source`.
  func unreadable(by product: String, beside source: SourceText) -> Problem {
    Problem(
      kind: .unreadable, origin: Origin(path: path, range: 0..<0),
      message: "cannot be read, but \(product) reads it together with \(source.path)")
  }
}
