import Model

/// One number of a service.
struct ComposeNumber {
  let key: String
  let field: String
  let unit: Unit
  let value: ComposeValue?
  var standard: Scalar = .null
  var zero: Meaning?
  var negative: Meaning?

  /// The setting, with the text read by `read`, which says `nil` for what compose refuses.
  func setting(_ read: (String) -> Scalar?) -> Setting {
    guard let value, value.isWritten else {
      return Setting(
        key: key, field: field, effective: standard, unit: unit, provenance: .default)
    }
    guard let text = value.scalar else {
      return Setting(
        key: key, field: field, written: "", effective: nil, unit: unit, provenance: .explicit,
        origin: value.origin, note: "compose does not start the service",
        refusal: "a list or mapping is no value of \(key)")
    }
    guard let known = text.text else {
      return Setting(
        key: key, field: field, written: text.written, effective: nil, unit: unit,
        provenance: .unknown, origin: value.origin, note: text.reason)
    }
    guard let number = read(Self.trimmed(known)) else {
      return Setting(
        key: key, field: field, written: text.written, effective: nil, unit: unit,
        provenance: .explicit, origin: value.origin, note: "compose does not start the service",
        refusal: "\"\(known)\" is no value of \(key)")
    }
    let meaning: Meaning? =
      switch number {
      case .int(0): zero
      case .int(let number) where number < 0: negative
      default: nil
      }
    return Setting(
      key: key, field: field, written: text.written, effective: number, meaning: meaning,
      unit: unit, provenance: ComposeService.provenance(text), origin: value.origin)
  }

  private static func trimmed(_ text: String) -> String {
    SpringConversion.trimmed(text)
  }

  /// A size as docker reads it: `512m`, `1.5g`, `8GiB`, a bare number of bytes.
  ///
  /// Each unit is a power of 1024. Source: go-units, RAMInBytes.
  static func bytes(_ text: String) -> Int64? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(number), value.isFinite, value >= 0 else { return nil }
    let unit = text[number.endIndex...].drop { $0 == " " }.lowercased()
    guard let factor = factors[unit] else { return nil }
    let bytes = value * Double(factor)
    return bytes < Double(Int64.max) ? Int64(bytes) : nil
  }

  private static let factors: [String: Int64] = [
    "": 1, "b": 1, "k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10, "m": 1 << 20, "mb": 1 << 20,
    "mib": 1 << 20, "g": 1 << 30, "gb": 1 << 30, "gib": 1 << 30, "t": 1 << 40, "tb": 1 << 40,
    "tib": 1 << 40, "p": 1 << 50, "pb": 1 << 50, "pib": 1 << 50,
  ]
}

/// A command as a list of words, or as one line that compose splits as a shell does.
struct ComposeCommand {
  struct Word {
    let text: String
    let origin: Origin
  }

  let words: [Word]
  /// On one line, for people.
  let text: String

  init(_ value: ComposeValue?) {
    guard let value else {
      words = []
      text = ""
      return
    }
    guard let line = value.scalar else {
      words = value.items.compactMap { item in
        item.scalar.map { Word(text: $0.text ?? $0.template, origin: item.origin) }
      }
      text = words.map(\.text).joined(separator: " ")
      return
    }
    let known = line.text ?? line.template
    text = known
    // Places within the line are the file's own only where it has the line as it is.
    let isPlain = known == line.written
    words = CommandWords.split(known).map { word in
      let start = value.origin.range.lowerBound
      let range = start + word.range.lowerBound..<start + word.range.upperBound
      return Word(
        text: word.text,
        origin: isPlain ? Origin(path: value.origin.path, range: range) : value.origin)
    }
  }
}
