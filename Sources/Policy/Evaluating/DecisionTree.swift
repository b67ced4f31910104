/// Where a rule's conditions lead, by the values that they read on the way.
///
/// Conditions are evaluated once for each way through the fields that they read, in their own
/// order; whoever has the same values comes to the same verdict without evaluating anything. This
/// makes a rule cheap whose first look tells that it does not apply.
struct DecisionTree {
  /// One field, and where its values lead.
  private struct Node {
    let column: Int32
    /// The first of its links, -1 without any.
    var first: Int32 = -1
    var count: Int32 = 0
  }

  /// One value, and where it leads: to another node, or, below 0, to a verdict.
  private struct Link {
    let value: Int32
    let target: Int32
    /// The next link of the same node, -1 at the last.
    let next: Int32
  }

  /// So many values are compared one by one faster than hashed.
  private static let fewValues = 8

  private var nodes: [Node] = []
  private var links: [Link] = []
  /// Where the values beyond the first ``fewValues`` of a node lead: by node and value.
  private var more: [UInt64: Int32] = [:]
  /// The first node, or the only verdict.
  private var root: Int32?

  /// The verdict for a row; `nil` where nobody went this way yet.
  func verdict(row: Int, _ columns: inout FieldColumns) -> Int? {
    guard var place = root else { return nil }
    while place >= 0 {
      let value = columns.number(Int(nodes[Int(place)].column), row: row)
      guard let target = target(of: value, at: place) else { return nil }
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
      guard place >= 0, Int(nodes[Int(place)].column) == read.column else { return false }
      guard let target = target(of: read.value, at: place) else {
        lead(read.value, at: place, to: chain(way[(step + 1)...], to: end))
        return true
      }
      place = target
    }
    return place == end
  }

  private func target(of value: Int32, at node: Int32) -> Int32? {
    var place = nodes[Int(node)].first
    while place >= 0 {
      let link = links[Int(place)]
      if link.value == value { return link.target }
      place = link.next
    }
    return nodes[Int(node)].count > Self.fewValues ? more[Self.key(node, value)] : nil
  }

  private mutating func lead(_ value: Int32, at node: Int32, to target: Int32) {
    nodes[Int(node)].count += 1
    if nodes[Int(node)].count > Self.fewValues {
      more[Self.key(node, value)] = target
    } else {
      links.append(Link(value: value, target: target, next: nodes[Int(node)].first))
      nodes[Int(node)].first = Int32(links.count - 1)
    }
  }

  private static func key(_ node: Int32, _ value: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: value))
  }

  private mutating func chain(
    _ way: ArraySlice<(column: Int, value: Int32)>, to end: Int32
  ) -> Int32 {
    var target = end
    for read in way.reversed() {
      nodes.append(Node(column: Int32(read.column)))
      let node = Int32(nodes.count - 1)
      lead(read.value, at: node, to: target)
      target = node
    }
    return target
  }
}
