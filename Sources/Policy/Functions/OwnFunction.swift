import CEL
import Model

/// A function of ours that expressions have besides CEL's own, with what the documentation says.
package struct OwnFunction: Sendable {
  /// As it is written: `[int].sum()`.
  package let signature: String
  /// What it gives; shown in docs/policy.md, which a test compares.
  package let about: String
  let function: Function

  /// Every one of them, in the order of the documentation.
  package static let all: [OwnFunction] = [sizeText] + lists + units

  private static let sizeText = OwnFunction(
    signature: "size_text(int)", about: "bytes as people write them, `64 MB`",
    function: Function(
      "size_text",
      [
        Overload([.int], .string) { arguments throws(EvaluationFailure) in
          guard case .int(let bytes) = arguments[0] else { throw .error("no size") }
          return .string(SizeText.text(bytes: bytes))
        }
      ]))
}
