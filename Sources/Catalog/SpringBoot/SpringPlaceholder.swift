/// Resolves `${name}` and `${name:default}` as Spring does, from the files alone.
struct SpringPlaceholder {
  struct Result {
    /// `nil` when the text cannot be known.
    var text: String?
    /// Why not.
    var reason: String?
    /// Whether a default stands in for a value that the environment may give.
    var usesDefault = false
    /// The variables of the environment that are part of it.
    var variables: [EnvironmentVariable] = []
  }

  /// Placeholders inside each other, beyond which a value is not followed: files refer in circles.
  private static let depthLimit = 16
  /// Bytes beyond which a value that refers to others is not followed: doublings grow fast.
  private static let lengthLimit = 65_536

  /// Placeholders that one value may take in all: texts that repeat each other grow without bound.
  private static let budget = 1_000

  /// The written text of a property, by canonical key.
  let property: (String) -> String?
  /// The variable of the environment that a name means, which wins over what files say.
  var variable: (String) -> EnvironmentVariable? = { _ in nil }

  func resolve(_ text: String) -> Result {
    var left = Self.budget
    return resolve(Array(text.utf8), depth: 0, &left)
  }

  private func resolve(_ bytes: [UInt8], depth: Int, _ left: inout Int) -> Result {
    guard depth < Self.depthLimit else { return Result(reason: "placeholders refer in a circle") }
    var result = Result(text: nil)
    var out: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "$"), place + 1 < bytes.count,
        bytes[place + 1] == UInt8(ascii: "{")
      else {
        out.append(bytes[place])
        place += 1
        continue
      }
      // As in Spring, everything after a placeholder without end is plain text.
      guard let end = closing(bytes, place + 2) else {
        out += bytes[place...]
        break
      }
      left -= 1
      guard left > 0 else { return Result(reason: "the value has too many placeholders") }
      let inner = value(Array(bytes[(place + 2)..<end]), depth: depth, &left)
      guard let text = inner.text else { return inner }
      result.usesDefault = result.usesDefault || inner.usesDefault
      result.variables += inner.variables
      out += text.utf8
      guard out.count <= Self.lengthLimit else { return Result(reason: "the value is too long") }
      place = end + 1
    }
    result.text = String(decoding: out, as: UTF8.self)
    if let template = Self.template(out) { return Result(reason: template) }
    return result
  }

  /// The value of what stands between `${` and `}`.
  private func value(_ bytes: [UInt8], depth: Int, _ left: inout Int) -> Result {
    var split: Int?
    var level = 0
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "{") { level += 1 }
      if byte == UInt8(ascii: "}") { level -= 1 }
      if byte == UInt8(ascii: ":"), level == 0 {
        split = index
        break
      }
    }
    let outer = resolve(Array(bytes[..<(split ?? bytes.count)]), depth: depth + 1, &left)
    guard let name = outer.text else { return outer }
    if let variable = variable(name) {
      guard let text = variable.value else {
        return Result(reason: variable.reason ?? "the environment gives it, no file says what")
      }
      var result = resolve(Array(text.utf8), depth: depth + 1, &left)
      result.usesDefault = result.usesDefault || variable.isDefault
      result.variables.append(variable)
      return result
    }
    if let text = property(SpringEntry.canonical(name)) {
      return resolve(Array(text.utf8), depth: depth + 1, &left)
    }
    guard let split else {
      return Result(reason: "${\(name)} has no default, its value comes from the environment")
    }
    var result = resolve(Array(bytes[(split + 1)...]), depth: depth + 1, &left)
    result.usesDefault = true
    return result
  }

  private func closing(_ bytes: [UInt8], _ start: Int) -> Int? {
    var level = 0
    for index in start..<max(start, bytes.count) {
      if bytes[index] == UInt8(ascii: "{") { level += 1 }
      if bytes[index] == UInt8(ascii: "}") {
        if level == 0 { return index }
        level -= 1
      }
    }
    return nil
  }

  /// What keeps a text from being known: other tools fill it in.
  static func template(_ bytes: [UInt8]) -> String? {
    if zip(bytes, bytes.dropFirst()).contains(where: { $0 == $1 && $0 == UInt8(ascii: "{") }) {
      return "a template fills this in"
    }
    if zip(bytes, bytes.dropFirst()).contains(where: {
      $0 == UInt8(ascii: "#") && $1 == UInt8(ascii: "{")
    }) {
      return "an expression that is evaluated at start"
    }
    return SpringTokens.tokens(in: bytes).isEmpty ? nil : "the build fills this in"
  }
}
