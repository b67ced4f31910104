import CEL
import Model

/// The values of the fields that several rules read, computed once for each resource.
///
/// Resources of nginx work their values out when asked; ten rules that each begin with "does this
/// location pass requests on" would otherwise work it out ten times.
struct FieldColumns: Sendable {
  /// Index into `columns` for each slot, -1 for slots that are read when asked for.
  private let indices: [Int16]
  private let columns: [[FieldResult]]

  /// Fewer resources are not worth the trouble.
  private static let leastResources = 16

  /// The columns for fields that more than one of `slots`, each what one rule reads, has.
  init?(
    of resources: [any Resource], kind: Kind, read slots: [Set<Int>], table: FieldTable
  ) {
    guard resources.count >= Self.leastResources else { return nil }
    var counts: [Int: Int] = [:]
    for slot in slots.joined() where Aspect.split(slot).aspect == nil {
      counts[slot, default: 0] += 1
    }
    let fields = table[kind]
    var indices = Array(repeating: Int16(-1), count: (counts.keys.max() ?? -1) + 1)
    var columns: [[FieldResult]] = []
    for (slot, count) in counts where count > 1 && columns.count < Int(Int16.max) {
      guard let field = fields[slot] else { continue }
      indices[slot] = Int16(columns.count)
      columns.append(
        resources.map { ResourceValue.result($0.value(of: field), table) })
    }
    guard !columns.isEmpty else { return nil }
    self.indices = indices
    self.columns = columns
  }

  /// The value in a slot that has a column.
  func value(_ slot: Int, row: Int) -> FieldResult? {
    guard slot < indices.count, indices[slot] >= 0 else { return nil }
    return columns[Int(indices[slot])][row]
  }
}
