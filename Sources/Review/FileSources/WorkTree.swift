package import Catalog
import Findings
import Policy
package import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the user stands, and the repository around it, without opening it as one.
///
/// libgit2 costs more to start than a whole check, so the root is found by looking for `.git`.
package struct WorkTree: Sendable {
  let files: WorkTreeFiles
  /// The folder where the user stands, from the root; empty for the root itself.
  private let folder: String

  /// The tree around `path`.
  ///
  /// - Throws: `Failure` when it is no folder that can be read.
  package init(_ path: String) throws(Failure) {
    guard let here = Self.resolved(path) else { throw Failure("\(path): no such folder") }
    let root = Self.repositoryRoot(of: here) ?? here
    do throws(FileRefusal) { files = try WorkTreeFiles(root: root) } catch {
      throw Failure("\(root) \(error.reason)")
    }
    folder = here == root ? "" : String(here.dropFirst(root == "/" ? 1 : root.count + 1))
  }

  /// The files and folders that were asked for, `""` for this folder; each root is a workspace of
  /// its own.
  package func workspaces(_ arguments: [String]) throws(Failure) -> [Workspace] {
    var inside = Selection()
    var workspaces: [Workspace] = []
    let own = ShownFiles(files, mapping: .fromFolder(folder, root: files.root))
    for argument in arguments.isEmpty ? ["."] : arguments {
      let typed = Self.tidy(argument)
      if own.rootPath(typed.isEmpty ? "." : typed) != nil {
        inside.add(typed, in: own, files)
      } else {
        workspaces.append(outside(typed))
      }
    }
    if !inside.isEmpty {
      workspaces.insert(
        inside.workspace(own, rootPath: { own.rootPath($0) ?? $0 }), at: 0)
    }
    return workspaces
  }

  /// The files that `path` may include: those of this root, or of its own folder outside it.
  package func files(around path: String) throws(Failure) -> any FileSource {
    guard let workspace = try workspaces([path]).first else {
      throw Failure("\(path): no such file")
    }
    return workspace.files
  }

  /// The decisions and rules in force here.
  ///
  /// - Parameter name: a file to read instead of `.headgate.yaml` in the root.
  package func project(configuration name: String?, products: [String]) throws(Failure) -> Project {
    let source =
      if let name { try Self.readFile(name) } else { try Configuration.source(in: files) }
    return try Project(configuration: source, files: files, products: products)
  }

  /// The root of the repository, or of this folder where there is none; absolute.
  package var root: String { files.root }

  /// A file in the root; `nil` where there is none.
  func rootFile(_ name: String) throws(Failure) -> SourceText? {
    do throws(FileRefusal) { return try files.read(name) } catch .notFound { return nil } catch {
      throw Failure("\(name) \(error.reason)")
    }
  }

  /// A file that the user named as an input of a command, wherever it is.
  package static func readFile(_ path: String) throws(Failure) -> SourceText {
    let (directory, name) = split(path)
    do throws(FileRefusal) {
      let source = try WorkTreeFiles(root: directory).read(name)
      return SourceText(path: path, bytes: source.bytes)
    } catch {
      throw Failure("\(path): \(error.reason)")
    }
  }

  /// Something outside the root: it is its own root, so that nothing else of the disk is read.
  private func outside(_ typed: String) -> Workspace {
    var selection = Selection()
    let isFolder = Self.isFolder(typed)
    let root = isFolder ? typed : Self.split(typed).directory
    do throws(FileRefusal) {
      let files = try WorkTreeFiles(root: root)
      let shown =
        root == "."
        ? ShownFiles(files, mapping: .fromFolder("", root: files.root))
        : ShownFiles(files, mapping: .behind(root))
      selection.add(typed, in: shown, files)
      return selection.workspace(shown, rootPath: { shown.rootPath($0) ?? $0 })
    } catch {
      let skipped = [SkippedFile(path: typed, reason: error.reason)]
      return Workspace(files: MemoryFiles([]), paths: [], skipped: skipped)
    }
  }

  private static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let directory = slash == path.startIndex ? "/" : String(path[..<slash])
    return (directory, String(path[path.index(after: slash)...]))
  }

  /// The path without `./` in front and `/` behind, so that findings show what was typed.
  private static func tidy(_ path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path == "." ? "" : String(path)
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The nearest folder upwards that holds `.git` (a folder, or a file in a worktree).
  private static func repositoryRoot(of path: String) -> String? {
    var folder = path
    while true {
      var status = stat()
      if lstat(folder == "/" ? "/.git" : "\(folder)/.git", &status) == 0 { return folder }
      guard folder != "/" else { return nil }
      folder = split(folder).directory
    }
  }
}

/// The files that arguments stand for, under one root.
private struct Selection {
  private var paths: [String] = []
  private var named: Set<String> = []
  private var skipped: [SkippedFile] = []
  private var isWhole = false

  var isEmpty: Bool { paths.isEmpty && skipped.isEmpty }

  mutating func add(_ typed: String, in shown: ShownFiles, _ files: WorkTreeFiles) {
    let inner = shown.rootPath(typed.isEmpty ? "." : typed) ?? typed
    do throws(FileRefusal) {
      let isFolder = inner.isEmpty ? true : try files.isFolder(inner)
      guard isFolder else {
        paths.append(typed)
        named.insert(typed)
        return
      }
      let discovery = PathDiscovery(files, below: inner)
      if inner.isEmpty { isWhole = true }
      let show = { (path: String) in
        let below = inner.isEmpty ? path : String(path.dropFirst(inner.count + 1))
        return typed.isEmpty ? below : typed == "/" ? "/" + below : "\(typed)/\(below)"
      }
      paths += discovery.paths.map(show)
      skipped += discovery.skipped.map { SkippedFile(path: show($0.path), reason: $0.reason) }
      // A folder without configuration is said like a file that is none: the caller sees nothing
      // was read.
    } catch {
      skipped.append(SkippedFile(path: typed.isEmpty ? "." : typed, reason: error.reason))
    }
  }

  func workspace(
    _ files: ShownFiles, rootPath: @escaping @Sendable (String) -> String
  ) -> Workspace {
    var seen: Set<String> = []
    var workspace = Workspace(
      files: files, paths: paths.filter { seen.insert($0).inserted }, named: named,
      skipped: skipped, rootPath: rootPath)
    workspace.isWhole = isWhole
    return workspace
  }
}

extension Workspace {
  /// Standard input, read as a file called `name`.
  package static func standardInput(_ bytes: [UInt8], name: String) -> Workspace {
    Workspace(
      files: MemoryFiles([SourceText(path: name, bytes: bytes)]), paths: [name], named: [name])
  }
}
