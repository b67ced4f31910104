package import Catalog
package import Syntax

/// The payload that nginxinc/crossplane 0.5.8 gives for a configuration, for tools built on it.
///
/// Where crossplane misreads a file this payload has what nginx reads; docs/parse.md lists the
/// differences.
package struct CrossplanePayload {
  private let files: any FileSource
  private let directory: String
  private var queue: [String]
  private var indices: [String: Int]
  private var errors: [JSON] = []

  /// The most files that one payload holds: an include of a hundred thousand is refused.
  private static let fileLimit = 10_000

  /// The payload of the configuration that begins at `path`.
  ///
  /// - Throws: `Failure` when the file cannot be read.
  package static func payload(
    of path: String, in files: any FileSource
  ) throws(Failure) -> (json: JSON, isComplete: Bool) {
    var payload = CrossplanePayload(path, files)
    return try payload.run()
  }

  private init(_ path: String, _ files: any FileSource) {
    self.files = files
    directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    queue = [path]
    indices = [path: 0]
  }

  private mutating func run() throws(Failure) -> (json: JSON, isComplete: Bool) {
    var configurations: [JSON] = []
    var next = 0
    while next < queue.count {
      guard queue.count <= Self.fileLimit else {
        throw Failure("\(queue[0]) includes more than \(Self.fileLimit) files")
      }
      configurations.append(try configuration(queue[next]))
      next += 1
    }
    let isComplete = errors.isEmpty
    let json: JSON = [
      "status": isComplete ? "ok" : "failed", "errors": .array(errors),
      "config": .array(configurations),
    ]
    return (json, isComplete)
  }

  private mutating func configuration(_ path: String) throws(Failure) -> JSON {
    var own: [(message: String, line: Int?)] = []
    let source: SourceText
    do throws(FileRefusal) { source = try files.read(path) } catch {
      throw Failure("\(path): \(error.reason)")
    }
    let tree = NginxTree(source)
    try tree.checkDepth()
    let parsed = statements(of: tree, path: path, errors: &own)
    for error in tree.errors.prefix(1) {
      own.append(("\(error.message) in \(path):\(error.line)", error.line))
    }
    for error in own {
      errors.append([
        "file": .string(path), "error": .string(error.message),
        "line": error.line.map { .number($0) } ?? nil,
      ])
    }
    return [
      "file": .string(path), "status": own.isEmpty ? "ok" : "failed",
      "errors": .array(
        own.map {
          ["error": .string($0.message), "line": $0.line.map { .number($0) } ?? nil]
        }),
      "parsed": .array(parsed),
    ]
  }

  /// The statements of a file, built from the innermost blocks outwards so that no depth is too
  /// deep.
  private mutating func statements(
    of tree: NginxTree, path: String, errors: inout [(message: String, line: Int?)]
  ) -> [JSON] {
    var blocks: [NginxDirectiveID?: [JSON]] = [:]
    var includes: [NginxDirectiveID: [JSON]] = [:]
    for id in tree.all where tree.name(of: id) == "include" {
      includes[id] = include(id, of: tree, errors: &errors)
    }
    for id in tree.all.reversed() {
      let directive = tree[id]
      var members: [JSON.Member] = [
        JSON.Member("directive", .string(tree.name(of: id).string)),
        JSON.Member("line", .number(directive.line)),
        JSON.Member("args", .array(arguments(of: id, in: tree).map { .string($0) })),
      ]
      if let includes = includes[id] { members.append(JSON.Member("includes", .array(includes))) }
      if directive.kind == .block {
        let block = blocks.removeValue(forKey: id) ?? []
        members.append(JSON.Member("block", .array(block.reversed())))
      }
      blocks[tree.parent(of: id), default: []].append(.object(members))
    }
    return (blocks[nil] ?? []).reversed()
  }

  private mutating func include(
    _ id: NginxDirectiveID, of tree: NginxTree, errors: inout [(message: String, line: Int?)]
  ) -> [JSON] {
    guard let name = tree.argument(0, of: id)?.string else { return [] }
    let pattern = name.hasPrefix("/") ? name : directory + name
    var paths: [String] = []
    if NginxGlob.isPattern(pattern) {
      paths = NginxGlob.expand(pattern, in: files)
    } else {
      do throws(FileRefusal) {
        _ = try files.read(pattern)
        paths = [pattern]
      } catch {
        errors.append(("\(pattern): \(error.reason)", tree[id].line))
      }
    }
    return paths.map { path in
      let index = indices[path] ?? queue.count
      if index == queue.count {
        indices[path] = index
        queue.append(path)
      }
      return .number(index)
    }
  }

  /// The arguments, those of `if` without the parentheses around them.
  private func arguments(of id: NginxDirectiveID, in tree: NginxTree) -> [String] {
    var arguments = tree.argumentStrings(of: id)
    guard tree.name(of: id) == "if", let first = arguments.first, first.hasPrefix("("),
      let last = arguments.last, last.hasSuffix(")")
    else { return arguments }
    arguments[0].removeFirst()
    arguments[arguments.count - 1].removeLast()
    if arguments.first?.isEmpty == true { arguments.removeFirst() }
    if arguments.last?.isEmpty == true { arguments.removeLast() }
    return arguments
  }
}
