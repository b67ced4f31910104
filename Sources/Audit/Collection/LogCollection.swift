package import Git

/// The logs of many repositories in one bare repository.
///
/// Each is a reference of its own, `refs/audit/src/NAME/log`, and stays the log that it is: what is
/// put together is the questions, not the records.
package struct LogCollection: Sendable {
  /// One repository whose log is collected.
  package struct Source: Sendable {
    /// Given once and never again, because rows are numbered by it.
    let number: Int
    package let name: String
    /// A path or URL, as git takes it.
    package var address: String
    /// Where the log was found there.
    package var remoteReference: String
    /// The end of what was verified; `nil` before the first time.
    package var place: LogPlace?

    /// The number of records collected.
    package var records: Int { place.map { $0.sequence + 1 } ?? 0 }
  }

  /// Names the collection to databases, which hold one.
  package let id: String
  package internal(set) var sources: [Source]

  static let fileName = "collection.json"
  /// Room for a hundred thousand repositories.
  private static let sizeLimit = 256 << 20

  init(id: String, sources: [Source] = []) {
    self.id = id
    self.sources = sources
  }

  /// Where a collection keeps the log of a repository.
  static func reference(_ name: String) -> String { "refs/audit/src/\(name)/log" }

  /// The collection in a repository; `nil` where there is none.
  ///
  /// - Throws: ``AuditError`` `pinUnreadable`, `storage`.
  package static func read(
    in repository: borrowing Repository
  ) throws(AuditError) -> LogCollection? {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: false) else { return nil }
    return try read(from: directory)
  }

  /// Whether a repository is a collection.
  package static func isPresent(in repository: borrowing Repository) throws(AuditError) -> Bool {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: false) else { return false }
    return try directory.read(fileName, limit: sizeLimit) != nil
  }

  static func read(
    from directory: borrowing LogDirectory
  ) throws(AuditError) -> LogCollection? {
    guard let bytes = try directory.read(fileName, limit: sizeLimit) else { return nil }
    do {
      return try LogCollection(bytes)
    } catch {
      throw AuditError(
        .pinUnreadable, "\(directory.path)/\(fileName) cannot be understood: \(error)",
        remedy: "restore it from a backup, or collect into a new folder")
    }
  }

  private init(_ bytes: [UInt8]) throws(AuditError) {
    let contradiction = AuditError(.pinUnreadable, "a field is missing or contradicts another")
    let value: CanonicalJSON
    do { value = try CanonicalJSON(parsing: bytes) } catch {
      throw AuditError(.pinUnreadable, "\(error)")
    }
    guard let object = value.objectValue, object["v"]?.integerValue == 1,
      let id = object["id"]?.stringValue, let list = object["sources"]?.arrayValue
    else { throw contradiction }
    self.init(id: id)
    for item in list {
      guard let source = item.objectValue.flatMap(Source.init), source.number > 0,
        !sources.contains(where: { $0.number == source.number || $0.name == source.name })
      else { throw contradiction }
      sources.append(source)
    }
  }

  func write(to directory: borrowing LogDirectory) throws(AuditError) {
    let value = CanonicalJSON.object(
      CanonicalJSON.Object([
        .init("v", .integer(1)), .init("id", .string(id)),
        .init("sources", .array(sources.map(\.json))),
      ]))
    try directory.replace(Self.fileName, with: value.bytes + [UInt8(ascii: "\n")], flushed: true)
  }
}

extension LogCollection.Source {
  fileprivate init?(_ object: CanonicalJSON.Object) {
    guard let number = object["number"]?.integerValue.flatMap({ Int(exactly: $0) }),
      let name = object["name"]?.stringValue, let address = object["address"]?.stringValue,
      let reference = object["reference"]?.stringValue
    else { return nil }
    var place: LogPlace?
    if let genesis = object["genesis"]?.stringValue {
      guard let found = Digest(genesis).flatMap({ LogPlace(object, genesis: $0) }) else {
        return nil
      }
      place = found
    }
    self.init(
      number: number, name: name, address: address, remoteReference: reference, place: place)
  }

  fileprivate var json: CanonicalJSON {
    var members: [CanonicalJSON.Member] = [
      .init("number", .integer(Int64(number))), .init("name", .string(name)),
      .init("address", .string(address)), .init("reference", .string(remoteReference)),
    ]
    if let place {
      members.append(.init("genesis", .string(place.genesis.description)))
      members += place.members
    }
    return .object(CanonicalJSON.Object(members))
  }
}

extension AuditLog {
  /// The log of a repository, or, where it is a collection, all that it holds.
  ///
  /// - Throws: ``AuditError`` `pinUnreadable`, `storage`.
  package static func asked(
    in repository: consuming Repository
  ) throws(AuditError) -> AuditLog {
    guard let collection = try LogCollection.read(in: repository) else {
      return AuditLog(repository)
    }
    return AuditLog(repository, collection)
  }

  /// The logs of a collection, each up to where it was verified.
  package init(_ repository: consuming Repository, _ collection: LogCollection) {
    self.init(
      repository,
      sources: collection.sources.filter { $0.place != nil }.map { source in
        LogSource(number: source.number, name: source.name, tip: source.place?.commit)
      })
  }
}
