import Capacity
import Catalog
import Model
import Policy
import Syntax

/// Which files have to be read to judge a few of them.
struct FilesInPlay {
  private let touched: Set<String>
  private let configuration: Configuration
  /// Whether every file counts, since what differs decides about all of them.
  private let isEverything: Bool

  /// - Parameters:
  ///   - touched: the files that differ, by their names in every state.
  ///   - configuration: what the team says of its files and its load path.
  ///   - isEverything: whether the team's decisions differ, which concern every file.
  init(_ touched: Set<String>, _ configuration: Configuration, isEverything: Bool = false) {
    self.touched = touched
    self.configuration = configuration
    self.isEverything = isEverything
  }

  /// The files of a state, and whether they are a whole load path.
  struct Selection {
    let paths: [String]
    /// Whether comparisons along the load path may have changed.
    let hasLoadPath: Bool
  }

  /// The paths of `state` that may include, be included by, deploy, or share a load path with a
  /// touched file.
  func selection(in state: FileState) -> Selection {
    if isEverything {
      return Selection(
        paths: state.paths.filter(isConfiguration), hasLoadPath: true)
    }
    guard touched.contains(where: isConfiguration) else {
      return Selection(paths: state.paths.filter(touched.contains), hasLoadPath: false)
    }
    let scopes = deployedFolders(in: state)
    return Selection(
      paths: EntrySelection.paths(touching: touched, of: state.paths, below: scopes),
      hasLoadPath: !scopes.isEmpty)
  }

  private func isConfiguration(_ path: String) -> Bool {
    FileNames.mayBeConfiguration(path) || configuration.technology(of: path) != nil
  }

  /// The folders whose files a load path may be made of, where one of them is touched.
  private func deployedFolders(in state: FileState) -> Set<String> {
    if configuration.loadPath.map({ !$0.services.isEmpty }) == true { return [""] }
    let compose = Set(state.paths.filter(EntrySelection.isCompose).map(EntrySelection.folder))
    let around = compose.filter { folder in
      folder.isEmpty || touched.contains { $0.hasPrefix(folder + "/") }
    }
    if around.contains("") { return [""] }
    return deploysSomewhere(state) ? [""] : around
  }

  /// Manifests are known by their content alone: so many files of YAML are opened for it at most.
  ///
  /// Ten staged files of ten thousand must stay cheap; folders and files with telling names come
  /// first.
  private static let manifestLimit = 200

  private func deploysSomewhere(_ state: FileState) -> Bool {
    let files = state.paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    let (telling, others) = (files.filter(Self.isTelling), files.filter { !Self.isTelling($0) })
    return (telling + others).prefix(Self.manifestLimit).contains { path in
      // What cannot be read deploys nothing here; reading it for the check says why.
      guard let source = try? state.files.read(path) else { return false }
      return Self.isManifest(source.bytes)
    }
  }

  private static func isTelling(_ path: String) -> Bool {
    let path = path.lowercased()
    return ["k8s", "kube", "deploy", "manifest", "helm", "chart", "stateful"]
      .contains { path.contains($0) }
  }

  private static func isManifest(_ bytes: [UInt8]) -> Bool {
    let words = ["apiVersion:", "kind:", "containers:"]
    return words.allSatisfy { bytes.firstRange(of: Array($0.utf8)) != nil }
  }
}

/// The choice of files by name alone, so that ten staged files of ten thousand stay cheap.
enum EntrySelection {
  /// The paths of `all` that may include, be included by or be merged with one of `paths`.
  ///
  /// They are the files themselves, their neighbours (Spring's profiles) and what lies in the
  /// folders above them, where an entry that includes them stands, whatever the included file is
  /// called. A compose file gives values to whatever its services run, which lies below it.
  ///
  /// - Parameter scopes: folders of which every file counts, with those below.
  static func paths(
    touching paths: Set<String>, of all: [String], below scopes: Set<String> = []
  ) -> [String] {
    let folders = Set(paths.flatMap { ancestors(of: folder($0)) })
    let deployed = Set(paths.filter(isCompose).map { folder($0) }).union(scopes)
    var choice = FolderChoice { own in
      folders.contains(own) || !deployed.isEmpty && !deployed.isDisjoint(with: ancestors(of: own))
    }
    return all.filter { path in
      paths.contains(path) || choice.holds(path) && FileNames.mayBeConfiguration(path)
    }
  }

  static func isCompose(_ path: String) -> Bool {
    // Most paths end in something else, and lowercasing every one of ten thousand costs.
    guard path.hasSuffix(".yml") || path.hasSuffix(".yaml") else { return false }
    let name = path.split(separator: "/").last?.lowercased() ?? ""
    return name.hasPrefix("docker-compose") || name.hasPrefix("compose.")
  }

  static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func ancestors(of folder: String) -> [String] {
    var result = [folder]
    var rest = folder[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      result.append(String(rest))
    }
    return folder.isEmpty ? result : result + [""]
  }
}

/// Whether the files of a folder count, worked out once for all that follow each other in it: names
/// are looked at only where they do, since a repository has thousands.
private struct FolderChoice {
  private let isChosen: (String) -> Bool
  private var folder: [UInt8] = []
  private var isFolderChosen: Bool

  init(_ isChosen: @escaping (String) -> Bool) {
    self.isChosen = isChosen
    isFolderChosen = isChosen("")
  }

  mutating func holds(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { bytes in
      let own = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
      if !own.elementsEqual(folder) {
        folder = Array(own)
        isFolderChosen = isChosen(String(decoding: own, as: UTF8.self))
      }
      return isFolderChosen
    }
  }
}
