package import Catalog
package import Syntax

/// The files below one folder of the disk, and nothing outside it.
///
/// What is checked may come from strangers: a link to `/etc/passwd`, a pipe that never ends or a
/// file of 100 GB must neither be shown nor hang a check. So only regular files are opened, folder
/// by folder without following links; a link is followed by resolving it first and then walking the
/// result the same way, and only when that stays below the root.
package struct WorkTreeFiles: FileSource {
  /// The folder, absolute and without links.
  package let root: String

  /// The largest file that is read, in bytes: configuration is thousands of times smaller, and
  /// what is larger is a mistake to be told, not to be waited for.
  package static let sizeLimit = 64 << 20

  /// The files below `root`.
  ///
  /// - Throws: `FileRefusal` when `root` is not a folder that can be read.
  package init(root: String) throws(FileRefusal) {
    guard !root.utf8.contains(0), let resolved = Descriptor.resolved(root) else { throw .notFound }
    self.root = resolved
    do throws(StepError) { _ = try Descriptor.folder(at: resolved) } catch {
      throw Self.refusal(error)
    }
  }

  /// Reads a regular file inside the root; its path is then the one from the root.
  ///
  /// - Throws: `FileRefusal`; ``Catalog/FileRefusal/binary`` for a file with NUL bytes.
  package func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let relative = relative(path) else { throw .outsideRoot }
    guard !relative.isEmpty else { throw .isDirectory }
    let bytes = try reached(relative) { folder, name throws(StepError) in
      try folder.contents(of: name, limit: Self.sizeLimit)
    }
    guard !bytes.contains(0) else { throw .notText(bytes) }
    return SourceText(path: relative, bytes: bytes)
  }

  package func names(in directory: String) -> [String] {
    // As the protocol says, a folder that is not there, or not to be entered, has no names.
    guard let entries = try? entries(in: directory) else { return [] }
    return entries.map(\.name)
  }

  /// The names in a folder with what they stand for, in byte order.
  ///
  /// - Throws: `FileRefusal` when it is no folder inside the root that can be read.
  func entries(in directory: String) throws(FileRefusal) -> [(name: String, kind: EntryKind)] {
    guard let relative = relative(directory) else { throw .outsideRoot }
    let entries = try reached(relative) { folder, name throws(StepError) in
      name.isEmpty ? try folder.entries() : try folder.folder(name).entries()
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What `path` stands for: a file, a folder, or something that is never read.
  ///
  /// - Throws: `FileRefusal` when there is nothing, or nothing inside the root.
  package func isFolder(_ path: String) throws(FileRefusal) -> Bool {
    do throws(FileRefusal) {
      _ = try entries(in: path)
      return true
    } catch {
      if error == .outsideRoot { throw error }
      guard let relative = relative(path) else { throw .outsideRoot }
      let kind = try reached(relative) { folder, name throws(StepError) in
        switch folder.kind(of: name) {
        case .symbolicLink: throw .symbolicLink
        case let kind?: kind
        case nil: throw .refused(.notFound)
        }
      }
      if case .folder = kind { throw error }
      return false
    }
  }

  /// The path relative to the root, without `.` and `..`; `nil` when it leads out.
  private func relative(_ path: String) -> String? {
    guard path.hasPrefix("/") else { return RelativePath.normal(path) }
    if let below = Self.part(of: path, below: root) { return RelativePath.normal(below) }
    // The root may be known by another name, through a link.
    return Descriptor.resolved(path).flatMap { Self.part(of: $0, below: root) }
  }

  /// Runs `body` in the folder that holds the last part of `path`.
  private func reached<Result>(
    _ path: String, _ body: (borrowing Descriptor, String) throws(StepError) -> Result
  ) throws(FileRefusal) -> Result {
    // A C string would end there and name another file.
    guard !path.utf8.contains(0) else { throw .notFound }
    do throws(StepError) { return try walk(path, body) } catch {
      guard case .symbolicLink = error else { throw Self.refusal(error) }
    }
    guard let resolved = Descriptor.resolved(Self.join(root, path)) else { throw .notFound }
    guard let inside = Self.part(of: resolved, below: root) else { throw .outsideRoot }
    do throws(StepError) { return try walk(inside, body) } catch { throw Self.refusal(error) }
  }

  private func walk<Result>(
    _ path: String, _ body: (borrowing Descriptor, String) throws(StepError) -> Result
  ) throws(StepError) -> Result {
    var folder = try Descriptor.folder(at: root)
    let parts = path.split(separator: "/")
    for part in parts.dropLast() { folder = try folder.folder(String(part)) }
    return try body(folder, parts.last.map(String.init) ?? "")
  }

  private static func join(_ root: String, _ relative: String) -> String {
    relative.isEmpty ? root : root.hasSuffix("/") ? root + relative : "\(root)/\(relative)"
  }

  private static func part(of path: String, below root: String) -> String? {
    let prefix = root.hasSuffix("/") ? root : root + "/"
    if path == root { return "" }
    return path.utf8.starts(with: prefix.utf8) ? String(path.dropFirst(prefix.count)) : nil
  }

  private static func refusal(_ error: StepError) -> FileRefusal {
    switch error {
    // Twice a link where none was: somebody exchanges files while they are read.
    case .symbolicLink: .unreadable("it changed while it was read")
    case .refused(let refusal): refusal
    }
  }
}

extension FileRefusal {
  /// A file with NUL bytes: said of a file that somebody named, of no interest in a tree.
  package static let binary = FileRefusal.unreadable("it has NUL bytes: a binary file")

  /// Why a file with NUL bytes is not read.
  static func notText(_ bytes: [UInt8]) -> FileRefusal {
    UTF16Text(bytes).map { .utf16(beginning: $0.beginning) } ?? .binary
  }
}
