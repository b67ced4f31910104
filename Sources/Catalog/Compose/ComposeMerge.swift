import Model

/// How one compose file stands over another; source: the Compose Specification, "Merge and
/// override".
extension ComposeValue {
  /// This value under `other`, which a later file has at the same place.
  ///
  /// Mappings are merged, lists are put behind each other, everything else is replaced; lists of
  /// `KEY=value` count as mappings, and of two mounts at one place the later one stays.
  func merged(with other: ComposeValue, at path: [String] = []) -> ComposeValue {
    switch other.override {
    case .reset: return ComposeValue(content: .none, origin: other.origin)
    case .replace: return other
    case .merge: break
    }
    let key = path.last ?? ""
    if Self.replaced.contains(key) { return other }
    if Self.mappings.contains(key), path.count == Self.serviceDepth {
      return merge(ComposeValue(content: .map(asMap), origin: origin), other.asMap)
    }
    switch (content, other.content) {
    case (.map, .map(let entries)): return merge(self, entries, at: path)
    case (.list(let own), .list(let items)):
      var kept = own
      if key == "volumes" || key == "configs" || key == "secrets" {
        let targets = Set(items.compactMap(\.target))
        kept.removeAll { $0.target.map(targets.contains) == true }
      }
      return ComposeValue(content: .list(kept + items), origin: other.origin)
    case (.text, .list(let items)) where key == "env_file":
      return ComposeValue(content: .list([self] + items), origin: other.origin)
    case (_, .none): return path.count < Self.serviceDepth ? self : other
    default: return other
    }
  }

  private func merge(
    _ base: ComposeValue, _ entries: [Entry], at path: [String] = []
  ) -> ComposeValue {
    var merged = base.entries
    for entry in entries {
      if let index = merged.firstIndex(where: { $0.key == entry.key }) {
        let value = merged[index].value.merged(with: entry.value, at: path + [entry.key])
        merged[index] = Entry(key: entry.key, place: merged[index].place, value: value)
      } else {
        merged.append(entry)
      }
    }
    return ComposeValue(content: .map(merged), origin: base.origin)
  }

  /// `services`, the service, its key.
  private static let serviceDepth = 3
  /// Keys whose value is one thing although it may be a list.
  private static let replaced: Set<String> = ["command", "entrypoint", "test"]
  /// Keys that are mappings although they may be lists.
  private static let mappings: Set<String> = ["environment", "labels", "extra_hosts", "sysctls"]

  /// A mapping, also of a list of `KEY=value`.
  var asMap: [Entry] {
    if case .map(let entries) = content { return entries }
    return items.compactMap { item in
      guard let text = item.scalar else { return nil }
      guard let equals = text.template.firstIndex(of: "=") else {
        return Entry(
          key: text.template, place: item.origin,
          value: ComposeValue(content: .none, origin: item.origin))
      }
      let name = String(text.template[..<equals])
      return Entry(key: name, place: item.origin, value: item.value(behind: name, text))
    }
  }

  /// What stands behind `NAME=`, with its own bytes where the file has the name as it is.
  private func value(behind name: String, _ text: Text) -> ComposeValue {
    func rest(_ text: String) -> String {
      String(text.dropFirst(name.count + 1))
    }
    let isPlain = text.written.hasPrefix(name + "=")
    let start = origin.range.lowerBound + name.utf8.count + 1
    let range = isPlain && start <= origin.range.upperBound ? start..<origin.range.upperBound : nil
    let place = range.map { $0.isEmpty ? origin.range : $0 } ?? origin.range
    return ComposeValue(
      content: .text(
        Text(
          written: isPlain ? rest(text.written) : text.written, text: text.text.map(rest),
          template: rest(text.template), reason: text.reason, usesDefault: text.usesDefault,
          isQuoted: text.isQuoted)),
      origin: Origin(path: origin.path, range: place))
  }

  /// The place in the container of one mount, config or secret.
  private var target: String? {
    if let target = self["target"]?.text { return target }
    if let source = self["source"]?.text { return source }
    guard let text = scalar?.template else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[1]) : text
  }
}
