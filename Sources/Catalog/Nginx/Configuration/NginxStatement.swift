/// One directive in one context: the same line of an included file may stand in several.
struct NginxStatement: Sendable {
  /// The directive's name; ``NginxNameID/unknown`` in bodies of data and for names no table has.
  let name: NginxNameID
  /// The number of the file in the configuration.
  let file: Int32
  /// The number of the statement in that file's tree.
  let node: Int32
  /// The context that its block opens; ``NginxContext/none`` for a simple directive.
  var child: Int32
}

/// One block of the expanded configuration, or the whole of it.
struct NginxContext: Sendable {
  /// In place of the number of a context or statement where there is none.
  static let none: Int32 = -1

  let kind: NginxContextKind
  /// The enclosing context.
  let parent: Int32
  /// The statement whose block this is.
  let opener: Int32
  /// The number of blocks around it.
  let depth: Int32
  /// The place of its first statement; they stand side by side, includes expanded.
  var first: Int32 = 0
  var count: Int32 = 0
  /// Where its statements sorted by name begin in the configuration's order list; `none` when few.
  var order: Int32 = Self.none
  /// A bit for each name that occurs, by the name's number modulo 64: most lookups end here.
  var names: UInt64 = 0

  /// The places of its statements.
  var range: Range<Int> { Int(first)..<Int(first + count) }

  static func bit(_ name: NginxNameID) -> UInt64 { 1 << UInt64(name.rawValue & 63) }
}
