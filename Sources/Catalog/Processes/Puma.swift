import Model
import Syntax

extension Technology {
  /// Puma's threads and workers.
  package static let puma = Technology(
    name: "puma", title: "Puma", defaultVersion: Version(6),
    recognises: { candidate in
      let folder = ConfigurationText.directory(of: candidate.path)
      let isNamed =
        candidate.name == "puma.rb"
        || candidate.name.hasSuffix(".rb") && ConfigurationText.name(of: folder) == "puma"
      let source = SourceText(path: candidate.path, bytes: candidate.head)
      return isNamed && !Puma.settings(source).isEmpty ? .byName : .no
    },
    read: { source, context in
      let environment = SpringEnvironment.environment(
        of: FileCandidate(path: source.path, head: []).name)
      let file = ProcessFile(
        source: source, technology: "puma", settings: Puma.settings(source, for: context.workload),
        environment: environment)
      return Reading(
        resources: [file.resource("puma", context)], problems: [], sources: [source])
    },
    reference: {
      TechnologyReference(
        files: "`puma.rb`, and `*.rb` in a folder `puma`.",
        notes: [
          "It is Ruby code: only numbers, `ENV.fetch(\"NAME\") { 5 }`, `ENV.fetch(\"NAME\", 5)`, "
            + "`ENV[\"NAME\"] || 5`, `Integer(…)` and variables of these are known.",
          "Threads that stand beside `database.yml` ask its pools for connections.",
        ],
        keys: [
          .init("threads", value: "least, most", field: "request_threads", standard: "5"),
          .init("workers", value: "integer", field: "processes", standard: "0: one process"),
        ])
    })
}

/// What is read of Puma's configuration, which is Ruby code.
enum Puma {
  /// Threads and workers, in the order of their lines; of several lines the last counts.
  ///
  /// - Parameter workload: the service whose environment its expressions ask, where one is known.
  static func settings(_ source: SourceText, for workload: Workload? = nil) -> [Setting] {
    var variables: [String: ERBExpression.Result] = [:]
    var settings: [String: Setting] = [:]
    var start = 0
    var depth = 0
    for bytes in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start += bytes.count + 1 }
      let line = String(decoding: bytes, as: UTF8.self)
      // Of a line that is no text the places would not be right.
      guard line.utf8.count == bytes.count else { continue }
      let code = line.prefix { $0 != "#" }
      let words = code.split { $0.isWhitespace }
      guard let first = words.first?.prefix(while: { $0 != "(" }), !first.isEmpty else {
        continue
      }
      // What a condition decides is not known; the blocks around it are counted by their ends.
      if ["if", "unless", "case", "while"].contains(first) || code.hasSuffix(" do") { depth += 1 }
      if first == "end" { depth = max(0, depth - 1) }
      let isConditional =
        depth > 0 || words.dropFirst().contains { $0 == "if" || $0 == "unless" }
      func result(_ text: Substring) -> ERBExpression.Result {
        value(String(text), variables, isConditional: isConditional, for: workload)
      }
      func place(_ text: Substring) -> Origin {
        let lower = start + code.utf8.distance(from: code.utf8.startIndex, to: text.startIndex)
        return Origin(path: source.path, range: lower..<lower + text.utf8.count)
      }
      func setting(_ field: String, _ unit: Unit, _ text: Substring) -> Setting {
        ProcessFile.setting(
          String(first), field, unit, result(text), written: String(text), at: place(text))
      }
      let rest = trimmed(code[first.endIndex...])
      if words.count > 2, words[1] == "=" {
        variables[String(first)] = result(trimmed(code[words[1].endIndex...]))
      } else if first == "threads", let comma = rest.lastTopLevelComma {
        let most = trimmed(rest[rest.index(after: comma)...])
        settings["threads"] = setting("request_threads", .thread, most)
      } else if first == "threads", !rest.isEmpty {
        settings["threads"] = setting("request_threads", .thread, rest)
      } else if first == "workers", !rest.isEmpty {
        settings["workers"] = oneAtLeast(setting("processes", .process, rest))
      }
    }
    return ["threads", "workers"].compactMap { settings[$0] }
  }

  private static func value(
    _ text: String, _ variables: [String: ERBExpression.Result], isConditional: Bool,
    for workload: Workload?
  ) -> ERBExpression.Result {
    if isConditional { return .unknown("a condition decides it") }
    if let known = variables[text] { return known }
    if text.hasPrefix("Integer("), text.hasSuffix(")") {
      return ERBExpression.result(
        String(text.dropFirst("Integer(".count).dropLast()), for: workload)
    }
    return ERBExpression.result(text, for: workload)
  }

  /// Without workers Puma runs as one process.
  private static func oneAtLeast(_ setting: Setting) -> Setting {
    guard setting.effective == .int(0) else { return setting }
    return Setting(
      key: setting.key, field: setting.field, written: setting.written, effective: .int(1),
      unit: setting.unit, provenance: setting.provenance, origin: setting.origin,
      note: "0 workers are one process without a master")
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    if text.first == "(", text.last == ")" { text = text.dropFirst().dropLast() }
    return text
  }
}

extension Substring {
  /// The comma between two arguments, outside brackets.
  fileprivate var lastTopLevelComma: Index? {
    var depth = 0
    for index in indices.reversed() {
      switch self[index] {
      case ")", "]", "}": depth += 1
      case "(", "[", "{": depth -= 1
      case "," where depth == 0: return index
      default: continue
      }
    }
    return nil
  }
}
