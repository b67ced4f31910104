import FoundationEssentials
import Syntax
import Testing

/// Files of the shared vectors, where they are there.
enum SharedFile {
  static func path(_ name: String) -> String {
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let root = ProcessInfo.processInfo.environment["HEADGATE_SHARED"] ?? "/\(here)/../shared"
    return "\(root)/\(name)"
  }

  static func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  static func json(_ name: String) throws -> JSON {
    let data = try Data(contentsOf: URL(filePath: path(name)))
    return try #require(JSONDocument(SourceText(path: name, bytes: Array(data))).root?.json)
  }

  static var temporaryDirectory: String {
    ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
  }
}

/// One row of GitHub's rules: what must hold of every value at a path such as `runs[].results`.
struct GitHubRule {
  private let rule: JSON
  private let path: String
  private let isRequired: Bool

  init(_ rule: JSON, isRequired: Bool) {
    self.rule = rule
    self.isRequired = isRequired
    path = rule["path"]?.stringValue ?? ""
  }

  func check(_ log: JSON) {
    var steps: [String] = []
    // `problem.severity` is one name with a dot in it.
    let marked = path.split(separator: ".")
    for step in marked {
      if step == "severity", steps.last == "problem" {
        steps[steps.count - 1] = "problem.severity"
      } else {
        steps.append(String(step))
      }
    }
    check([log], steps[...])
  }

  private func check(_ values: [JSON], _ steps: ArraySlice<String>) {
    guard let step = steps.first else { return values.forEach(checkValue) }
    let isArray = step.hasSuffix("[]")
    let name = isArray ? String(step.dropLast(2)) : step
    var next: [JSON] = []
    for value in values {
      guard let member = value[name] else {
        #expect(!isRequired, "\(path) is missing")
        continue
      }
      if isArray { next += member.arrayValue ?? [] } else { next.append(member) }
    }
    check(next, steps.dropFirst())
  }

  private func checkValue(_ value: JSON) {
    if let expected = rule["equals"] { #expect(value == expected, "\(path)") }
    switch rule["type"]?.stringValue {
    case "string": #expect(value.stringValue != nil, "\(path)")
    case "integer": #expect(value.intValue != nil, "\(path)")
    case "array": #expect(value.arrayValue != nil, "\(path)")
    default: break
    }
    if rule["notEmpty"] == true { #expect(value.stringValue?.isEmpty == false, "\(path)") }
    if let limit = rule["maxCharacters"]?.intValue {
      #expect((value.stringValue?.count ?? 0) <= limit, "\(path)")
    }
    if let minimum = rule["minimum"]?.intValue {
      #expect((value.intValue ?? minimum) >= minimum, "\(path)")
    }
    if let minimum = rule["minItems"]?.intValue {
      #expect((value.arrayValue?.count ?? 0) >= Int(minimum), "\(path)")
    }
    if let allowed = rule["oneOf"]?.arrayValue { #expect(allowed.contains(value), "\(path)") }
  }
}
