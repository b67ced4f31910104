import Catalog

/// Values for the arguments of directives, most of them right.
enum FuzzValues {
  static func arguments(
    _ count: Int, of name: String, _ kind: NginxValueKind, _ dice: inout FuzzDice
  ) -> [String] {
    if let samples = FuzzSamples.byName[name], dice.chance(85) {
      return dice.pick(samples).split(separator: " ").map(String.init)
    }
    guard count > 0 else { return [] }
    return (0..<count).map { value(kind, at: $0, &dice) }
  }

  private static func value(_ kind: NginxValueKind, at index: Int, _ dice: inout FuzzDice) -> String
  {
    if dice.chance(12) { return dice.pick(all) }
    switch kind {
    case .flag: return dice.pick(flags)
    case .milliseconds, .seconds: return dice.pick(times)
    case .size, .offset, .rate: return dice.pick(sizes)
    case .number: return dice.pick(numbers)
    case .buffers: return index == 0 ? dice.pick(numbers) : dice.pick(sizes)
    case .enumeration, .words: return dice.pick(words)
    case .presence, .text, .texts, .pairs, .block: return dice.pick(texts)
    }
  }

  private static let flags = ["on", "off", "on", "off", "ON", "Off", "yes", "1", "\"on\"", "o\\n"]
  private static let times = [
    "1", "5s", "100ms", "1m", "\"1m 30s\"", "1d", "1M", "1y", "2h30m", "1ms1", "0", "-1", "1x",
    "\"\"", "30s", "10", "1w2d", "1s1m", "99999999999999999999", "1h", "\"1 \"", "ms", "1S",
  ]
  private static let sizes = [
    "1k", "8k", "16K", "1m", "1M", "1g", "512", "0", "0k", "-1", "1kb", "1.5m", "\"\"", "k", "4096",
    "99999999999999999999", "9999999999999m", "64k", "off",
  ]
  private static let numbers = [
    "1", "2", "8", "100", "0", "-1", "1k", "01", "\"\"", "9223372036854775807",
    "9223372036854775808", "a", "16", "1000", "auto", "+1",
  ]
  private static let words = [
    "on", "off", "any", "all", "always", "error", "timeout", "http_500", "http_429", "none", "GET",
    "PUT", "POST", "TLSv1.2", "TLSv1.3", "TLSv1.1", "tlsv1.2", "SSLv3", "optional", "clean", "info",
    "exact", "1.1", "1.0", "2", "xml", "non_idempotent", "X-Accel-Expires", "Set-Cookie",
    "updating",
    "msie6", "build", "WARN", "Error", "invalid_header", "stop",
  ]
  private static let texts = [
    "a", "b", "/a", "$uri", "$host", "\"a b\"", "'$arg_x'", "127.0.0.1", "10.0.0.0/8", "all", "off",
    "on", "text/html", "$nosuch", "${host}x", "$", "\"\"", "1", "1k", "zone=z:1m", "\"a;b\"", "*.x",
  ]
  private static let all = flags + times + sizes + numbers + words + texts

  /// A slip of the pen.
  static func misspelt(_ name: String, _ dice: inout FuzzDice) -> String {
    var letters = Array(name)
    let place = dice.number(0...letters.count - 1)
    switch dice.number(0...2) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(dice.pick(["x", "_", "-", "A"]), at: place)
    default: letters[place] = dice.pick(["x", "_", "-", "A"])
    }
    return letters.isEmpty ? "x" : String(letters)
  }
}
