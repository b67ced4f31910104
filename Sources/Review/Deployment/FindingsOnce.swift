import Catalog
import Findings
import Syntax

extension [Finding] {
  /// The findings without those that say the same of the same place for another service.
  ///
  /// A file that is read once for each service that runs it is wrong once, also where each service
  /// runs it with another number. Of a file that is read once every finding is one of its own, and
  /// of a path's comparisons each counts.
  func saidOnce(by collection: Collection) -> [Finding] {
    let paths = collection.pathsReadForEachService
    guard !paths.isEmpty else { return self }
    var seen: Set<Saying> = []
    return filter { !paths.contains($0.path) || seen.insert(Saying($0)).inserted }
  }

  private struct Saying: Hashable {
    let rule: String
    let path: String
    let range: SourceRange
    let message: String

    init(_ finding: Finding) {
      rule = finding.rule
      path = finding.path
      range = finding.range
      let isPath = finding.rule.hasPrefix("path/")
      message = isPath ? finding.message : finding.message.filter { !$0.isNumber }
    }
  }
}

extension Collection {
  /// The files whose lines several services read each in its own way: what deploys them, and what
  /// their environments change.
  fileprivate var pathsReadForEachService: Set<String> {
    let shared = entries.filter { entry in
      !entry.reading.workloads.isEmpty
        || !entry.services.isEmpty && RunReading.isReadForEachService(entry.technology.name)
    }
    return Set(shared.flatMap { $0.reading.sources.map(\.path) })
  }
}
