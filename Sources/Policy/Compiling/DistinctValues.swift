import CEL
import Model

/// What a value is known by before it is worked out.
enum ValueBasis {
  case none
  case key(ValueKey)
  /// The number of what decides it: of the row's words, of a value in another column.
  case number(Int32)
}

/// The different values of a column, by number.
struct DistinctValues {
  private var results: [FieldResult] = []
  private var byKey: [ValueKey: Int32] = [:]
  private var byText: [String: Int32] = [:]
  private var byResult: [ResultKey: Int32] = [:]
  /// The value's number for each number that decides it, -1 where nobody asked yet.
  private var byNumber: [Int32] = []
  /// Most facts are absent, empty, true or false: their numbers are found without a hash.
  private var absent: Int32 = -1
  private var empty: Int32 = -1
  private var no: Int32 = -1
  private var yes: Int32 = -1

  subscript(number: Int32) -> FieldResult { results[Int(number)] }

  /// The number of the value that something decides; -1 where it isn't known yet.
  func number(of basis: ValueBasis) -> Int32 {
    switch basis {
    case .none: -1
    case .key(let key): byKey[key] ?? -1
    case .number(let number): Int(number) < byNumber.count ? byNumber[Int(number)] : -1
    }
  }

  /// The number of a value, which `basis` decides.
  mutating func add(_ result: FieldResult, _ basis: ValueBasis) -> Int32 {
    let number = number(of: result)
    switch basis {
    case .none: break
    case .key(let key): byKey[key] = number
    case .number(let deciding):
      let missing = Int(deciding) + 1 - byNumber.count
      if missing > 0 { byNumber.append(contentsOf: repeatElement(-1, count: missing)) }
      byNumber[Int(deciding)] = number
    }
    return number
  }

  private mutating func number(of result: FieldResult) -> Int32 {
    switch result {
    case .absent:
      if absent < 0 { absent = append(result) }
      return absent
    case .value(.bool(true)):
      if yes < 0 { yes = append(result) }
      return yes
    case .value(.bool(false)):
      if no < 0 { no = append(result) }
      return no
    case .value(.list(let values)) where values.isEmpty:
      if empty < 0 { empty = append(result) }
      return empty
    case .value(.string(let text)):
      let next = Int32(results.count)
      let number = Self.number(&byText[text, default: next])
      return number == next ? append(result) : number
    default: break
    }
    guard let key = ResultKey(result) else { return append(result) }
    let next = Int32(results.count)
    let number = Self.number(&byResult[key, default: next])
    return number == next ? append(result) : number
  }

  /// What a place holds, which has its default from then on: found and set in one look.
  private static func number(_ place: inout Int32) -> Int32 { place }

  private mutating func append(_ result: FieldResult) -> Int32 {
    results.append(result)
    return Int32(results.count - 1)
  }
}

/// What two results of reading a field have in common where nothing can tell them apart.
private enum ResultKey: Hashable {
  case unknown(String)
  case bool(Bool)
  case int(Int64)
  /// By its bits, which tell zeros apart and not-a-numbers not.
  case double(UInt64)
  case string(String)
  case duration(Int64, Int32)
  case list([ResultKey])
  case resource(ValueKey)

  /// `nil` for what cannot be told from others of its kind, and so counts as different from all.
  init?(_ result: FieldResult) {
    switch result {
    case .absent: return nil
    case .unknown(let reason): self = .unknown(reason)
    case .value(let value): self.init(value)
    }
  }

  private init?(_ value: Value) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value.bitPattern)
    case .string(let value): self = .string(value)
    case .duration(let value): self = .duration(value.seconds, value.nanoseconds)
    case .list(let values):
      var keys: [ResultKey] = []
      keys.reserveCapacity(values.count)
      for value in values {
        guard let key = ResultKey(value) else { return nil }
        keys.append(key)
      }
      self = .list(keys)
    case .object(let object):
      guard let key = (object as? ResourceValue)?.resource.key else { return nil }
      self = .resource(key)
    case .null, .uint, .bytes, .map, .type, .timestamp, .optional: return nil
    }
  }
}
