package import Syntax

/// What is wrong with the shape of a statement: its place, its end, the number of its arguments.
///
/// By the newest nginx, whatever versions a check is told of, and in nginx's words.
package enum NginxShape {
  /// The complaint about a statement; `nil` where it is right or nobody can say.
  ///
  /// - Parameters:
  ///   - arguments: the arguments as they are to be counted.
  ///   - kind: the block that the statement stands in.
  package static func complaint(
    of node: NginxDirectiveID, in tree: NginxTree, arguments: [String], kind: NginxContextKind
  ) -> String? {
    let table = NginxDirectiveTable.shared
    let name = tree.name(of: node).string
    let id = table.id(name)
    guard id != .unknown, table.firstInfo(id, where: { $0.isCertain }) != nil else { return nil }
    var complaint: String? = "\"\(name)\" directive is not allowed here"
    let set = NginxContextSet(kind)
    let isBlock = tree[node].kind != .simple
    let count = arguments.count
    // Any row will do; the first one's complaint is what is said.
    var isFirst = true
    _ = table.firstInfo(id) { info in
      guard info.contexts.contains(set), complaint != nil else { return false }
      guard info.isCertain else {
        complaint = nil
        return true
      }
      let own = self.complaint(
        name, info, isBlock: isBlock, hasEnd: tree[node].terminatorOffset != nil, count, arguments)
      if own == nil || isFirst { complaint = own }
      isFirst = false
      return own == nil
    }
    return complaint
  }

  /// Whether a directive may have a number of arguments.
  ///
  /// The commercial nginx takes `sync` behind the others of `limit_req_zone`.
  static func takes(
    _ count: Int, _ last: @autoclosure () -> String?, _ info: NginxDirectiveInfo, _ name: String
  ) -> Bool {
    if count >= info.leastArguments, count <= info.mostArguments ?? .max { return true }
    return name == "limit_req_zone" && count == 4 && last() == "sync"
  }

  private static func complaint(
    _ name: String, _ info: NginxDirectiveInfo, isBlock: Bool, hasEnd: Bool, _ count: Int,
    _ arguments: [String]
  ) -> String? {
    if info.value == .block, !isBlock { return "directive \"\(name)\" has no opening \"{\"" }
    if info.value != .block, isBlock || !hasEnd {
      return "directive \"\(name)\" is not terminated by \";\""
    }
    guard NginxShape.takes(count, arguments.last, info, name) else {
      return "invalid number of arguments in \"\(name)\" directive"
    }
    if info.value == .flag, let value = arguments.first, NginxUnits.flag(value.utf8) == nil {
      return "invalid value \"\(value)\" in \"\(name)\" directive, it must be \"on\" or \"off\""
    }
    return nil
  }
}
