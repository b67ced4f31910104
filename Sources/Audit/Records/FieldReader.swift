internal import Git

/// Takes typed fields out of one JSON object and knows which are left.
struct FieldReader {
  private let object: CanonicalJSON.Object
  private let place: String
  /// Positions of the members that were asked for.
  private var taken: [Int] = []

  init(_ object: CanonicalJSON.Object, at place: String) {
    self.object = object
    self.place = place
  }

  /// The members that nobody asked for.
  var rest: [CanonicalJSON.Member] {
    let known = Set(taken)
    return object.members.indices.filter { !known.contains($0) }.map { object.members[$0] }
  }

  func failure(_ name: String) -> AuditError {
    AuditError(.schema, "\(place).\(name): missing or malformed")
  }

  func required<Value>(_ name: String, _ value: Value?) throws(AuditError) -> Value {
    guard let value else { throw failure(name) }
    return value
  }

  private mutating func take(_ name: String) -> CanonicalJSON? {
    guard let position = object.position(of: name) else { return nil }
    taken.append(position)
    return object.members[position].value
  }

  func holdsObject(_ name: String) -> Bool { object[name]?.objectValue != nil }

  /// - Parameter limit: the largest number of UTF-8 bytes.
  mutating func text(_ name: String, limit: Int = .max) throws(AuditError) -> String? {
    guard let value = take(name) else { return nil }
    guard let text = value.stringValue, text.utf8.count <= limit else { throw failure(name) }
    return text
  }

  mutating func integer(_ name: String) throws(AuditError) -> Int64? {
    guard let value = take(name) else { return nil }
    guard let number = value.integerValue else { throw failure(name) }
    return number
  }

  /// A line number, which counts from 1.
  mutating func line(_ name: String) throws(AuditError) -> Int? {
    guard let number = try integer(name) else { return nil }
    guard number >= 1 else { throw failure(name) }
    return Int(number)
  }

  mutating func time(_ name: String) throws(AuditError) -> Timestamp? {
    guard let text = try text(name) else { return nil }
    guard let time = Timestamp(text) else { throw failure(name) }
    return time
  }

  /// A git object id.
  mutating func object(_ name: String) throws(AuditError) -> ObjectID? {
    guard let text = try text(name) else { return nil }
    guard let id = ObjectID(hex: text) else { throw failure(name) }
    return id
  }

  /// A SHA-256.
  ///
  /// - Parameter prefixed: whether it is written with `sha256:` before the digits.
  mutating func digest(_ name: String, prefixed: Bool = true) throws(AuditError) -> Digest? {
    guard let text = try text(name) else { return nil }
    guard let digest = Digest(prefixed ? text : "sha256:" + text) else { throw failure(name) }
    return digest
  }

  mutating func flag(_ name: String) throws(AuditError) -> Bool? {
    guard let value = take(name) else { return nil }
    guard case .boolean(let flag) = value else { throw failure(name) }
    return flag
  }

  /// A list of texts; empty where it is absent.
  mutating func texts(_ name: String, limit: Int) throws(AuditError) -> [String] {
    guard let value = take(name) else { return [] }
    guard let elements = value.arrayValue, elements.count <= limit else { throw failure(name) }
    let texts = elements.compactMap(\.stringValue)
    guard texts.count == elements.count else { throw failure(name) }
    return texts
  }

  /// The names of all members.
  var names: [String] { object.members.map(\.name) }

  mutating func nested(_ name: String) throws(AuditError) -> FieldReader? {
    guard let value = take(name) else { return nil }
    guard let object = value.objectValue else { throw failure(name) }
    return FieldReader(object, at: "\(place).\(name)")
  }

  /// A list of objects; empty where it is absent.
  mutating func list(_ name: String, limit: Int) throws(AuditError) -> [FieldReader] {
    guard let value = take(name) else { return [] }
    guard let elements = value.arrayValue, elements.count <= limit else { throw failure(name) }
    var readers: [FieldReader] = []
    for (index, element) in elements.enumerated() {
      guard let object = element.objectValue else { throw failure("\(name)[\(index)]") }
      readers.append(FieldReader(object, at: "\(place).\(name)[\(index)]"))
    }
    return readers
  }
}
