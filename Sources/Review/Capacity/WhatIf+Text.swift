package import Capacity

extension WhatIf {
  /// Reads `auth.replicas=12` or `auth.acquire_timeout=2s`.
  ///
  /// - Throws: `Failure` for anything else.
  package init(option text: String) throws(Failure) {
    let help = "write --set auth.replicas=12 or --set pgbouncer.default_pool_size=60"
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, let dot = sides[0].lastIndex(of: "."), dot > sides[0].startIndex,
      sides[0].index(after: dot) < sides[0].endIndex
    else { throw Failure("--set \(text) is not RESOURCE.FIELD=NUMBER", help: help) }
    guard let (value, form) = AskedNumber.read(String(sides[1])) else {
      throw Failure("--set \(text): `\(sides[1])` is no number, time or size", help: help)
    }
    self.init(
      owner: String(sides[0][..<dot]), field: String(sides[0][sides[0].index(after: dot)...]),
      value: value, form: form)
  }
}

/// Numbers as people write them on the command line.
package enum AskedNumber {
  private static let units: [(suffix: String, factor: Double)] = [
    ("ms", 1e-3), ("us", 1e-6), ("min", 60), ("GiB", 1_073_741_824), ("GB", 1_073_741_824),
    ("MiB", 1_048_576), ("MB", 1_048_576), ("kB", 1_024), ("s", 1), ("m", 60), ("h", 3_600),
    ("d", 86_400),
  ]

  /// The number, times in seconds and sizes in bytes, and which it is; `nil` for what is none or
  /// negative.
  package static func read(_ text: String) -> (value: Double, form: WhatIf.Form)? {
    if let number = Double(text) { return number.isFinite && number >= 0 ? (number, .plain) : nil }
    for (suffix, factor) in units where text.hasSuffix(suffix) {
      guard let number = Double(text.dropLast(suffix.count)) else { continue }
      let isSize = suffix.hasSuffix("B")
      return number.isFinite && number >= 0 ? (number * factor, isSize ? .size : .time) : nil
    }
    return nil
  }

  /// A time in seconds; a bare number is none.
  package static func seconds(_ text: String) -> Double? {
    for (suffix, factor) in units where factor != 1_024 && factor < 1_000_000 {
      guard text.hasSuffix(suffix), let number = Double(text.dropLast(suffix.count)) else {
        continue
      }
      return number.isFinite && number > 0 ? number * factor : nil
    }
    return nil
  }
}
