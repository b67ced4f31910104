internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Telling what is not there from what the system did not let us see.
///
/// libgit2 reports a file that it may not open, or cannot read for want of descriptors or by faults
/// of the disk, as an object or reference that does not exist. To the audit log the one is
/// tampering, the other is not.
extension Repository {
  /// Reads; if that fails as for an object that is absent or damaged, looks for another cause, and
  /// reads once more.
  func reread<Value>(
    _ id: ObjectID, _ read: () throws(GitError) -> Value
  ) throws(GitError) -> Value {
    do { return try read() } catch {
      guard error.code == .notFound || error.code == .corrupt else { throw error }
      if let refusal = refusal(of: id) { throw refusal }
      _ = git_odb_refresh(objects)
      return try read()
    }
  }

  /// The file that holds an object which is in no pack.
  func loosePath(of id: ObjectID) -> String {
    let hex = id.description
    return "\(commonDirectory)objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// Why the files that may hold the object cannot be read; `nil` where they can or are not there.
  private func refusal(of id: ObjectID) -> GitError? {
    if let refusal = refusal(ofFile: loosePath(of: id)) { return refusal }
    let folder = commonDirectory + "objects/pack"
    if let handle = opendir(folder) {
      closedir(handle)
    } else if errno != ENOENT {
      return GitError(errno: errno, in: "read \(folder)")
    }
    for name in Self.names(in: folder) {
      guard name.hasSuffix(".idx") || name.hasSuffix(".pack") else { continue }
      let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC)
      if descriptor < 0 && errno != ENOENT {
        return GitError(errno: errno, in: "read \(folder)/\(name)")
      }
      close(descriptor)
    }
    return nil
  }

  private func refusal(ofFile path: String) -> GitError? {
    do { _ = try FileContents.read(path, limit: Self.blobLimit) } catch {
      return error.code == .notFound || error.code == .tooLarge ? nil : error
    }
    return nil
  }

  /// Whether a reference that libgit2 did not find has files that want another look.
  ///
  /// - Throws: ``GitError`` where the system does not let us see them.
  func mayHide(_ name: String) throws(GitError) -> Bool {
    var exists = false
    for path in [commonDirectory + name, commonDirectory + "packed-refs"] {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 {
        close(descriptor)
        exists = true
      } else if errno != ENOENT && errno != ENOTDIR {
        throw GitError(errno: errno, in: "read \(path)")
      }
    }
    return exists
  }

  /// Files in the place of objects that hold nothing; one that is being written has another name.
  package func emptyObjectFiles() -> [String] {
    var found: [String] = []
    for number in 0..<256 {
      let name = String(number, radix: 16)
      let folder = "\(commonDirectory)objects/\(name.utf8.count < 2 ? "0" : "")\(name)"
      for file in Self.names(in: folder) where file.utf8.count == 38 {
        var status = stat()
        let path = "\(folder)/\(file)"
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 {
          found.append(path)
        }
      }
    }
    return found
  }

  private static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
          String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  /// Makes way for an object whose file is damaged: what is written in its place is what its name
  /// says it is, so that nothing is lost.
  func removeDamagedFile(of id: ObjectID) {
    let path = loosePath(of: id)
    guard access(path, F_OK) == 0 else { return }
    do { _ = try object(id, limit: .max) } catch {
      if error.code == .corrupt || error.code == .notFound { unlink(path) }
    }
  }
}
