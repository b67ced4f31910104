import Model
import Syntax

/// Values that a mapping gives: defaults, limits, words.
extension MappingReader {
  mutating func words(_ node: YAMLNode?, _ key: inout MappedKey) {
    guard let node else { return }
    if key.sort == .address || key.sort == .texts {
      return file.report("a key of type \(key.sort.rawValue) has no words", at: node)
    }
    if node.kind == .sequence {
      guard key.sort == .text else {
        return file.report("words is a block of words and their values", at: node)
      }
      key.words = texts(node, what: "words").map { ($0, .string($0)) }
      return
    }
    for (word, value) in file.entries(of: node, what: "words") {
      guard let scalar = scalar(value, key, "the value of a word") else { continue }
      key.words.append((word.text, scalar))
    }
  }

  mutating func numbers(_ values: [String: YAMLNode], _ key: inout MappedKey) {
    let isNumber = [.count, .time, .size].contains(key.sort)
    for name in ["zero", "negative", "minimum", "maximum", "outside"] {
      guard let node = values[name], !isNumber else { continue }
      file.report("`\(name)` is for counts, times and sizes", at: node)
    }
    guard isNumber else { return }
    key.zero = values["zero"].flatMap { file.choice($0, what: "zero") }
    key.negative = values["negative"].flatMap { file.choice($0, what: "negative") }
    key.minimum = values["minimum"].flatMap { source($0, key, "minimum") }
    key.maximum = values["maximum"].flatMap { source($0, key, "maximum") }
    if case .value(.int(let least))? = key.minimum, case .value(.int(let most))? = key.maximum,
      least > most, let node = values["maximum"]
    {
      file.report("`maximum` is below `minimum`", at: node)
    }
    if let node = values["outside"] {
      if key.minimum == nil, key.maximum == nil {
        file.report("`outside` needs `minimum` or `maximum`", at: node)
      }
      key.outside = file.choice(node, what: "outside") ?? .clamp
    }
  }

  static let standardKeys = ["since", "value"]

  /// One default, or a list of them by version.
  mutating func standards(_ node: YAMLNode, _ key: MappedKey) -> [MappedKey.Standard] {
    guard node.kind == .sequence else {
      return source(node, key, "default").map { [MappedKey.Standard(since: nil, value: $0)] } ?? []
    }
    var standards: [MappedKey.Standard] = []
    for element in file.elements(of: node, what: "default") {
      let values = file.block(element, of: Self.standardKeys, what: "a default")
      guard let value = values["value"] else {
        file.report("a default of a list needs `value`", at: element)
        continue
      }
      let since = values["since"].flatMap { version($0, "since") }
      if let last = standards.last, (last.since ?? Version(0)) >= (since ?? Version(0)) {
        file.report("defaults stand in the order of their versions", at: element)
      }
      guard let source = source(value, key, "value") else { continue }
      standards.append(MappedKey.Standard(since: since, value: source))
    }
    return standards
  }

  /// A value in the key's unit, or `{key: PATH}`.
  private mutating func source(
    _ node: YAMLNode, _ key: MappedKey, _ what: String
  ) -> MappedKey.Source? {
    guard node.kind == .mapping else { return scalar(node, key, what).map { .value($0) } }
    guard let value = file.block(node, of: ["key"], what: what)["key"],
      let path = file.path(value, what: what)
    else {
      file.report("\(what) is a value or `{key: PATH}`", at: node)
      return nil
    }
    return .key(path.text)
  }

  private mutating func scalar(
    _ node: YAMLNode, _ key: MappedKey, _ what: String
  ) -> Scalar? {
    guard node.kind == .scalar else {
      file.report("\(what) is a single value", at: node)
      return nil
    }
    if node.value == .null { return .null }
    let text = node.text
    let result: Scalar? =
      switch key.sort {
      case .count: Int64(text).map { .int($0) }
      case .number: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
      case .bool: node.bool.map { .bool($0) }
      case .text, .texts, .address: .string(text)
      case .time:
        amount(text, key.countedUnit.microseconds, key) { MappedAmount.microseconds($0) }
      case .size:
        amount(text, key.countedUnit.bytes, key) { [kilo] in
          MappedAmount.bytes($0, kilo: kilo)
        }
      }
    if result == nil {
      let unit = key.countedUnit.rawValue
      let words =
        [.time, .size].contains(key.sort)
        ? "\(key.sort.rawValue), whole in \(unit)"
        : key.sort.rawValue
      file.report("\(what) is a \(words)", at: node)
    }
    return result
  }

  /// A number in the key's unit; one without a unit only where the mapping has one.
  private func amount(
    _ text: String, _ size: Int64?, _ key: MappedKey, _ read: (String) -> Int64?
  ) -> Scalar? {
    if let number = Int64(text) { return key.unit == .none && number != 0 ? nil : .int(number) }
    guard let amount = read(text), let size, amount % size == 0 else { return nil }
    return .int(amount / size)
  }

  // MARK: values that follow another key

  /// Such a value needs a key of the same type that does not follow one itself.
  mutating func checkReferences(
    _ keys: [MappedKey], _ nodes: [String: YAMLNode], written: Set<String>
  ) {
    for key in keys {
      guard let node = nodes[key.path.text] else { continue }
      for other in key.references {
        guard let target = keys.first(where: { $0.path.text == other }) else {
          // One with a mistake of its own is there all the same.
          if written.contains(other) { continue }
          file.report(
            "`\(key.path.text)` follows `\(other)`, which is no key of the resource", at: node,
            suggestion: ConfigurationText.closest(to: other, among: keys.map(\.path.text)))
          continue
        }
        if target.sort != key.sort {
          file.report("`\(key.path.text)` follows `\(other)`, which is of another type", at: node)
        } else if !target.references.isEmpty {
          file.report("`\(key.path.text)` follows `\(other)`, which follows another", at: node)
        }
      }
    }
  }
}

extension MappedKey {
  /// The keys that its default and its limits follow.
  fileprivate var references: [String] {
    (standards.map(\.value) + [minimum, maximum].compactMap { $0 }).compactMap { source in
      if case .key(let name) = source { name } else { nil }
    }
  }
}
