import Model
import Syntax

extension Technology {
  /// nginx: whole configurations with their includes, files that are parts of one, and dumps.
  package static let nginx = Technology(
    name: nginxName, title: "nginx", defaultVersion: NginxVersions.assumed,
    recognises: { NginxRecognition.recognise($0) },
    read: { text, context in NginxReading.read(text, context) },
    reference: { NginxDirectiveTable.reference })
}

/// Reads one entry file of nginx with all it includes.
enum NginxReading {
  static func read(_ text: SourceText, _ context: ReadingContext) -> Reading {
    guard let dump = NginxDump(text), let main = dump.files.first else {
      return read(main: text, context)
    }
    // The paths in a dump are those of another machine: none of them names a file of this tree.
    let reading = read(
      main: main,
      ReadingContext(
        files: NginxDumpFiles(dump), versions: context.versions, environment: context.environment,
        givenVersions: context.givenVersions))
    return Reading(
      resources: reading.resources, problems: reading.problems, sources: reading.sources,
      included: [])
  }

  private static func read(main text: SourceText, _ context: ReadingContext) -> Reading {
    let (tree, mended) = NginxMending.read(text)
    if let mark = NginxTemplate.mark(in: tree) {
      return Reading(
        resources: [], problems: [NginxTemplate.problem(mark, in: tree)], sources: [text])
    }
    let annotation = NginxAnnotation(tree)
    let context = context.read(annotation.version)
    let place = NginxFileContext(of: tree, annotation)
    let builder = NginxBuilder(
      entry: text, tree: tree, mended: mended + annotation.problems, root: place.kind,
      context: context)
    let configuration = NginxConfiguration(builder, context: context)
    let problems = NginxWholeChecker(configuration, problems: builder.problems).problems
    let isPart = place.kind != .main && place.source == .inferred
    return Reading(
      resources: configuration.resources, problems: problems.list,
      sources: builder.sources,
      assumption: isPart
        ? "read as the inside of \(place.article) \(place.title) block: nothing here includes it"
        : nil)
  }
}

extension ReadingContext {
  /// The same with the version that a file itself names; one given on the command line wins.
  fileprivate func read(_ version: Version?) -> ReadingContext {
    guard let version, !givenVersions.contains(nginxName) else { return self }
    var versions = versions
    versions[nginxName] = version
    return ReadingContext(
      files: files, versions: versions, environment: environment, companions: companions,
      givenVersions: givenVersions)
  }
}

/// The files of a dump, by the paths that it gives them.
struct NginxDumpFiles: FileSource {
  private let texts: [String: SourceText]

  init(_ dump: NginxDump) {
    texts = Dictionary(dump.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = texts[path] else { throw .notFound }
    return text
  }

  func names(in directory: String) -> [String] {
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    let names = texts.keys.filter { $0.hasPrefix(prefix) }.map { path in
      String(path.dropFirst(prefix.count).prefix { $0 != "/" })
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
