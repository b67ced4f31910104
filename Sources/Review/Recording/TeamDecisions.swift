import Catalog
import Policy
import Syntax

extension Configuration {
  /// What the record calls the format of a file of the team's own decisions.
  static let recordedFormat = "headgate"

  /// Whether the file at `path` says what is allowed and how files are read: `.headgate.yaml`, its
  /// lock, the team's rules, formats and baseline.
  ///
  /// They are recorded and agreed to like configuration, because whoever moves them moves what a
  /// change may do.
  func decides(_ path: String) -> Bool {
    let isNamed = [Self.fileName, PolicyLock.fileName, Baseline.fileName, baseline].contains(path)
    let isYAML = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    return isNamed || gate.decisions.contains { $0.matches(path) }
      || isYAML && ChangeReview.decide([path], self)
  }
}

/// What differs in the files of a team's decisions, value by value.
enum DecisionDifference {
  /// Collections inside each other that are told apart; deeper ones are one value.
  private static let depthLimit = 12
  /// Values of one file; more is data, not a decision.
  private static let valueLimit = 5_000
  /// Characters of a value in a record, where the file itself stands whole.
  private static let shownLength = 200

  /// A value and the line where it stands.
  private struct Value {
    let text: String
    let line: Int
  }

  /// The values of YAML that differ; none for other formats.
  ///
  /// - Parameters:
  ///   - old: the bytes before; `nil` for a new file.
  ///   - new: the bytes after; `nil` for one that is gone.
  static func between(_ old: [UInt8]?, _ new: [UInt8]?, path: String) -> [SettingDifference] {
    guard !path.hasSuffix(".json") else { return [] }
    let (before, after) = (values(old, path), values(new, path))
    return Set(before.keys).union(after.keys).sorted().compactMap { key in
      let (left, right) = (before[key], after[key])
      guard left?.text != right?.text else { return nil }
      return SettingDifference(
        path: path, technology: Configuration.recordedFormat, resource: "policy", key: key,
        field: nil, old: left.map { side($0, path) }, new: right.map { side($0, path) })
    }
  }

  private static func side(_ value: Value, _ path: String) -> SettingDifference.Side {
    let isLong = value.text.count > shownLength
    let text = isLong ? value.text.prefix(shownLength) + "…" : value.text[...]
    return SettingDifference.Side(
      written: String(text), effective: nil, file: path, line: value.line)
  }

  private static func values(_ bytes: [UInt8]?, _ path: String) -> [String: Value] {
    guard let bytes else { return [:] }
    var reading = Reading(path: path, lines: LineTable(bytes))
    for document in YAMLFile(parsing: SourceText(path: path, bytes: bytes)).documents {
      if let root = document.root { reading.collect(root, "", 0) }
    }
    return reading.found
  }

  /// The values of one file, by their place in it.
  private struct Reading {
    let path: String
    let lines: LineTable
    var found: [String: Value] = [:]

    mutating func collect(_ node: YAMLNode, _ key: String, _ depth: Int) {
      guard found.count < valueLimit else { return }
      let elements = node.kind == .sequence ? node.elements : []
      let isPlainList = elements.allSatisfy { $0.kind == .scalar }
      if depth < depthLimit, node.kind == .mapping {
        for pair in node.pairs {
          let name = key.isEmpty ? pair.key.text : "\(key).\(pair.key.text)"
          collect(pair.value, name, depth + 1)
        }
      } else if depth < depthLimit, !isPlainList {
        for (index, element) in elements.enumerated() {
          collect(element, "\(key)[\(index)]", depth + 1)
        }
      } else {
        let text =
          switch node.kind {
          case .scalar: node.text
          case .sequence where isPlainList: elements.map(\.text).joined(separator: ", ")
          default: node.raw
          }
        let line = lines.position(at: node.range.lowerBound).line
        found[key.isEmpty ? path : key] = Value(text: text, line: line)
      }
    }
  }
}
