import Syntax

/// The tags of an ERB file, and the file as YAML can read it: of the same length, with each output
/// tag as a word and all other tags blank.
struct ERBText {
  struct Output {
    let range: Range<Int>
    let result: ERBExpression.Result
  }

  let source: SourceText
  let masked: SourceText
  /// `<%= … %>`, in order.
  let outputs: [Output]
  /// `<% … %>`, whose code decides what the file says.
  let code: [Range<Int>]

  /// The tags of a file.
  ///
  /// - Parameter workload: the service whose environment its expressions ask, where one is known.
  init(_ source: SourceText, for workload: Workload? = nil) {
    self.source = source
    var bytes = source.bytes
    var outputs: [Output] = []
    var code: [Range<Int>] = []
    var offset = 0
    while let open = Self.place(of: "<%", in: source.bytes, from: offset) {
      let start = open + 2
      guard let close = Self.place(of: "%>", in: source.bytes, from: start) else { break }
      offset = close + 2
      let kind = source.bytes[start]
      let range = open..<offset
      if kind == UInt8(ascii: "=") {
        let text = source.text(min(start + 1, close)..<close)
        outputs.append(Output(range: range, result: ERBExpression.result(text, for: workload)))
        for index in range { bytes[index] = UInt8(ascii: "_") }
      } else {
        if kind != UInt8(ascii: "#"), kind != UInt8(ascii: "%") { code.append(range) }
        for index in range where bytes[index] != 0x0A { bytes[index] = 0x20 }
      }
    }
    self.outputs = outputs
    self.code = code
    masked = SourceText(path: source.path, bytes: bytes)
  }

  private static func place(of word: String, in bytes: [UInt8], from start: Int) -> Int? {
    let word = Array(word.utf8)
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == word[0], bytes[index + 1] == word[1] { return index }
      index += 1
    }
    return nil
  }

  /// The tags within a part of the file.
  func outputs(in range: Range<Int>) -> ArraySlice<Output> {
    var low = 0
    var high = outputs.count
    while low < high {
      let middle = (low + high) / 2
      if outputs[middle].range.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return outputs[low...].prefix { $0.range.lowerBound < range.upperBound }
  }
}

/// The few Ruby expressions that `database.yml` has: a variable of the environment with a default.
enum ERBExpression {
  enum Result: Equatable {
    /// What stands in where the environment has no such variable.
    case standard(String)
    case literal(String)
    /// What decides, for people.
    case unknown(String)
  }

  /// Calls inside each other that are followed: a pool's variable, then the threads'.
  private static let depthLimit = 4

  static func result(_ text: String, for workload: Workload? = nil, depth: Int = 0) -> Result {
    var rest = trimmed(text[...])
    for end in [".to_i", ".to_s", ".presence"] where rest.hasSuffix(end) {
      rest = trimmed(rest.dropLast(end.count))
    }
    let unknown = Result.unknown("Ruby code decides it")
    guard depth < depthLimit else { return unknown }
    if let literal = literal(rest) { return .literal(literal) }
    guard rest.hasPrefix("ENV"), let name = quoted(rest.dropFirst(rest.hasPrefix("ENV[") ? 4 : 10))
    else { return unknown }
    let isFetch = rest.hasPrefix("ENV.fetch(")
    guard isFetch || rest.hasPrefix("ENV[") else { return unknown }
    var tail = trimmed(rest[name.end...])
    if let variable = workload?[name.text] {
      return variable.value.map(Result.standard)
        ?? .unknown(variable.reason ?? "the variable \(name.text) of the environment decides it")
    }
    let missing = Result.unknown("the variable \(name.text) of the environment decides it")
    if isFetch, tail.hasPrefix(","), tail.hasSuffix(")") {
      tail = tail.dropFirst().dropLast()
    } else if isFetch, tail.hasPrefix(")") {
      tail = trimmed(tail.dropFirst())
      guard tail.hasPrefix("{"), tail.hasSuffix("}") else {
        return tail.isEmpty ? missing : unknown
      }
      tail = tail.dropFirst().dropLast()
    } else if !isFetch, tail.hasPrefix("]") {
      tail = trimmed(tail.dropFirst())
      guard tail.hasPrefix("||") else { return tail.isEmpty ? missing : unknown }
      tail = tail.dropFirst(2)
    } else {
      return unknown
    }
    switch result(String(tail), for: workload, depth: depth + 1) {
    case .literal(let value), .standard(let value): return .standard(value)
    case .unknown: return missing
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    // `-%>` swallows the line's end.
    while let last = text.last, last.isWhitespace || last == "-" { text.removeLast() }
    return text
  }

  private static func literal(_ text: Substring) -> String? {
    if !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "_") }),
      text.first != "_"
    {
      return text.filter { $0 != "_" }
    }
    guard let quoted = quoted(text), quoted.end == text.endIndex else { return nil }
    return quoted.text
  }

  /// A quoted text at the beginning, without escapes or interpolation.
  private static func quoted(_ text: Substring) -> (text: String, end: Substring.Index)? {
    guard let quote = text.first, quote == "\"" || quote == "'" else { return nil }
    let inner = text.dropFirst()
    guard let close = inner.firstIndex(of: quote) else { return nil }
    let value = inner[..<close]
    guard !value.contains("\\"), value.firstRange(of: "#{") == nil else { return nil }
    return (String(value), inner.index(after: close))
  }
}
