import Syntax

/// What rules could not be decided for one reason: one include that was not read keeps dozens of
/// them from a verdict, and what helps is to read it.
struct UndecidedCause {
  /// In the order of the report; never empty.
  private(set) var findings: [Finding]
  /// The rules that wait for it, each once.
  private(set) var rules: [String]
  private var places: Set<Place>

  /// The number of places at which they wait.
  var placeCount: Int { places.count }

  private struct Place: Hashable {
    let path: String
    let start: Int

    init(_ finding: Finding) {
      path = finding.path
      start = finding.range.start.offset
    }
  }

  private init(_ finding: Finding) {
    findings = [finding]
    rules = [finding.rule]
    places = [Place(finding)]
  }

  private mutating func add(_ finding: Finding) {
    findings.append(finding)
    if !rules.contains(finding.rule) { rules.append(finding.rule) }
    places.insert(Place(finding))
  }

  /// The causes in the order in which they are met first.
  static func all(_ findings: [Finding]) -> [UndecidedCause] {
    var causes: [UndecidedCause] = []
    var indices: [String: Int] = [:]
    for finding in findings {
      if let index = indices[finding.message] {
        causes[index].add(finding)
      } else {
        indices[finding.message] = causes.count
        causes.append(UndecidedCause(finding))
      }
    }
    return causes
  }
}
