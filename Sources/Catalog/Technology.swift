package import Model
package import Syntax

/// A product whose files we read: one value, in one file, says all that Headgate knows of it.
package struct Technology: Sendable {
  /// As in `--product` and in `ResourceIdentity.technology`.
  package let name: String
  /// What people call it: `HikariCP`.
  package let title: String
  /// The version assumed when none is given.
  package let defaultVersion: Version
  /// Whether a file is this product's, from its name and the beginning of its content.
  ///
  /// Pure and cheap: it is asked for every file of a tree.
  package let recognises: @Sendable (FileCandidate) -> Recognition
  /// Reads one entry file, and through `ReadingContext.files` whatever that file includes.
  package let read: @Sendable (SourceText, ReadingContext) -> Reading
  /// What its page in the documentation says.
  package let reference: @Sendable () -> TechnologyReference

  package init(
    name: String, title: String, defaultVersion: Version,
    recognises: @escaping @Sendable (FileCandidate) -> Recognition,
    read: @escaping @Sendable (SourceText, ReadingContext) -> Reading,
    reference: @escaping @Sendable () -> TechnologyReference
  ) {
    self.name = name
    self.title = title
    self.defaultVersion = defaultVersion
    self.recognises = recognises
    self.read = read
    self.reference = reference
  }
}

/// How sure a technology is that a file is its own; the highest wins, ties go to catalog order.
package enum Recognition: Int, Sendable, Comparable {
  case no
  /// By content: the file has this product's keys.
  case byContent
  /// By its name, which nothing else uses.
  case byName

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What is known of a file before it is read as configuration.
package struct FileCandidate: Sendable {
  /// The path, with `/` between its parts.
  package let path: String
  /// The file's bytes, at least the first `FileCandidate.sniffLimit` of them, without a byte order
  /// mark: what a product thinks of one is for its reader to say.
  package let head: [UInt8]

  /// Enough to see a file's sections and keys, small enough to read from every file of a tree.
  package static let sniffLimit = 65_536

  package init(path: String, head: [UInt8]) {
    self.path = path
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.head = head.starts(with: mark) ? Array(head.dropFirst(mark.count)) : head
  }

  /// The last part of the path.
  package var name: String {
    path.utf8.lastIndex(of: UInt8(ascii: "/"))
      .map { String(path[path.index(after: $0)...]) } ?? path
  }
}

/// Why a file that a configuration names could not be read.
package enum FileRefusal: Error, Sendable, Hashable {
  case notFound
  case isDirectory
  case notRegular
  case unreadable(String)
  /// Outside the checked tree, or reached through a symbolic link that leads outside.
  case outsideRoot
  /// Larger than `limit` bytes.
  case tooLarge(limit: Int)
  /// Text in UTF-16; `beginning` is what can be recognised in it, in UTF-8.
  case utf16(beginning: [UInt8])
}

extension FileRefusal {
  /// Why, for people, behind the file's name; lower case, no full stop.
  package var reason: String {
    switch self {
    case .notFound: "no such file"
    case .isDirectory: "is a folder, not a file"
    case .notRegular: "not a regular file"
    case .unreadable(let cause): "cannot be read: \(cause)"
    case .outsideRoot: "leads out of the checked folder"
    case .utf16: "text in UTF-16, and only UTF-8 is read: save it as UTF-8"
    case .tooLarge(let limit): "larger than \(limit / 1_048_576) MiB, the most that is read"
    }
  }
}

/// The files around an entry file, as the work tree, the index or a commit holds them.
///
/// The narrowest seam that includes need; Review implements it for each place files come from.
package protocol FileSource: Sendable {
  /// Reads a file; `path` is relative to the root of the source or absolute.
  func read(_ path: String) throws(FileRefusal) -> SourceText
  /// The names directly inside a directory, in byte order; empty when it does not exist.
  func names(in directory: String) -> [String]
}

/// What reading may depend on besides the file.
package struct ReadingContext: Sendable {
  package let files: any FileSource
  /// Versions by product name, from `--product` or `.headgate.yaml`.
  package let versions: [String: Version]
  /// The environment declared for the file, if any.
  package let environment: String?
  /// Other files that belong to the same directory or deployment and were found with this one.
  package let companions: [String]
  /// The products whose version was given on the command line, which wins over what files say.
  package let givenVersions: Set<String>
  /// The workload that runs the file, whose environment overrides it; `nil` where none is known.
  package let workload: Workload?
  /// The team's own formats, for files that stand inside others.
  package let formats: [FormatMapping]

  package init(
    files: any FileSource, versions: [String: Version] = [:], environment: String? = nil,
    companions: [String] = [], givenVersions: Set<String> = [], workload: Workload? = nil,
    formats: [FormatMapping] = []
  ) {
    self.files = files
    self.versions = versions
    self.environment = environment
    self.companions = companions
    self.givenVersions = givenVersions
    self.workload = workload
    self.formats = formats
  }
}

/// What became of reading one entry file.
package struct Reading: Sendable {
  package let resources: [any Resource]
  package let problems: [Problem]
  /// Every file that was read, the entry file first: findings may lie in any of them.
  package let sources: [SourceText]
  /// The paths that are part of this entry and are not to be checked as entries of their own.
  package let included: [String]
  /// What had to be assumed of the entry file to read it, for people; `nil` where nothing.
  package let assumption: String?
  /// The services that the file deploys; their resources are among `resources` as well.
  package let workloads: [Workload]
  /// The parts of the file that services run as files of their own.
  package let embedded: [EmbeddedRun]

  /// What reading gave.
  ///
  /// - Parameters:
  ///   - resources: what the file and its includes configure.
  ///   - problems: what was not understood or would be refused.
  ///   - sources: every file read, the entry file first.
  ///   - included: the files that belong to this entry; all sources but the first, where not given.
  ///   - assumption: what had to be assumed to read the entry file.
  ///   - workloads: the services that the file deploys.
  ///   - embedded: the parts of it that services run as files of their own.
  package init(
    resources: [any Resource], problems: [Problem], sources: [SourceText],
    included: [String]? = nil, assumption: String? = nil, workloads: [Workload] = [],
    embedded: [EmbeddedRun] = []
  ) {
    self.resources = resources
    self.problems = problems
    self.sources = sources
    self.included = included ?? sources.dropFirst().map(\.path)
    self.assumption = assumption
    self.workloads = workloads
    self.embedded = embedded
  }
}

/// A part of a file that services run as a file of their own: nginx in a ConfigMap.
package struct EmbeddedRun: Sendable, Hashable {
  package let place: Origin
  package let services: [ServiceReference]

  package init(place: Origin, services: [ServiceReference]) {
    self.place = place
    self.services = services
  }

  /// Whether a resource that does not say its service stands in it.
  package func holds(_ origin: Origin) -> Bool {
    origin.path == place.path && place.range.contains(origin.range.lowerBound)
  }
}

/// Something that keeps a file from being understood or a product from starting.
package struct Problem: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    /// The file breaks its format's grammar: what follows may be misread, the check exits 2.
    case syntax
    /// The product would refuse to start: an error finding.
    case refused
    /// A file that the configuration names could not be read: the check exits 2.
    case unreadable
    /// Understood by nobody: a template or a construct that the catalog does not know; counted,
    /// never silent.
    case unknown
  }

  package let kind: Kind
  package let origin: Origin
  package let message: String
  package let help: String?
  /// The change of the origin's file that mends it, where there is one way to mean it.
  package let repair: Repair?

  package init(
    kind: Kind, origin: Origin, message: String, help: String? = nil, repair: Repair? = nil
  ) {
    self.kind = kind
    self.origin = origin
    self.message = message
    self.help = help
    self.repair = repair
  }
}
