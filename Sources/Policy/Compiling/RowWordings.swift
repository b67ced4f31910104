import Model

/// The words of rows by number, each asked for once.
struct RowWordings {
  private static let unasked: Int32 = -1
  private static let none: Int32 = -2

  private let count: Int
  /// By row: the number of the words, twice, and one more where they are constant.
  private var rows: [Int32] = []
  /// Numbers by those of the last owner: resources come configuration by configuration.
  private var dense: [Int32] = []
  private var owner: ObjectIdentifier?
  private var owners: [ObjectIdentifier: [Int32]] = [:]
  private var next: Int32 = 0

  init(count: Int) { self.count = count }

  mutating func basis(of resource: any Resource, row: Int) -> ValueBasis {
    let wording = wording(of: resource, row: row)
    return wording < 0 ? .none : .number(wording >> 1)
  }

  mutating func constantBasis(of resource: any Resource, row: Int) -> ValueBasis {
    let wording = wording(of: resource, row: row)
    return wording < 0 || wording & 1 == 0 ? .none : .number(wording >> 1)
  }

  private mutating func wording(of resource: any Resource, row: Int) -> Int32 {
    if rows.isEmpty { rows = Array(repeating: Self.unasked, count: count) }
    let known = rows[row]
    guard known == Self.unasked else { return known }
    let wording: Int32 =
      if let words = resource.words {
        number(of: words) << 1 | (words.areConstant ? 1 : 0)
      } else {
        Self.none
      }
    rows[row] = wording
    return wording
  }

  private mutating func number(of words: ResourceWords) -> Int32 {
    if owner != words.owner { change(to: words.owner) }
    let missing = words.number + 1 - dense.count
    if missing > 0 { dense.append(contentsOf: repeatElement(-1, count: missing)) }
    if dense[words.number] < 0 {
      dense[words.number] = next
      next += 1
    }
    return dense[words.number]
  }

  private mutating func change(to other: ObjectIdentifier) {
    if let owner { owners[owner] = dense }
    dense = owners[other] ?? []
    owner = other
  }
}
