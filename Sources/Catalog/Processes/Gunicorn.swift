import Model
import Syntax

extension Technology {
  /// gunicorn's workers and threads.
  package static let gunicorn = Technology(
    name: "gunicorn", title: "gunicorn", defaultVersion: Version(23),
    recognises: { candidate in
      let isNamed = ["gunicorn.conf.py", "gunicorn_conf.py", "gunicorn.py", "gunicorn_config.py"]
        .contains(candidate.name)
      let source = SourceText(path: candidate.path, bytes: candidate.head)
      return isNamed && !Gunicorn.settings(source).isEmpty ? .byName : .no
    },
    read: { source, context in
      let file = ProcessFile(
        source: source, technology: "gunicorn", settings: Gunicorn.settings(source))
      return Reading(
        resources: [file.resource("gunicorn", context)], problems: [], sources: [source])
    },
    reference: {
      TechnologyReference(
        files: "`gunicorn.conf.py` and its like.",
        notes: [
          "It is Python code: only numbers and `int(os.environ.get(\"NAME\", 4))` or "
            + "`os.getenv` are known; processors decide the rest."
        ],
        keys: [
          .init("workers", value: "integer", field: "processes", standard: "1"),
          .init("threads", value: "integer", field: "request_threads", standard: "1"),
        ])
    })
}

/// What is read of gunicorn's configuration, which is Python code.
enum Gunicorn {
  private static let keys: [String: (field: String, unit: Unit)] = [
    "workers": ("processes", .process), "threads": ("request_threads", .thread),
  ]

  /// Assignments at the beginning of a line; of several of a key the last counts.
  static func settings(_ source: SourceText) -> [Setting] {
    var settings: [String: Setting] = [:]
    for bytes in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { continue }
      var keyEnd = equals
      while keyEnd > bytes.startIndex, bytes[keyEnd - 1] == 0x20 { keyEnd -= 1 }
      let key = String(decoding: bytes[bytes.startIndex..<keyEnd], as: UTF8.self)
      guard let (field, unit) = keys[key], bytes.index(after: equals) < bytes.endIndex,
        bytes[equals + 1] != UInt8(ascii: "=")
      else { continue }
      var value = bytes[(equals + 1)...].prefix { $0 != UInt8(ascii: "#") }
      while let first = value.first, first <= 0x20 { value = value.dropFirst() }
      while let last = value.last, last <= 0x20 { value = value.dropLast() }
      let text = String(decoding: value, as: UTF8.self)
      settings[key] = ProcessFile.setting(
        key, field, unit, result(text), written: text,
        at: Origin(path: source.path, range: value.startIndex..<value.endIndex))
    }
    return ["workers", "threads"].compactMap { settings[$0] }
  }

  /// A number, or a variable of the environment with a default.
  private static func result(_ text: String) -> ERBExpression.Result {
    if Int64(text) != nil { return .literal(text) }
    var inner = text[...]
    if inner.hasPrefix("int("), inner.hasSuffix(")") { inner = inner.dropFirst(4).dropLast() }
    let calls = ["os.environ.get", "os.getenv", "environ.get", "getenv"].map { $0 + "(" }
    guard let call = calls.first(where: inner.hasPrefix), inner.hasSuffix(")") else {
      let isCount = text.contains("cpu_count")
      return .unknown(isCount ? "the machine's processors decide it" : "Python code decides it")
    }
    let arguments = inner.dropFirst(call.count).dropLast().split(separator: ",")
    let words = arguments.map { part in
      String(part.filter { !" \"'".contains($0) })
    }
    guard let name = words.first, words.count < 3 else { return .unknown("Python code decides it") }
    guard words.count == 2, Int64(words[1]) != nil else {
      return .unknown("the variable \(name) of the environment decides it")
    }
    return .standard(words[1])
  }
}
