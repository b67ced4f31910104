import Model
import Syntax

extension Technology {
  /// Odyssey: odyssey.conf and the files it includes.
  package static let odyssey = Technology(
    name: "odyssey", title: "Odyssey", defaultVersion: PoolProduct.odyssey.version,
    recognises: { Odyssey.recognise($0) },
    read: { source, context in OdysseyProcess(source, context).reading },
    reference: { Odyssey.reference })
}

enum Odyssey {
  /// By name and a word of the format, or by a block that only Odyssey has.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".conf") else { return .no }
    let isNamed = name.contains("odyssey")
    guard isNamed || mayBegin(file.head) && hasBlock(file.head) else { return .no }
    let document = OdysseyDocument(SourceText(path: file.path, bytes: file.head))
    let top = document.statements.filter { $0.parent == nil }
    let known = top.count { OdysseyWords.known.contains($0.name) }
    guard isNamed else {
      let isRouted = top.contains { isNamedBlock($0, "database") }
      let isStored = top.contains { isNamedBlock($0, "storage") }
      return (isRouted || isStored) && known * 2 > top.count && hasRoute(document)
        ? .byContent : .no
    }
    return top.isEmpty || known * 2 >= top.count ? .byName : .no
  }

  /// Whether the first line begins with a word of Odyssey's, and is no line of nginx.
  private static func mayBegin(_ head: [UInt8]) -> Bool {
    guard let line = FirstLine.of(head), line.last != UInt8(ascii: ";") else { return false }
    return OdysseyWords.known.contains(String(decoding: FirstLine.word(line), as: UTF8.self))
  }

  /// `database "app" {` or `database default {`.
  private static func isNamedBlock(_ statement: OdysseyStatement, _ name: String) -> Bool {
    statement.name == name && statement.hasBlock
      && (statement.values.first?.kind == .text || statement.values.first?.text == "default")
  }

  /// Whether some block holds words that only routes and storages have.
  private static func hasRoute(_ document: OdysseyDocument) -> Bool {
    let words: Set<String> = ["user", "group", "type", "host", "tls", "watchdog", "balancing"]
    return document.statements.contains { statement in
      guard let parent = statement.parent.map({ document.statements[$0] }) else { return false }
      return words.contains(statement.name)
        && (statement.name == "user" || parent.name == "storage")
    }
  }

  /// Whether a line begins with one of the words that routes and storages begin with; cheap, since
  /// it is asked of every file that ends in `.conf`.
  private static func hasBlock(_ head: [UInt8]) -> Bool {
    for line in head.split(separator: UInt8(ascii: "\n")) {
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard let first = text.first, first == UInt8(ascii: "d") || first == UInt8(ascii: "s") else {
        continue
      }
      for word in ["database", "storage"] where text.starts(with: word.utf8) {
        let rest = text.dropFirst(word.utf8.count)
        guard rest.first == 0x20 || rest.first == 0x09 else { continue }
        let value = rest.drop { $0 == 0x20 || $0 == 0x09 }
        if value.first == UInt8(ascii: "\"") || value.starts(with: "default".utf8) { return true }
      }
    }
    return false
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files ending in `.conf` with `odyssey` in their names, or with `storage \"…\"` or "
        + "`database \"…\"` blocks, and what `include` names.",
      notes: [
        "Each `user` or `group` block is a resource of its own; those whose storage is local "
          + "(the console) or whose `authentication` is `block` have no pool and are left out.",
        "A route must say its `pool`, or Odyssey does not start. Words of no version that is known "
          + "are refused; numbers have no units: `pool_timeout` is in milliseconds, the other "
          + "times of a route are in seconds.",
      ],
      keys: PoolProduct.odyssey.keys.map { $0.reference() }
        + PoolProduct.odysseyRoute.keys.map { $0.reference(prefix: "user.") })
  }
}
