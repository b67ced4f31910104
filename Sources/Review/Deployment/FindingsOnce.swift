import Catalog
import Findings

extension [Finding] {
  /// The findings without those that say the same of the same place for another service.
  ///
  /// A file is read once for each service that runs it; what is wrong with the file is wrong once,
  /// also where each service runs it with another number. Of a path's comparisons each counts.
  func saidOnce(by collection: Collection) -> [Finding] {
    let isDeployed = collection.entries.contains {
      !$0.services.isEmpty || !$0.reading.workloads.isEmpty
    }
    guard isDeployed else { return self }
    var seen: Set<Saying> = []
    return filter { seen.insert(Saying($0)).inserted }
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
