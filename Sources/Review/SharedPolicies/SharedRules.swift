import Catalog
package import Policy
package import Syntax

/// The rules of other repositories, as `headgate.lock` pins them.
package struct SharedRules: Sendable {
  package let rules: [LoadedRule]

  /// Loads what a configuration asks for: from the cache, never from the network.
  ///
  /// - Parameters:
  ///   - policies: what `.headgate.yaml` names.
  ///   - lock: the text of `headgate.lock` in the same version; `nil` where there is none.
  ///   - cache: what was fetched; `nil` outside of a repository.
  /// - Throws: `Failure` with the remedy: rules that are not there, or not those of the lock, are
  ///   never left out.
  package init(
    _ policies: [SharedPolicy], lock: SourceText?, cache: PolicyCache?
  ) throws(Failure) {
    guard !policies.isEmpty else {
      rules = []
      return
    }
    guard let lock else {
      throw Failure(
        "\(PolicyLock.fileName) is missing: it pins the rules of \(policies[0].address)",
        help: "run `headgate policy update` and commit \(PolicyLock.fileName)")
    }
    let entries: PolicyLock
    do throws(PolicyError) { entries = try PolicyLock.read(lock) } catch {
      throw Failure(error.description, help: "run `headgate policy update`, which writes the file")
    }
    var rules: [LoadedRule] = []
    for policy in policies {
      rules += try Self.rules(of: policy, try Self.entry(of: policy, in: entries), cache)
    }
    self.rules = rules
  }

  /// The lock's entry of a policy, which must be what `.headgate.yaml` asks for.
  static func entry(
    of policy: SharedPolicy, in lock: PolicyLock
  ) throws(Failure) -> PolicyLock.Entry {
    let help = "run `headgate policy update` and commit \(PolicyLock.fileName)"
    guard let entry = lock[policy.name] else {
      throw Failure("\(PolicyLock.fileName) does not hold the policy `\(policy.name)`", help: help)
    }
    guard entry.isOf(policy) else {
      throw Failure(
        "\(PolicyLock.fileName) pins the policy `\(policy.name)` of \(entry.address)@\(entry.ref), "
          + "but \(Configuration.fileName) asks for \(policy.address)@\(policy.ref)", help: help)
    }
    return entry
  }

  private static func rules(
    of policy: SharedPolicy, _ entry: PolicyLock.Entry, _ cache: PolicyCache?
  ) throws(Failure) -> [LoadedRule] {
    let help = "run `headgate policy update --locked`: it fetches what the lock pins"
    guard let cache else {
      throw Failure(
        "the policy `\(policy.name)` is kept in a git repository's own folder, and here is none",
        help: "run in a clone of the repository")
    }
    let bundle: PolicyBundle
    do throws(PolicyCache.Absence) { bundle = try cache.bundle(entry.digest) } catch {
      switch error {
      case .missing:
        throw Failure("the policy `\(policy.name)` was not fetched here", help: help)
      case .changed:
        throw Failure(
          "the fetched rules of the policy `\(policy.name)` are not those that"
            + " \(PolicyLock.fileName) pins", help: help)
      }
    }
    return try rules(in: bundle, of: policy, commit: entry.commit)
  }

  /// The rules of a bundle under the policy's name.
  ///
  /// - Throws: `Failure` with every mistake in them.
  static func rules(
    in bundle: PolicyBundle, of policy: SharedPolicy, commit: String
  ) throws(Failure) -> [LoadedRule] {
    var rules: [LoadedRule] = []
    var problems: [PolicyProblem] = []
    for file in bundle.files {
      let shown = SourceText(
        path: "\(policy.address)@\(policy.ref)/\(file.path)", bytes: file.bytes)
      let id = "\(policy.name)/\(RuleReader.identifier(of: file.path, below: ""))"
      do throws(PolicyError) {
        var rule = try RuleReader.read(shown, id: id)
        rule.definition.source = .shared(
          address: policy.address, ref: policy.ref, commit: commit, path: file.path)
        problems += RuleChecker.problems(of: rule, schema: Catalog.schema)
        rules.append(rule)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw Failure(PolicyError(problems).description) }
    return rules
  }
}
