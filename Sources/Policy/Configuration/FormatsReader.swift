import Syntax

/// Reads `formats:` of `.headgate.yaml`: where the team describes its own configuration files.
///
/// What stands in those files is the catalog's to read; here are only their places.
enum FormatsReader {
  /// Folders and files; no team has as many.
  private static let limit = 1_000

  static func paths(in node: YAMLNode, _ file: inout PolicyFileReader) -> [String] {
    let paths = file.texts(node, what: "formats")
    if paths.count > limit { file.report("more than \(limit) formats", at: node) }
    for path in paths where path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      file.report("`\(path)` is no path below the root of the repository", at: node)
    }
    return Array(paths.prefix(limit))
  }
}
