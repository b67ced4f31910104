/// Which rule a verdict rests on, exactly: where it comes from and what it says.
package struct RuleOrigin: Sendable, Hashable {
  /// As in ``Finding/rule``.
  package let rule: String
  /// `built-in`, a file of the repository, or the address, version and path of a shared rule.
  package let source: String
  /// SHA-256 of what decides its verdicts, in hexadecimal.
  package let digest: String

  package init(rule: String, source: String, digest: String) {
    self.rule = rule
    self.source = source
    self.digest = digest
  }
}
