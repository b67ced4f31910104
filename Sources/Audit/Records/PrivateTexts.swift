package import Git

/// Texts of a record that stand beside the log, where they can be deleted.
///
/// The record holds a commitment to each: the hash of a salt and the text. Nobody can guess a text
/// from it, and whoever has both can show that they are what was recorded.
package struct PrivateTexts: Sendable, Hashable {
  /// A text with its salt.
  struct Entry: Sendable, Hashable {
    let salt: [UInt8]
    let text: String
  }

  /// By the name of the field, `reason`.
  private(set) var entries: [String: Entry] = [:]

  /// Where the texts of all records are: one reference each.
  private static let folder = "refs/audit/private/"
  fileprivate static let sizeLimit = Record.sizeLimit * 2

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Names of the fields that are kept here, sorted.
  package var fields: [String] { entries.keys.sorted() }

  /// Keeps `text` for `field` and returns what the record says instead.
  package mutating func keep(_ text: String, as field: String, salt: [UInt8]) -> FreeText {
    // One salt serves several fields, so that equal texts look different.
    let entry = Entry(salt: Digest(of: salt, Array(field.utf8)).bytes, text: text)
    entries[field] = entry
    return .commitment(Self.commitment(to: entry))
  }

  /// The text of `field`, if it is the one that the record commits to.
  package func text(of field: String, committedTo commitment: Digest) -> String? {
    entries[field].flatMap { Self.commitment(to: $0) == commitment ? $0.text : nil }
  }

  private static func commitment(to entry: Entry) -> Digest {
    Digest(of: entry.salt, Array(entry.text.utf8))
  }

  static func reference(of record: Digest) -> String { folder + record.hex }

  fileprivate var bytes: [UInt8] {
    let members = entries.map { field, entry in
      CanonicalJSON.Member(
        field,
        .object(present: [
          ("salt", .string(Base64.text(of: entry.salt, .url))), ("text", .string(entry.text)),
        ]))
    }
    return CanonicalJSON.object(CanonicalJSON.Object(members)).bytes
  }

  fileprivate init?(_ bytes: [UInt8]) {
    guard let object = (try? CanonicalJSON(parsing: bytes))?.objectValue else { return nil }
    for member in object.members {
      guard let inner = member.value.objectValue, let text = inner["text"]?.stringValue,
        let salt = inner["salt"]?.stringValue.flatMap({ Base64.bytes(of: $0, .url) })
      else { return nil }
      entries[member.name] = Entry(salt: salt, text: text)
    }
  }
}

extension AuditLog {
  /// Stores the texts of a record, before the record itself is stored.
  package func keep(_ texts: PrivateTexts, of record: Digest) throws(AuditError) {
    guard !texts.isEmpty else { return }
    try git { () throws(GitError) in
      let blob = try repository.write(.blob, texts.bytes, flushed: true)
      let name = PrivateTexts.reference(of: record)
      let old = try repository.reference(name)
      try repository.swapReference(
        name, from: old ?? .zero, to: blob, message: "audit: private texts", flushed: true)
    }
  }

  /// The texts of a record that are here; `nil` where there are none, or no longer.
  package func privateTexts(of record: Digest) throws(AuditError) -> PrivateTexts? {
    try git { () throws(GitError) in
      guard let blob = try repository.reference(PrivateTexts.reference(of: record)),
        repository.contains(blob)
      else { return nil }
      return PrivateTexts(try repository.blob(blob, limit: PrivateTexts.sizeLimit))
    }
  }

  /// Deletes the texts of a record in this clone.
  ///
  /// - Returns: the object that held them, if it is still in a pack, where only git's `gc` deletes
  ///   it.
  package func deletePrivateTexts(of record: Digest) throws(AuditError) -> ObjectID? {
    try git { () throws(GitError) in
      let name = PrivateTexts.reference(of: record)
      guard let blob = try repository.reference(name) else { return nil }
      try repository.deleteReference(name, holding: blob)
      return try repository.deleteLoose(blob) ? nil : blob
    }
  }
}
