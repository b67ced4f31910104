import Catalog
import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Rules of other repositories as they were fetched, by the digest of their contents.
///
/// They lie in the folder that all work trees of a repository share, so that nothing is fetched
/// twice, nothing of it is committed, and a check needs no network.
package struct PolicyCache: Sendable {
  /// `headgate/policies` in git's common folder.
  let folder: String

  /// The cache of a repository.
  ///
  /// - Parameter commonFolder: git's own folder, `.git` where there are no further work trees.
  package init(commonFolder: String) {
    let common = commonFolder.hasSuffix("/") ? commonFolder : commonFolder + "/"
    folder = common + "headgate/policies"
  }

  /// The cache of the repository whose work tree has this root; `nil` where there is no `.git`.
  ///
  /// Without libgit2, whose start costs more than a check.
  init?(workTree root: String) {
    let git = root.hasSuffix("/") ? root + ".git" : root + "/.git"
    var status = stat()
    guard stat(git, &status) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFDIR {
      self.init(commonFolder: git)
      return
    }
    // A further work tree, or a submodule: the file names the folder.
    guard let line = Self.firstLine(of: root, ".git"), line.hasPrefix("gitdir: ") else {
      return nil
    }
    let named = String(line.dropFirst("gitdir: ".count))
    let directory = named.hasPrefix("/") ? named : "\(root)/\(named)"
    guard let common = Self.firstLine(of: directory, "commondir") else {
      self.init(commonFolder: directory)
      return
    }
    self.init(commonFolder: common.hasPrefix("/") ? common : "\(directory)/\(common)")
  }

  private static func firstLine(of folder: String, _ name: String) -> String? {
    do throws(FileRefusal) {
      let source = try WorkTreeFiles(root: folder).read(name)
      return String(decoding: source.bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    } catch {
      return nil
    }
  }

  /// Why a bundle is not to be had.
  enum Absence: Error {
    /// It was not fetched here.
    case missing
    /// Something else has its name.
    case changed
  }

  /// The bundle of a digest.
  ///
  /// - Throws: `missing`, or `changed` where the contents are not those of the digest.
  func bundle(_ digest: String) throws(Absence) -> PolicyBundle {
    let source: SourceText
    do throws(FileRefusal) {
      source = try WorkTreeFiles(root: folder).read(digest)
    } catch .notFound {
      throw .missing
    } catch {
      throw .changed
    }
    guard let bundle = PolicyBundle(source.bytes), bundle.digest == digest else { throw .changed }
    return bundle
  }

  /// Keeps a bundle under its digest, whole or not at all.
  func keep(_ bundle: PolicyBundle) throws(Failure) {
    try makeFolder()
    let path = "\(folder)/\(bundle.digest)"
    try FileReplacement.create(path, bundle.bytes)
  }

  /// Makes the folder and those around it.
  func makeFolder() throws(Failure) {
    for index in folder.indices where folder[index] == "/" && index != folder.startIndex {
      mkdir(String(folder[..<index]), 0o777)
    }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw Failure("\(folder) cannot be made: \(String(cString: strerror(errno)))")
    }
  }
}
