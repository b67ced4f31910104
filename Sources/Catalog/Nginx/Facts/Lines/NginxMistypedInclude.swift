import Model
import Syntax

/// An `include` whose pattern matches nothing, one letter away from one that matches files.
///
/// nginx accepts a pattern without files, because folders such as `conf.d` may be empty; a slip in
/// it makes whole sites vanish without a word.
struct NginxMistypedInclude: Sendable {
  let include: NginxEmptyInclude
  /// The pattern that matches.
  let meant: String

  /// Looks for what each pattern may have meant; one that means nothing is left out.
  ///
  /// - Parameter entry: the path of the main file, which patterns are relative to.
  static func all(
    _ includes: [NginxEmptyInclude], entry: String, files: any FileSource
  ) -> [Self] {
    let base = NginxPath.directory(of: entry)
    return includes.prefix(most).compactMap { include in
      let below = NginxPath.belowPrefix(include.pattern) ?? include.pattern[...]
      guard !NginxPath.isAbsolute(String(below)) else { return nil }
      let path = NginxPath.join(base, below)
      let folder = NginxPath.directory(of: path)
      let last = path.split(separator: "/").last.map(String.init) ?? ""
      let names = files.names(in: folder)
      let meant =
        names.isEmpty
        ? otherFolder(folder, last, files) : otherEnding(last, names).map { "\(folder)/\($0)" }
      return meant.map { Self(include: include, meant: $0) }
    }
  }

  /// Looking for files takes time.
  private static let most = 100

  /// The pattern with the ending that the files of the folder have.
  private static func otherEnding(_ pattern: String, _ names: [String]) -> String? {
    guard let dot = pattern.lastIndex(of: "."), !NginxGlob.isPattern(pattern[dot...]) else {
      return nil
    }
    let ending = Array(pattern[dot...].utf8)
    for name in names where !name.hasPrefix(".") {
      guard let dot = name.lastIndex(of: "."), isOneSlip(ending, Array(name[dot...].utf8)) else {
        continue
      }
      let meant = pattern[..<(pattern.lastIndex(of: ".") ?? pattern.endIndex)] + name[dot...]
      if NginxGlob(meant).matches(name) { return String(meant) }
    }
    return nil
  }

  /// The pattern in a folder whose name is nearly the one written.
  private static func otherFolder(
    _ folder: String, _ pattern: String, _ files: any FileSource
  ) -> String? {
    guard let name = folder.split(separator: "/").last, !NginxGlob.isPattern(name) else {
      return nil
    }
    let parent = NginxPath.directory(of: folder)
    for other in files.names(in: parent) where isOneSlip(Array(name.utf8), Array(other.utf8)) {
      let path = NginxPath.join(parent, "\(other)/\(pattern)")
      if !NginxGlob.expand(path, in: files).isEmpty { return path }
    }
    return nil
  }

  /// Whether one letter was left out, added, changed, or swapped with the next.
  static func isOneSlip(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one != other, abs(one.count - other.count) <= 1 else { return false }
    let start = zip(one, other).prefix { $0 == $1 }.count
    let (a, b) = (one.dropFirst(start), other.dropFirst(start))
    if a.count > b.count { return a.dropFirst().elementsEqual(b) }
    if a.count < b.count { return b.dropFirst().elementsEqual(a) }
    if a.dropFirst().elementsEqual(b.dropFirst()) { return true }
    return a.dropFirst(2).elementsEqual(b.dropFirst(2))
      && a.prefix(2).elementsEqual(b.prefix(2).reversed())
  }
}

extension NginxFact {
  /// What is known of a whole configuration's includes.
  static let rootIncludes: [NginxFact] = [
    NginxFact(
      "mistyped_includes", .list(.string),
      "Patterns of include that match no file, one letter away from a pattern that does",
      elsewhere: { configuration, _ in
        configuration.mistypedIncludes.first.map { configuration.setting(of: $0.include) }
      }
    ) { configuration, _ in
      .list(configuration.mistypedIncludes.map { .string($0.include.pattern) })
    },
    NginxFact(
      "meant_includes", .list(.string), "The patterns that those probably stand for"
    ) { configuration, _ in .list(configuration.mistypedIncludes.map { .string($0.meant) }) },
  ]
}

extension NginxConfiguration {
  /// An include line as a setting: it is replaced by what it brings and is no statement any more.
  fileprivate func setting(of include: NginxEmptyInclude) -> Setting {
    let tree = view.trees[Int(include.file)]
    let node = NginxDirectiveID(Int(include.node))
    let range = tree.arguments(of: node).first?.range ?? tree.headRange(of: node)
    return Setting(
      key: "include", written: tree.source.text(range), effective: .string(include.pattern),
      provenance: .explicit, origin: Origin(path: tree.source.path, range: range))
  }
}
