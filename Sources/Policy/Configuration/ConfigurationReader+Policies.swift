import Syntax

/// `policies`.
extension ConfigurationReader {
  /// The team's own folders, and the rules of other repositories.
  mutating func policies(_ node: YAMLNode) -> (folders: [String], shared: [SharedPolicy]) {
    var folders: [String] = []
    var shared: [SharedPolicy] = []
    for element in node.kind == .sequence ? file.elements(of: node, what: "policies") : [node] {
      guard element.kind == .mapping else {
        if let folder = file.text(element, what: "each of policies") { folders.append(folder) }
        continue
      }
      guard let policy = sharedPolicy(element) else { continue }
      if shared.contains(where: { $0.name == policy.name }) {
        file.report(
          "two of policies are called `\(policy.name)`; give one another `name`", at: element)
      }
      shared.append(policy)
    }
    return (folders, shared)
  }

  private mutating func sharedPolicy(_ node: YAMLNode) -> SharedPolicy? {
    let values = file.pairs(
      of: node, known: ["git", "ref", "path", "name"], what: "a policy of another repository")
    guard let address = checked(values["git"], "git", PolicyAddress.refusal(of:)),
      let ref = checked(values["ref"], "ref", PolicyAddress.refusal(ofRef:))
    else {
      for key in ["git", "ref"] where values[key] == nil {
        file.report("a policy of another repository needs `\(key)`", at: node)
      }
      return nil
    }
    var path = ""
    if let given = values["path"] {
      guard let text = checked(given, "path", PolicyAddress.refusal(ofPath:)) else { return nil }
      path = text.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
    guard let name = name(values["name"], of: address, node) else { return nil }
    return SharedPolicy(
      name: name, address: address, ref: ref, path: path, position: file.position(of: node))
  }

  private mutating func name(
    _ node: YAMLNode?, of address: String, _ entry: YAMLNode
  ) -> String? {
    guard let node else {
      let name = PolicyAddress.defaultName(of: address)
      if name == nil {
        file.report("its rules need a name: add `name`, of small letters and `-`", at: entry)
      }
      return name
    }
    guard let name = file.text(node, what: "name") else { return nil }
    guard PolicyAddress.isName(name) else {
      file.report("`name` is of small letters, digits and `-`", at: node)
      return nil
    }
    return name
  }

  private mutating func checked(
    _ node: YAMLNode?, _ key: String, _ refusal: (String) -> String?
  ) -> String? {
    guard let node, let text = file.text(node, what: "`\(key)`") else { return nil }
    if let refusal = refusal(text) {
      file.report("`\(key)` is not taken: \(refusal)", at: node)
      return nil
    }
    return text
  }
}
