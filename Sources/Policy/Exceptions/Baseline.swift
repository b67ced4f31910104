package import Findings
package import Syntax

/// The findings that were there when a repository was adopted: known, and not counted.
///
/// It only shrinks. An entry is a fingerprint, which lines may move around without changing; the
/// rest is for people who read the file.
package struct Baseline: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package let rule: String
    /// From the root of the repository.
    package let path: String
    package let fingerprint: String
    package let message: String
  }

  /// The file that is used when it is there and nobody names another.
  package static let fileName = ".headgate-baseline.json"
  /// Rises only when a field changes its meaning or goes away.
  package static let version: Int64 = 1

  /// Sorted by path, rule and fingerprint, so that changes of it are read easily.
  package let entries: [Entry]
  private let fingerprints: Set<String>

  package init(_ entries: [Entry]) {
    self.entries = Set(entries).sorted {
      ($0.path, $0.rule, $0.fingerprint) < ($1.path, $1.rule, $1.fingerprint)
    }
    fingerprints = Set(entries.map(\.fingerprint))
  }

  /// A baseline of `findings`: those that count, but for files that could not be understood.
  package init(adopting findings: [Finding], rootPath: (String) -> String) {
    self.init(
      findings.filter { $0.status == .new && Self.canBeKnown($0.rule) }.map { finding in
        Entry(
          rule: finding.rule, path: rootPath(finding.path), fingerprint: finding.fingerprint,
          message: finding.message)
      })
  }

  /// Whether a finding of `rule` may be lived with: a file that cannot be read may hide anything.
  private static func canBeKnown(_ rule: String) -> Bool {
    !["syntax/", "include/"].contains { rule.hasPrefix($0) }
  }

  package func contains(_ fingerprint: String) -> Bool { fingerprints.contains(fingerprint) }

  /// The entries without those that `isNeeded` denies.
  package func keeping(_ isNeeded: (Entry) -> Bool) -> Baseline {
    Baseline(entries.filter(isNeeded))
  }
}

// MARK: - The file

/// Why a file is no baseline.
package struct BaselineError: Error, Sendable, Hashable {
  /// With the path; lower case, no full stop.
  package let message: String
}

extension Baseline {
  /// Reads the file.
  ///
  /// - Throws: what is wrong with it; a baseline that is read by halves would hide or show findings
  ///   that it should not.
  package init(reading source: SourceText) throws(BaselineError) {
    let document = JSONDocument(source)
    if let error = document.errors.first {
      let line = LineTable(source.bytes).position(at: error.range.lowerBound).line
      throw BaselineError(message: "\(source.path):\(line): \(error.message)")
    }
    guard let root = document.root?.json, let version = root["version"]?.intValue else {
      throw BaselineError(message: "\(source.path) is no baseline: it has no version")
    }
    guard version == Self.version else {
      throw BaselineError(
        message: "\(source.path) has version \(version), this program knows \(Self.version)")
    }
    guard let list = root["findings"]?.arrayValue else {
      throw BaselineError(message: "\(source.path) is no baseline: it has no list of findings")
    }
    var entries: [Entry] = []
    for (index, value) in list.enumerated() {
      guard let rule = value["rule"]?.stringValue, let path = value["path"]?.stringValue,
        let fingerprint = value["fingerprint"]?.stringValue, !fingerprint.isEmpty
      else {
        throw BaselineError(
          message: "\(source.path): finding \(index + 1) lacks its rule, path or fingerprint")
      }
      entries.append(
        Entry(
          rule: rule, path: path, fingerprint: fingerprint,
          message: value["message"]?.stringValue ?? ""))
    }
    self.init(entries)
  }

  /// The file's bytes: one line an entry, so that two branches merge.
  package var bytes: [UInt8] {
    var text = "{\n  \"version\": \(Self.version),\n  \"findings\": ["
    for (index, entry) in entries.enumerated() {
      let value: JSON = [
        "rule": .string(entry.rule), "path": .string(entry.path),
        "fingerprint": .string(entry.fingerprint), "message": .string(entry.message),
      ]
      text += (index == 0 ? "\n    " : ",\n    ") + value.text(.compact)
    }
    text += entries.isEmpty ? "]\n}\n" : "\n  ]\n}\n"
    return Array(text.utf8)
  }
}
