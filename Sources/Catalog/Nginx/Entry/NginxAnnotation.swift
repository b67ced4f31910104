import Model
package import Syntax

/// What a comment tells Headgate of its file: `# headgate: nginx=1.24.0 context=server`.
///
/// `KEY=VALUE` pairs with blanks between: `nginx`, the version that reads the file, and `context`,
/// the block that a snippet is the inside of. Other words are left for other uses of such comments.
struct NginxAnnotation {
  private(set) var version: Version?
  private(set) var context: NginxContextKind?
  private(set) var problems: [Problem] = []

  /// Comments are looked for in the whole file: mostly one stands at its top.
  init(_ tree: NginxTree) {
    for range in tree.commentRanges where Self.isOurs(tree.source.bytes[range]) {
      read(tree.source.bytes[range].dropFirst(), tree)
    }
  }

  private static let word = Array("headgate:".utf8)

  private static func isOurs(_ comment: ArraySlice<UInt8>) -> Bool {
    comment.dropFirst().drop { $0 == UInt8(ascii: " ") }.starts(with: word)
  }

  private mutating func read(_ comment: ArraySlice<UInt8>, _ tree: NginxTree) {
    let pairs = comment.drop { $0 == UInt8(ascii: " ") }.dropFirst(Self.word.count)
    for pair in pairs.split(whereSeparator: { $0 <= UInt8(ascii: " ") }) {
      guard let sign = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = String(decoding: pair[..<sign], as: UTF8.self)
      let value = String(decoding: pair[pair.index(after: sign)...], as: UTF8.self)
      switch key {
      case "nginx":
        if let version = Version(value) {
          self.version = version
        } else {
          add(pair.startIndex..<pair.endIndex, tree, "\"\(value)\" is no version of nginx")
        }
      case "context":
        if let kind = Self.kinds[value] {
          context = kind
        } else {
          add(pair.startIndex..<pair.endIndex, tree, "\"\(value)\" is no block of nginx")
        }
      default: continue
      }
    }
  }

  private mutating func add(_ range: Range<Int>, _ tree: NginxTree, _ message: String) {
    let names = Self.kinds.keys.sorted().joined(separator: ", ")
    problems.append(
      Problem(
        kind: .unknown, origin: Origin(path: tree.source.path, range: range), message: message,
        help: "write nginx=1.24.0, or context= and one of \(names)"))
  }

  private static let kinds: [String: NginxContextKind] = [
    "main": .main, "events": .events, "http": .http, "server": .server, "location": .location,
    "upstream": .upstream, "if": .ifInLocation, "stream": .stream,
    "stream-server": .streamServer, "stream-upstream": .streamUpstream, "mail": .mail,
    "mail-server": .mailServer,
  ]
}

/// The block that the top of a file stands in, and who says so.
package struct NginxFileContext: Sendable, Hashable {
  package enum Source: String, Sendable, Hashable {
    /// A `# headgate: context=…` comment.
    case comment
    /// What stands in the file: nothing that was read includes it.
    case inferred
  }

  package let kind: NginxContextKind
  package let source: Source

  package init(of tree: NginxTree) {
    self.init(of: tree, NginxAnnotation(tree))
  }

  init(of tree: NginxTree, _ annotation: NginxAnnotation) {
    kind = annotation.context ?? NginxEntry.context(of: tree)
    source = annotation.context == nil ? .inferred : .comment
  }

  /// `a` or `an`.
  var article: String { [.upstream, .events, .http].contains(kind) ? "an" : "a" }

  /// What people call it: `main`, `server`, `stream server`.
  package var title: String {
    switch kind {
    case .streamServer: "stream server"
    case .streamUpstream: "stream upstream"
    case .mailServer: "mail server"
    default: kind.title
    }
  }
}
