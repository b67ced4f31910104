import Model

/// One property of a Spring configuration file.
struct SpringEntry: Sendable {
  enum Value: Sendable {
    /// From a properties file, from quotes, or YAML text; placeholders are not yet resolved.
    case text(String)
    /// What YAML's own types made of a plain scalar.
    case int(Int64)
    case float(Double)
    case bool(Bool)
    /// A template's place: known only once rendered.
    case template(String)
  }

  /// The key in canonical form: lower case, without `-` and `_`.
  let name: String
  /// The key as written, with the keys around it.
  let raw: String
  /// The key's own place.
  let key: Origin
  /// The key of the enclosing mapping, where there is one.
  let parent: Origin?
  let written: String
  /// The value's place; the key's where nothing is written.
  let origin: Origin
  let value: Value

  /// The form in which Spring Boot compares keys.
  static func canonical(_ key: String) -> String {
    String(decoding: key.lowercased().utf8.filter { $0 != 0x2D && $0 != 0x5F }, as: UTF8.self)
  }
}

/// A document of a Spring configuration file: it applies as a whole or not at all.
struct SpringDocument: Sendable {
  let file: SpringFile
  /// The condition under which it applies, from `on-profile` or `spring.profiles`.
  let condition: String?
  let entries: [SpringEntry]
  /// Whether lines of it could not be read, so that what it does not say is not known.
  let hasErrors: Bool

  init(file: SpringFile, entries: [SpringEntry], hasErrors: Bool = false) {
    self.file = file
    self.entries = entries
    self.hasErrors = hasErrors
    let profiles = Self.texts(entries, ["spring.config.activate.onprofile", "spring.profiles"])
    let platforms = Self.texts(entries, ["spring.config.activate.oncloudplatform"])
    let parts = [profiles, platforms].filter { !$0.isEmpty }.map {
      "(" + $0.joined(separator: ",") + ")"
    }
    // A cloud platform counts as a profile of its name: it is known only where the program runs.
    condition = parts.isEmpty ? nil : parts.joined(separator: "&")
  }

  /// The values of properties that hold one text or a list of them.
  private static func texts(_ entries: [SpringEntry], _ names: [String]) -> [String] {
    entries.compactMap { entry in
      guard names.contains(where: { entry.name == $0 || entry.name.hasPrefix($0 + "[") }) else {
        return nil
      }
      if case .text(let text) = entry.value { return text }
      return entry.written
    }
  }
}
