import Catalog
import Policy
import Syntax

/// The rules that do not come with Headgate: those of other repositories, and the team's own.
struct OwnRules {
  /// Shared rules first, so that the team's own can override them.
  let rules: [LoadedRule]

  init(
    _ configuration: Configuration, files: any FileSource
  ) throws(Failure) {
    let policies = configuration.sharedPolicies
    var shared: [LoadedRule] = []
    if !policies.isEmpty {
      try Self.checkNames(policies)
      let cache = (files as? any PolicyKeeping)?.policyCache
      shared = try SharedRules(policies, lock: Self.lock(in: files), cache: cache).rules
    }
    do throws(PolicyError) {
      rules = shared + (try TeamRules(directories: configuration.policies, files: files).rules)
    } catch {
      throw Failure(error.description)
    }
  }

  private static func lock(in files: any FileSource) throws(Failure) -> SourceText? {
    do throws(FileRefusal) {
      return try files.read(PolicyLock.fileName)
    } catch .notFound {
      return nil
    } catch {
      throw Failure("\(PolicyLock.fileName) \(error.reason)")
    }
  }

  /// Refuses names under which built-in rules stand: `nginx/*` would mean both.
  static func checkNames(_ policies: [SharedPolicy]) throws(Failure) {
    let areas = Set(BuiltInPolicies.rules.map { String($0.id.prefix { $0 != "/" }) })
    for policy in policies where areas.contains(policy.name) {
      let problem = PolicyProblem(
        path: Configuration.fileName, position: policy.position,
        message: "`\(policy.name)` is an area of built-in rules; give the policy another `name`")
      throw Failure(problem.description)
    }
  }

  /// The built-in rules with `own` beside them or in their place.
  static func joined(with own: [LoadedRule]) throws(PolicyError) -> [RuleDefinition] {
    guard !own.isEmpty else { return BuiltInPolicies.rules }
    let isShared = { (rule: LoadedRule) in
      if case .shared = rule.definition.source { true } else { false }
    }
    var layers = RuleLayers(BuiltInPolicies.rules)
    layers.add(own.filter(isShared))
    layers.add(own.filter { !isShared($0) })
    guard layers.problems.isEmpty else { throw PolicyError(layers.problems) }
    return layers.rules
  }
}
