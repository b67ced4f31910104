package import Catalog
package import Syntax

/// The payload that nginxinc/crossplane 0.5.8 gives for a configuration, for tools built on it.
///
/// Where crossplane misreads a file this payload has what nginx reads; docs/parse.md lists the
/// differences.
package struct CrossplanePayload {
  private let files: any FileSource
  private let directory: String
  /// The files in the order they were named, each with the block that named it first.
  private var queue: [(path: String, context: CrossplaneContext)]
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
    queue = [(path, .main)]
    indices = [path: 0]
  }

  private mutating func run() throws(Failure) -> (json: JSON, isComplete: Bool) {
    var configurations: [JSON] = []
    var next = 0
    while next < queue.count {
      guard queue.count <= Self.fileLimit else {
        throw Failure("\(queue[0].path) includes more than \(Self.fileLimit) files")
      }
      configurations.append(try configuration(queue[next].path, queue[next].context))
      next += 1
    }
    let isComplete = errors.isEmpty
    let json: JSON = [
      "status": isComplete ? "ok" : "failed", "errors": .array(errors),
      "config": .array(configurations),
    ]
    return (json, isComplete)
  }

  private mutating func configuration(
    _ path: String, _ context: CrossplaneContext
  ) throws(Failure) -> JSON {
    let source: SourceText
    do throws(FileRefusal) { source = try files.read(path) } catch {
      throw Failure("\(path): \(error.reason)")
    }
    let tree = NginxTree(source)
    try tree.checkDepth()
    var file = CrossplaneFile(tree, path: path, in: context)
    file.read { pattern, context in include(pattern, context) }
    let entries = file.mistakes.map { mistake in
      (error: JSON.string(mistake.message), line: mistake.line.map { JSON.number($0) } ?? nil)
    }
    errors += entries.map { ["file": .string(path), "error": $0.error, "line": $0.line] }
    return [
      "file": .string(path), "status": entries.isEmpty ? "ok" : "failed",
      "errors": .array(entries.map { ["error": $0.error, "line": $0.line] }),
      "parsed": .array(file.items),
    ]
  }

  /// The numbers of the files that an `include` names, in crossplane's words where one is not
  /// there.
  private mutating func include(
    _ name: String, _ context: CrossplaneContext
  ) -> (indices: [Int], mistake: String?) {
    let pattern = name.hasPrefix("/") ? name : directory + name
    var paths = [pattern]
    if NginxGlob.isPattern(pattern) {
      paths = NginxGlob.expand(pattern, in: files)
    } else {
      do throws(FileRefusal) { _ = try files.read(pattern) } catch {
        return ([], Self.message(error, pattern))
      }
    }
    let numbers = paths.map { path in
      let index = indices[path] ?? queue.count
      if index == queue.count {
        indices[path] = index
        queue.append((path, context))
      }
      return index
    }
    return (numbers, nil)
  }

  private static func message(_ refusal: FileRefusal, _ path: String) -> String {
    switch refusal {
    case .notFound: "[Errno 2] No such file or directory: '\(path)'"
    case .isDirectory: "[Errno 21] Is a directory: '\(path)'"
    default: "\(path): \(refusal.reason)"
    }
  }
}
