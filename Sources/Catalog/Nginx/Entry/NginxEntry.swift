import Syntax

/// What an entry file holds: a whole configuration, or the inside of some block.
enum NginxEntry {
  /// The contexts a part may be of, the likelier first where its directives fit several.
  ///
  /// The innermost comes first among `location`, `server` and `http`: proxy settings on their own
  /// are mostly included by locations, TLS settings by servers.
  private static let candidates: [NginxContextKind] = [
    .main, .location, .server, .http, .upstream, .stream, .streamServer, .streamUpstream, .events,
    .mail, .mailServer, .mgmt,
  ]

  /// The context that the top of a file belongs to.
  ///
  /// The one that allows most of what stands there; a `server` that hands on without a `location`
  /// is one of `stream`, one with a `protocol` is one of `mail`.
  static func context(of tree: NginxTree) -> NginxContextKind {
    let table = NginxDirectiveTable.shared
    let known = NginxKnownNames.shared
    var scores = [Int](repeating: 0, count: candidates.count)
    for node in tree.roots {
      let id = tree.name(of: node).withBytes { table.id($0) }
      guard id != .unknown, id != known.include else { continue }
      let isBlock = tree[node].kind == .block
      for (index, kind) in candidates.enumerated() {
        guard let info = table.info(id, in: kind), (info.value == .block) == isBlock else {
          continue
        }
        scores[index] += weight(of: node, id, in: kind, tree, known)
      }
    }
    let best = scores.max() ?? 0
    guard best > 0, let index = scores.firstIndex(of: best) else { return .main }
    return candidates[index]
  }

  /// A block tells more than a line, and a `server` tells by what is in it.
  private static func weight(
    of node: NginxDirectiveID, _ id: NginxNameID, in kind: NginxContextKind, _ tree: NginxTree,
    _ known: NginxKnownNames
  ) -> Int {
    guard tree[node].kind == .block else { return 1 }
    // Locations nest, but a file of them is nearly always included by a server.
    if id == known.location, kind == .location { return 3 }
    guard id == known.server else { return 4 }
    var isStream = false
    var isMail = false
    for child in tree.children(of: node) {
      let name = tree.name(of: child)
      if name == "proxy_pass" || name == "ssl_preread" { isStream = true }
      if name == "protocol" { isMail = true }
    }
    switch kind {
    case .stream: return isStream && !isMail ? 8 : 2
    case .mail: return isMail ? 8 : 1
    default: return isStream || isMail ? 1 : 4
    }
  }
}
