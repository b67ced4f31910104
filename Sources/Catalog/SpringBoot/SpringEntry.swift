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
  /// Whether its place holds more than the value, so that the value cannot be replaced there.
  var isIndirect = false

  /// The form in which Spring Boot compares keys.
  static func canonical(_ key: String) -> String {
    String(decoding: key.lowercased().utf8.filter { $0 != 0x2D && $0 != 0x5F }, as: UTF8.self)
  }
}
