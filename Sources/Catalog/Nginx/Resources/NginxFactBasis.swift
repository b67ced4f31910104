import Model
import Syntax

/// What decides a fact, where that is less than the place it is asked at.
///
/// A configuration says the same in thousands of places; what hangs on the words alone is worked
/// out once for all of them.
enum NginxFactBasis: Sendable {
  /// The place with all around it.
  case place
  /// The words of the line; of a location the line that opens it.
  case line
  /// The words of the line where they hold no variable, else the place.
  case plainLine

  /// The basis of each fact of a kind, in the order of their slots.
  static func all(of kind: Kind) -> [NginxFactBasis] {
    switch kind {
    case .directive: directive
    case .location: location
    default: []
    }
  }

  private static let directive = NginxFact.directive.map { fact -> NginxFactBasis in
    if lineFacts.contains(fact.name) { return .line }
    return plainLineFacts.contains(fact.name) ? .plainLine : .place
  }

  private static let location = NginxFact.location.map { fact -> NginxFactBasis in
    ["pattern", "modifier"].contains(fact.name) ? .line : .place
  }

  private static let lineFacts: Set<String> = [
    "arguments", "text", "variables", "expressions", "expressions_refused",
    "expression_anchored_at_start", "expression_anchored_at_end", "expression_literal",
    "expression_holds_newline", "expressions_exponential", "expressions_polynomial",
    "entries", "block_directives",
  ]
  private static let plainLineFacts: Set<String> = [
    "client_sources", "newline_sources", "captures_undefined",
  ]
}

extension NginxConfiguration {
  /// Equal for two lines with the same words; `nil` where the basis is not the line.
  func key(ofLine place: Int, _ basis: NginxFactBasis) -> ValueKey? {
    let statement = view.statements[place]
    let tree = view.trees[Int(statement.file)]
    let words = tree.arguments(of: NginxDirectiveID(Int(statement.node)))
    let start = words.first?.range.lowerBound ?? 0
    let end = words.last?.range.upperBound ?? 0
    return tree.source.bytes[start..<end].withUnsafeBytes { bytes -> ValueKey? in
      switch basis {
      case .place: return nil
      case .plainLine where bytes.contains(UInt8(ascii: "$")): return nil
      case .line, .plainLine: break
      }
      // Keyed anew in every process: nobody can make two lines that are taken for one.
      var first = Hasher()
      first.combine(bytes: bytes)
      var second = Hasher()
      second.combine(1)
      second.combine(bytes: bytes)
      return ValueKey(
        owner: ObjectIdentifier(self), number: first.finalize(), more: second.finalize())
    }
  }
}
