internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Repository {
  /// Stores an object unless it exists, and returns its id.
  ///
  /// A file of that name with other content, as a loss of power leaves it, is replaced: git would
  /// take it for the object.
  ///
  /// The content is not checked: commits and trees come from ``CommitObject`` and ``TreeObject``.
  ///
  /// - Parameter flushed: whether it is meant to be on the disk after ``flushObjects()``.
  package func write(
    _ kind: ObjectKind, _ bytes: [UInt8], flushed: Bool = false
  ) throws(GitError) -> ObjectID {
    #if canImport(Glibc)
      let flushesEach = false
    #else
      let flushesEach = flushed
    #endif
    removeDamagedFile(of: try ObjectID(of: bytes, kind: kind))
    var id = git_oid()
    let status = GitLibrary.flushed(flushesEach) {
      bytes.withUnsafeBytes {
        git_odb_write(&id, objects, $0.baseAddress, $0.count, kind.native)
      }
    }
    try check(status, "write a \(kind) of \(bytes.count) bytes")
    return ObjectID(id)
  }

  /// Deletes the file of an object, whoever may refer to it.
  ///
  /// - Returns: whether the object is gone; one in a pack stays.
  package func deleteLoose(_ id: ObjectID) throws(GitError) -> Bool {
    let name = id.description
    let path = "\(commonDirectory)objects/\(name.prefix(2))/\(name.dropFirst(2))"
    guard unlink(path) == 0 || errno == ENOENT else {
      throw GitError(errno: errno, in: "delete \(path)")
    }
    try check(git_odb_refresh(objects), "read the list of packs")
    return !contains(id)
  }

  /// Returns when the objects written here are on the disk.
  ///
  /// Linux can flush a whole file system at once: that takes as long as one file, where libgit2's
  /// own way flushes each object's file and directory (4 ms instead of 24 ms for six objects).
  /// Elsewhere each object has been flushed as it was written.
  package func flushObjects() throws(GitError) {
    #if canImport(Glibc)
      let path = commonDirectory + "objects"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { throw GitError(errno: errno, in: "flush \(path)") }
      defer { close(descriptor) }
      guard headgate_flush_file_system(descriptor) == 0 else {
        throw GitError(errno: errno, in: "flush \(path)")
      }
    #endif
  }
}
