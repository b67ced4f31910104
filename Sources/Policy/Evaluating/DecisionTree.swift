/// Where a rule's conditions lead, by the values that they read on the way.
///
/// Conditions are evaluated once for each way through the fields that they read, in their own
/// order; whoever has the same values comes to the same verdict without evaluating anything. This
/// makes a rule cheap whose first look tells that it does not apply.
struct DecisionTree {
  /// One field, and where its values lead: to another node, or, below 0, to a verdict.
  private struct Node {
    let column: Int
    private var values: [Int32] = []
    private var targets: [Int32] = []
    /// Used from ``fewValues`` on.
    private var index: [Int32: Int32] = [:]

    /// So many numbers are compared one by one faster than hashed.
    private static let fewValues = 8

    init(column: Int) { self.column = column }

    func target(of value: Int32) -> Int32? {
      guard index.isEmpty else { return index[value] }
      for place in values.indices where values[place] == value { return targets[place] }
      return nil
    }

    mutating func lead(_ value: Int32, to target: Int32) {
      if index.isEmpty, values.count < Self.fewValues {
        values.append(value)
        targets.append(target)
        return
      }
      if index.isEmpty {
        index = Dictionary(uniqueKeysWithValues: zip(values, targets))
      }
      index[value] = target
    }
  }

  private var nodes: [Node] = []
  /// The first node, or the only verdict.
  private var root: Int32?

  /// The verdict for a row; `nil` where nobody went this way yet.
  func verdict(row: Int, _ columns: inout FieldColumns) -> Int? {
    guard var place = root else { return nil }
    while place >= 0 {
      let node = Int(place)
      let value = columns.number(nodes[node].column, row: row)
      guard let target = nodes[node].target(of: value) else { return nil }
      place = target
    }
    return Int(~place)
  }

  /// Remembers a way and the verdict at its end.
  ///
  /// - Returns: whether the way agrees with the others: the same reads lead to the same next one.
  mutating func add(_ way: [(column: Int, value: Int32)], verdict: Int) -> Bool {
    let end = ~Int32(verdict)
    guard var place = root else {
      root = chain(way[...], to: end)
      return true
    }
    for (step, read) in way.enumerated() {
      guard place >= 0, nodes[Int(place)].column == read.column else { return false }
      guard let target = nodes[Int(place)].target(of: read.value) else {
        let rest = chain(way[(step + 1)...], to: end)
        nodes[Int(place)].lead(read.value, to: rest)
        return true
      }
      place = target
    }
    return place == end
  }

  private mutating func chain(
    _ way: ArraySlice<(column: Int, value: Int32)>, to end: Int32
  ) -> Int32 {
    var target = end
    for read in way.reversed() {
      var node = Node(column: read.column)
      node.lead(read.value, to: target)
      target = Int32(nodes.count)
      nodes.append(node)
    }
    return target
  }
}
