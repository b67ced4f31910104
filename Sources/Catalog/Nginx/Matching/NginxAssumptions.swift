/// What is taken for granted in one way through a choice that nobody can make for certain.
///
/// A choice runs to its end with all that is assumed so far; the first question without an answer
/// splits the way in two, and both are gone.
final class NginxAssumptions {
  /// Answers by the number of the statement that raises the question.
  private let answers: [Int: Bool]
  /// The first question without an answer.
  private(set) var open: Int?

  private init(_ answers: [Int: Bool]) { self.answers = answers }

  /// Whether to take it that a statement applies.
  func holds(_ statement: Int) -> Bool {
    if let answer = answers[statement] { return answer }
    if open == nil { open = statement }
    return false
  }

  /// The statements that are taken to apply, and those that are not.
  var made: [(statement: Int, holds: Bool)] {
    answers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// More ways than anybody would read.
  private static let mostWays = 16

  /// Runs `body` on every way.
  static func explore(_ body: (NginxAssumptions) -> Void) {
    var ways: [[Int: Bool]] = [[:]]
    var count = 0
    while let answers = ways.popLast(), count < mostWays {
      let way = NginxAssumptions(answers)
      // A probe: only a way without open questions is real.
      body(way)
      count += 1
      guard let open = way.open else { continue }
      ways.append(answers.merging([open: false]) { $1 })
      ways.append(answers.merging([open: true]) { $1 })
    }
  }
}
