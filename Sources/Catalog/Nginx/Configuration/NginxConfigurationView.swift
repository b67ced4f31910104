import Syntax

/// Reads the lists of a configuration: the one place that knows how they refer to each other.
struct NginxConfigurationView: Sendable {
  /// The files in the order they were first read, the entry first.
  let trees: [NginxTree]
  /// The blocks, level by level, each level in reading order; the first is the whole.
  let contexts: [NginxContext]
  let statements: [NginxStatement]
  /// Numbers of statements sorted by name, for contexts with many.
  let order: [Int32]

  init(
    trees: [NginxTree], contexts: [NginxContext], statements: [NginxStatement], order: [Int32]
  ) {
    self.trees = trees
    self.contexts = contexts
    self.statements = statements
    self.order = order
  }

  init(_ builder: NginxBuilder) {
    self.init(
      trees: builder.trees, contexts: builder.contexts, statements: builder.statements,
      order: builder.order)
  }

  /// The statements of `name` directly in a context, in reading order.
  ///
  /// - Complexity: O(log *statements*) in a context with many, linear in one with few.
  func statements(_ name: NginxNameID, in context: Int) -> [Int] {
    let block = contexts[context]
    guard name != .unknown, block.names & NginxContext.bit(name) != 0 else { return [] }
    guard block.order != NginxContext.none else {
      return block.range.filter { statements[$0].name == name }
    }
    let end = Int(block.order + block.count)
    var low = orderPlace(atLeast: name.rawValue, from: Int(block.order), to: end)
    var found: [Int] = []
    while low < end, statements[Int(order[low])].name == name {
      found.append(Int(order[low]))
      low += 1
    }
    return found
  }

  /// Whether a statement of `name` stands directly in a context.
  func has(_ name: NginxNameID, in context: Int) -> Bool {
    let block = contexts[context]
    guard name != .unknown, block.names & NginxContext.bit(name) != 0 else { return false }
    guard block.order == NginxContext.none else { return !statements(name, in: context).isEmpty }
    for place in block.range where statements[place].name == name { return true }
    return false
  }

  /// The first statement of each name directly in a context, in reading order.
  ///
  /// - Complexity: O(*names* · log *statements*) in a context with many.
  func firsts(in context: Int) -> [Int] {
    let block = contexts[context]
    var firsts: [Int] = []
    guard block.order != NginxContext.none else {
      var seen: Set<NginxNameID> = []
      return block.range.filter { seen.insert(statements[$0].name).inserted }
    }
    let end = Int(block.order + block.count)
    var place = Int(block.order)
    while place < end {
      let first = Int(order[place])
      firsts.append(first)
      place = orderPlace(
        atLeast: statements[first].name.rawValue + 1, from: place, to: end)
    }
    return firsts.sorted()
  }

  /// The first place in the order list whose statement's name has at least this number.
  func orderPlace(atLeast number: UInt16, from start: Int, to end: Int) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low + high) / 2
      if statements[Int(order[middle])].name.rawValue < number {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  func tree(_ statement: Int) -> NginxTree { trees[Int(statements[statement].file)] }

  func id(_ statement: Int) -> NginxDirectiveID {
    NginxDirectiveID(Int(statements[statement].node))
  }

  /// The name of a statement as it is written.
  func nameText(_ statement: Int) -> String {
    trees[Int(statements[statement].file)].name(of: id(statement)).string
  }

  /// The arguments of a statement as nginx reads them.
  func arguments(_ statement: Int) -> [String] {
    trees[Int(statements[statement].file)].argumentStrings(of: id(statement))
  }

  /// One argument of a statement; `nil` where it has fewer.
  func argument(_ index: Int, of statement: Int) -> String? {
    trees[Int(statements[statement].file)].argument(index, of: id(statement))?.string
  }

  /// The arguments of a statement as one text.
  func joined(_ statement: Int) -> String { arguments(statement).joined(separator: " ") }

  /// The statements directly in a context that open a block of `kind`.
  func children(_ kind: NginxContextKind, in context: Int) -> [Int] {
    contexts[context].range.compactMap { place in
      let child = statements[place].child
      guard child != NginxContext.none, contexts[Int(child)].kind == kind else { return nil }
      return Int(child)
    }
  }

  /// The context itself and those around it, the innermost first.
  func chain(_ context: Int) -> [Int] {
    var chain = [context]
    while contexts[chain[chain.count - 1]].parent != NginxContext.none {
      chain.append(Int(contexts[chain[chain.count - 1]].parent))
    }
    return chain
  }

  /// The server around a context; `nil` where the file holds only the inside of one.
  func server(of context: Int) -> Int? {
    var place = context
    while place > 0 {
      if contexts[place].kind == .server { return place }
      place = Int(contexts[place].parent)
    }
    return nil
  }
}
