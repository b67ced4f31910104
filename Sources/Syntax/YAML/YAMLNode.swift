/// A node of a YAML file: a small value that refers to the file's tree.
package struct YAMLNode: Sendable {
  let tree: YAMLTree
  /// The place in the tree; equal indices of one file are the same node.
  package let index: Int

  var record: YAMLRecord { tree.records[index] }

  package var kind: YAMLKind { record.kind }
  package var style: YAMLStyle { record.style }

  /// The node's bytes with quotes, brackets and block header, without anchor and tag.
  ///
  /// A missing value has an empty range after the last token before it.
  package var range: Range<Int> { record.start..<record.end }

  /// A scalar's bytes inside the quotes or below the block header; else as ``range``.
  package var contentRange: Range<Int> { record.contentStart..<record.contentEnd }

  /// The text as it stands in the file, with quotes.
  package var raw: String { tree.source.text(range) }

  /// A scalar's text as readers get it: folded, unescaped, without quotes; empty for other nodes.
  package var text: String {
    withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether nothing is written here: `key:` without a value.
  package var isMissing: Bool { kind == .scalar && style == .plain && range.isEmpty }

  /// The name after `&`, if the node has one; the name after `*` for an alias.
  package var anchor: String? { anchorRange.map { tree.source.text($0) } }

  /// The bytes of the anchor's name.
  package var anchorRange: Range<Int>? {
    kind == .alias ? record.contentStart..<record.contentEnd : properties?.anchor
  }

  /// The explicit tag in full: `!!str` is `tag:yaml.org,2002:str`, `!Ref` is `!Ref`.
  package var tag: String? { properties?.tag }

  /// The bytes of the tag as written.
  package var tagRange: Range<Int>? { properties?.tagRange }

  /// The node itself, or what an alias refers to; `nil` for an alias of an unknown anchor.
  ///
  /// An alias may lie inside the node that it refers to: whoever follows aliases while walking must
  /// bound the walk.
  package var resolved: YAMLNode? {
    guard kind == .alias else { return self }
    return record.first < 0 ? nil : YAMLNode(tree: tree, index: record.first)
  }

  /// The children of a collection: elements, or keys and values in turn.
  package var children: [YAMLNode] {
    guard kind == .sequence || kind == .mapping else { return [] }
    var children: [YAMLNode] = []
    children.reserveCapacity(record.count)
    var child = record.first
    while child >= 0 {
      children.append(YAMLNode(tree: tree, index: child))
      child = tree.records[child].next
    }
    return children
  }

  private var properties: YAMLProperties? {
    let index = record.properties
    return index < 0 ? nil : tree.properties[index]
  }

  /// Calls `body` with the decoded bytes of a scalar, without copying them where they stand so in
  /// the file.
  func withBytes<Result>(_ body: (ArraySlice<UInt8>) -> Result) -> Result {
    let record = record
    guard record.kind == .scalar else { return body([]) }
    return body(
      record.value < 0
        ? tree.source.bytes[record.contentStart..<record.contentEnd]
        : tree.values[record.value][...])
  }
}

extension YAMLNode: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.tree === right.tree && left.index == right.index
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(index) }
}
