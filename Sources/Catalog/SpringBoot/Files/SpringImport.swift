import Model

/// One location that `spring.config.import` names.
struct SpringImport {
  /// As written.
  let location: String
  let origin: Origin

  /// Imports inside each other, beyond which they go in a circle or are no configuration.
  static let depthLimit = 8
  /// Files that one group imports in all: each may import several others.
  static let fileLimit = 100

  /// The imports of a document, in the order in which the later wins.
  static func all(of document: SpringDocument) -> [SpringImport] {
    document.imports.flatMap { entry in
      entry.text.split(separator: ",").map { part in
        SpringImport(location: SpringConversion.trimmed(String(part)), origin: entry.origin)
      }
    }.filter { !$0.location.isEmpty }
  }

  /// The file that is meant, if it can be one beside the importing file.
  ///
  /// `file:` means the directory where the program starts and `classpath:` the root of its
  /// resources, which in a repository is mostly where the importing file lies.
  func file(from importer: SpringFile) -> SpringFile? {
    var name = location[...]
    if name.hasPrefix("optional:") { name = name.dropFirst("optional:".count) }
    if name.hasPrefix("classpath:") {
      name = name.dropFirst("classpath:".count).drop { $0 == "/" }
    } else if name.hasPrefix("file:") {
      name = name.dropFirst("file:".count)
    }
    var ending: Substring?
    if name.hasSuffix("]"), let open = name.lastIndex(of: "[") {
      ending = name[name.index(after: open)...].dropLast().drop { $0 == "." }
      name = name[..<open]
    }
    let isPlain = !name.contains { ":$*@#{".contains($0) }
    guard isPlain, let last = name.last, last != "/", name.first != "/" else { return nil }
    let directory = ConfigurationText.directory(of: importer.path)
    let path = ConfigurationText.resolve(String(name), in: directory)
    return (ending ?? SpringFile.ending(of: path)).flatMap(SpringFile.Format.init(ending:))
      .map { SpringFile(imported: path, as: $0) }
  }

  /// What to say of an import that was not read.
  var problem: Problem {
    Problem(
      kind: .unknown, origin: origin,
      message: "\"\(location)\" was not read and may override the pools of this file",
      help: "what spring.config.import names wins over the file that imports it; "
        + "check the pool's values there, too")
  }
}
