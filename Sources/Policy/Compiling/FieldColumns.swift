import CEL
import Model

/// The values of fields over many resources of one kind, each worked out once, when first wanted.
///
/// Equal values of a field have one number, so that rules compare numbers: ten thousand locations
/// have few different time-outs. Nothing is worked out before a rule asks, because most rules
/// look at one field of most resources and at all of them of few.
struct FieldColumns {
  /// A field, or a field of the structures that another column holds.
  private struct Column {
    let source: Source
    var values = DistinctValues()
  }

  private enum Source {
    /// The kind has no such field: absent for all.
    case nowhere
    /// The same for all: what the lines of one name are called.
    case constant(FieldResult)
    case field(FieldReader)
    case inside(column: Int, slot: Int)
    case presence(column: Int)
  }

  let resources: [any Resource]
  private let table: FieldTable
  private let fields: KindFields
  private let lineName: String?
  private var columns: [Column] = []
  private var indices: [FieldRead: Int] = [:]
  /// The value's number by column, then by row; -1 where nobody asked yet.
  private var numbers: [Int32] = []
  private var wordings: RowWordings

  /// Columns without any value.
  ///
  /// - Parameter lineName: the name of all lines, where the resources are lines of one name.
  init(of resources: [any Resource], kind: Kind, table: FieldTable, lineName: String? = nil) {
    self.resources = resources
    self.table = table
    self.lineName = lineName
    fields = table[kind]
    wordings = RowWordings(count: resources.count)
  }

  /// The column of what a rule reads.
  mutating func column(of read: FieldRead) -> Int {
    if let known = indices[read] { return known }
    let source = source(of: read)
    columns.append(Column(source: source))
    numbers.append(contentsOf: repeatElement(-1, count: resources.count))
    indices[read] = columns.count - 1
    return columns.count - 1
  }

  private mutating func source(of read: FieldRead) -> Source {
    if read.isPresence { return .presence(column: column(of: FieldRead(slots: read.slots))) }
    let last = read.slots[read.slots.count - 1]
    if read.slots.count > 1 {
      return .inside(column: column(of: FieldRead(slots: read.slots.dropLast())), slot: last)
    }
    let (aspect, slot) = Aspect.split(last)
    guard let field = fields[slot] else { return .nowhere }
    if let lineName, aspect == nil, field.name == "name" {
      return .constant(.value(.string(lineName)))
    }
    return .field(
      FieldReader(field, aspect, basis: resources.first?.basis(of: field) ?? .place, table))
  }

  /// The number of a row's value.
  mutating func number(_ column: Int, row: Int) -> Int32 {
    let known = numbers[column * resources.count + row]
    return known >= 0 ? known : workOut(column, row: row)
  }

  /// What somebody asked a row for before.
  ///
  /// - Parameter own: the columns of the resource's own fields, by slot.
  func known(
    row: Int, _ own: [(slot: Int, column: Int)]
  ) -> [(slot: Int, result: FieldResult)] {
    own.compactMap { slot, column in
      let number = numbers[column * resources.count + row]
      return number < 0 ? nil : (slot, columns[column].values[number])
    }
  }

  /// Whether a row has a value, be it unknown.
  mutating func has(_ column: Int, row: Int) -> Bool {
    let number = number(column, row: row)
    if case .absent = columns[column].values[number] { return false }
    return true
  }

  /// The number of a value that was read from the resource itself.
  mutating func number(_ column: Int, row: Int, of result: FieldResult) -> Int32 {
    let known = numbers[column * resources.count + row]
    return known >= 0 ? known : workOut(column, row: row, result)
  }

  private mutating func workOut(
    _ column: Int, row: Int, _ result: FieldResult? = nil
  ) -> Int32 {
    let source = columns[column].source
    let basis = basis(of: source, row: row)
    var number = columns[column].values.number(of: basis)
    if number < 0 {
      let result = result ?? self.result(source, basis, row: row)
      number = columns[column].values.add(result, basis)
    }
    numbers[column * resources.count + row] = number
    return number
  }

  private func result(_ source: Source, _ basis: ValueBasis, row: Int) -> FieldResult {
    switch (source, basis) {
    case (.nowhere, _): return .absent
    case (.constant(let result), _): return result
    case (.field(let reader), _): return reader.result(in: resources[row])
    case (.inside(let outer, let slot), .number(let number)):
      guard case .value(.object(let object)) = columns[outer].values[number] else {
        return .absent
      }
      return object.field(slot)
    case (.presence(let whole), .number(let number)): return columns[whole].values[number].presence
    case (.inside, _), (.presence, _): return .absent
    }
  }

  private mutating func basis(of source: Source, row: Int) -> ValueBasis {
    switch source {
    case .nowhere, .constant: return .number(0)
    case .inside(let column, _), .presence(let column): return .number(number(column, row: row))
    case .field(let reader):
      switch reader.basis {
      case .words: return wordings.basis(of: resources[row], row: row)
      case .constantWords: return wordings.constantBasis(of: resources[row], row: row)
      case .place:
        return resources[row].key(of: reader.field).map { .key($0) } ?? .none
      }
    }
  }
}

/// Reads one field, or what a question about it asks, of resources.
///
/// A class, because a column is looked at for every row and a field's texts need not be copied
/// each time.
private final class FieldReader: Sendable {
  let field: Field
  let basis: FieldBasis
  private let aspect: Aspect?
  private let table: FieldTable

  init(_ field: Field, _ aspect: Aspect?, basis: FieldBasis, _ table: FieldTable) {
    self.field = field
    self.aspect = aspect
    self.basis = basis
    self.table = table
  }

  func result(in resource: any Resource) -> FieldResult {
    aspect?.value(of: field, in: resource)
      ?? ResourceValue.result(resource.value(of: field), table)
  }
}

/// The words of rows by number, each asked for once.
private struct RowWordings {
  private enum Wording {
    case unasked
    case none
    case constant(Int32)
    case variable(Int32)
  }

  private let count: Int
  private var wordings: [Wording] = []
  private var numbers: [ValueKey: Int32] = [:]

  init(count: Int) { self.count = count }

  mutating func basis(of resource: any Resource, row: Int) -> ValueBasis {
    switch wording(of: resource, row: row) {
    case .constant(let number), .variable(let number): .number(number)
    case .unasked, .none: .none
    }
  }

  mutating func constantBasis(of resource: any Resource, row: Int) -> ValueBasis {
    guard case .constant(let number) = wording(of: resource, row: row) else { return .none }
    return .number(number)
  }

  private mutating func wording(of resource: any Resource, row: Int) -> Wording {
    if wordings.isEmpty { wordings = Array(repeating: .unasked, count: count) }
    guard case .unasked = wordings[row] else { return wordings[row] }
    if let words = resource.words {
      let next = Int32(numbers.count)
      let number = numbers[words.key, default: next]
      if number == next { numbers[words.key] = number }
      wordings[row] = words.areConstant ? .constant(number) : .variable(number)
    } else {
      wordings[row] = .none
    }
    return wordings[row]
  }
}
