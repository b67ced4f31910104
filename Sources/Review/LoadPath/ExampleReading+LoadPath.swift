import Catalog
import Findings
import Model
package import Policy
import Syntax

extension ExampleReading {
  /// Reads an example as `check` reads a folder: every file of it, with the services that run them
  /// and what must hold along the load path.
  ///
  /// A file called `.headgate.yaml` in it declares what the others do not say.
  package init(ofFolder example: RuleExample) {
    let sources =
      [SourceText(path: example.file, text: example.text)]
      + example.others.map { SourceText(path: $0.path, text: $0.text) }
    var versions: [String: Version] = [:]
    for (name, text) in example.products { versions[name] = Version(text) }
    var problems: [String] = []
    var configuration = Configuration.defaults
    var formats: [FormatMapping] = []
    if let source = sources.first(where: { $0.path == Configuration.fileName }) {
      do throws(PolicyError) {
        configuration = try ConfigurationReader.read(source)
        let own = try TeamFormats(configuration.formats, files: MemoryFiles(sources))
        configuration.format = { own.name(of: $0) }
        formats = own.mappings
      } catch {
        problems += error.problems.map(\.description)
      }
    }
    let collector = Collector(
      versions: versions, environment: { _ in example.environment },
      technology: configuration.format, isGoverned: { _ in true }, formats: formats)
    let own = Set(formats.map(\.path) + [Configuration.fileName])
    let paths = sources.map(\.path).filter { !own.contains($0) }.sorted()
    let collection = collector.collect([
      Workspace(files: MemoryFiles(sources), paths: paths, named: Set(paths))
    ])
    let review = LoadPathReview(collection, declaration: configuration.loadPath)
    problems += collection.brokenFiles.map { "\($0.path): \($0.reason)" }
    problems += collection.skipped.map { "\($0.path): \($0.reason)" }
    self.init(
      resources: collection.readings.flatMap(\.resources) + review.resources(),
      sources: sources, problems: problems)
  }
}
