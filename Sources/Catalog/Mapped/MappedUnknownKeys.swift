import Model

/// The keys of a file that a strict mapping does not have.
struct MappedUnknownKeys {
  private let mapping: FormatMapping
  private let tree: MappedTree
  private let known: Set<Int>
  private let blocks: Set<Int>

  /// Keys that are named: more of them are a file that the mapping is not for.
  static let limit = 100

  /// - Parameters:
  ///   - known: the nodes that the mapping knows.
  ///   - blocks: those of them that are resources.
  init(_ mapping: FormatMapping, _ tree: MappedTree, known: Set<Int>, blocks: [Int]) {
    self.mapping = mapping
    self.tree = tree
    self.known = known
    self.blocks = Set(blocks)
  }

  private struct Step {
    let node: Int
    let keys: [String]
    let isInside: Bool
  }

  func problems(in file: PoolFile) -> [Problem] {
    guard mapping.strictness != .off else { return [] }
    let touched = self.touched
    var problems: [Problem] = []
    var steps = tree.roots.reversed().map { Step(node: $0, keys: [], isInside: false) }
    while let step = steps.popLast(), problems.count < Self.limit {
      let isInside =
        step.isInside || blocks.contains(step.node) || mapping.strictness == .file
      // A value of the mapping's is its own affair.
      if known.contains(step.node), !blocks.contains(step.node) { continue }
      var inner: [Step] = []
      for member in tree.nodes[step.node].members {
        let keys = step.keys + [member.name]
        if touched.contains(member.node) {
          inner.append(Step(node: member.node, keys: keys, isInside: isInside))
        } else if isInside, isOwn(member.name), problems.count < Self.limit {
          problems.append(problem(keys, member.key, file))
        }
      }
      for (index, element) in tree.nodes[step.node].elements.enumerated()
      where touched.contains(element) {
        inner.append(Step(node: element, keys: step.keys + [String(index)], isInside: isInside))
      }
      steps += inner.reversed()
    }
    return problems
  }

  /// What the mapping knows and all that leads there.
  private var touched: Set<Int> {
    var touched: Set<Int> = []
    for node in known {
      var node = node
      while node >= 0, touched.insert(node).inserted { node = tree.nodes[node].parent }
    }
    return touched
  }

  /// Whether a variable of the environment is the format's: others stand in the same file.
  private func isOwn(_ name: String) -> Bool {
    guard mapping.format == .dotenv, mapping.strictness == .resources else { return true }
    return mapping.resources.contains { resource in
      resource.place.map { name.hasPrefix($0.segments[0].prefix) } ?? true
    }
  }

  private func problem(_ keys: [String], _ place: Range<Int>, _ file: PoolFile) -> Problem {
    let name = keys.last ?? ""
    let closest = ConfigurationText.closest(to: name, among: names(beside: keys))
    let hint = closest.map { "; did you mean `\($0)`?" } ?? ""
    return file.problem(
      .refused, place, "\(mapping.title) has no key `\(keys.joined(separator: "."))`\(hint)")
  }

  /// The names that the mapping has where a key stands.
  private func names(beside keys: [String]) -> [String] {
    mapping.resources.flatMap { resource -> [String] in
      let place = resource.place?.segments ?? []
      return resource.keys.compactMap { key in
        let segments = place + key.path.segments
        guard segments.count >= keys.count else { return nil }
        let isHere = zip(segments, keys.dropLast()).allSatisfy { $0.captured(from: $1) != nil }
        let last = segments[keys.count - 1]
        return isHere && last.wildcard == nil ? last.prefix : nil
      }
    }
  }
}
