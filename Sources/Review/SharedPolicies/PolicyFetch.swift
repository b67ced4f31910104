import Catalog
import Git
import Policy
import Syntax

/// Brings the rules of one repository here, through the git program.
struct PolicyFetch {
  private let policy: SharedPolicy
  private let cache: PolicyCache
  private let git: GitExecutable
  /// A repository of its own: nothing that is fetched mixes with the team's objects.
  private let store: String

  init(_ policy: SharedPolicy, cache: PolicyCache, git: GitExecutable) throws(Failure) {
    self.policy = policy
    self.cache = cache
    self.git = git
    try cache.makeFolder()
    store = cache.folder + "/fetched.git"
    // An existing repository is left as it is.
    _ = try run(["init", "--quiet", "--bare", "--template="], "make \(store)")
  }

  /// The rules that the policy's reference is now, and the commit that it is.
  func newest() throws(Failure) -> (PolicyBundle, commit: String) {
    let commit = try fetch(policy.ref)
    return (try bundle(of: commit), commit)
  }

  /// The rules of a commit.
  ///
  /// Servers may give only what a reference points to; then it must still be that commit.
  func pinned(_ commit: String) throws(Failure) -> PolicyBundle {
    do throws(Failure) {
      return try bundle(of: try fetch(commit))
    } catch {
      let newest = try fetch(policy.ref)
      guard newest == commit else {
        throw Failure(
          "\(policy.address) does not give the commit \(commit.prefix(12)), and \(policy.ref) is"
            + " \(newest.prefix(12)) there now",
          help: "`headgate policy update` takes the rules as they are now")
      }
      return try bundle(of: newest)
    }
  }

  /// - Returns: the commit, in hexadecimal.
  private func fetch(_ ref: String) throws(Failure) -> String {
    let target = "refs/headgate/\(policy.name)"
    let protocols = PolicyAddress.schemes.flatMap { ["-c", "protocol.\($0).allow=always"] }
    _ = try run(
      ["-c", "protocol.allow=never"] + protocols + [
        "-c", "transfer.bundleURI=false", "fetch", "--quiet", "--no-tags", "--depth=1",
        "--no-write-fetch-head", "--no-recurse-submodules", "--", policy.address,
        "+\(ref):\(target)",
      ], "fetch \(ref) of \(policy.address)")
    let text = try run(
      ["rev-parse", "--verify", "--end-of-options", "\(target)^{commit}"],
      "find the commit of \(ref)")
    return String(text.prefix { $0 != "\n" })
  }

  private func bundle(of commit: String) throws(Failure) -> PolicyBundle {
    guard let id = ObjectID(hex: commit) else { throw Failure("\(commit) is no commit") }
    let files = try RepositoryAccess.orFailure { () throws(GitError) in
      try GitFiles(of: id, in: try Repository(at: store, search: false))
    }
    let prefix = policy.path.isEmpty ? "" : policy.path + "/"
    var rules: [SourceText] = []
    var size = 0
    for path in files.paths
    where path.hasPrefix(prefix) && (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) {
      let name = String(path.dropFirst(prefix.count))
      // What git itself uses, and hooks of other tools, are no rules.
      guard !name.hasPrefix("."), !name.contains("/.") else { continue }
      do throws(FileRefusal) {
        let source = try files.read(path)
        rules.append(SourceText(path: name, bytes: source.bytes))
        size += source.bytes.count
      } catch {
        throw Failure("\(policy.address): \(path) \(error.reason)")
      }
      guard rules.count <= PolicyBundle.countLimit, size <= PolicyBundle.sizeLimit else {
        throw Failure(
          "\(policy.address) has more than \(PolicyBundle.countLimit) rules or"
            + " \(PolicyBundle.sizeLimit >> 20) MiB of them")
      }
    }
    guard !rules.isEmpty else {
      throw Failure(
        "\(policy.address) has no rules in the folder `\(policy.path)` at \(policy.ref)",
        help: "`path:` names the folder that holds AREA/NAME.yaml")
    }
    return PolicyBundle(rules)
  }

  private func run(_ words: [String], _ subject: String) throws(Failure) -> String {
    let result = try RepositoryAccess.orFailure { () throws(GitError) in
      try git.run(words, in: store)
    }
    guard result.status == 0 else {
      let lines = result.errorText.split(separator: "\n").map(String.init)
      let line = lines.first { $0.hasPrefix("fatal: ") }.map { String($0.dropFirst(7)) }
      throw Failure(
        "cannot \(subject): \(line ?? lines.first ?? "git ended with status \(result.status)")",
        help: "check that `git ls-remote` works with this address")
    }
    return result.text
  }
}
