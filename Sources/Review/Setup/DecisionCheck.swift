import Catalog
import Policy
import Syntax

/// What in `.headgate.yaml` can only be judged with the catalog at hand, or when it is used.
///
/// A name that is nobody's would otherwise be passed over in silence, and a mistake in who has to
/// agree would be told by the one command that needs it, in CI.
struct DecisionCheck {
  private let source: SourceText

  init(_ source: SourceText) { self.source = source }

  /// - Throws: names of products that there are not, and what is wrong with `approvals`.
  func check(_ configuration: Configuration, formats: [FormatMapping]) throws(PolicyError) {
    let known = Catalog.productNames + formats.map(\.name)
    var problems: [PolicyProblem] = []
    for (name, position) in configuration.productPlaces.sorted(by: { $0.1.offset < $1.1.offset })
    where !known.contains(name) {
      problems.append(
        PolicyProblem(
          path: source.path, position: position, message: "no product is called `\(name)`",
          suggestion: Suggestion.nearest(to: name, in: known)))
    }
    if let declaration = configuration.approvals {
      do throws(PolicyError) {
        _ = try DeclaredApprovals(declaration, path: source.path)
      } catch { problems += error.problems }
    }
    guard problems.isEmpty else { throw PolicyError(problems) }
  }
}
