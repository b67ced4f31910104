import Catalog
import Policy
import Syntax

/// The formats that a team describes in its own repository.
struct TeamFormats {
  /// In the order of `formats:`, and within a folder of their names.
  let mappings: [FormatMapping]

  /// Mappings of one repository; each is asked for every file of it.
  private static let limit = 200
  /// Folders inside each other that are entered.
  private static let depthLimit = 8

  /// Reads every mapping of `paths`: files, and the `.yaml` files of folders.
  ///
  /// - Throws: the mistakes of all mappings.
  init(_ paths: [String], files: any FileSource) throws(PolicyError) {
    var mappings: [FormatMapping] = []
    var problems: [PolicyProblem] = []
    for path in paths {
      let path = String(path.hasSuffix("/") ? path.dropLast() : path[...])
      let found = Self.isMapping(path) ? [path] : Self.mappings(below: path, files, depth: 0)
      if found.isEmpty {
        problems.append(
          Self.problem(Configuration.fileName, "formats: there is no mapping in `\(path)`"))
      }
      for path in found where mappings.count + problems.count < Self.limit {
        do throws(PolicyError) {
          let mapping = try Self.mapping(at: path, files)
          if let other = mappings.first(where: { $0.name == mapping.name && $0.path != path }) {
            problems.append(Self.problem(path, "\(other.path) has the name `\(other.name)` too"))
          }
          if !mappings.contains(where: { $0.path == path }) { mappings.append(mapping) }
        } catch {
          problems += error.problems
        }
      }
      if found.count > Self.limit {
        problems.append(Self.problem(path, "more than \(Self.limit) formats"))
      }
    }
    guard problems.isEmpty else { throw PolicyError(problems) }
    self.mappings = mappings
  }

  /// The name of the format whose pattern a path from the root matches; a mapping itself is none.
  func name(of path: String) -> String? {
    guard let format = mappings.first(where: { $0.matches(path) }) else { return nil }
    return mappings.contains { $0.path == path } ? nil : format.name
  }

  private static func mapping(
    at path: String, _ files: any FileSource
  ) throws(PolicyError) -> FormatMapping {
    let source: SourceText
    do throws(FileRefusal) {
      source = try files.read(path)
    } catch {
      throw PolicyError([problem(path, error.reason)])
    }
    do throws(MappingError) {
      return try FormatMapping.read(source, pattern: Self.pattern)
    } catch {
      let lines = LineTable(source.bytes)
      throw PolicyError(
        error.problems.map { problem in
          PolicyProblem(
            path: path, position: lines.position(at: problem.offset), message: problem.message,
            suggestion: problem.suggestion)
        })
    }
  }

  @Sendable private static func pattern(_ text: String) -> (@Sendable (String) -> Bool)? {
    guard let glob = Glob(text) else { return nil }
    return { glob.matches($0) }
  }

  private static func problem(_ path: String, _ message: String) -> PolicyProblem {
    PolicyProblem(
      path: path, position: SourcePosition(line: 1, column: 1, offset: 0), message: message)
  }

  private static func isMapping(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  private static func mappings(
    below folder: String, _ files: any FileSource, depth: Int
  ) -> [String] {
    guard depth < depthLimit else { return [] }
    return files.names(in: folder).flatMap { name in
      let path = "\(folder)/\(name)"
      return isMapping(name) ? [path] : mappings(below: path, files, depth: depth + 1)
    }
  }
}
