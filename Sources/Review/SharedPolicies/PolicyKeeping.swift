import Catalog

/// Files of a repository in whose own folder fetched rules lie.
///
/// Whoever reads decisions from such files finds the rules that they name, in every version: which
/// of them count is the lock's business.
protocol PolicyKeeping: FileSource {
  /// What was fetched; `nil` where there is no repository.
  var policyCache: PolicyCache? { get }
}

extension WorkTreeFiles: PolicyKeeping {
  var policyCache: PolicyCache? { PolicyCache(workTree: root) }
}

extension GitFiles: PolicyKeeping {
  var policyCache: PolicyCache? { PolicyCache(commonFolder: commonDirectory) }
}
