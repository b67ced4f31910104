/// The time between two moments: after the first, until the second.
package struct TimeSpan: Sendable, Hashable {
  package let after: Timestamp
  package let until: Timestamp

  package static let always = TimeSpan(
    after: Timestamp(milliseconds: .min), until: Timestamp(milliseconds: .max))

  package init(after: Timestamp, until: Timestamp) {
    self.after = after
    self.until = until
  }

  /// The `seconds` before `time`, and `time` itself.
  package init(before time: Timestamp, seconds: Int64) {
    self.init(after: time.advanced(bySeconds: -seconds), until: time)
  }

  package func contains(_ time: Timestamp) -> Bool { after < time && time <= until }
}

/// A record as people name it: its number (`17`, `#17`), its id, or the beginning of that; in a
/// collection also with the repository's name before the number (`payments#17`).
struct RecordName {
  /// Ids are given with at least so many digits; a shorter number is never one.
  private static let shortestID = 7

  /// The repository of a collection; `nil` where any is meant.
  let repository: String?
  let sequence: Int?
  /// The first digits of the id, hexadecimal and in lower case.
  let prefix: String?

  init(_ name: String) {
    if let hash = name.lastIndex(of: "#") {
      repository = hash == name.startIndex ? nil : String(name[..<hash])
      sequence = Int(name[name.index(after: hash)...])
    } else {
      repository = nil
      sequence = Int(name)
    }
    let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
    let isHexadecimal = digits.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    let isID = isHexadecimal && (1...2 * Digest.size).contains(digits.utf8.count)
    prefix = isID && (sequence == nil || digits.utf8.count >= Self.shortestID) ? digits : nil
  }

  func matches(_ entry: LogEntry) -> Bool {
    guard repository == nil || repository == entry.origin.name else { return false }
    return entry.sequence == sequence || prefix.map { entry.id.hex.hasPrefix($0) } == true
  }
}
