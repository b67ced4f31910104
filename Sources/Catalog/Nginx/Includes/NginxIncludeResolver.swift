import Syntax

/// What one `include` names.
enum NginxIncludeTarget {
  /// Files in the order nginx reads them.
  case files([String])
  /// A pattern that nothing in the tree matches, which nginx accepts.
  case nothing
  /// A file that the tree does not hold and need not: outside it, or part of every package.
  case elsewhere(String)
  /// A file that has to be there and could not be read.
  case missing(String, FileRefusal)
}

/// Finds the files that `include` names, as nginx does.
///
/// Names are relative to the directory of the main file, not of the including one. Where that is
/// not known, because the entry is a part of a configuration, its directory and those above are
/// tried. Absolute names below `/etc/nginx` and its like are first looked for beside the entry.
struct NginxIncludeResolver {
  private let files: any FileSource
  /// The directories that may be the main file's, the likeliest first.
  private let bases: [String]
  /// Whether the entry is the main file, so that a missing file is nginx's own error.
  private let isMain: Bool
  private var cache: [String: SourceText] = [:]
  /// A snippet is included by many: each name is looked for once.
  private var resolved: [String: NginxIncludeTarget] = [:]

  /// The most directories above a partial configuration that are tried.
  private static let mostBases = 3

  init(files: any FileSource, entry: String, isMain: Bool) {
    self.files = files
    self.isMain = isMain
    var bases = [NginxPath.directory(of: entry)]
    while !isMain, bases.count < Self.mostBases, let last = bases.last, !last.isEmpty, last != "/" {
      bases.append(NginxPath.directory(of: last))
    }
    self.bases = bases
  }

  /// The files that `name` stands for.
  mutating func resolve(_ name: String) -> NginxIncludeTarget {
    if let known = resolved[name] { return known }
    let target = NginxGlob.isPattern(name) ? expand(name) : find(name)
    resolved[name] = target
    return target
  }

  /// The text of a file that ``resolve(_:)`` found.
  mutating func read(_ path: String) throws(FileRefusal) -> SourceText {
    if let text = cache.removeValue(forKey: path) { return text }
    return try files.read(path)
  }

  /// The places where `name` may stand, the likeliest first.
  private func candidates(_ name: String) -> [String] {
    guard NginxPath.isAbsolute(name) else {
      return bases.map { NginxPath.join($0, name) }
    }
    let mapped = NginxPath.belowPrefix(name).map { rest in
      bases.map { NginxPath.join($0, rest) }
    }
    return (mapped ?? []) + [NginxPath.join("", name)]
  }

  private mutating func find(_ name: String) -> NginxIncludeTarget {
    var refusal = FileRefusal.notFound
    for path in candidates(name) {
      do throws(FileRefusal) {
        cache[path] = try files.read(path)
        return .files([path])
      } catch {
        // The first place that holds something says more than the later ones that hold nothing.
        if refusal == .notFound { refusal = error }
      }
    }
    let stock = NginxPath.belowPrefix(name).map(String.init) ?? name
    if refusal == .notFound || refusal == .outsideRoot {
      let isElsewhere = NginxPath.isAbsolute(name) || !isMain || NginxPlaceholder.isIn(name.utf8)
      if isElsewhere || NginxPath.isStock(stock) { return .elsewhere(name) }
    }
    return .missing(name, refusal)
  }

  /// Whether the tree holds a folder, which a pattern then finds empty of what it looks for.
  private func isFolder(_ path: String) -> Bool {
    let parent = NginxPath.directory(of: path)
    return !path.isEmpty && files.names(in: parent).contains { NginxPath.join(parent, $0) == path }
  }

  private func expand(_ name: String) -> NginxIncludeTarget {
    for pattern in candidates(name) {
      let paths = NginxGlob.expand(pattern, in: files)
      if !paths.isEmpty { return .files(paths) }
    }
    let isHere = candidates(name).contains { isFolder(NginxPath.directory(of: $0)) }
    // A dump holds whatever nginx read.
    let isWhole = isMain && (!NginxPath.isAbsolute(name) || files is NginxDumpFiles)
    return isHere || isWhole ? .nothing : .elsewhere(name)
  }
}
