import Model
import Syntax

/// Judges the lines of bodies that hold data: `map`, `geo`, `types`, `split_clients`.
///
/// What nginx says of a line when it reads it; values that only its regular expressions or its
/// address parser know are left alone, and so is what a template engine will fill in.
struct NginxDataChecker {
  /// The blocks whose lines are judged.
  enum Body { case map, geo, types, splitClients, charsetMap }

  private let bodies: [NginxNameID: Body]
  private let version: Version?
  /// The first version that knows `volatile` in a `geo`.
  private static let volatileGeo = Version(1, 29, 3)

  /// What has been seen of one body.
  private struct Seen {
    var hasDefault = false
    var hasRanges = false
    var hasNetworks = false
    var isHostnames = false
    /// Hundredths of a per cent.
    var share = 0
    var keys: Set<String> = []
  }

  private var seen: [Int: Seen] = [:]

  init(table: NginxDirectiveTable, version: Version?) {
    self.version = version
    bodies = [
      table.id("map"): .map, table.id("geo"): .geo, table.id("types"): .types,
      table.id("split_clients"): .splitClients, table.id("charset_map"): .charsetMap,
    ]
  }

  /// Judges one line of the body that is `context`, opened by a directive called `block`.
  mutating func check(
    _ node: NginxDirectiveID, of tree: NginxTree, in context: Int, block: NginxNameID,
    problems: inout NginxProblems
  ) {
    guard let body = bodies[block] else { return }
    if tree[node].kind != .simple, let brace = tree[node].terminatorOffset {
      return problems.add(
        .refused, tree, brace..<brace + 1, "unexpected \"{\"",
        help: "this block holds data: put quotes around what has a brace in it")
    }
    switch body {
    case .map: checkMap(node, tree, context, &problems)
    case .geo: checkGeo(node, tree, context, &problems)
    case .types: break
    case .splitClients: checkShare(node, tree, context, &problems)
    case .charsetMap: checkCharacter(node, tree, &problems)
    }
  }

  private func checkCharacter(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard tree.argumentCount(of: node) == 1 else {
      return problems.addAtName(.refused, tree, node, "invalid parameters number")
    }
    let code = tree.name(of: node).string
    let target = tree.argument(0, of: node)?.string ?? ""
    guard Int(code, radix: 16).map({ $0 >= 0 && $0 < 256 }) == true else {
      guard !NginxPlaceholder.isIn(code.utf8) else { return }
      return problems.addAtName(
        .refused, tree, node, "invalid value \"\(code)\"", help: "a byte in hexadecimal")
    }
    guard !target.utf8.allSatisfy(Self.isHex), !NginxPlaceholder.isIn(target.utf8) else { return }
    problems.add(
      .refused, tree, node, "invalid value \"\(target)\"", help: "bytes in hexadecimal")
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  private mutating func checkMap(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ context: Int, _ problems: inout NginxProblems
  ) {
    let name = tree.name(of: node)
    let count = tree.argumentCount(of: node)
    if count == 0, name == "hostnames" { seen[context, default: Seen()].isHostnames = true }
    if count == 0, name == "hostnames" || name == "volatile" { return }
    guard count == 1 else {
      return problems.addAtName(
        .refused, tree, node, "invalid number of the map parameters",
        help: "each line of a \"map\" is a value and what it becomes")
    }
    if name == "default" {
      if seen[context, default: Seen()].hasDefault {
        problems.addAtName(.refused, tree, node, "duplicate default map parameter")
      }
      seen[context, default: Seen()].hasDefault = true
      return
    }
    checkMapKey(name.string, node, tree, context, &problems)
  }

  private mutating func checkMapKey(
    _ name: String, _ node: NginxDirectiveID, _ tree: NginxTree, _ context: Int,
    _ problems: inout NginxProblems
  ) {
    guard name.utf8.first != UInt8(ascii: "~"), !NginxPlaceholder.isIn(name.utf8) else { return }
    let isEscaped = name.utf8.first == UInt8(ascii: "\\")
    let key = isEscaped ? String(name.dropFirst()) : name
    // Wildcards have rules of their own.
    guard !seen[context, default: Seen()].isHostnames else { return }
    let lowered = String(decoding: key.utf8.map(Self.lowered), as: UTF8.self)
    if !seen[context, default: Seen()].keys.insert(lowered).inserted {
      problems.addAtName(
        .refused, tree, node, "conflicting parameter \"\(lowered)\"",
        help: "this \"map\" has the value already; letter case does not count")
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private mutating func checkGeo(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ context: Int, _ problems: inout NginxProblems
  ) {
    let name = tree.name(of: node)
    let count = tree.argumentCount(of: node)
    if count == 0, name == "ranges" {
      if seen[context, default: Seen()].hasNetworks {
        problems.addAtName(
          .refused, tree, node,
          "the \"ranges\" directive must be the first directive inside \"geo\" block")
      }
      seen[context, default: Seen()].hasRanges = true
      return
    }
    let knowsVolatile = version.map { $0 >= Self.volatileGeo } != false
    if count == 0, name == "proxy_recursive" || name == "volatile" && knowsVolatile { return }
    guard count == 1 else {
      return problems.addAtName(
        .refused, tree, node, "invalid number of the geo parameters",
        help: "each line of a \"geo\" is a network and its value")
    }
    if name != "proxy", name != "include", !seen[context, default: Seen()].hasRanges {
      seen[context, default: Seen()].hasNetworks = true
    }
    guard !seen[context, default: Seen()].hasRanges || name == "proxy" else { return }
    checkNetwork(name.string, node, tree, &problems)
  }

  private func checkNetwork(
    _ name: String, _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    let isOther = name == "proxy" || name == "delete"
    let network = isOther ? tree.argument(0, of: node)?.string ?? "" : name
    guard name != "include", name != "default", network != "255.255.255.255",
      !NginxPlaceholder.isIn(network.utf8), !NginxAddress.isNetwork(network)
    else { return }
    let message = "invalid network \"\(network)\""
    if isOther {
      problems.add(.refused, tree, node, message)
    } else {
      problems.addAtName(.refused, tree, node, message)
    }
  }

  private mutating func checkShare(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ context: Int, _ problems: inout NginxProblems
  ) {
    let name = tree.name(of: node).string
    guard name != "*", !NginxPlaceholder.isIn(name.utf8) else {
      // The rest: whatever follows is too much.
      if name == "*" { seen[context, default: Seen()].share = Self.whole }
      return
    }
    guard let share = Self.hundredths(name), share > 0 else {
      let isInclude = name == "include"
      return problems.addAtName(
        .refused, tree, node, "invalid percent value \"\(name)\"",
        help: isInclude
          ? "\"split_clients\" takes no \"include\""
          : "a share such as 0.5% or 20%, or * for the rest")
    }
    seen[context, default: Seen()].share += share
    if seen[context, default: Seen()].share > Self.whole {
      problems.addAtName(
        .refused, tree, node, "percent total is greater than 100%",
        help: "with this line; * stands for the rest and comes last")
    }
  }

  /// A hundred per cent.
  private static let whole = 10_000

  /// `12.34%` as hundredths of a per cent.
  private static func hundredths(_ text: String) -> Int? {
    guard text.utf8.last == UInt8(ascii: "%") else { return nil }
    let parts = text.utf8.dropLast().split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, text.utf8.count > 1 else { return nil }
    var digits = Array(first)
    let decimals = parts.count > 1 ? Array(parts[1]) : []
    guard decimals.count <= 2, digits.count < 10 else { return nil }
    digits += decimals + Array(repeating: UInt8(ascii: "0"), count: 2 - decimals.count)
    return NginxUnits.number(digits).map { Int($0) }
  }
}
