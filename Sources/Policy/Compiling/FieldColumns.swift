import CEL
import Model

/// The values of fields over many resources of one kind, each worked out once, when first wanted.
///
/// Equal values of a field have one number, so that rules compare numbers: ten thousand locations
/// have few different time-outs. Nothing is worked out before a rule asks, because most rules
/// look at one field of most resources and at all of them of few.
struct FieldColumns {
  let resources: [any Resource]
  private let table: FieldTable
  private let kind: Kind
  private let lineName: String?
  private var columns: [FieldColumn] = []
  private var indices: [FieldRead: Int] = [:]
  /// The columns of the resource's own fields, and of whether they are there: most reads.
  private var ownIndices: [Int: Int] = [:]
  /// The value's number by column, then by row; -1 where nobody asked yet.
  private var numbers: [Int32] = []
  private var wordings: RowWordings

  /// Columns without any value.
  ///
  /// - Parameter lineName: the name of all lines, where the resources are lines of one name.
  init(of resources: [any Resource], kind: Kind, table: FieldTable, lineName: String? = nil) {
    self.resources = resources
    self.table = table
    self.kind = kind
    self.lineName = lineName
    wordings = RowWordings(count: resources.count)
  }

  /// The column of what a rule reads.
  ///
  /// - Parameter other: the fields of who asks, where the conditions of rules may not read it.
  mutating func column(of read: FieldRead, in other: FieldTable? = nil) -> Int {
    let own = read.slots.count == 1 ? read.slots[0] << 1 | (read.isPresence ? 1 : 0) : nil
    if let known = own.map({ ownIndices[$0] }) ?? indices[read] { return known }
    let source = source(of: read, in: other ?? table)
    columns.append(FieldColumn(source))
    numbers.append(contentsOf: repeatElement(-1, count: resources.count))
    if let own { ownIndices[own] = columns.count - 1 } else { indices[read] = columns.count - 1 }
    return columns.count - 1
  }

  private mutating func source(of read: FieldRead, in table: FieldTable) -> FieldColumn.Source {
    if read.isPresence {
      return .presence(column: column(of: FieldRead(slots: read.slots), in: table))
    }
    let last = read.slots[read.slots.count - 1]
    if read.slots.count > 1 {
      let outer = FieldRead(slots: read.slots.dropLast())
      return .inside(column: column(of: outer, in: table), slot: last)
    }
    let (aspect, slot) = Aspect.split(last)
    guard let field = table[kind][slot] else { return .nowhere }
    if let lineName, aspect == nil, field.name == "name" {
      return .constant(.value(.string(lineName)))
    }
    return .field(
      FieldReader(field, aspect, basis: resources.first?.basis(of: field) ?? .alone, self.table))
  }

  /// The number of a row's value.
  mutating func number(_ column: Int, row: Int) -> Int32 {
    let known = numbers[column * resources.count + row]
    return known >= 0 ? known : workOut(column, row: row, nil)
  }

  /// What somebody asked a row for before.
  ///
  /// - Parameter own: the columns of the resource's own fields, by slot.
  func known(
    row: Int, _ own: [(slot: Int, column: Int)]
  ) -> [(slot: Int, result: FieldResult)] {
    var known: [(slot: Int, result: FieldResult)] = []
    known.reserveCapacity(own.count)
    for (slot, column) in own {
      let number = numbers[column * resources.count + row]
      if number >= 0 { known.append((slot, columns[column].values[number])) }
    }
    return known
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

  private mutating func workOut(_ index: Int, row: Int, _ result: FieldResult?) -> Int32 {
    let column = columns[index]
    let number: Int32
    switch column.source {
    case .nowhere: number = column.number(.number(0)) { .absent }
    case .constant(let value): number = column.number(.number(0)) { value }
    case .inside(let outer, let slot):
      let deciding = self.number(outer, row: row)
      number = column.number(.number(deciding)) {
        result ?? columns[outer].values[deciding].field(slot)
      }
    case .presence(let whole):
      let deciding = self.number(whole, row: row)
      number = column.number(.number(deciding)) {
        result ?? columns[whole].values[deciding].presence
      }
    case .field(let reader):
      let resource = resources[row]
      number = column.number(basis(of: reader, in: resource, row: row)) {
        result ?? reader.result(in: resource)
      }
    }
    numbers[index * resources.count + row] = number
    return number
  }

  private mutating func basis(
    of reader: FieldReader, in resource: any Resource, row: Int
  ) -> ValueBasis {
    switch reader.basis {
    case .alone: .none
    case .words: wordings.basis(of: resource, row: row)
    case .constantWords: wordings.constantBasis(of: resource, row: row)
    case .place: resource.key(of: reader.field).map { .key($0) } ?? .none
    }
  }
}

/// One column: where its values come from, and the different ones.
///
/// A class, so that a value is added in its place and nothing is copied for a look.
private final class FieldColumn {
  enum Source {
    /// The kind has no such field: absent for all.
    case nowhere
    /// The same for all: what the lines of one name are called.
    case constant(FieldResult)
    case field(FieldReader)
    /// A field of the structures that another column holds.
    case inside(column: Int, slot: Int)
    case presence(column: Int)
  }

  let source: Source
  var values = DistinctValues()

  init(_ source: Source) { self.source = source }

  /// The number of the value that `basis` decides, which is worked out where it is new.
  func number(_ basis: ValueBasis, _ result: () -> FieldResult) -> Int32 {
    let known = values.number(of: basis)
    return known >= 0 ? known : values.add(result(), basis)
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

extension FieldResult {
  /// A field of the structure that a field holds; absent where it holds none.
  fileprivate func field(_ slot: Int) -> FieldResult {
    if case .value(.object(let object)) = self { object.field(slot) } else { .absent }
  }
}
