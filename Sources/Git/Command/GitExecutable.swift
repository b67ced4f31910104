/// The git program, for what libgit2 cannot do as users know it: talk to remotes, and maintenance.
///
/// Credentials, proxies, ssh configuration and certificates are then those of the user's own git.
package struct GitExecutable: Sendable {
  /// What git prints is an answer to a question of ours; more than this is not one.
  static let outputLimit = 16 << 20

  /// The variables of the process, each as `NAME=value`, without those that name a repository.
  let environment: [String]
  /// The program: a name looked up in the path, or a path.
  let program: String

  /// - Parameters:
  ///   - environment: the user's variables, each as `NAME=value`.
  ///   - program: another git than the one in the path.
  package init(environment: [String], program: String = "git") {
    self.program = program
    let kept = environment.filter { variable in
      let name = variable.prefix { $0 != "=" }
      return !Self.local.contains(String(name)) && !Self.fixed.contains { $0.hasPrefix(name + "=") }
    }
    self.environment = kept + Self.fixed
  }

  /// What a hook or an outer git has set: we name the repository ourselves.
  private static let local: Set<String> = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_QUARANTINE_PATH", "GIT_PREFIX",
    "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS",
  ]

  /// No question at a terminal nobody sits at, and messages in the language we can read.
  private static let fixed = [
    "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", "LANGUAGE=C", "GIT_OPTIONAL_LOCKS=0",
    "GIT_NO_REPLACE_OBJECTS=1",
  ]

  /// Nothing that a repository's configuration names is run on our behalf.
  private static let settings = [
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.ext.allow=never",
    // What is fetched outlives a loss of power: an object left empty would block every later fetch.
    "core.fsync=loose-object,reference", "maintenance.auto=false", "gc.auto=0", "core.pager=cat",
  ]

  /// The whole argument vector for git in `repository`.
  func arguments(_ words: [String], in gitDirectory: String) -> [String] {
    ["git", "--git-dir=\(gitDirectory)"] + Self.settings.flatMap { ["-c", $0] } + words
  }
}

/// What a process said.
package struct CommandResult: Sendable {
  /// The exit status; 128 and the signal's number where one ended it.
  package let status: Int32
  package let output: [UInt8]
  package let errors: [UInt8]

  package var text: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}
