import Model
import Synchronization
import Syntax

/// A whole configuration with its includes in place: contexts and their directives as flat lists.
///
/// A class, and the only one here: every resource of a configuration is a number and a reference
/// to it, so that ten thousand locations share one model instead of copying it. It never changes
/// once it is built.
package final class NginxConfiguration: Sendable {
  /// The lists of files, contexts and statements.
  let view: NginxConfigurationView
  /// The version that values are computed for.
  let version: Version
  let versionIsGiven: Bool
  let environment: String?
  /// Patterns of `include` that matched nothing.
  let emptyIncludes: [NginxEmptyInclude]
  /// Those of them that are one letter away from a pattern that matches.
  let mistypedIncludes: [NginxMistypedInclude]
  /// Where files are included that were not read.
  let unread: NginxUnreadIncludes
  let index: NginxIndex
  /// The defaults that depend on the version, by name and contexts: the few that take time to find.
  let changedDefaults: [UInt16: [UInt32: FieldValue]]
  /// What few rules ask for is gathered when the first one does.
  let cacheSharing = Mutex<NginxCacheSharing?>(nil)
  let knownOverlaps = Mutex<NginxOverlaps?>(nil)
  let knownMentions = Mutex<NginxMentions?>(nil)
  let cacheZones = Mutex<NginxCacheZones?>(nil)
  let upstreamMentions = Mutex<NginxUpstreamMentions?>(nil)
  let openedAdvisories = Mutex<[Int32: [Int]]?>(nil)
  let limitZones = Mutex<NginxLimitZones?>(nil)
  let upstreamSizes = Mutex<[Int: NginxUpstreamSize]>([:])
  let knownVariables = Mutex<NginxVariableIndex?>(nil)
  let knownSpellings = Mutex<NginxVariableSpellings?>(nil)
  let knownWordings = Mutex(NginxWordings())
  let knownPatterns = Mutex<[String: PCREPattern]>([:])
  let knownBacktracking = Mutex<[String: PCREBacktracking?]>([:])

  init(_ builder: NginxBuilder, context: ReadingContext) {
    view = NginxConfigurationView(builder)
    emptyIncludes = builder.emptyIncludes
    mistypedIncludes = NginxMistypedInclude.all(
      emptyIncludes, entry: view.trees[0].source.path, files: context.files)
    unread = builder.unread
    let given = context.versions[nginxName]
    version = given ?? NginxVersions.assumed
    versionIsGiven = given != nil
    environment = context.environment
    index = NginxIndex(view)
    var changed: [UInt16: [UInt32: FieldValue]] = [:]
    for info in NginxDirectiveTable.shared.rows where info.hasHistory {
      changed[info.nameID.rawValue, default: [:]][info.contexts.rawValue] =
        Self.defaultValue(info, version)
    }
    changedDefaults = changed
  }

  /// Whether it has what nginx needs to start, so that the main level is known.
  var isComplete: Bool {
    view.contexts[0].kind == .main
      && view.contexts.contains { $0.kind == .events || $0.kind == .http || $0.kind == .stream }
  }
}

/// An `include` whose pattern matches no file.
struct NginxEmptyInclude: Sendable {
  let file: Int32
  let node: Int32
  let pattern: String
}

/// The versions that matter where none is given.
enum NginxVersions {
  /// The version whose defaults are taken when none is given.
  ///
  /// The last stable branch before upstream connections were kept alive by default (1.29.7), and
  /// after old TLS versions were dropped by default (1.27.3): with both defaults on the quiet
  /// side of most installations in use, neither a missing line nor an old one is invented.
  static let assumed = Version(1, 28, 0)
  /// The oldest version in wide use; defaults that changed since depend on the version.
  static let oldest = Version(1, 18, 0)
  /// The newest version that the directive tables know.
  static let newest = Version(1, 31, 4)
}

/// The name of the product, as in `--product`.
let nginxName = "nginx"
