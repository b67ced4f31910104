import Catalog
import Model
import Policy

/// Which rules somebody wants to see.
package struct RuleFilter: Sendable {
  private let pack: Pack?
  private let technology: String?
  private let kind: Kind?
  private let source: String?

  /// A filter by what is not `nil`.
  ///
  /// - Throws: `Failure` for a word that names nothing, with those that do.
  package init(
    pack: String?, technology: String?, kind: String?, source: String?
  ) throws(Failure) {
    self.pack = try Self.known(pack, "pack", Pack.allCases.map(\.rawValue)).flatMap {
      Pack(rawValue: $0)
    }
    self.technology = try Self.known(technology, "product", Catalog.productNames)
    self.kind = try Self.known(kind, "kind", Kind.allCases.map(\.rawValue)).flatMap {
      Kind(rawValue: $0)
    }
    self.source = try Self.known(source, "source", ["built-in", "team", "shared"])
  }

  private static func known(
    _ word: String?, _ what: String, _ words: [String]
  ) throws(Failure) -> String? {
    guard let word, !words.contains(word) else { return word }
    throw Failure(
      "there is no \(what) `\(word)`",
      help: Suggestion.nearest(to: word, in: words).map { "did you mean \($0)?" }
        ?? "one of \(words.joined(separator: ", "))")
  }

  /// Whether a rule is wanted; one that names no product looks at every product of its kind.
  func takes(_ rule: RuleDefinition) -> Bool {
    if let pack, !rule.packs.contains(pack) { return false }
    if let kind, rule.kind != kind { return false }
    if let source, rule.source.word != source { return false }
    guard let technology else { return true }
    return rule.products.isEmpty
      ? rule.kind.isNginx == (technology == "nginx")
      : rule.products.contains { $0.name == technology }
  }
}

extension Kind {
  /// Whether only nginx has resources of this kind.
  fileprivate var isNginx: Bool {
    switch self {
    case .nginx, .server, .location, .upstream, .directive, .socket, .zone: true
    case .pool, .pooler, .poolerDatabase, .proxy, .proxyServer, .databaseServer, .service,
      .invariant, .setting:
      false
    }
  }
}
