import Catalog
import Model
import Policy
import Syntax

/// The `.headgate.yaml` that `headgate init` writes: what it found, and what a team decides next.
package struct InitialConfiguration: Sendable {
  /// What was found, a line each, for the person who runs `init`.
  package let found: [String]
  /// The file's text.
  package let text: String

  /// Describes the files of a collection.
  package init(_ collection: Collection) {
    var files: [(path: String, technology: String, environments: Set<String>)] = []
    for entry in collection.entries {
      guard let path = entry.reading.sources.first?.path else { continue }
      let environments = Set(
        entry.reading.resources.map(\.identity).filter(\.environmentIsDeclared).map(\.environment))
      files.append((path, entry.technology.title, environments))
    }
    files.sort { $0.path < $1.path }
    found = files.map { "\($0.path) (\($0.technology))" }
    var text = """
      # What Headgate governs here, and what this team decided. `headgate check` reads it;
      # leave a part out and its defaults hold.
      version: 1

      # The files whose changes are checked and recorded: every file of a product that Headgate
      # knows, also those that are added later. The last entry that matches a path decides.
      files:
        - path: "**"

      """
    // A file that names its environments itself is right without an entry.
    for file in files where file.environments.isEmpty {
      text += "  - path: \(Self.scalar(file.path))  # \(file.technology)\n"
      text += "    environment: production\n"
    }
    text += """

      # The versions that run: defaults differ between them.
      # products:
      #   nginx: 1.28.0
      #   hikaricp: 6.3.0

      # Severities (off, note, warning, error) and parameters; `headgate policy list` names them.
      # rules:
      #   pool/size-below-minimum:
      #     parameters: {minimum: 20}

      """
    self.text = text
  }

  private static func scalar(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "._/-".contains($0) }
    if isPlain, text.first?.isLetter == true { return text }
    let escaped = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }
}
