import Catalog
import Git
import Policy
import Syntax

/// Fetches the rules of other repositories: the one part of policies that uses the network, and
/// only when somebody asks for it.
package struct PolicyUpdate: Sendable {
  /// What became of one policy.
  package struct Outcome: Sendable {
    package let name: String
    package let address: String
    package let ref: String
    package let commit: String
    /// SHA-256 of the rules, hexadecimal.
    package let digest: String
    package let ruleCount: Int
    /// Whether the lock held something else, or nothing.
    package let isChanged: Bool
  }

  private let policies: [SharedPolicy]
  private let lock: PolicyLock?
  private let root: String
  private let cache: PolicyCache
  private let git: GitExecutable

  /// Prepares an update of the work tree around `folder`.
  ///
  /// - Parameters:
  ///   - folder: a folder of it.
  ///   - environment: the user's variables, each as `NAME=value`, for git.
  /// - Throws: `Failure` when `.headgate.yaml` or the lock has mistakes, or here is no repository.
  package init(in folder: String, environment: [String]) throws(Failure) {
    let tree = try WorkTree(folder)
    guard let cache = PolicyCache(workTree: tree.root) else {
      throw Failure(
        "\(tree.root) is no git repository, in whose folder fetched rules are kept",
        help: "run in a clone of the repository")
    }
    self.cache = cache
    git = GitExecutable(environment: environment)
    root = tree.root
    let configuration = try tree.rootFile(Configuration.fileName)
    let lock = try tree.rootFile(PolicyLock.fileName)
    do throws(PolicyError) {
      policies =
        try configuration.map { source throws(PolicyError) in
          try ConfigurationReader.read(source).sharedPolicies
        } ?? []
      self.lock = try lock.map { source throws(PolicyError) in try PolicyLock.read(source) }
    } catch {
      throw Failure(error.description)
    }
    guard !policies.isEmpty else {
      throw Failure(
        "\(Configuration.fileName) names no policy of another repository",
        help: "policies: [{git: https://…, ref: v1.0, path: rules}]")
    }
    try OwnRules.checkNames(policies)
  }

  /// Takes each policy as it is now, and writes the lock.
  ///
  /// - Throws: `Failure` when one cannot be fetched or has mistakes; the lock is as it was then.
  package func run() throws(Failure) -> [Outcome] {
    var outcomes: [Outcome] = []
    var entries: [PolicyLock.Entry] = []
    for policy in policies {
      let (bundle, commit) = try PolicyFetch(policy, cache: cache, git: git).newest()
      let entry = PolicyLock.Entry(policy, commit: commit, digest: bundle.digest)
      outcomes.append(try keep(bundle, policy, entry))
      entries.append(entry)
    }
    let text = PolicyLock(entries).text
    if lock?.entries != entries {
      try FileReplacement.create("\(root)/\(PolicyLock.fileName)", Array(text.utf8))
    }
    return outcomes
  }

  /// Fetches what the lock pins, and nothing else: for a clone, or a CI job.
  ///
  /// - Throws: `Failure` when the lock is missing or not of `.headgate.yaml`, or the other
  ///   repository no longer has what it pins.
  package func runLocked() throws(Failure) -> [Outcome] {
    guard let lock else {
      throw Failure(
        "\(PolicyLock.fileName) is missing", help: "run `headgate policy update` without --locked")
    }
    var outcomes: [Outcome] = []
    for policy in policies {
      let entry = try SharedRules.entry(of: policy, in: lock)
      let bundle: PolicyBundle
      if let kept = try? cache.bundle(entry.digest) {
        // Whatever is wrong with the cached one, it is fetched again.
        bundle = kept
      } else {
        bundle = try PolicyFetch(policy, cache: cache, git: git).pinned(entry.commit)
      }
      guard bundle.digest == entry.digest else {
        throw Failure(
          "the rules of \(policy.address) at \(entry.commit.prefix(12)) are not those that"
            + " \(PolicyLock.fileName) pins",
          help: "find out who changed them; `headgate policy update` takes them as they are now")
      }
      outcomes.append(try keep(bundle, policy, entry))
    }
    return outcomes
  }

  private func keep(
    _ bundle: PolicyBundle, _ policy: SharedPolicy, _ entry: PolicyLock.Entry
  ) throws(Failure) -> Outcome {
    let rules = try SharedRules.rules(in: bundle, of: policy, commit: entry.commit)
    try cache.keep(bundle)
    return Outcome(
      name: policy.name, address: policy.address, ref: policy.ref, commit: entry.commit,
      digest: bundle.digest, ruleCount: rules.count, isChanged: lock?[policy.name] != entry)
  }
}
