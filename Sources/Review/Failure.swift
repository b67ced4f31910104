/// Why something that was asked for could not be done, in words for the person who asked.
///
/// The one error of this module: commands print it and exit 2.
package struct Failure: Error, Sendable, Hashable {
  /// What went wrong, with the place; lower case, no full stop.
  package let message: String
  /// What to do about it.
  package let help: String?
  /// Whether the audit log, here or elsewhere, was tampered with: that never shares an exit code
  /// with what could not be done.
  package let isTampering: Bool

  package init(_ message: String, help: String? = nil, isTampering: Bool = false) {
    self.message = message
    self.help = help
    self.isTampering = isTampering
  }
}
