package import Model

/// What kind of value a directive holds, as nginx's source parses it.
///
/// The raw values are the letters of the directive tables.
package enum NginxValueKind: UInt8, Sendable, Hashable {
  /// No argument: the name alone says it.
  case presence = 0x30  // 0
  case flag = 0x66  // f
  case milliseconds = 0x74  // t
  case seconds = 0x54  // T
  case size = 0x7A  // z
  case offset = 0x6F  // o
  case number = 0x6E  // n
  case enumeration = 0x65  // e
  /// Several words of a fixed set.
  case words = 0x62  // b
  /// A number and a size.
  case buffers = 0x42  // B
  case text = 0x73  // s
  /// A size that may hold variables.
  case rate = 0x72  // r
  /// Several arguments.
  case texts = 0x77  // w
  /// One argument or a name and a value on each of several lines.
  case pairs = 0x6B  // k
  case block = 0x7B  // {
}

/// One row of the directive tables: a directive in the contexts that treat it alike.
package struct NginxDirectiveInfo: Sendable {
  let nameID: NginxNameID
  package let contexts: NginxContextSet
  /// The fewest arguments; a block's are counted before `{`.
  package let leastArguments: Int
  /// The most arguments; `nil` where unlimited.
  package let mostArguments: Int?
  package let value: NginxValueKind
  /// Several lines of one block are in force together, one value each.
  package let isRepeatable: Bool
  /// A second line in the same block is refused.
  package let isSingle: Bool
  /// In the commercial product only.
  package let isCommercial: Bool
  /// From a module that is not nginx's own.
  package let isThirdParty: Bool
  /// Whether contexts and counts come from the source: rows of others are recognised, never judged.
  let isCertain: Bool
  /// The first version that has it, packed; 0 where unknown or first of all.
  let since: UInt32
  /// The first version without it, packed; 0 where it is still there.
  let removed: UInt32
  /// Whether the default changed in some version.
  let hasHistory: Bool
  /// Where the text of its defaults stands in the table.
  var defaults: NginxTableRange
  /// The next row of the same name.
  var next: UInt16

  /// The type of the field that rules see.
  package var fieldType: FieldType {
    switch value {
    case .presence, .flag: .bool
    case .milliseconds, .seconds: .duration
    case .size, .offset, .number, .rate: .int
    case .buffers: .list(.int)
    case .enumeration: .string
    case .text: isRepeatable ? .list(.string) : .string
    case .words, .texts, .pairs, .block: .list(.string)
    }
  }

  /// The unit of that field.
  package var unit: Unit {
    switch value {
    case .milliseconds: .millisecond
    case .seconds: .second
    case .size, .offset, .rate: .byte
    default: .none
    }
  }
}

/// Names a directive: its place in the table's list of names, counted from 1; 0 for no directive.
package struct NginxNameID: Sendable, Hashable {
  package let rawValue: UInt16

  /// A name that no table has.
  package static let unknown = Self(rawValue: 0)
}

/// Bytes of one of the table texts.
struct NginxTableRange: Sendable {
  let text: UInt8
  let start: UInt32
  let end: UInt32
}
