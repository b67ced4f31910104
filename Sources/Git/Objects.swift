internal import CLibgit2

/// What a git object is.
package enum ObjectKind: Sendable, Hashable {
  case commit, tree, blob, tag

  init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }

  var native: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }
}

extension Repository {
  /// The largest blob read unless the caller says otherwise: 16 MiB, far above any configuration.
  package static let blobLimit = 16 << 20

  /// The kind and size in bytes of an object, without its content.
  package func header(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
    try reread(id) { () throws(GitError) in try headerOnce(of: id) }
  }

  private func headerOnce(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
    var native = id.native
    var size = 0
    var type = GIT_OBJECT_INVALID
    try check(
      git_odb_read_header(&size, &type, objects, &native), "read header of object \(id)")
    guard let kind = ObjectKind(type) else {
      throw GitError(.corrupt, "read header of object \(id): unknown kind of object")
    }
    return (kind, size)
  }

  /// Whether the object is stored here; says nothing about whether it can be read.
  package func contains(_ id: ObjectID) -> Bool {
    var native = id.native
    return git_odb_exists(objects, &native) == 1
  }

  /// An object's kind and raw content, unfiltered and checked against its id.
  ///
  /// - Parameter limit: the largest size in bytes, looked up before anything is unpacked.
  /// - Throws: ``GitError`` `notFound`, `corrupt`, `tooLarge`.
  package func object(
    _ id: ObjectID, limit: Int = blobLimit
  ) throws(GitError) -> (kind: ObjectKind, bytes: [UInt8]) {
    try reread(id) { () throws(GitError) in try objectOnce(id, limit: limit) }
  }

  private func objectOnce(
    _ id: ObjectID, limit: Int
  ) throws(GitError) -> (kind: ObjectKind, bytes: [UInt8]) {
    let header = try headerOnce(of: id)
    guard header.size <= limit else {
      throw GitError(.tooLarge, "read object \(id): \(header.size) bytes, limit is \(limit)")
    }
    if header.size < Self.headerBufferSize, let bytes = try looseObject(id, header) {
      return (header.kind, bytes)
    }
    var native = id.native
    let object = try Owned("read object \(id)", freedBy: git_odb_object_free) {
      git_odb_read($0, objects, &native)
    }
    guard let kind = ObjectKind(git_odb_object_type(object.pointer)) else {
      throw GitError(.corrupt, "read object \(id): unknown kind of object")
    }
    let size = git_odb_object_size(object.pointer)
    let data = UnsafeRawBufferPointer(start: git_odb_object_data(object.pointer), count: size)
    return (kind, Array(data))
  }

  /// The number of bytes that libgit2 unpacks to find an object's header.
  private static var headerBufferSize: Int { 64 }

  /// Reads a small object from a file of its own; `nil` when it is in a pack.
  ///
  /// libgit2 (seen in 1.5.1) copies what it unpacked with the header before it compares sizes. A
  /// damaged file that states fewer bytes than it holds then writes past the end of its memory,
  /// so that such files are read through a stream into memory of ours.
  private func looseObject(
    _ id: ObjectID, _ header: (kind: ObjectKind, size: Int)
  ) throws(GitError) -> [UInt8]? {
    var native = id.native
    var stream: UnsafeMutablePointer<git_odb_stream>?
    var size = 0
    var type = GIT_OBJECT_INVALID
    let status = git_odb_open_rstream(&stream, &size, &type, objects, &native)
    if status == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try check(status, "read object \(id)")
    defer { git_odb_stream_free(stream) }
    var bytes = [CChar](repeating: 0, count: header.size + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBufferPointer { buffer in
        git_odb_stream_read(stream, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      try check(count, "read object \(id)")
      guard count > 0 else { break }
      filled += Int(count)
    }
    let content = bytes.prefix(filled).map { UInt8(bitPattern: $0) }
    guard filled == header.size, try ObjectID(of: content, kind: header.kind) == id else {
      throw GitError(.corrupt, "read object \(id): its content does not hash to its id")
    }
    return content
  }

  /// The content of blob `id`, as stored: no line ending or encoding filter is applied.
  package func blob(_ id: ObjectID, limit: Int = blobLimit) throws(GitError) -> [UInt8] {
    try bytes(of: id, kind: .blob, limit: limit)
  }

  package func commit(_ id: ObjectID) throws(GitError) -> CommitObject {
    try CommitObject(parsing: bytes(of: id, kind: .commit, limit: Self.blobLimit), id: id)
  }

  package func tree(_ id: ObjectID) throws(GitError) -> TreeObject {
    try TreeObject(parsing: bytes(of: id, kind: .tree, limit: Self.treeLimit), id: id)
  }

  /// A directory of a million files needs some 64 MiB.
  private static var treeLimit: Int { 64 << 20 }

  private func bytes(
    of id: ObjectID, kind: ObjectKind, limit: Int
  ) throws(GitError) -> [UInt8] {
    let object = try object(id, limit: limit)
    guard object.kind == kind else {
      throw GitError(.corrupt, "read object \(id): a \(object.kind) where a \(kind) is needed")
    }
    return object.bytes
  }
}

extension ObjectID {
  /// The id that an object of this kind and content has, stored or not.
  package init(of bytes: [UInt8], kind: ObjectKind = .blob) throws(GitError) {
    try GitLibrary.start()
    var id = git_oid()
    let status = bytes.withUnsafeBytes {
      git_odb_hash(&id, $0.baseAddress, $0.count, kind.native)
    }
    try check(status, "hash a \(kind)")
    self.init(id)
  }
}
