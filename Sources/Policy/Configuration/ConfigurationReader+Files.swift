import Syntax

/// `files` and `ignore`.
extension ConfigurationReader {
  mutating func governedFiles(_ node: YAMLNode) -> [GovernedFiles] {
    var result: [GovernedFiles] = []
    for element in file.elements(of: node, what: "files") {
      if element.kind == .scalar {
        if let glob = glob(element) { result.append(GovernedFiles(pattern: glob)) }
        continue
      }
      let values = file.pairs(
        of: element, known: ["path", "environment", "technology"], what: "an entry of files")
      guard let path = values["path"] else {
        file.report("an entry of files needs `path`", at: element)
        continue
      }
      let environment = values["environment"].flatMap { file.text($0, what: "environment") }
      let technology = values["technology"].flatMap { file.text($0, what: "technology") }
      if let technology, let node = values["technology"] { noteProduct(technology, at: node) }
      for node in path.kind == .sequence ? path.elements : [path] {
        guard let glob = glob(node) else { continue }
        result.append(
          GovernedFiles(pattern: glob, environment: environment, technology: technology))
      }
    }
    return result
  }

  mutating func globs(_ node: YAMLNode) -> [Glob] {
    (node.kind == .sequence ? node.elements : [node]).compactMap { glob($0) }
  }

  mutating func glob(_ node: YAMLNode) -> Glob? {
    guard let text = file.text(node, what: "a pattern of paths") else { return nil }
    let glob = Glob(text)
    if glob == nil { file.report("`\(text)` is no pattern of paths", at: node) }
    return glob
  }
}
