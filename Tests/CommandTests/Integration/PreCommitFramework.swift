import FoundationEssentials

/// The pre-commit framework, from PyPI, in a virtual environment that lives as long as the build.
enum PreCommitFramework {
  /// The program; `nil` where Python or PyPI is not to be had.
  static let program: String? = {
    let folder = "\(Integration.programs)/pre-commit-venv"
    let script = """
      test -x '\(folder)/bin/pre-commit' && exit 0
      python3 -m venv '\(folder)' &&
        '\(folder)/bin/pip' install -q --disable-pip-version-check --timeout 10 --retries 1 pre-commit
      """
    let run = try? Program.shell(script, in: "/")  // no shell, no framework
    return run?.status == 0 ? "\(folder)/bin/pre-commit" : nil
  }()

  /// A repository of hooks, as `repo:` names one, with the file of this checkout.
  static func hooks() throws -> TemporaryFolder {
    let hooks = try TemporaryFolder(repository: [
      ".pre-commit-hooks.yaml": Integration.text(".pre-commit-hooks.yaml")
    ])
    try hooks.git("tag", "v1")
    return hooks
  }

  static func configuration(_ repository: String, _ id: String) -> String {
    """
    repos:
      - repo: \(repository)
        rev: v1
        hooks:
          - id: \(id)

    """
  }
}
