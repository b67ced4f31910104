/// Who has to agree to changes: `approvals:` of `.headgate.yaml`, checked.
package struct DeclaredApprovals: Sendable, Hashable {
  /// Different people who have to agree; 1 where `approvals:` does not say.
  package var required = 1
  /// Addresses and `role:NAME`; empty where everybody else's agreement counts.
  package var from: [String] = []
  /// Addresses by role.
  package var roles: [String: [String]] = [:]
  /// Whether only signed approvals count.
  package var isSigned = false
  /// Hours in which an emergency change has to be approved.
  package var emergencyHours = 24
  /// Days after which an approval no longer counts; `nil` without a limit.
  package var expiresDays: Int?

  static let keys = ["required", "from", "roles", "signed", "emergency_within", "expire_after"]
  /// People that one change could wait for.
  private static let requiredLimit = 100

  /// - Parameters:
  ///   - declaration: the value of `approvals`.
  ///   - path: the file's name, for messages.
  /// - Throws: every mistake with its place.
  package init(_ declaration: Declaration, path: String) throws(PolicyError) {
    var reader = ApprovalsReader(path: path)
    for entry in reader.entries(of: declaration, what: "approvals") {
      let value = entry.value
      switch entry.key {
      case "required":
        required = reader.count(value, "required", within: 0...Self.requiredLimit) ?? 1
      case "from": from = reader.texts(value, "from")
      case "roles":
        for role in reader.entries(of: value, what: "roles") {
          roles[role.key] = reader.texts(role.value, role.key)
        }
      case "signed": isSigned = reader.flag(value, "signed")
      case "emergency_within":
        emergencyHours = reader.span(value, "emergency_within", unit: 3600) ?? 24
      case "expire_after":
        expiresDays = reader.span(value, "expire_after", unit: 86_400)
      default: reader.report(unknown: entry.key, known: Self.keys, at: value)
      }
    }
    if let entry = declaration["from"] {
      for name in from where name.hasPrefix("role:") && roles[String(name.dropFirst(5))] == nil {
        // It may be a role of keys in the log, unless the name is nearly one of these.
        if let near = Suggestion.nearest(to: String(name.dropFirst(5)), in: Array(roles.keys)) {
          reader.report(
            "no role is called `\(name.dropFirst(5))`: did you mean `\(near)`?", at: entry)
        }
      }
    }
    guard reader.problems.isEmpty else { throw PolicyError(reader.problems) }
  }
}

/// Takes values out of a declaration and collects what is wrong with them.
private struct ApprovalsReader {
  let path: String
  private(set) var problems: [PolicyProblem] = []

  init(path: String) { self.path = path }

  mutating func report(_ message: String, at declaration: Declaration) {
    problems.append(
      PolicyProblem(path: path, position: declaration.position, message: message))
  }

  mutating func report(unknown key: String, known: [String], at declaration: Declaration) {
    problems.append(
      PolicyProblem(
        path: path, position: declaration.position, message: "unknown key `\(key)` in approvals",
        suggestion: Suggestion.nearest(to: key, in: known)))
  }

  mutating func entries(of declaration: Declaration, what: String) -> [DeclaredEntry] {
    if case .mapping(let entries) = declaration.content { return entries }
    // An empty value is as good as none.
    if declaration.text != "" { report("\(what) is a mapping of keys to values", at: declaration) }
    return []
  }

  mutating func count(
    _ declaration: Declaration, _ name: String, within range: ClosedRange<Int>
  ) -> Int? {
    guard let number = declaration.text.flatMap({ Int($0) }), range.contains(number) else {
      report(
        "`\(name)` is a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: declaration)
      return nil
    }
    return number
  }

  mutating func flag(_ declaration: Declaration, _ name: String) -> Bool {
    guard let text = declaration.text, ["true", "false"].contains(text) else {
      report("`\(name)` is true or false", at: declaration)
      return false
    }
    return text == "true"
  }

  /// A time such as `24h` or `30d`, in whole units of so many seconds.
  mutating func span(_ declaration: Declaration, _ name: String, unit: Int64) -> Int? {
    guard let micros = declaration.text.flatMap({ ParameterText.duration($0) }),
      micros >= unit * 1_000_000, micros % (unit * 1_000_000) == 0,
      micros / 1_000_000 <= 10 * 366 * 86_400
    else {
      report(
        "`\(name)` is a time in whole \(unit == 3600 ? "hours, such as 24h" : "days, such as 30d")",
        at: declaration)
      return nil
    }
    return Int(micros / 1_000_000 / unit)
  }

  mutating func texts(_ declaration: Declaration, _ name: String) -> [String] {
    var texts: [String] = []
    let elements: [Declaration]
    if case .list(let list) = declaration.content {
      elements = list
    } else {
      elements = [declaration]
    }
    for element in elements {
      guard let text = element.text, !text.isEmpty, text.utf8.count <= 256 else {
        report("`\(name)` is a list of addresses and role:NAME", at: element)
        continue
      }
      texts.append(text)
    }
    return texts
  }
}
