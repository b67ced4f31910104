import Model
import Syntax

/// A part of a compose project after its variables: files are merged in this form.
struct ComposeValue: Sendable {
  /// A scalar.
  struct Text: Sendable {
    /// The text in the file, inside its quotes.
    let written: String
    /// `nil` where a part of it cannot be known.
    let text: String?
    /// What is known of it, with `${NAME}` for the rest.
    let template: String
    let reason: String?
    let usesDefault: Bool
    /// Whether it stands in quotes or in a block.
    let isQuoted: Bool

    /// Whether the shell or `.env` may give another value than the one that runs.
    var isOpen: Bool { usesDefault || text.map { $0 != written } == true && written.contains("$") }
  }

  struct Entry: Sendable {
    let key: String
    let place: Origin
    var value: ComposeValue
  }

  indirect enum Content: Sendable {
    case none
    case text(Text)
    case map([Entry])
    case list([ComposeValue])
  }

  /// What an override does with what it stands over.
  enum Override: Sendable { case merge, reset, replace }

  var content: Content
  /// The value's bytes, inside its quotes; the key's where nothing is written.
  let origin: Origin
  var override: Override = .merge

  subscript(key: String) -> ComposeValue? { entries.last { $0.key == key }?.value }

  /// The value below several keys.
  func at(_ keys: String...) -> ComposeValue? {
    var value: ComposeValue? = self
    for key in keys { value = value?[key] }
    return value
  }

  var entries: [Entry] { if case .map(let entries) = content { entries } else { [] } }
  var items: [ComposeValue] { if case .list(let items) = content { items } else { [] } }
  /// Whether there is anything but a key.
  var isWritten: Bool { if case .none = content { false } else { true } }
  var scalar: Text? { if case .text(let text) = content { text } else { nil } }

  /// The text of a scalar; `nil` where it is none or cannot be known.
  var text: String? { scalar?.text }
}

/// Makes values of the nodes of one file.
struct ComposeBuilder {
  private let source: SourceText
  private let variables: ComposeVariables
  private(set) var problems: [Problem] = []
  private var visits = 0

  /// The keys of a project that decide what runs.
  private static let read: Set<String> = ["services", "configs", "secrets", "include"]

  /// Nodes of one of them beyond which its aliases are no configuration any more.
  private static let nodeLimit = 100_000
  /// Mappings inside each other, of which a service has about six.
  private static let depthLimit = 40

  init(_ source: SourceText, _ variables: ComposeVariables) {
    self.source = source
    self.variables = variables
  }

  mutating func value(_ node: YAMLNode, key: Range<Int>? = nil, depth: Int = 0) -> ComposeValue {
    visits += 1
    let range = node.range.isEmpty ? key ?? node.range : node.range
    let place = Origin(path: source.path, range: range)
    guard let resolved = node.resolved, depth < Self.depthLimit, visits < Self.nodeLimit else {
      return ComposeValue(content: .none, origin: place)
    }
    let override: ComposeValue.Override =
      switch resolved.tag {
      case "!reset": .reset
      case "!override": .replace
      default: .merge
      }
    switch resolved.kind {
    case .mapping where isTemplate(resolved):
      let text = source.text(resolved.range)
      return ComposeValue(
        content: .text(
          ComposeValue.Text(
            written: text, text: nil, template: text, reason: ConfigurationText.templateNote,
            usesDefault: false, isQuoted: false)), origin: place, override: override)
    case .mapping:
      var entries: [ComposeValue.Entry] = []
      for pair in resolved.mergedPairs {
        let name = pair.key.text
        if depth == 0 {
          // What only anchors refer to is read where they do; each of the others has its own limit.
          guard Self.read.contains(name) else { continue }
          visits = 0
        }
        let entry = ComposeValue.Entry(
          key: name, place: Origin(path: source.path, range: pair.key.range),
          value: value(pair.value, key: pair.key.range, depth: depth + 1))
        if let same = entries.firstIndex(where: { $0.key == name }) {
          entries[same] = entry
        } else {
          entries.append(entry)
        }
      }
      return ComposeValue(content: .map(entries), origin: place, override: override)
    case .sequence:
      let items = resolved.elements.map { value($0, key: key, depth: depth + 1) }
      return ComposeValue(content: .list(items), origin: place, override: override)
    default:
      guard !resolved.isMissing, resolved.value != .null else {
        return ComposeValue(content: .none, origin: place, override: override)
      }
      let range = resolved.contentRange
      return ComposeValue(
        content: .text(text(resolved)), origin: Origin(path: source.path, range: range),
        override: override)
    }
  }

  /// `{{ name }}` is a mapping with a mapping as its key, to YAML.
  private func isTemplate(_ node: YAMLNode) -> Bool {
    node.style == .flow && source.bytes[node.range].starts(with: "{{".utf8)
  }

  private mutating func text(_ node: YAMLNode) -> ComposeValue.Text {
    let written = source.text(node.contentRange)
    let isQuoted = node.style != .plain
    let raw = node.text
    // `010` is 8 to the reader of YAML; a time such as 10:30 stays text to that of Go.
    if case .int(let number) = node.value, !isQuoted, !raw.contains(":") {
      return ComposeValue.Text(
        written: written, text: String(number), template: String(number), reason: nil,
        usesDefault: false, isQuoted: false)
    }
    let filled = variables.fill(raw)
    if let refusal = filled.refusal {
      problems.append(
        Problem(
          kind: .refused, origin: Origin(path: source.path, range: node.contentRange),
          message: refusal, help: "a $ that stands for itself is written $$"))
    }
    let isTemplate = ["{{", "<%", "{%"].contains { filled.template.firstPlace(of: $0) != nil }
    return ComposeValue.Text(
      written: written, text: isTemplate ? nil : filled.text, template: filled.template,
      reason: filled.reason ?? (isTemplate ? ConfigurationText.templateNote : filled.refusal),
      usesDefault: filled.usesDefault, isQuoted: isQuoted)
  }
}
