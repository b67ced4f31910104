package import Audit
import Findings
import Git
package import Syntax

/// What changed before an incident, the likeliest cause first.
package struct IncidentReport: Sendable {
  /// One record in the window with what makes it suspicious.
  struct Suspect: Sendable {
    let events: [SettingEvent]
    let risk: Int
    /// Each reason for the rank, the weightiest first.
    let why: [String]
  }

  let suspects: [Suspect]
  package let isComplete: Bool
  package var isEmpty: Bool { suspects.isEmpty }
}

extension LogQuery {
  /// The recorded changes in the time before an incident.
  ///
  /// - Parameter window: in seconds.
  package func before(_ time: Timestamp, window: Int64) throws(Failure) -> IncidentReport {
    let answer = try changes(SettingFilter(), TimeSpan(before: time, seconds: window))
    var groups: [[SettingEvent]] = []
    for event in answer.values {
      if groups.last?.first?.row == event.row {
        groups[groups.count - 1].append(event)
      } else {
        groups.append([event])
      }
    }
    let open = try standings(of: groups.compactMap { $0.first?.row }, at: time)
    let suspects = groups.map { events in
      Suspicion(events, at: time, open[events.first?.row ?? -1]).suspect
    }
    // Groups are ordered by time, latest first, which decides between equal risks.
    let ranked = suspects.enumerated().sorted {
      ($1.element.risk, $0.offset) < ($0.element.risk, $1.offset)
    }
    return IncidentReport(suspects: ranked.map(\.element), isComplete: answer.isComplete)
  }

  /// Records of a window with what the log says of them besides settings.
  private func standings(
    of rows: [Int], at time: Timestamp
  ) throws(Failure) -> [Int: Suspicion.Standing] {
    var rules = try RulesOfBases.of(self)
    let wanted = Array(rows.prefix(Self.judgedRecords))
    let reviewed = try asking { asking throws(AuditError) in try asking.ledger(of: wanted) }
    var found: [Int: Suspicion.Standing] = [:]
    for entry in reviewed.changes {
      let inForce = try rules.rules(for: entry)
      found[entry.row] = Suspicion.Standing(
        errors: entry.record.body.findings?.errors ?? 0,
        isEmergency: entry.record.body.emergency != nil,
        review: reviewed.ledgers.review(of: entry, rules: inForce, now: time)?.status)
    }
    return found
  }

  /// A window with more records than this holds no incident's cause that anybody could find.
  private static let judgedRecords = 500
}

/// Weighs how likely a change has to do with an incident.
///
/// Points, not probabilities: what counts is the order, and that every point is explained.
struct Suspicion {
  /// What the log says of the record besides settings.
  struct Standing: Sendable {
    let errors: Int
    let isEmergency: Bool
    let review: Review.Status?
  }

  private let events: [SettingEvent]
  private var points: [(Int, String)] = []

  init(_ events: [SettingEvent], at time: Timestamp, _ standing: Standing?) {
    self.events = events
    weighSettings()
    weighTime(time)
    if let standing { weigh(standing) }
  }

  var suspect: IncidentReport.Suspect {
    let sorted = points.enumerated().sorted {
      ($1.element.0, $0.offset) < ($0.element.0, $1.offset)
    }
    return IncidentReport.Suspect(
      events: events, risk: points.reduce(0) { $0 + $1.0 }, why: sorted.map(\.element.1))
  }

  private mutating func weighSettings() {
    var heaviest: (Int, String)?
    for event in events {
      guard let weight = Self.weight(of: event.setting) else { continue }
      if heaviest.map({ weight.0 > $0.0 }) != false { heaviest = weight }
    }
    if let heaviest { points.append(heaviest) }
    if events.count > Self.manySettings {
      points.append((5, "\(events.count) settings at once"))
    }
  }

  /// More settings than this in one record are not read one by one in a review.
  private static let manySettings = 10

  private static func weight(of setting: Audit.SettingChange) -> (Int, String)? {
    let name = setting.field ?? setting.plainKey
    guard let new = setting.new else { return (20, "\(name) removed") }
    guard let old = setting.old else { return nil }
    guard let (before, after) = amounts(old, new) else { return nil }
    let values = "\(old) -> \(new)"
    if after < before, isLimit(name) {
      let share = after * 2 <= before ? 20 : 0
      return (40 + share, "limit lowered: \(name) \(values)")
    }
    if after > before, isLimit(name) { return (10, "limit raised: \(name) \(values)") }
    return (5, "number changed: \(name) \(values)")
  }

  /// Two numbers of one unit; `nil` where the values are none.
  private static func amounts(_ one: String, _ two: String) -> (Double, Double)? {
    func parts(_ text: String) -> (Double, Substring)? {
      let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      return Double(digits).map { ($0, text[digits.endIndex...]) }
    }
    guard let (first, unit) = parts(one), let (second, other) = parts(two), unit == other
    else { return nil }
    return (first, second)
  }

  /// Whether a setting bounds what a service can carry or how long it waits.
  private static func isLimit(_ name: String) -> Bool {
    let name = name.lowercased().filter { $0 != "_" && $0 != "-" }
    return [
      "max", "size", "limit", "connections", "keepalive", "timeout", "worker", "pool",
      "rate", "buffer", "memory", "threads", "queue", "replicas", "processes",
    ].contains { name.contains($0) }
  }

  private mutating func weighTime(_ time: Timestamp) {
    guard let first = events.first else { return }
    let seconds = max(0, time.seconds - first.time.seconds)
    let points: Int? =
      switch seconds {
      case ...900: 25
      case ...3_600: 20
      case ...21_600: 10
      case ...86_400: 5
      default: nil
      }
    if let points { self.points.append((points, "\(Self.span(seconds)) before")) }
    if first.recordedAt > time {
      self.points.append((10, "recorded only afterwards, \(first.recordedAt.short)"))
    }
    if first.reason == nil { self.points.append((5, "no reason given")) }
  }

  private static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7_200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3_600) h"
    default: "\(seconds / 86_400) d"
    }
  }

  private mutating func weigh(_ standing: Standing) {
    if standing.isEmergency { points.append((20, "emergency change")) }
    if standing.errors > 0 {
      points.append((20, "the check found \(standing.errors) errors when it was recorded"))
    }
    switch standing.review {
    case .pending, .expired, .overdue, .emergency: points.append((15, "nobody agreed to it"))
    case .rejected: points.append((25, "it was rejected"))
    case .approved, .notRequired, nil: break
    }
  }
}

extension IncidentReport {
  /// All changed settings, those of the likeliest cause first.
  package var json: JSON {
    .array(
      suspects.flatMap { suspect in
        suspect.events.map { event in
          guard case .object(let members) = event.json else { return event.json }
          return .object(
            members + [
              .init("risk", .number(suspect.risk)),
              .init("why", .array(suspect.why.map { .string($0) })),
            ])
        }
      })
  }

  package func text(color: Bool) -> String {
    let ink = LogInk(isOn: color)
    return suspects.map { suspect in
      [suspect.events].map { $0.text(ink) }.joined()
        + "  risk \(suspect.risk)  "
        + suspect.why.map { TerminalText.safe($0) }.joined(separator: "; ") + "\n"
    }.joined(separator: "\n")
  }
}
