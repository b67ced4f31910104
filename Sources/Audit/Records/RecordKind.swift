/// What a record states.
package enum RecordKind: Sendable, Hashable, CustomStringConvertible {
  /// The first record; its id names the repository in all others.
  case genesis
  /// Governed settings differ between two versions.
  case change
  case approval, rejection
  /// A change has been put into operation.
  case apply
  case annotation
  /// Findings that are accepted for a time.
  case waiver
  case keyAdd, keyRevoke
  case policy
  /// The log's size and root at a time, also when nothing has changed.
  case checkpoint
  /// Changes taken over from another system.
  case imported
  case redaction
  /// A kind that a newer version introduced.
  case unknown(String)

  private static let names: [(RecordKind, String)] = [
    (.genesis, "genesis"), (.change, "change"), (.approval, "approval"),
    (.rejection, "rejection"), (.apply, "apply"), (.annotation, "annotation"), (.waiver, "waiver"),
    (.keyAdd, "key-add"), (.keyRevoke, "key-revoke"), (.policy, "policy"),
    (.checkpoint, "checkpoint"), (.imported, "import"), (.redaction, "redaction"),
  ]

  /// The kind with this name: lower-case letters and hyphens, at most 32 of them.
  ///
  /// The form is fixed because the name also stands in a trailer.
  package init?(_ name: String) {
    let isWellFormed = name.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
    }
    guard isWellFormed, (1...32).contains(name.utf8.count) else { return nil }
    self = Self.names.first { $0.1 == name }?.0 ?? .unknown(name)
  }

  package var description: String {
    if case .unknown(let name) = self { return name }
    return Self.names.first { $0.0 == self }?.1 ?? ""
  }

  /// Whether `files`, `settings` and `findings` have the form of a change.
  package var describesChange: Bool { [.change, .apply, .imported].contains(self) }

  /// Whether the record moves a file from its old to its new content.
  package var movesState: Bool { self == .change || self == .imported }
}
