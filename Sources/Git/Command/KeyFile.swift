/// A small file that the user names.
package enum KeyFile {
  /// The content of the file at `path`, at most `limit` bytes.
  ///
  /// - Throws: ``GitError`` `notFound`, `permissionDenied`, `tooLarge`.
  package static func read(_ path: String, limit: Int) throws(GitError) -> [UInt8] {
    try FileContents.read(path, limit: limit)
  }
}
