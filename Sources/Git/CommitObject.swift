/// Who made a commit and when, as written in its header.
package struct CommitSignature: Sendable, Hashable {
  package let name: String
  package let email: String
  /// Seconds since 1970 in UTC.
  package let seconds: Int64
  /// Hours and minutes east of UTC, `+0100`; kept as text, because `-0000` differs from `+0000`.
  package let zone: String

  package init(name: String, email: String, seconds: Int64, zone: String = "+0000") {
    self.name = name
    self.email = email
    self.seconds = seconds
    self.zone = zone
  }
}

/// A commit's content.
///
/// Read by ourselves instead of through libgit2's commit handle: that gives every byte to
/// verification, works up to the boundary of a shallow clone, and is twice as fast.
package struct CommitObject: Sendable, Hashable {
  package let tree: ObjectID
  package let parents: [ObjectID]
  package let author: CommitSignature
  package let committer: CommitSignature
  /// Header lines after the committer (`gpgsig`, `encoding` …), each with its line feed.
  package let extraHeaders: [UInt8]
  /// Everything after the header's empty line.
  package let message: [UInt8]

  package init(
    tree: ObjectID, parents: [ObjectID], author: CommitSignature, committer: CommitSignature,
    message: [UInt8]
  ) {
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    extraHeaders = []
    self.message = message
  }

  /// The message's first line.
  package var summary: String {
    String(decoding: message.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// The bytes that git stores.
  ///
  /// Characters that would end a name or an address in the header are left out of it.
  package var serialized: [UInt8] {
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    for (label, who) in [("author", author), ("committer", committer)] {
      text += "\(label) \(who.line)\n"
    }
    return Array(text.utf8) + extraHeaders + [UInt8(ascii: "\n")] + message
  }
}

extension CommitSignature {
  /// The line of the header, without its label.
  ///
  /// Characters that would end a name or an address are left out of it.
  package var line: String {
    "\(Self.clean(name)) <\(Self.clean(email))> \(seconds) \(zone)"
  }

  private static func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars
    where scalar.value >= 32 && scalar.value != 127 && scalar != "<" && scalar != ">" {
      scalars.append(scalar)
    }
    return String(scalars)
  }
}

extension CommitObject {
  /// Parses a commit's stored bytes.
  ///
  /// - Throws: ``GitError`` `corrupt` when a header line is missing, out of order or malformed.
  package init(parsing bytes: [UInt8], id: ObjectID) throws(GitError) {
    var reader = HeaderReader(bytes: bytes)
    let malformed = GitError(.corrupt, "commit \(id): malformed header")
    guard let treeText = reader.value(of: "tree "), let tree = ObjectID(hexBytes: treeText) else {
      throw malformed
    }
    var parents: [ObjectID] = []
    while let text = reader.value(of: "parent ") {
      guard let parent = ObjectID(hexBytes: text) else { throw malformed }
      parents.append(parent)
    }
    guard let author = reader.value(of: "author ").flatMap({ CommitSignature(parsing: $0) }),
      let committer = reader.value(of: "committer ").flatMap({ CommitSignature(parsing: $0) })
    else { throw malformed }
    let extra = reader.offset
    guard reader.skipToMessage() else { throw malformed }
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    extraHeaders = Array(bytes[extra..<(reader.offset - 1)])
    message = Array(bytes[reader.offset...])
  }
}

extension CommitSignature {
  /// Parses `Name <email> seconds zone`; `nil` when it is not of that form.
  fileprivate init?(parsing bytes: ArraySlice<UInt8>) {
    guard let close = bytes.lastIndex(of: UInt8(ascii: ">")),
      let open = bytes[..<close].lastIndex(of: UInt8(ascii: "<"))
    else { return nil }
    let time = bytes[(close + 1)...].split(separator: UInt8(ascii: " "))
    guard time.count == 2, let seconds = Int64(String(decoding: time[0], as: UTF8.self)) else {
      return nil
    }
    var name = bytes[..<open]
    if name.last == UInt8(ascii: " ") { name.removeLast() }
    self.init(
      name: String(decoding: name, as: UTF8.self),
      email: String(decoding: bytes[(open + 1)..<close], as: UTF8.self),
      seconds: seconds, zone: String(decoding: time[1], as: UTF8.self))
  }
}

/// Walks over the lines of an object's header.
private struct HeaderReader {
  let bytes: [UInt8]
  private(set) var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The rest of the next line if it begins with `label`, and then moves past that line.
  mutating func value(of label: StaticString) -> ArraySlice<UInt8>? {
    let start = offset + label.utf8CodeUnitCount
    guard start <= bytes.count,
      label.withUTF8Buffer({ $0.elementsEqual(bytes[offset..<start]) }),
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    offset = end + 1
    return bytes[start..<end]
  }

  /// Moves behind the empty line that ends the header; `false` when there is none.
  mutating func skipToMessage() -> Bool {
    while offset < bytes.count {
      guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return false }
      let isEmpty = end == offset
      offset = end + 1
      if isEmpty { return true }
    }
    return false
  }
}
