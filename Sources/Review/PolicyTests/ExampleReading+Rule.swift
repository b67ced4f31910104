import Catalog
import Model
package import Policy
import Syntax

extension ExampleReading {
  /// Reads an example of a rule: one file with what it includes, or a folder as `check` reads it
  /// where the rule is about what a deployment makes of files.
  package init(of example: RuleExample, for rule: RuleDefinition) {
    let names = [example.file] + example.others.map(\.path)
    let isAboutFolders = [.invariant, .service].contains(rule.kind)
    if isAboutFolders || names.contains(Configuration.fileName) || example.isDeployed {
      self.init(ofFolder: example)
    } else {
      self.init(ofEntry: example)
    }
  }

  /// Reads the example's first file as its product would, the others where it includes them.
  private init(ofEntry example: RuleExample) {
    let files = MemoryFiles(
      [SourceText(path: example.file, text: example.text)]
        + example.others.map { SourceText(path: $0.path, text: $0.text) })
    let source = SourceText(path: example.file, text: example.text)
    guard let technology = Catalog.recognise(FileCandidate(path: source.path, head: source.bytes))
    else {
      self.init(
        resources: [], sources: [], problems: ["\(example.file) is no file of a known product"])
      return
    }
    let context = ReadingContext(
      files: files, versions: example.products.compactMapValues { Version($0) },
      environment: example.environment)
    let reading = technology.read(source, context)
    let problems = reading.problems.filter { $0.kind == .syntax || $0.kind == .unreadable }
    self.init(
      resources: reading.resources, sources: reading.sources, problems: problems.map(\.message))
  }
}

extension RuleExample {
  /// Whether one of the files deploys services, which changes what the others mean.
  fileprivate var isDeployed: Bool {
    ([(file, text)] + others.map { ($0.path, $0.text) }).contains { path, text in
      let candidate = FileCandidate(path: path, head: Array(text.utf8))
      return Catalog.recognise(candidate).map { Deployments.technologies.contains($0.name) } == true
    }
  }
}
