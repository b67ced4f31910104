import Syntax

/// Puts a configuration together: every include in place, every block a context.
///
/// Level by level, so that the statements of a block stand side by side whatever files they come
/// from, and without recursion except into includes, whose depth is limited.
struct NginxBuilder {
  private(set) var trees: [NginxTree] = []
  /// The files that were read, the entry first.
  var sources: [SourceText] { trees.map(\.source) }
  private(set) var contexts: [NginxContext] = []
  private(set) var statements: [NginxStatement] = []
  private(set) var order: [Int32] = []
  private(set) var emptyIncludes: [NginxEmptyInclude] = []
  private(set) var unread = NginxUnreadIncludes()
  private(set) var problems: NginxProblems
  private(set) var isTruncated = false

  private let table = NginxDirectiveTable.shared
  private let known = NginxKnownNames.shared
  private var checker: NginxChecker
  private var resolver: NginxIncludeResolver
  private var treeOfPath: [String: Int32] = [:]
  /// How each file came in, for cycles: the file and the place of its includer.
  private var links: [NginxIncludeLink] = []
  private var queue: [NginxPendingBlock] = []
  private var includeCount = 0
  private var emptyPlaces: Set<Int64> = []

  /// nginx has no limit; real configurations stay below ten.
  static let deepestInclude = 40
  /// nginx has no limit but its stack; real configurations stay below ten.
  ///
  /// Whoever looks for a value in force walks up all of them.
  static let deepestBlock: Int32 = 100
  /// More includes than any real configuration has: a snippet in each of 100,000 locations.
  static let mostIncludes = 200_000
  /// More files than anybody's configuration has; nginx would read them for minutes at each reload.
  static let mostFiles = 65_536
  /// More statements than any real configuration has; two files that each include the other twice
  /// at twenty levels would otherwise make a million copies of everything.
  static let mostStatements = 8_000_000
  /// From this many statements on a block gets an order list.
  private static let fewStatements = 24

  init(
    entry: SourceText, tree: NginxTree, mended: [Problem] = [], root: NginxContextKind,
    context: ReadingContext
  ) {
    let isMain = root == .main
    resolver = NginxIncludeResolver(files: context.files, entry: entry.path, isMain: isMain)
    problems = NginxProblems()
    checker = NginxChecker(root: root, version: context.versions[nginxName])
    add(tree, mended, path: NginxPath.join("", entry.path))
    links.append(NginxIncludeLink(file: 0, node: 0, includer: NginxContext.none))
    contexts.append(
      NginxContext(kind: root, parent: NginxContext.none, opener: NginxContext.none, depth: 0))
    queue.append(NginxPendingBlock(context: 0, node: NginxContext.none, link: 0, isChecked: true))
    var next = 0
    while next < queue.count, !isTruncated {
      fill(queue[next])
      next += 1
    }
    for index in contexts.indices.dropFirst(next) {
      contexts[index].first = Int32(statements.count)
    }
    queue = []
    sortLargeContexts()
  }

  /// Reads the statements of one block, which are in one file with what they include.
  private mutating func fill(_ block: NginxPendingBlock) {
    let context = Int(block.context)
    contexts[context].first = Int32(statements.count)
    guard contexts[context].depth < Self.deepestBlock else { return }
    checker.begin(context)
    let tree = trees[Int(links[Int(block.link)].file)]
    let siblings =
      block.node == NginxContext.none
      ? tree.roots : tree.children(of: NginxDirectiveID(Int(block.node)))
    walk(siblings, of: tree, in: block)
    contexts[context].count = Int32(statements.count) - contexts[context].first
  }

  private mutating func walk(
    _ siblings: NginxSiblings, of tree: NginxTree, in block: NginxPendingBlock
  ) {
    let context = Int(block.context)
    let kind = contexts[context].kind
    let file = links[Int(block.link)].file
    for node in siblings {
      guard statements.count < Self.mostStatements else { return truncate(node, file) }
      let name = tree.name(of: node)
      let id = name.withBytes { table.id($0) }
      if id == known.include, tree[node].kind == .simple, readsIncludes(context) {
        include(node, of: tree, in: block)
        continue
      }
      let isData = kind == .data
      var statement = NginxStatement(
        name: isData ? .unknown : id, file: file, node: Int32(node.index),
        child: NginxContext.none)
      if tree[node].kind == .block {
        statement.child = open(node, id, of: tree, in: block)
      }
      if !isData { contexts[context].names |= NginxContext.bit(id) }
      statements.append(statement)
      if block.isChecked, node.index < tree.acceptedCount {
        check(node, id, of: tree, in: context)
      }
    }
  }

  private mutating func check(
    _ node: NginxDirectiveID, _ id: NginxNameID, of tree: NginxTree, in context: Int
  ) {
    let block = contexts[context]
    let before = problems.count
    guard block.kind == .data else {
      checker.check(node, id, of: tree, in: block.kind, problems: &problems)
      if id == known.location, block.kind == .location { checkNesting(node, of: tree, in: block) }
      if problems.count > before, let remedy = NginxRemedy(for: node, of: tree, in: block.kind) {
        problems.explain(from: before, remedy)
      }
      return
    }
    guard block.opener != NginxContext.none else { return }
    checker.checkData(
      node, of: tree, in: context, block: statements[Int(block.opener)].name, problems: &problems)
  }

  /// Whether a location may stand in the one around it.
  private mutating func checkNesting(
    _ node: NginxDirectiveID, of tree: NginxTree, in block: NginxContext
  ) {
    guard block.opener != NginxContext.none else { return }
    let opener = statements[Int(block.opener)]
    let outer = trees[Int(opener.file)].argumentStrings(of: NginxDirectiveID(Int(opener.node)))
    let inner = tree.argumentStrings(of: node)
    guard !inner.isEmpty, !(inner + outer).contains(where: { NginxPlaceholder.isIn($0.utf8) }),
      let refusal = NginxLocationChecker(inner).refusal(inside: NginxLocationChecker(outer))
    else { return }
    problems.add(.refused, tree, node, refusal)
  }

  /// `split_clients` takes the word for a percentage; all other bodies know it.
  private func readsIncludes(_ context: Int) -> Bool {
    let block = contexts[context]
    guard block.kind == .data, block.opener != NginxContext.none else { return true }
    return statements[Int(block.opener)].name != known.splitClients
  }

  /// Makes the context of a block and leaves its statements for later.
  private mutating func open(
    _ node: NginxDirectiveID, _ id: NginxNameID, of tree: NginxTree, in block: NginxPendingBlock
  ) -> Int32 {
    let child = Int32(contexts.count)
    let kind = known.kind(
      of: id, in: contexts[Int(block.context)].kind, hasDataBody: tree[node].hasDataBody)
    let depth = contexts[Int(block.context)].depth + 1
    contexts.append(
      NginxContext(
        kind: kind, parent: block.context, opener: Int32(statements.count), depth: depth))
    if depth == Self.deepestBlock {
      problems.add(
        .unreadable, tree, node, "blocks are nested deeper than \(Self.deepestBlock)")
    }
    queue.append(
      NginxPendingBlock(
        context: child, node: Int32(node.index), link: block.link, isChecked: block.isChecked))
    return child
  }

  private mutating func truncate(_ node: NginxDirectiveID, _ file: Int32) {
    guard !isTruncated else { return }
    isTruncated = true
    problems.add(
      .unreadable, trees[Int(file)], node,
      "more than \(Self.mostStatements) directives after includes: the rest was not read")
  }

  private mutating func sortLargeContexts() {
    for index in contexts.indices where contexts[index].count > Self.fewStatements {
      contexts[index].order = Int32(order.count)
      let range = contexts[index].range
      order += range.map { Int32($0) }.sorted {
        (statements[Int($0)].name.rawValue, $0) < (statements[Int($1)].name.rawValue, $1)
      }
    }
  }

  @discardableResult
  private mutating func add(_ tree: NginxTree, _ mended: [Problem], path: String) -> Int32 {
    let number = Int32(trees.count)
    trees.append(tree)
    treeOfPath[path] = number
    problems.addErrors(of: tree)
    for problem in mended { problems.add(problem) }
    return number
  }
}

// Includes.
extension NginxBuilder {
  private mutating func include(
    _ node: NginxDirectiveID, of tree: NginxTree, in block: NginxPendingBlock
  ) {
    guard tree.argumentCount(of: node) == 1, let name = tree.argument(0, of: node)?.string else {
      let context = contexts[Int(block.context)]
      let isData = context.kind == .data && context.opener != NginxContext.none
      return checker.checkInclude(
        node, of: tree, in: Int(block.context),
        block: isData ? statements[Int(context.opener)].name : nil, problems: &problems)
    }
    let file = links[Int(block.link)].file
    switch resolver.resolve(name) {
    case .files(let paths):
      for path in paths { include(path, node, of: tree, in: block) }
    case .nothing:
      if emptyPlaces.insert(Int64(file) << 32 | Int64(node.index)).inserted {
        emptyIncludes.append(
          NginxEmptyInclude(file: file, node: Int32(node.index), pattern: name))
      }
    case .elsewhere(let name):
      remember(name, in: block.context)
      problems.add(
        .unknown, tree, node, "\"\(name)\" is not among the files: what it sets is not known")
    case .missing(let name, let refusal):
      remember(name, in: block.context)
      problems.add(.unreadable, tree, node, "cannot read \"\(name)\": \(refusal.reason)")
    }
  }

  private mutating func remember(_ name: String, in context: Int32) {
    let kind = contexts[Int(context)].kind
    guard kind != .data else { return }
    unread.add(NginxUnreadInclude(name), in: context, kind)
  }

  private mutating func include(
    _ path: String, _ node: NginxDirectiveID, of tree: NginxTree, in block: NginxPendingBlock
  ) {
    includeCount += 1
    guard !isTruncated, includeCount <= Self.mostIncludes else {
      return truncate(node, links[Int(block.link)].file)
    }
    // nginx does not survive it; what the configuration would have been, nobody can say.
    if let chain = cycle(to: path, from: block.link) {
      return problems.add(
        .unreadable, tree, node, "files include each other: \(chain)",
        help: "nginx runs out of memory or of open files on this")
    }
    guard depth(of: block.link) < Self.deepestInclude else {
      return problems.add(
        .unreadable, tree, node, "includes are nested deeper than \(Self.deepestInclude)")
    }
    guard let file = file(path, node, of: tree) else { return remember(path, in: block.context) }
    links.append(NginxIncludeLink(file: file, node: Int32(node.index), includer: block.link))
    let included = trees[Int(file)]
    let isFirst = checker.isFirst(file, contexts[Int(block.context)].kind)
    let inner = NginxPendingBlock(
      context: block.context, node: NginxContext.none, link: Int32(links.count - 1),
      isChecked: isFirst)
    walk(included.roots, of: included, in: inner)
  }

  /// The number of a file, which is read when it is met first.
  private mutating func file(
    _ path: String, _ node: NginxDirectiveID, of tree: NginxTree
  ) -> Int32? {
    if let known = treeOfPath[path] { return known }
    guard trees.count < Self.mostFiles else {
      isTruncated = true
      problems.add(
        .unreadable, tree, node,
        "more than \(Self.mostFiles) files are included: the rest was not read")
      return nil
    }
    do throws(FileRefusal) {
      let (included, mended) = NginxMending.read(try resolver.read(path))
      if let mark = NginxTemplate.mark(in: included) {
        problems.add(NginxTemplate.problem(mark, in: included))
        return nil
      }
      return add(included, mended, path: path)
    } catch {
      // Only a pattern finds names that lead outside; what is there is not ours to read.
      problems.add(
        error == .outsideRoot ? .unknown : .unreadable, tree, node,
        "cannot read \"\(path)\": \(error.reason)")
      return nil
    }
  }

  private func depth(of link: Int32) -> Int {
    var (depth, link) = (0, link)
    while links[Int(link)].includer != NginxContext.none {
      depth += 1
      link = links[Int(link)].includer
    }
    return depth
  }

  /// The files from `path` to itself, when it is among those that lead here.
  private func cycle(to path: String, from link: Int32) -> String? {
    guard let file = treeOfPath[path] else { return nil }
    var names = [path]
    var link = link
    while link != NginxContext.none {
      names.append(trees[Int(links[Int(link)].file)].source.path)
      if links[Int(link)].file == file { return names.reversed().joined(separator: " -> ") }
      link = links[Int(link)].includer
    }
    return nil
  }
}

/// One file as it came in through one `include`.
private struct NginxIncludeLink {
  let file: Int32
  let node: Int32
  /// The link of the file that holds the `include`.
  let includer: Int32
}

/// A block whose statements are still to be read.
private struct NginxPendingBlock {
  let context: Int32
  /// The statement that opens it; none for a whole file.
  let node: Int32
  let link: Int32
  /// Whether its statements are judged; those of a file included again were already.
  let isChecked: Bool
}
