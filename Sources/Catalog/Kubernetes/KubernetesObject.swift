import Model
import Syntax

/// What a manifest says in one place.
enum KubernetesValue {
  case text(String)
  /// A template fills it in.
  case unknown(String)
}

/// One manifest file: its objects, also those of lists.
struct KubernetesFile {
  let text: KubernetesText
  let yaml: YAMLFile
  private(set) var objects: [KubernetesObject] = []

  var source: SourceText { text.source }

  init(_ source: SourceText) {
    text = KubernetesText(source)
    yaml = YAMLFile(parsing: text.masked)
    guard text.control == nil else { return }
    for root in yaml.documents.compactMap(\.root) { add(root) }
  }

  private mutating func add(_ root: YAMLNode) {
    guard let kind = root["kind"]?.string, root["apiVersion"] != nil else { return }
    if kind.hasSuffix("List"), let items = root["items"]?.elements {
      for item in items where item["kind"]?.string?.hasSuffix("List") == false {
        add(item)
      }
      return
    }
    objects.append(KubernetesObject(text, root, kind))
  }
}

/// One object of a manifest.
struct KubernetesObject {
  let text: KubernetesText
  let root: YAMLNode
  let kind: String
  /// `nil` where nothing or only a template says it.
  let name: String?
  let namespace: String?

  init(_ text: KubernetesText, _ root: YAMLNode, _ kind: String) {
    self.text = text
    self.root = root
    self.kind = kind
    name = Self.plain(root.at("metadata", "name"), text)
    namespace = Self.plain(root.at("metadata", "namespace"), text)
  }

  var source: SourceText { text.source }

  /// The place that stands for the whole object.
  var place: Origin {
    let node = root.at("metadata", "name") ?? root["kind"] ?? root
    return Origin(path: source.path, range: node.range)
  }

  /// Whether an object that does not say its namespace, or says this one's, is meant by a name.
  func isBeside(_ other: KubernetesObject) -> Bool {
    namespace == nil || other.namespace == nil || namespace == other.namespace
  }

  /// A scalar's value; `nil` where nothing is written.
  func value(_ node: YAMLNode?) -> KubernetesValue? {
    guard let node = node?.resolved, node.kind == .scalar, let string = node.string else {
      return nil
    }
    return text.isTemplate(node.range)
      ? .unknown(ConfigurationText.templateNote) : .text(string)
  }

  /// A scalar's text where no template has a part in it.
  func string(_ node: YAMLNode?) -> String? {
    if case .text(let string)? = value(node) { string } else { nil }
  }

  /// The place of a scalar's content: inside its quotes.
  func origin(_ node: YAMLNode) -> Origin {
    let node = node.resolved ?? node
    return Origin(
      path: source.path, range: node.contentRange.isEmpty ? node.range : node.contentRange)
  }

  private static func plain(_ node: YAMLNode?, _ text: KubernetesText) -> String? {
    guard let node, !text.isTemplate(node.range) else { return nil }
    return node.string
  }
}
