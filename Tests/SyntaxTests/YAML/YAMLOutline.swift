import Syntax

/// A file as one line of text: scalars by style, collections in brackets; documents divided by
/// `---`.
func outline(_ text: String) -> String {
  outline(YAMLFile(parsing: SourceText(path: "t.yml", text: text)))
}

func outline(_ file: YAMLFile) -> String {
  file.documents.map { $0.root.map(outline) ?? "unread" }.joined(separator: " --- ")
}

private func outline(_ node: YAMLNode) -> String {
  let marks =
    (node.kind == .alias ? "" : node.anchor.map { "&\($0) " } ?? "")
    + (node.tag.map { "!<\($0)> " } ?? "")
  switch node.kind {
  case .alias: return "*" + (node.anchor ?? "")
  case .sequence: return marks + "[" + node.children.map(outline).joined(separator: ", ") + "]"
  case .mapping:
    let pairs = node.pairs.map { outline($0.key) + ": " + outline($0.value) }
    return marks + "{" + pairs.joined(separator: ", ") + "}"
  case .scalar:
    let text = node.text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "⏎")
    switch node.style {
    case .singleQuoted: return marks + "'" + text + "'"
    case .doubleQuoted: return marks + "\"" + text + "\""
    case .literal: return marks + "|" + text + "|"
    case .folded: return marks + ">" + text + ">"
    default: return marks + (node.isMissing ? "∅" : text)
    }
  }
}
