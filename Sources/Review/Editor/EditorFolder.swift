import Catalog
import Findings
import Syntax

/// What an editor session is told once.
package struct EditorOptions: Sendable {
  /// A file to read instead of `.headgate.yaml`.
  package let configuration: String?
  /// `NAME=VERSION`, as on every command line.
  package let products: [String]

  package init(configuration: String? = nil, products: [String] = []) {
    self.configuration = configuration
    self.products = products
  }
}

/// Something that is checked as a whole: a folder that the editor opened, or a file outside all.
struct EditorScope: Sendable, Hashable {
  /// Absolute, as the editor names it.
  let folder: String
  /// The one file that is looked at; `nil` for a folder with all that is in it.
  let file: String?

  /// What a check found there, under paths from the folder.
  struct Outcome: Sendable {
    let verdict: Verdict
    let collection: Collection
  }

  /// Checks what is on the disk, with the texts of the editor instead of those of the disk.
  ///
  /// - Throws: `Failure` where the folder or the team's decisions cannot be read.
  func check(_ texts: [SourceText], _ options: EditorOptions) throws(Failure) -> Outcome {
    let tree = try WorkTree(folder)
    let project = try tree.project(
      configuration: options.configuration, products: options.products)
    let found = try tree.workspaces(file.map { [$0] } ?? []).first
    let workspace = Self.overlay(texts, on: found)
    return Outcome(
      verdict: project.checker.check([workspace]),
      collection: project.collector.collect(workspace))
  }

  /// The path from the folder; `nil` for what is not in it.
  func path(of absolute: String) -> String? {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    guard absolute.hasPrefix(prefix), absolute.utf8.count > prefix.utf8.count else { return nil }
    return String(absolute.dropFirst(prefix.count))
  }

  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : (folder.hasSuffix("/") ? folder : folder + "/") + path
  }

  private static func overlay(_ texts: [SourceText], on found: Workspace?) -> Workspace {
    let known = Set(found?.paths ?? [])
    let new = texts.map(\.path).filter { !known.contains($0) }
    let paths = ((found?.paths ?? []) + new).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let files = MemoryFiles(texts, over: found?.files)
    guard let found else { return Workspace(files: files, paths: paths) }
    return Workspace(files: files, paths: paths, rootPath: found.rootPath)
  }
}
