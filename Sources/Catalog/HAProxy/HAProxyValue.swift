import Model
import Syntax

/// How HAProxy takes numbers and times from words.
enum HAProxyValue {
  /// What a word says as a value of a kind.
  static func value(
    _ word: HAProxyWord, _ kind: PoolKey.Kind?, isConditional: Bool
  ) -> (value: PoolInput.Value, note: String?) {
    if isConditional { return (.unknown("it counts only under a condition"), nil) }
    if word.hasVariable { return (.unknown("the environment fills it in"), nil) }
    if ConfigurationText.isTemplate(word.text) {
      return (.unknown(ConfigurationText.templateNote), nil)
    }
    switch kind {
    case .count, .size, .fraction: return count(word.text)
    case .time: return (time(word.text), nil)
    case .bool: return (.bool(true), nil)
    case .text, .secret, nil: return (.text(word.text), nil)
    }
  }

  /// The digits at the beginning; whatever follows is ignored.
  private static func count(_ text: String) -> (PoolInput.Value, String?) {
    let number = CNumber.integer(text, base: 10)
    let value = Int64(Int32(truncatingIfNeeded: number?.value ?? 0))
    guard let number else { return (.int(0), "\(text) is no number and runs as 0") }
    if number.overflows || number.value != value {
      return (.int(value), "\(text) does not fit 32 bits and runs as \(value)")
    }
    if number.length < text.utf8.count {
      return (.int(value), "what follows the digits of \(text) is ignored: it runs as \(value)")
    }
    return (.int(value), nil)
  }

  /// Milliseconds; fractions of one count as one.
  private static func time(_ text: String) -> PoolInput.Value {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, let number = Int64(String(Substring(digits))) else {
      return .refused("\"\(text)\" is not a time")
    }
    let unit = String(Substring(text.utf8.dropFirst(digits.count)))
    let units: [String: Int64] = [
      "": 1_000, "us": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000,
      "d": 86_400_000_000,
    ]
    guard let factor = units[unit] else {
      let known = units.keys.contains { !$0.isEmpty && unit.hasPrefix($0) }
      return known
        ? .unknown("only us, ms, s, m, h and d are units: versions after 2.6 refuse \(unit)")
        : .refused("unexpected character in \"\(text)\"")
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow, product / 1_000 <= Int64(Int32.max) else {
      return .refused("timer overflow: at most 2147483647 ms, about 24.8 days")
    }
    return .int((product + 999) / 1_000)
  }

  /// Host and port of an address; of `/run/x.sock` and what the environment fills in neither.
  static func place(_ word: HAProxyWord) -> [String: FieldValue] {
    if word.hasVariable || ConfigurationText.isTemplate(word.text) {
      let unknown = FieldValue.unknown("the environment or a template fills it in")
      return ["host": unknown, "port": unknown]
    }
    var text = word.text[...]
    if let at = text.firstIndex(of: "@") {
      guard !text[..<at].contains("unix"), !text[..<at].contains("abns") else { return [:] }
      text = text[text.index(after: at)...]
    }
    guard text.first != "/" else { return [:] }
    let isAddress6 = text.filter { $0 == ":" }.count > 1 && text.first != "["
    let (host, port) =
      isAddress6 ? address6(text) : DatabaseURL.place(text, standard: nil)
    var facts: [String: FieldValue] = [:]
    if let host { facts["host"] = .string(host) }
    if let port { facts["port"] = .int(port) }
    return facts
  }

  /// `2001:db8::1:5432`: the last group is the port.
  private static func address6(_ text: Substring) -> (String?, Int64?) {
    guard let colon = text.lastIndex(of: ":") else { return (String(text), nil) }
    return (String(text[..<colon]), Int64(text[text.index(after: colon)...]))
  }
}
