/// A JSON value whose objects keep the order of their members.
///
/// Made by reporters and commands, and by `JSONDocument` for what is read. Order matters because
/// output is compared byte by byte, by people as well as by golden tests.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  /// Infinite values and NaN have no JSON form and are written as `null`.
  case double(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One name and its value.
  package struct Member: Sendable, Hashable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }
}

extension JSON {
  /// A count, an offset or another machine integer.
  package static func number(_ value: Int) -> JSON { .int(Int64(value)) }

  /// The value, or `null` where there is none.
  package static func string(orNull value: String?) -> JSON { value.map { .string($0) } ?? .null }

  /// An object of the members that have a value; the others are left out.
  package static func object(present members: [(String, JSON?)]) -> JSON {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// The value of the last member called `name`, as most readers of JSON take it.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text of a string.
  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }

  /// The value of a Boolean.
  package var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The value of an integer; a double is not rounded.
  package var intValue: Int64? { if case .int(let value) = self { value } else { nil } }

  /// The value of any number.
  package var doubleValue: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The elements of an array.
  package var arrayValue: [JSON]? { if case .array(let value) = self { value } else { nil } }

  /// The members of an object.
  package var objectValue: [Member]? { if case .object(let value) = self { value } else { nil } }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }

  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
}
