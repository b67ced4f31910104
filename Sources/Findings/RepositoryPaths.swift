extension Report {
  /// The report with its paths as the repository knows them, for readers that see nothing else.
  ///
  /// - Parameters:
  ///   - root: the absolute path of the repository's root.
  ///   - folder: where the paths start, from the root; `""` for the root itself.
  package func asSeen(fromRoot root: String, folder: String) -> Report {
    let paths = RepositoryPaths(root: root, folder: folder)
    var last = (path: "", seen: paths.path(""))
    // Findings come file by file.
    let seen = { (path: String) in
      if last.path != path { last = (path, paths.path(path)) }
      return last.seen
    }
    return with(
      findings: findings.map { RepositoryPaths.finding($0, seen) },
      sources: Dictionary(
        sources.map { (paths.path($0), $1) }, uniquingKeysWith: { first, _ in first }),
      skipped: skipped.map { SkippedFile(path: paths.path($0.path), reason: $0.reason) },
      undecided: undecided.map { RepositoryPaths.finding($0, seen) },
      assumptions: assumptions.map { Assumption(path: paths.path($0.path), text: $0.text) })
  }
}

/// Turns paths as people typed them into paths from the root of the repository.
struct RepositoryPaths: Sendable {
  private let root: String
  private let folder: String

  init(root: String, folder: String) {
    self.root = root.hasSuffix("/") ? root : root + "/"
    self.folder = folder
  }

  fileprivate static func finding(
    _ finding: Finding, _ path: (String) -> String
  ) -> Finding {
    var result = Finding(
      rule: finding.rule, severity: finding.severity, message: finding.message,
      path: path(finding.path), range: finding.range,
      related: finding.related.map {
        RelatedLocation(path: path($0.path), range: $0.range, message: $0.message)
      }, why: finding.why, help: finding.help, fix: finding.fix,
      fingerprint: finding.fingerprint, status: finding.status)
    result.excuse = finding.excuse
    return result
  }

  /// A path that leads out of the repository stays as it was typed.
  func path(_ path: String) -> String {
    if path.hasPrefix("/") {
      return path.hasPrefix(root) ? String(path.dropFirst(root.utf8.count)) : path
    }
    var parts: [Substring] = []
    for part in folder.split(separator: "/") + path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        guard !parts.isEmpty else { return path }
        parts.removeLast()
      default: parts.append(part)
      }
    }
    return parts.isEmpty ? path : parts.joined(separator: "/")
  }
}
