/// A time zone: a fixed offset, or rules that change it over time.
struct TimeZone: Sendable {
  private let rules: ZoneRules?
  private let fixedOffset: Int64

  static let utc = TimeZone(offset: 0)

  private init(offset: Int64, rules: ZoneRules? = nil) {
    self.rules = rules
    fixedOffset = offset
  }

  /// The zone of `UTC`, an offset such as `-08:00` or `02:30`, or an IANA name.
  ///
  /// - Returns: `nil` for a name that `source` doesn't know or whose file is damaged.
  init?(name: String, source: TimeZoneSource) {
    if name.isEmpty || name == "UTC" {
      self.init(offset: 0)
    } else if name.contains(":") {
      guard let offset = Self.offset(name) else { return nil }
      self.init(offset: offset)
    } else {
      guard Self.isName(name), let file = source.file(name),
        let rules = ZoneRules(tzif: file)
      else { return nil }
      self.init(offset: 0, rules: rules)
    }
  }

  /// Seconds to add to a moment in UTC for the zone's clock.
  func offset(at seconds: Int64) -> Int64 {
    rules?.offset(at: seconds) ?? fixedOffset
  }

  private static func offset(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" || $0 == "+" }.split(separator: ":")
    guard parts.count == 2, text.count - (parts[0].count + parts[1].count + 1) <= 1,
      parts.allSatisfy({ $0.utf8.count <= 2 && $0.utf8.allSatisfy(\.isDigit) }),
      let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 3_600 + minutes * 60
    return isNegative ? -offset : offset
  }

  /// Only what names in the database look like: the name becomes part of a path.
  private static func isName(_ name: String) -> Bool {
    name.utf8.count <= 64
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
        part.utf8.first?.isIdentifierStart == true
          && part.utf8.allSatisfy { byte in
            byte.isIdentifierPart || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
          }
      }
  }
}
