/// A repository elsewhere, reached through the git program.
package struct Remote: Sendable {
  /// A name from the repository's configuration, `origin`.
  package let name: String
  /// The program that fetches and pushes.
  package let git: GitExecutable
  /// The repository that fetches and pushes.
  let gitDirectory: String

  /// - Throws: ``GitError`` `invalidName` when the name could be an option or an address:
  ///   an address decides which program git starts, so that only configured remotes are taken.
  package init(
    _ name: String, of repository: borrowing Repository, git: GitExecutable
  ) throws(GitError) {
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
    }
    guard isPlain, let first = name.first, first != "-", first != ".", first != "/",
      !name.contains("..")
    else {
      throw GitError(
        .invalidName, "\(name) is not the name of a remote",
        remedy: "name one of those that `git remote` lists")
    }
    guard try repository.configuration("remote.\(name).url") != nil else {
      throw GitError(
        .notFound, "there is no remote \(name)",
        remedy: "git remote add \(name) ADDRESS, or name another with --remote")
    }
    self.name = name
    self.git = git
    gitDirectory = repository.commonDirectory
  }

  /// A repository that nobody has given a name here.
  ///
  /// - Parameter address: a path or URL that the user gave; never one that a repository's
  ///   configuration or content names.
  /// - Throws: ``GitError`` `invalidName` when it could be an option or name a program.
  package init(
    address: String, gitDirectory: String, git: GitExecutable
  ) throws(GitError) {
    guard let first = address.utf8.first, first != UInt8(ascii: "-"), !address.contains("::"),
      address.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else {
      throw GitError(
        .invalidName, "\(address) is not the address of a repository",
        remedy: "give a path, or a URL that begins with https://, ssh:// or git@")
    }
    name = address
    self.git = git
    self.gitDirectory = gitDirectory
  }

  /// The first of these references that the remote has.
  package func first(
    of references: [String]
  ) throws(GitError) -> (name: String, id: ObjectID)? {
    let result = try git.run(["ls-remote", "--quiet", "--", name] + references, in: gitDirectory)
    guard result.status == 0 else { throw failure("ask \(name) for its log", result) }
    var found: [String: ObjectID] = [:]
    for line in result.text.split(separator: "\n") {
      let words = line.split(separator: "\t")
      if words.count == 2, let id = ObjectID(hex: String(words[0])) { found[String(words[1])] = id }
    }
    for reference in references {
      if let id = found[reference] { return (reference, id) }
    }
    return nil
  }

  /// What `reference` is at the remote now, or `nil` where it does not exist there.
  package func reference(_ reference: String) throws(GitError) -> ObjectID? {
    let result = try git.run(
      ["ls-remote", "--quiet", "--", name, reference], in: gitDirectory)
    guard result.status == 0 else { throw failure("ask \(name) for \(reference)", result) }
    for line in result.text.split(separator: "\n") {
      let words = line.split(separator: "\t")
      if words.count == 2, words[1] == reference, let id = ObjectID(hex: String(words[0])) {
        return id
      }
    }
    return nil
  }

  /// Brings `reference` here and makes `target` point to it, also where that loses commits.
  package func fetch(_ reference: String, to target: String) throws(GitError) {
    try fetch("+\(reference):\(target)")
  }

  /// Brings the objects of `reference` here; no reference of this repository is changed.
  package func fetch(_ reference: String) throws(GitError) {
    let result = try git.run(
      [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--",
        name, reference,
      ], in: gitDirectory)
    guard result.status == 0 else { throw failure("fetch \(reference) from \(name)", result) }
  }

  /// How an attempt to move a reference at the remote ended.
  package enum Push: Sendable, Hashable {
    case done
    /// Somebody else was quicker: fetch again and retry.
    case outdated
    /// Trying again would not help; the remote's own words.
    case refused(String)
  }

  /// Moves `reference` at the remote from `old` to `new`, which must follow from it.
  ///
  /// - Parameter old: what the reference was when it was looked at; `nil` where it was absent.
  package func push(
    _ new: ObjectID, to reference: String, from old: ObjectID?
  ) throws(GitError) -> Push {
    let result = try git.run(
      [
        "push", "--porcelain", "--atomic", "--no-verify",
        "--force-with-lease=\(reference):\(old?.description ?? "")", "--", name,
        "\(new):\(reference)",
      ], in: gitDirectory)
    if result.status == 0 { return .done }
    // A line for each reference: flag, from:to, summary, separated by tabs.
    for line in result.text.split(separator: "\n") where line.first == "!" {
      let summary = line.split(separator: "\t").last.map(String.init) ?? String(line)
      let mayRetry =
        summary.hasPrefix("[rejected]")
        || (summary.hasPrefix("[remote rejected]")
          && Self.races.contains { summary.contains($0) })
      return mayRetry ? .outdated : .refused(summary)
    }
    throw failure("push \(reference) to \(name)", result)
  }

  /// What a remote says when two pushes met, by git 2.39; anything else is its decision.
  private static let races = [
    "cannot lock ref", "incorrect old value", "failed to update ref", "atomic transaction failed",
    "reference already exists", "fetch first", "stale info",
  ]

  private func failure(_ subject: String, _ result: CommandResult) -> GitError {
    let words = result.errorText.split(separator: "\n").map { line in
      line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : String(line)
    }
    let reason = words.first { !$0.isEmpty } ?? "git ended with status \(result.status)"
    return GitError(
      .other(result.status), "\(subject): \(reason)",
      remedy: "check that `git ls-remote \(name)` works here")
  }
}
