import Model
import Syntax

/// A value of JSON or YAML with its place, for the formats that Node programs have in both.
struct NodeValue {
  enum Content {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([NodeValue])
    case object([(name: String, key: Range<Int>, value: NodeValue)])
  }

  let content: Content
  let range: Range<Int>

  /// Levels that configuration has at most; deeper ones are left out.
  private static let depthLimit = 8

  init(_ node: JSONNode, depth: Int = 0) {
    range = node.range
    let isDeep = depth >= Self.depthLimit
    switch node.content {
    case .null: content = .null
    case .bool(let flag): content = .bool(flag)
    case .int(let number): content = .number(Double(number))
    case .double(let number): content = .number(number)
    case .string(let text): content = .text(text)
    case .array(let nodes):
      content = .list(isDeep ? [] : nodes.map { NodeValue($0, depth: depth + 1) })
    case .object(let members):
      content = .object(
        isDeep
          ? []
          : members.map { ($0.name, $0.nameRange, NodeValue($0.value, depth: depth + 1)) })
    }
  }

  /// Nodes beyond which aliases are no configuration any more.
  private static let nodeLimit = 100_000

  init(_ root: YAMLNode) {
    var budget = Self.nodeLimit
    self.init(root, depth: 0, &budget)
  }

  private init(_ written: YAMLNode, depth: Int, _ budget: inout Int) {
    range = written.range
    budget -= 1
    guard let node = written.resolved, depth < Self.depthLimit, budget > 0 else {
      content = .null
      return
    }
    switch node.kind {
    case .mapping:
      content = .object(
        node.mergedPairs.map {
          ($0.key.text, $0.key.range, NodeValue($0.value, depth: depth + 1, &budget))
        })
    case .sequence:
      content = .list(node.elements.map { NodeValue($0, depth: depth + 1, &budget) })
    default:
      switch node.value {
      case .bool(let flag)?: content = .bool(flag)
      case .int(let number)?: content = .number(Double(number))
      case .float(let number)?: content = .number(number)
      case .text(let text)?: content = .text(text)
      case .largeInt(let digits)?: content = .text(digits)
      case .null?, nil: content = .null
      }
    }
  }

  subscript(name: String) -> NodeValue? { members.last { $0.name == name }?.value }

  var members: [(name: String, key: Range<Int>, value: NodeValue)] {
    if case .object(let members) = content { members } else { [] }
  }

  var elements: [NodeValue] { if case .list(let elements) = content { elements } else { [] } }
  var text: String? { if case .text(let text) = content { text } else { nil } }

  var isObject: Bool { if case .object = content { true } else { false } }

  /// The value as a key of a pool takes it; `nil` where it stands for nothing.
  func input(_ kind: PoolKey.Kind?) -> PoolInput.Value? {
    switch (content, kind) {
    case (.null, _), (.list, _), (.object, _): return nil
    case (.bool(let flag), _): return .bool(flag)
    case (.number(let number), _):
      return Int64(exactly: number).map { .int($0) } ?? .unknown("\(number) is no whole number")
    case (.text(let text), _) where ConfigurationText.isTemplate(text):
      return .unknown(ConfigurationText.templateNote)
    case (.text(let text), .count), (.text(let text), .time):
      return .unknown("\"\(text)\" is a text where a number is expected")
    case (.text(let text), .bool): return .unknown("\"\(text)\" is a text, not true or false")
    case (.text(let text), _): return .text(text)
    }
  }
}
