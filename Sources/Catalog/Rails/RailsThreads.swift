import Model
import Syntax

/// The threads that ask a Rails pool for connections: Puma's or Sidekiq's, from the files beside
/// `database.yml`.
struct RailsThreads {
  /// The settings by environment; of `nil` where none is said.
  private var settings: [(environment: String?, setting: Setting)] = []
  private(set) var sources: [SourceText] = []
  /// What the service's own command says, for every environment.
  private let commanded: Setting?

  init(beside source: SourceText, _ context: ReadingContext) {
    let threads = context.workload.flatMap(WorkloadThreads.init)
    commanded = threads?.setting
    // A service that runs one of the programs is sized by that one's files alone.
    let program = threads?.program
    let folder = ConfigurationText.directory(of: source.path)
    let prefix = folder.isEmpty ? "" : folder + "/"
    for name in context.files.names(in: folder) {
      let isPuma = name == "puma.rb"
      let isSidekiq =
        name.hasPrefix("sidekiq") && (name.hasSuffix(".yml") || name.hasSuffix(".yaml"))
      // A file that cannot be read is said where it is an entry of its own.
      guard isPuma && program != "sidekiq" || isSidekiq && program != "puma" else { continue }
      guard let text = try? context.files.read(prefix + name) else { continue }
      let found = isPuma ? Self.puma(text, context) : Self.sidekiq(text, context)
      guard !found.isEmpty else { continue }
      settings += found
      sources.append(text)
    }
  }

  private static func puma(
    _ source: SourceText, _ context: ReadingContext
  ) -> [(environment: String?, setting: Setting)] {
    Puma.settings(source, for: context.workload).filter { $0.field == "request_threads" }.map {
      (nil, $0)
    }
  }

  private static func sidekiq(
    _ source: SourceText, _ context: ReadingContext
  ) -> [(environment: String?, setting: Setting)] {
    Sidekiq(source, context).files.flatMap { file in file.settings.map { (file.environment, $0) } }
  }

  /// The setting of the program with the most threads in an environment, as far as it is known;
  /// tests run neither program.
  func setting(in environment: String) -> Setting? {
    guard environment != "test" else { return nil }
    if let commanded { return commanded }
    let own = settings.filter { $0.environment == environment }.map(\.setting)
    let paths = Set(own.compactMap { $0.origin?.path })
    // What an environment says of a program replaces what stands outside.
    let shared = settings.filter { entry in
      let isReplaced = entry.setting.origin.map { paths.contains($0.path) } ?? !own.isEmpty
      return entry.environment == nil && !isReplaced
    }.map(\.setting)
    let all = own + shared
    return all.max { Self.count($0) < Self.count($1) }
  }

  private static func count(_ setting: Setting) -> Int64 {
    if case .int(let count)? = setting.effective { count } else { -1 }
  }
}
