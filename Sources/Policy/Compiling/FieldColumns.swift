import CEL
import Model

/// The values of fields over many resources of one kind, each worked out once, when first wanted.
///
/// Equal values of a field have one number, so that rules compare numbers: ten thousand locations
/// have few different time-outs. Nothing is worked out before a rule asks, because most rules
/// look at one field of most resources and at all of them of few.
struct FieldColumns {
  private struct Column {
    let slot: Int
    /// `nil` where the kind has no such field: absent for all.
    let field: Field?
    let aspect: Aspect?
    let basis: FieldBasis
    /// The value's number for each row, -1 where nobody asked yet.
    var numbers: [Int32]
    var results: [FieldResult] = []
    var byKey: [ValueKey: Int32] = [:]
    var byResult: [ResultKey: Int32] = [:]
    /// The value's number for each wording, -1 where nobody asked yet.
    var byWording: [Int32] = []
  }

  /// A row's words by number.
  private enum Wording {
    case unasked
    case none
    case constant(Int32)
    case variable(Int32)
  }

  let resources: [any Resource]
  private let fields: FieldTable.KindFields
  private let table: FieldTable
  private var columns: [Column] = []
  private var indices: [Int: Int] = [:]
  private var wordings: [Wording] = []
  private var wordingNumbers: [ValueKey: Int32] = [:]

  init(of resources: [any Resource], kind: Kind, table: FieldTable) {
    self.resources = resources
    self.table = table
    fields = table[kind]
  }

  /// The column of a slot, which may stand for a question about a field.
  mutating func column(of slot: Int) -> Int {
    if let known = indices[slot] { return known }
    let (aspect, fieldSlot) = Aspect.split(slot)
    let field = fields[fieldSlot]
    let basis = field.flatMap { resources.first?.basis(of: $0) } ?? .place
    columns.append(
      Column(
        slot: slot, field: field, aspect: aspect, basis: basis,
        numbers: Array(repeating: -1, count: resources.count)))
    indices[slot] = columns.count - 1
    return columns.count - 1
  }

  /// The number of a row's value.
  mutating func number(_ column: Int, row: Int) -> Int32 {
    let known = columns[column].numbers[row]
    return known >= 0 ? known : workOut(column, row: row)
  }

  /// A row's value, where somebody asked for it before.
  func known(_ column: Int, row: Int) -> FieldResult? {
    let number = columns[column].numbers[row]
    return number < 0 ? nil : columns[column].results[Int(number)]
  }

  /// The number of a value that was read from the resource itself.
  mutating func number(_ column: Int, row: Int, of result: FieldResult) -> Int32 {
    let known = columns[column].numbers[row]
    guard known < 0 else { return known }
    let basis = basis(of: column, row: row)
    return number(of: basis, in: column, row: row) ?? add(result, to: column, row: row, basis)
  }

  private mutating func workOut(_ column: Int, row: Int) -> Int32 {
    guard let field = columns[column].field else {
      return add(.absent, to: column, row: row, .none)
    }
    let basis = basis(of: column, row: row)
    if let known = number(of: basis, in: column, row: row) { return known }
    let result =
      columns[column].aspect.map { $0.value(of: field, in: resources[row]) }
      ?? ResourceValue.result(resources[row].value(of: field), table)
    return add(result, to: column, row: row, basis)
  }

  /// What a value of a row is known by before it is worked out.
  private enum Basis {
    case none
    case key(ValueKey)
    case wording(Int32)
  }

  private mutating func basis(of column: Int, row: Int) -> Basis {
    switch columns[column].basis {
    case .words:
      switch wording(of: row) {
      case .constant(let number), .variable(let number): return .wording(number)
      case .unasked, .none: return .none
      }
    case .constantWords:
      guard case .constant(let number) = wording(of: row) else { return .none }
      return .wording(number)
    case .place:
      guard let field = columns[column].field, let key = resources[row].key(of: field) else {
        return .none
      }
      return .key(key)
    }
  }

  private mutating func wording(of row: Int) -> Wording {
    if wordings.isEmpty { wordings = Array(repeating: .unasked, count: resources.count) }
    if case .unasked = wordings[row] {
      if let words = resources[row].words {
        let number = wordingNumbers[words.key] ?? Int32(wordingNumbers.count)
        wordingNumbers[words.key] = number
        wordings[row] = words.areConstant ? .constant(number) : .variable(number)
      } else {
        wordings[row] = .none
      }
    }
    return wordings[row]
  }

  /// The number of a value that another row with the same basis has.
  private mutating func number(of basis: Basis, in column: Int, row: Int) -> Int32? {
    let known: Int32?
    switch basis {
    case .none: known = nil
    case .key(let key): known = columns[column].byKey[key]
    case .wording(let wording):
      let numbers = columns[column].byWording
      known = Int(wording) < numbers.count ? numbers[Int(wording)] : nil
    }
    guard let known, known >= 0 else { return nil }
    columns[column].numbers[row] = known
    return known
  }

  private mutating func add(
    _ result: FieldResult, to column: Int, row: Int, _ basis: Basis
  ) -> Int32 {
    var number = Int32(columns[column].results.count)
    if let same = ResultKey(result) {
      if let known = columns[column].byResult[same] {
        number = known
      } else {
        columns[column].byResult[same] = number
        columns[column].results.append(result)
      }
    } else {
      columns[column].results.append(result)
    }
    columns[column].numbers[row] = number
    switch basis {
    case .none: break
    case .key(let key): columns[column].byKey[key] = number
    case .wording(let wording):
      while columns[column].byWording.count <= Int(wording) { columns[column].byWording.append(-1) }
      columns[column].byWording[Int(wording)] = number
    }
    return number
  }
}

/// What two results of reading a field have in common where nothing can tell them apart.
private enum ResultKey: Hashable {
  case absent
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
    case .absent: self = .absent
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
