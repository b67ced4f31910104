import Syntax

/// Fills `$NAME` and `${NAME…}` in as compose does before it reads the values.
///
/// Source: compose-go's template package. The shell that deploys may give any variable another
/// value; what stands in `.env` and behind `:-` is what the repository says.
struct ComposeVariables {
  /// A text after its variables.
  struct Result {
    /// `nil` where a part of it cannot be known.
    var text: String?
    /// The text with what is known filled in, and `${NAME}` for what is not.
    var template: String
    /// Why it is not known; no full stop.
    var reason: String?
    /// Whether a default stands in for a value that the shell may give.
    var usesDefault = false
    /// Why compose refuses the text.
    var refusal: String?
  }

  fileprivate var values: [String: String]

  /// Placeholders inside each other that are followed: defaults of defaults.
  private static let depthLimit = 8
  /// Bytes beyond which a value that refers to others is not followed.
  private static let lengthLimit = 65_536

  /// - Parameter values: the variables of `.env`; `PWD` is the project's folder.
  init(_ values: [String: String]) {
    self.values = values.merging(["PWD": "."]) { own, _ in own }
  }

  /// The value that the project's own files give a variable.
  subscript(name: String) -> String? { values[name] }

  mutating func set(_ name: String, _ value: String) { values[name] = value }

  func fill(_ text: String) -> Result {
    guard text.utf8.contains(UInt8(ascii: "$")) else {
      return Result(text: text, template: text)
    }
    return fill(Array(text.utf8)[...], depth: 0)
  }

  private func fill(_ bytes: ArraySlice<UInt8>, depth: Int) -> Result {
    var known: [UInt8] = []
    var result = Result(template: "")
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "$") else {
        known.append(byte)
        continue
      }
      guard index < bytes.endIndex else {
        result.refusal = Self.refusal(bytes)
        known.append(byte)
        break
      }
      if bytes[index] == byte {
        known.append(byte)
        index += 1
        continue
      }
      let part = placeholder(bytes, &index, depth)
      known += part.template.utf8
      result.reason = result.reason ?? part.reason
      result.refusal = result.refusal ?? part.refusal
      result.usesDefault = result.usesDefault || part.usesDefault
      if known.count > Self.lengthLimit {
        result.reason = "the value is too long"
        break
      }
    }
    result.template = String(decoding: known, as: UTF8.self)
    if result.reason == nil, result.refusal == nil { result.text = result.template }
    return result
  }

  /// What stands behind a `$`; `index` is moved behind it.
  private func placeholder(
    _ bytes: ArraySlice<UInt8>, _ index: inout Int, _ depth: Int
  ) -> Result {
    if Self.isStart(bytes[index]) {
      let start = index
      while index < bytes.endIndex, Self.isName(bytes[index]) { index += 1 }
      return value(String(decoding: bytes[start..<index], as: UTF8.self))
    }
    guard bytes[index] == UInt8(ascii: "{"), depth < Self.depthLimit,
      let end = Self.closing(bytes, index + 1)
    else {
      return Result(template: "$", refusal: Self.refusal(bytes))
    }
    let inner = bytes[(index + 1)..<end]
    index = end + 1
    let name = inner.prefix(while: Self.isName)
    guard let first = name.first, Self.isStart(first) else {
      return Result(
        template: "${" + String(decoding: inner, as: UTF8.self) + "}",
        refusal: Self.refusal(bytes))
    }
    let word = String(decoding: name, as: UTF8.self)
    var rest = inner[name.endIndex...]
    guard var sign = rest.first else { return value(word) }
    rest = rest.dropFirst()
    let needsText = sign == UInt8(ascii: ":")
    if needsText, let second = rest.first {
      sign = second
      rest = rest.dropFirst()
    }
    return modified(word, sign, rest, needsText: needsText, depth)
      ?? Result(template: "${\(word)}", refusal: Self.refusal(bytes))
  }

  /// `${NAME:-default}`, `${NAME:?reason}` and `${NAME:+other}`; without the colon an empty value
  /// counts as one.
  private func modified(
    _ name: String, _ sign: UInt8, _ rest: ArraySlice<UInt8>, needsText: Bool, _ depth: Int
  ) -> Result? {
    let own = values[name].flatMap { needsText && $0.isEmpty ? nil : $0 }
    switch sign {
    case UInt8(ascii: "-"):
      if let own { return Result(text: own, template: own) }
      var standard = fill(rest, depth: depth + 1)
      standard.usesDefault = true
      return standard
    case UInt8(ascii: "?"): return value(name)
    case UInt8(ascii: "+"):
      if own != nil { return fill(rest, depth: depth + 1) }
      return Result(text: "", template: "", usesDefault: true)
    default: return nil
    }
  }

  private func value(_ name: String) -> Result {
    if let own = values[name] { return Result(text: own, template: own) }
    return Result(template: "${\(name)}", reason: Self.missing(name))
  }

  /// Why a variable without value and default is unknown.
  static func missing(_ name: String) -> String {
    "no file gives \(name) a value; the environment of the one who deploys does"
  }

  private static func refusal(_ bytes: ArraySlice<UInt8>) -> String {
    "invalid interpolation format: \"\(String(decoding: bytes.prefix(60), as: UTF8.self))\""
  }

  private static func closing(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var level = 0
    var index = start
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.endIndex,
        bytes[index + 1] == UInt8(ascii: "{")
      {
        level += 1
        index += 1
      } else if bytes[index] == UInt8(ascii: "}") {
        if level == 0 { return index }
        level -= 1
      }
      index += 1
    }
    return nil
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func isName(_ byte: UInt8) -> Bool {
    isStart(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}

extension ComposeVariables {
  /// The variables of a file such as `.env`, each after those before it.
  init(dotenv document: DotEnvDocument) {
    self.init([:])
    for entry in document.entries {
      values[entry.name] = entry.expands ? fill(entry.value).text : entry.value
    }
  }
}
