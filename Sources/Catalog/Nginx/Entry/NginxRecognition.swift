import Syntax

/// Whether a file is nginx's, from its name and the directives at its beginning.
enum NginxRecognition {
  /// How much of a file is looked at first; the whole head only where that holds no directive.
  private static let firstLook = 4_096

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name
    let isNamed =
      name == "nginx.conf" || (name.hasPrefix("nginx") && name.hasSuffix(".conf"))
      || name.hasSuffix("nginx.conf") || name.hasSuffix(".nginx")
    guard isNamed || mayBe(name, at: candidate.path) else { return .no }
    if candidate.head.contains(0) { return .no }
    var verdict = verdict(candidate.head.prefix(firstLook), candidate.path, isNamed: isNamed)
    if verdict == nil, candidate.head.count > firstLook {
      verdict = self.verdict(candidate.head[...], candidate.path, isNamed: isNamed)
    }
    switch verdict {
    case true: return isNamed ? .byName : .byContent
    case false: return .no
    // Nothing to go by, as in a file of comments: the name has to do.
    case nil: return name == "nginx.conf" ? .byName : .no
    }
  }

  /// Names that nginx files have: `.conf` and its like, or none at all as in `sites-available`.
  private static func mayBe(_ name: String, at path: String) -> Bool {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
      return name.utf8.first != UInt8(ascii: ".")
    }
    let ending = name[name.index(after: dot)...].lowercased()
    if endings.contains(ending) { return true }
    // Site files are often named for their host: `sites-available/example.com`.
    return path.split(separator: "/").dropLast().contains { directories.contains($0) }
      && !otherEndings.contains(ending)
  }

  private static let endings: Set<String> = [
    "conf", "vhost", "nginx", "types", "site", "template", "inc", "tmpl", "cfg",
  ]
  private static let directories: Set<Substring> = [
    "sites-available", "sites-enabled", "conf.d", "vhosts", "vhosts.d", "vhost.d", "snippets",
    "streams-enabled", "modules-enabled", "default.d", "nginx",
  ]
  private static let otherEndings: Set<String> = [
    "yml", "yaml", "json", "xml", "ini", "toml", "properties", "env", "md", "txt", "sh", "py", "js",
    "lua", "php", "html", "sql", "service", "log", "lock", "pem", "crt", "key", "rb", "go", "java",
  ]

  /// Whether the beginning of a file reads as nginx; `nil` where it holds too little to tell.
  private static func verdict(
    _ head: ArraySlice<UInt8>, _ path: String, isNamed: Bool
  ) -> Bool? {
    let tree = NginxTree(SourceText(path: path, bytes: Array(head)))
    let table = NginxDirectiveTable.shared
    var (strong, weak, strange) = (0, 0, 0)
    for node in tree.all.prefix(tree.acceptedCount) {
      if let parent = tree.parent(of: node), tree[parent].hasDataBody { continue }
      let id = tree.name(of: node).withBytes { table.id($0) }
      guard id != .unknown else {
        strange += 1
        continue
      }
      let isBlock = tree[node].kind == .block
      let count = tree.argumentCount(of: node)
      let fits = table.firstInfo(id) {
        ($0.value == .block) == isBlock && count >= $0.leastArguments
          && count <= $0.mostArguments ?? .max
      }
      if fits == nil {
        strange += 1
      } else if fits?.isThirdParty == true || !isBlock && generic.contains(id) {
        weak += 1
      } else {
        strong += 1
      }
    }
    if isNamed {
      // The name says nginx: a directive of it at the beginning is enough, however broken the rest.
      guard let first = tree.words.first else { return looksEmpty(tree) ? nil : false }
      let isKnown = tree.text(of: first).withBytes { table.id($0) } != .unknown
      return isKnown || strong + weak > strange
    }
    if strong == 0, weak == 0, strange == 0 { return looksEmpty(tree) ? nil : false }
    if strong == 0 {
      return weak > 0 && strange == 0
        && path.split(separator: "/").dropLast().contains { directories.contains($0) }
    }
    return strong + weak > strange
  }

  /// Whether there is nothing but comments and templates so far.
  private static func looksEmpty(_ tree: NginxTree) -> Bool {
    tree.words.isEmpty && tree.errors.isEmpty
  }

  /// Names that other formats use as well: alone they say nothing.
  private static let generic: Set<NginxNameID> = {
    let names = [
      "include", "server", "listen", "user", "pid", "zone", "match", "set", "return", "if", "use",
      "state",
      "root", "index", "allow", "deny", "status", "pass", "hash", "random", "ssl", "types", "map",
      "alias", "env", "break", "internal", "satisfy", "daemon", "protocol", "timeout", "resolver",
      "upstream", "location", "http", "stream", "mail", "events", "expires", "proxy", "uri",
    ]
    return Set(names.map { NginxDirectiveTable.shared.id($0) })
  }()
}
