/// What an entry of a tree or index is.
package enum FileMode: Sendable, Hashable {
  case regular, executable, symbolicLink, directory, submodule
  /// A mode that git does not write; the number is as stored.
  case other(UInt32)

  init(_ mode: UInt32) {
    switch mode {
    case 0o100644: self = .regular
    case 0o100755: self = .executable
    case 0o120000: self = .symbolicLink
    case 0o040000: self = .directory
    case 0o160000: self = .submodule
    default: self = .other(mode)
    }
  }

  var number: UInt32 {
    switch self {
    case .regular: 0o100644
    case .executable: 0o100755
    case .symbolicLink: 0o120000
    case .directory: 0o040000
    case .submodule: 0o160000
    case .other(let mode): mode
    }
  }

  /// Whether the content is a blob that is a file's text.
  package var isFile: Bool { self == .regular || self == .executable }
}

/// A directory as git stores it.
package struct TreeObject: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// One path component; bytes that are not UTF-8 appear as U+FFFD.
    package let name: String
    package let mode: FileMode
    package let id: ObjectID

    package init(name: String, mode: FileMode, id: ObjectID) {
      self.name = name
      self.mode = mode
      self.id = id
    }
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries.sorted { Self.sortKey($0).lexicographicallyPrecedes(Self.sortKey($1)) }
  }

  /// Git sorts a directory as if its name ended with a slash.
  private static func sortKey(_ entry: Entry) -> [UInt8] {
    Array(entry.name.utf8) + (entry.mode == .directory ? [UInt8(ascii: "/")] : [])
  }

  /// The entry of that name, if there is one.
  ///
  /// Names are compared byte by byte: to Swift, composed and decomposed letters are equal strings.
  package subscript(name: String) -> Entry? {
    entries.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The bytes that git stores.
  package var serialized: [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes += Array((String(entry.mode.number, radix: 8) + " " + entry.name).utf8)
      bytes.append(0)
      bytes += entry.id.bytes
    }
    return bytes
  }

  /// Parses a tree's stored bytes, in the order in which they are stored.
  ///
  /// - Throws: ``GitError`` `corrupt` when an entry is cut off or its mode is not octal.
  package init(parsing bytes: [UInt8], id: ObjectID) throws(GitError) {
    var entries: [Entry] = []
    var offset = 0
    while offset < bytes.count {
      guard let blank = bytes[offset...].firstIndex(of: UInt8(ascii: " ")), blank - offset <= 6,
        let mode = UInt32(String(decoding: bytes[offset..<blank], as: UTF8.self), radix: 8),
        let end = bytes[blank...].firstIndex(of: 0), end + ObjectID.size < bytes.count,
        let entryID = ObjectID(bytes: bytes[(end + 1)...(end + ObjectID.size)])
      else { throw GitError(.corrupt, "tree \(id): malformed entry at byte \(offset)") }
      let name = String(decoding: bytes[(blank + 1)..<end], as: UTF8.self)
      entries.append(Entry(name: name, mode: FileMode(mode), id: entryID))
      offset = end + 1 + ObjectID.size
    }
    self.entries = entries
  }
}

extension Repository {
  /// The entry at `path` (components separated by `/`) below `tree`, or `nil` where there is none.
  package func entry(
    at path: String, in tree: ObjectID
  ) throws(GitError) -> TreeObject.Entry? {
    var found = TreeObject.Entry(name: "", mode: .directory, id: tree)
    for name in path.split(separator: "/") {
      guard found.mode == .directory, let next = try self.tree(found.id)[String(name)] else {
        return nil
      }
      found = next
    }
    return found.id == tree ? nil : found
  }

  /// The content of the file at `path` in `commit`, or `nil` where there is no file.
  package func blob(
    at path: String, in commit: ObjectID, limit: Int = blobLimit
  ) throws(GitError) -> [UInt8]? {
    guard let entry = try entry(at: path, in: self.commit(commit).tree), entry.mode.isFile else {
      return nil
    }
    return try blob(entry.id, limit: limit)
  }

  /// Every entry below `path` in `commit` that is not a directory, in git's order.
  ///
  /// - Parameter path: a directory without a slash at its end; empty for all.
  /// - Returns: entries whose names are paths from the root of the tree.
  package func files(
    below path: String = "", in commit: ObjectID
  ) throws(GitError) -> [TreeObject.Entry] {
    var root = try self.commit(commit).tree
    if !path.isEmpty {
      guard let entry = try entry(at: path, in: root) else { return [] }
      guard entry.mode == .directory else {
        return [TreeObject.Entry(name: path, mode: entry.mode, id: entry.id)]
      }
      root = entry.id
    }
    var found: [TreeObject.Entry] = []
    var pending = [TreeObject.Entry(name: path, mode: .directory, id: root)]
    while let next = pending.popLast() {
      guard next.mode == .directory else {
        found.append(next)
        continue
      }
      let prefix = next.name.isEmpty ? "" : next.name + "/"
      for entry in try tree(next.id).entries.reversed() {
        pending.append(TreeObject.Entry(name: prefix + entry.name, mode: entry.mode, id: entry.id))
      }
    }
    return found
  }
}
