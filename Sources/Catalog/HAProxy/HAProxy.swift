import Model
import Syntax

extension Technology {
  /// HAProxy: haproxy.cfg, its process, sections and servers.
  ///
  /// Numbers and times were tried on 2.6.12.
  package static let haproxy = Technology(
    name: "haproxy", title: "HAProxy", defaultVersion: PoolProduct.haproxy.version,
    recognises: { HAProxy.recognise($0) },
    read: { source, context in HAProxyFile(source, context).reading },
    reference: { HAProxy.reference })
}

enum HAProxy {
  /// By name and a section, or by a section that forwards with lines that only HAProxy has.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".cfg") || name.hasSuffix(".conf") else { return .no }
    let isNamed = name.contains("haproxy")
    guard isNamed || mayBegin(file.head) && hasSection(file.head) else { return .no }
    let sections = HAProxyDocument(SourceText(path: file.path, bytes: file.head)).sections
    if isNamed { return sections.isEmpty ? .no : .byName }
    let words: Set<String> = ["bind", "default_backend", "balance", "use_backend", "option"]
    let isProxy = sections.contains { section in
      ["frontend", "backend", "listen", "defaults"].contains(section.kind)
        && section.lines.contains { words.contains($0.keyword) || isServer($0) }
    }
    return isProxy ? .byContent : .no
  }

  /// Whether the first line begins a section, as it must.
  private static func mayBegin(_ head: [UInt8]) -> Bool {
    guard let line = FirstLine.of(head) else { return false }
    let word = String(decoding: FirstLine.word(line), as: UTF8.self)
    return line.first == UInt8(ascii: ".") || HAProxyDocument.sectionWords.contains(word)
  }

  /// `server NAME ADDRESS`, where nginx's blocks and lines are others.
  private static func isServer(_ line: HAProxyLine) -> Bool {
    line.keyword == "server" && line.words.count >= 3 && !line.words.contains { $0.text == "{" }
      && line.words.last?.text.hasSuffix(";") == false
  }

  /// Whether a line begins with the word of a section that forwards; cheap, since it is asked of
  /// every file that ends in `.conf`.
  private static func hasSection(_ head: [UInt8]) -> Bool {
    head.split(separator: UInt8(ascii: "\n")).contains { line in
      guard let first = line.first, "fblFBL".utf8.contains(first) else { return false }
      return ["frontend ", "backend ", "listen "].contains { line.starts(with: $0.utf8) }
        && line.last != UInt8(ascii: ";") && !line.contains(UInt8(ascii: "{"))
    }
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files ending in `.cfg` or `.conf` with `haproxy` in their names, or with `frontend`, "
        + "`backend` or `listen` sections.",
      notes: [
        "The process (`global`), each section that forwards and each server is a resource. A "
          + "section takes what it does not say from the `defaults` before it, or from the one "
          + "that it names with `from`.",
        "Times without a unit are milliseconds; a time that is nowhere is endless, but `timeout "
          + "queue` is then `timeout connect`. Counts are read up to the first byte that is no "
          + "digit: `10k` is 10. `maxconn` 0 of a section is the process's, which HAProxy works "
          + "out from the descriptors it gets where `global` does not say it.",
      ],
      keys: PoolProduct.haproxyProcess.keys.map { $0.reference(prefix: "global.") }
        + PoolProduct.haproxy.keys.map { $0.reference() }
        + PoolProduct.haproxyServer.keys.map { $0.reference(prefix: "server.") })
  }
}
