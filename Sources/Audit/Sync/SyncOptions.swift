package import Git

/// What bringing two clones' logs together needs from outside.
package struct SyncOptions: Sendable {
  /// What the log is called at the remote.
  ///
  /// Branches can be protected by hosting services, other references are out of users' sight:
  /// teams choose with the git configuration `audit.remoteRef`.
  package var remoteReference: String
  /// Whether local records are published, or only others' taken over.
  package var pushes: Bool
  /// Whether records of a log that this clone began by itself are recorded anew in the remote's.
  package var adopts: Bool
  package var now: Timestamp
  package var pacing: Pacing

  package init(
    now: Timestamp, remoteReference: String = AuditLog.reference, pushes: Bool = true,
    adopts: Bool = false, pacing: Pacing = .system
  ) {
    self.now = now
    self.remoteReference = remoteReference
    self.pushes = pushes
    self.adopts = adopts
    self.pacing = pacing
  }

  /// How often a push that lost a race is tried again: with 4 clones pushing at once, 3 tries were
  /// needed on average.
  static let tries = 40
}

/// What a synchronisation did.
package struct SyncResult: Sendable, Hashable {
  /// Records of others that came.
  package var received = 0
  /// Records of ours that the remote has now and had not before.
  package var sent = 0
  /// Records of ours that were put behind others' that came first.
  package var moved = 0
  /// Records of a log of this clone's own that were recorded anew.
  package var adopted = 0
  /// How many records the log has.
  package var records = 0
  package var tip: ObjectID?
}
