package import Syntax

/// `headgate.lock`: exactly which rules of other repositories a team has agreed to.
///
/// Committed beside `.headgate.yaml` and written by `headgate policy update` alone. A branch that
/// moves, a tag that is replaced or a cache that somebody edits then changes no verdict.
package struct PolicyLock: Sendable, Hashable {
  /// The file's name, in the root of the repository.
  package static let fileName = "headgate.lock"

  /// One policy as it was when it was agreed to.
  package struct Entry: Sendable, Hashable {
    package let name: String
    package let address: String
    package let ref: String
    package let path: String
    /// The commit that `ref` was, in hexadecimal.
    package let commit: String
    /// SHA-256 of the rules, hexadecimal.
    package let digest: String

    package init(_ policy: SharedPolicy, commit: String, digest: String) {
      name = policy.name
      address = policy.address
      ref = policy.ref
      path = policy.path
      self.commit = commit
      self.digest = digest
    }

    fileprivate init(_ values: [String: String]) {
      name = values["name"] ?? ""
      address = values["git"] ?? ""
      ref = values["ref"] ?? ""
      path = values["path"] ?? ""
      commit = values["commit"] ?? ""
      digest = String((values["digest"] ?? "").dropFirst("sha256:".count))
    }

    /// Whether it is what `.headgate.yaml` asks for.
    package func isOf(_ policy: SharedPolicy) -> Bool {
      name == policy.name && address == policy.address && ref == policy.ref && path == policy.path
    }
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// The entry of a name.
  package subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  private static let keys = ["name", "git", "ref", "path", "commit", "digest"]

  /// The file's text.
  package var text: String {
    var text = """
      # The rules of other repositories that count here, exactly. Written by
      # `headgate policy update`; commit it with .headgate.yaml.
      version: 1
      policies:

      """
    for entry in entries {
      let values = [
        entry.name, entry.address, entry.ref, entry.path, entry.commit, "sha256:\(entry.digest)",
      ]
      for (index, (key, value)) in zip(Self.keys, values).enumerated() {
        text += "\(index == 0 ? "  - " : "    ")\(key): \"\(Self.escaped(value))\"\n"
      }
    }
    return text
  }

  private static func escaped(_ text: String) -> String {
    text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined()
  }

  /// Reads the file.
  ///
  /// - Throws: every mistake in it.
  package static func read(_ source: SourceText) throws(PolicyError) -> PolicyLock {
    var file = PolicyFileReader(source)
    var entries: [Entry] = []
    if let root = file.root(required: true) {
      let values = file.pairs(of: root, known: ["version", "policies"], what: fileName)
      if values["version"]?.text != "1" { file.report("version 1 is the only one", at: root) }
      for element in values["policies"].map({ file.elements(of: $0, what: "policies") }) ?? [] {
        if let entry = entry(element, &file) { entries.append(entry) }
      }
    }
    guard file.problems.isEmpty else { throw PolicyError(file.problems) }
    return PolicyLock(entries)
  }

  private static func entry(_ node: YAMLNode, _ file: inout PolicyFileReader) -> Entry? {
    var texts: [String: String] = [:]
    for (key, value) in file.pairs(of: node, known: keys, what: "an entry of policies") {
      texts[key] = file.text(value, what: key)
    }
    for key in keys where texts[key] == nil {
      file.report("an entry of policies needs `\(key)`", at: node)
    }
    let digest = texts["digest"] ?? ""
    let isDigest =
      digest.hasPrefix("sha256:") && digest.utf8.count == 71 && isHexadecimal(digest.dropFirst(7))
    let commit = texts["commit"] ?? ""
    let isCommit = [40, 64].contains(commit.utf8.count) && isHexadecimal(commit[...])
    guard isDigest, isCommit else {
      file.report("`commit` and `digest` are hexadecimal, the latter after `sha256:`", at: node)
      return nil
    }
    return Entry(texts)
  }

  private static func isHexadecimal(_ text: Substring) -> Bool {
    text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
  }
}
