import Syntax

/// Values that are wrong in one way only, so that the right one is known.
enum NginxValueRepair {
  /// The right value, as nginx writes it; `nil` where nobody can say.
  static func right(_ value: String, as kind: NginxValueKind) -> String? {
    let lowered = value.lowercased()
    switch kind {
    case .flag: return flags[lowered]
    case .milliseconds, .seconds:
      guard let (number, unit) = parts(of: lowered), let right = times[unit] else { return nil }
      return accepts(number + right, kind) ? number + right : nil
    case .size, .offset:
      guard let (number, unit) = parts(of: lowered), let right = sizes[unit] else { return nil }
      if accepts(number + right, kind) { return number + right }
      // Not every size may be given in g.
      guard right == "g", let count = NginxUnits.number(number.utf8), count < 1 << 20 else {
        return nil
      }
      return "\(count * 1_024)m"
    default: return nil
    }
  }

  private static let flags = [
    "yes": "on", "true": "on", "1": "on", "enable": "on", "enabled": "on", "no": "off",
    "false": "off", "0": "off", "disable": "off", "disabled": "off",
  ]
  private static let times = [
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m", "minute": "m",
    "minutes": "m", "hour": "h", "hours": "h", "hr": "h", "day": "d", "days": "d", "msec": "ms",
    "msecs": "ms",
  ]
  private static let sizes = [
    "kb": "k", "kib": "k", "mb": "m", "mib": "m", "gb": "g", "gib": "g", "g": "g",
  ]

  private static func parts(of value: String) -> (number: String, unit: String)? {
    let digits = value.utf8.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, digits.count < value.utf8.count else { return nil }
    let number = String(decoding: Array(digits), as: UTF8.self)
    return (number, String(value.dropFirst(number.count)))
  }

  private static func accepts(_ value: String, _ kind: NginxValueKind) -> Bool {
    switch kind {
    case .milliseconds: NginxUnits.milliseconds(value.utf8) != nil
    case .seconds: NginxUnits.seconds(value.utf8) != nil
    case .size: NginxUnits.size(value.utf8) != nil
    case .offset: NginxUnits.offset(value.utf8) != nil
    default: false
    }
  }
}
