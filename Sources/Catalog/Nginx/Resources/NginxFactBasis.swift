import Model
import Syntax

/// Which facts hang on the words of a line alone: a configuration says the same in thousands of
/// places, and these are worked out once for all of them.
enum NginxFactBasis {
  /// The basis of each fact of a kind, in the order of their slots; empty where all hang on places.
  static func all(of kind: Kind) -> [FieldBasis] {
    switch kind {
    case .directive: directive
    case .location: location
    default: []
    }
  }

  private static let directive = NginxFact.directive.map { fact -> FieldBasis in
    if ofWords.contains(fact.name) { return .words }
    return ofConstantWords.contains(fact.name) ? .constantWords : .place
  }

  private static let location = NginxFact.location.map { fact -> FieldBasis in
    ["pattern", "modifier"].contains(fact.name) ? .words : .place
  }

  private static let ofWords: Set<String> = [
    "arguments", "text", "variables", "expressions", "expressions_refused",
    "expression_anchored_at_start", "expression_anchored_at_end", "expression_literal",
    "expression_holds_newline", "expressions_exponential", "expressions_polynomial",
  ]
  private static let ofConstantWords: Set<String> = [
    "client_sources", "newline_sources", "captures_undefined",
  ]
}

extension NginxConfiguration {
  /// What a line says behind its name.
  func words(_ place: Int) -> ResourceWords {
    let node = NginxDirectiveID(Int(view.statements[place].node))
    return view.trees[Int(view.statements[place].file)].withArgumentBytes(of: node) { bytes in
      // Keyed anew in every process: nobody can make two lines that are taken for one.
      var first = Hasher()
      first.combine(bytes: UnsafeRawBufferPointer(bytes))
      var second = Hasher()
      second.combine(1)
      second.combine(bytes: UnsafeRawBufferPointer(bytes))
      return ResourceWords(
        key: ValueKey(
          owner: ObjectIdentifier(self), number: first.finalize(), more: second.finalize()),
        areConstant: !bytes.contains(UInt8(ascii: "$")))
    }
  }
}

extension NginxTree {
  /// Calls `body` with the bytes from the first argument to the last, as written.
  fileprivate func withArgumentBytes<Result>(
    of node: NginxDirectiveID, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let words = arguments(of: node)
    let range = (words.first?.range.lowerBound ?? 0)..<(words.last?.range.upperBound ?? 0)
    return source.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
