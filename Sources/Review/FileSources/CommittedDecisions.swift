import Catalog
import Git
import Policy
import Syntax

/// What is about to be committed: the index beside the commit checked out.
package struct StagedFiles: Sendable {
  private let files: GitFiles
  /// The staged paths that the next commit adds or changes.
  package let changed: Set<String>

  /// Reads the index.
  ///
  /// - Parameters:
  ///   - folder: a folder inside the work tree.
  ///   - indexFile: what `GIT_INDEX_FILE` names; git gives hooks a temporary index for `commit -a`.
  /// - Throws: `Failure` when this is no work tree or the index cannot be read.
  package init(folder: String, indexFile: String?) throws(Failure) {
    let file = indexFile.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    let repository = try RepositoryAccess.open(folder)
    changed = try RepositoryAccess.orFailure { () throws(GitError) in
      let index = try repository.index(file: file)
      return Set(try repository.stagedChanges(in: index).compactMap(\.newPath))
    }
    files = try RepositoryAccess.orFailure { () throws(GitError) in
      try GitFiles(indexOf: try Repository(at: folder), indexFile: file)
    }
  }

  /// The decisions and rules as they will be committed.
  package func project(products: [String]) throws(Failure) -> Project {
    try files.project(products: products)
  }

  /// The files that may be, include or be merged with something staged.
  package var workspace: Workspace {
    Workspace(files: files, paths: EntrySelection.paths(touching: changed, of: files.paths))
  }
}

/// Which files have to be read to judge a few of them.
enum EntrySelection {
  /// The paths of `all` that may include, be included by or be merged with one of `paths`.
  ///
  /// Chosen by name alone, so that ten staged files of ten thousand stay cheap: the files
  /// themselves, their neighbours (Spring's profiles) and what lies in the folders above them,
  /// where an entry that includes them stands, whatever the included file is called. A compose file
  /// gives values to whatever its services run, which lies below it.
  static func paths(touching paths: Set<String>, of all: [String]) -> [String] {
    let folders = Set(paths.flatMap { ancestors(of: folder($0)) })
    let deployed = Set(paths.filter(isDeployment).map { folder($0) })
    return all.filter { path in
      FileNames.mayBeConfiguration(path)
        && (paths.contains(path) || folders.contains(folder(path))
          || !deployed.isEmpty && !deployed.isDisjoint(with: ancestors(of: folder(path))))
    }
  }

  private static func isDeployment(_ path: String) -> Bool {
    let name = path.split(separator: "/").last?.lowercased() ?? ""
    return name.hasPrefix("docker-compose") || name.hasPrefix("compose.")
  }

  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func ancestors(of folder: String) -> [String] {
    var result = [folder]
    var rest = folder[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      result.append(String(rest))
    }
    return result + [""]
  }
}

extension GitFiles {
  /// The decisions and rules of this version.
  package func project(products: [String]) throws(Failure) -> Project {
    try Project(
      configuration: Configuration.source(in: self), files: self, products: products)
  }
}

extension Configuration {
  /// The configuration file in the root of `files`; `nil` where there is none.
  static func source(in files: any FileSource) throws(Failure) -> SourceText? {
    do throws(FileRefusal) {
      return try files.read(fileName)
    } catch .notFound {
      return nil
    } catch {
      throw Failure("\(fileName) \(error.reason)")
    }
  }
}
