package import Git

/// What this clone remembers of the log (`trust.json`): a witness against rewinding it.
package struct Pin: Sendable {
  /// The end of the log as this clone last left it, so that the next append need not read it.
  package private(set) var place: LogPlace
  /// How far the log was found sound here; what is older need not be read again.
  package var verified: LogPlace?
  /// The end of the log at each remote when it was last seen there.
  package var remotes: [String: LogPlace]
  /// Where the log is about to end elsewhere than behind ``place``: written before it is moved, so
  /// that a kill in between leaves no contradiction.
  var next: LogPlace?
  /// Fields that this version does not know; they are written back.
  private var others: [CanonicalJSON.Member]

  package var genesis: Digest { place.genesis }
  package var tip: ObjectID { place.commit }
  package var sequence: Int { place.sequence }
  package var root: Digest { place.root }
  package var frontier: MerkleFrontier { place.frontier }

  static let fileName = "trust.json"
  /// Room for thousands of remotes.
  private static let sizeLimit = 1 << 20

  init(_ place: LogPlace) {
    self.place = place
    verified = nil
    next = nil
    remotes = [:]
    others = []
  }

  /// The same memory of a log that ends elsewhere now.
  func moved(to place: LogPlace) -> Pin {
    var pin = self
    pin.place = place
    pin.next = nil
    return pin
  }

  static func read(from directory: borrowing LogDirectory) throws(AuditError) -> Pin? {
    guard let bytes = try directory.read(fileName, limit: sizeLimit) else { return nil }
    do { return try Pin(bytes) } catch {
      throw AuditError(
        .pinUnreadable, "\(directory.path)/\(fileName) cannot be understood: \(error)",
        remedy: "headgate audit repair sets it aside and reads the log anew")
    }
  }

  private init(_ bytes: [UInt8]) throws(AuditError) {
    let contradiction = AuditError(.pinUnreadable, "a field is missing or contradicts another")
    let value: CanonicalJSON
    do { value = try CanonicalJSON(parsing: bytes) } catch {
      throw AuditError(.pinUnreadable, "\(error)")
    }
    guard let object = value.objectValue, object["v"]?.integerValue == 1,
      let genesis = object["genesis"]?.stringValue.flatMap({ Digest($0) }),
      let place = LogPlace(object, genesis: genesis)
    else { throw contradiction }
    self.init(place)
    if let text = object["verified"] {
      guard let found = text.objectValue.flatMap({ LogPlace($0, genesis: genesis) }) else {
        throw contradiction
      }
      verified = found
    }
    if let text = object["next"]?.objectValue {
      guard let genesis = text["genesis"]?.stringValue.flatMap({ Digest($0) }),
        let found = LogPlace(text, genesis: genesis)
      else { throw contradiction }
      next = found
    }
    if let list = object["remotes"] {
      for member in list.objectValue?.members ?? [] {
        guard let found = member.value.objectValue.flatMap({ LogPlace($0, genesis: genesis) })
        else { throw contradiction }
        remotes[member.name] = found
      }
    }
    let known = LogPlace.memberNames.union(["v", "genesis", "verified", "next", "remotes"])
    others = object.members.filter { !known.contains($0.name) }
  }

  func write(to directory: borrowing LogDirectory, flushed: Bool) throws(AuditError) {
    var members: [CanonicalJSON.Member] = [
      .init("v", .integer(1)), .init("genesis", .string(genesis.description)),
    ]
    members += place.members
    if let verified {
      members.append(.init("verified", .object(CanonicalJSON.Object(verified.members))))
    }
    if let next {
      let genesis = CanonicalJSON.Member("genesis", .string(next.genesis.description))
      members.append(.init("next", .object(CanonicalJSON.Object([genesis] + next.members))))
    }
    if !remotes.isEmpty {
      let list = remotes.map { name, place in
        CanonicalJSON.Member(name, .object(CanonicalJSON.Object(place.members)))
      }
      members.append(.init("remotes", .object(CanonicalJSON.Object(list))))
    }
    let value = CanonicalJSON.object(CanonicalJSON.Object(members + others))
    try directory.replace(Self.fileName, with: value.bytes + [UInt8(ascii: "\n")], flushed: flushed)
  }
}

extension AuditLog {
  /// What this clone remembers of the log; `nil` where it remembers nothing.
  ///
  /// - Throws: ``AuditError`` `pinUnreadable`, `storage`.
  package func pin() throws(AuditError) -> Pin? {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: false) else { return nil }
    guard let pin = try Pin.read(from: directory) else { return nil }
    guard pin.next != nil else { return pin }
    // A reference that cannot be read has not been moved.
    return try settled(pin, tip: try? repository.reference(Self.reference))
  }

  /// The memory after a move that may have been interrupted: whether it took place is told by where
  /// the log ends.
  func settled(_ pin: Pin, tip: ObjectID?) throws(AuditError) -> Pin {
    guard let next = pin.next else { return pin }
    var settled = pin
    settled.next = nil
    guard let tip, repository.contains(next.commit), try isAncestor(next.commit, of: tip)
    else { return settled }
    // After a log of one's own was adopted, what was remembered of it is about another log.
    guard pin.genesis == next.genesis else { return Pin(next) }
    settled = settled.moved(to: next)
    if let verified = settled.verified, try !isAncestor(verified.commit, of: next.commit) {
      settled.verified = nil
    }
    return settled
  }
}
