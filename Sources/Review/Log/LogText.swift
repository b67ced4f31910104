import Audit
import Findings
import Git

extension LogAnswer {
  /// The answer for people; everything from the log is made safe for a terminal.
  package func text(color: Bool) -> String {
    let ink = LogInk(isOn: color)
    switch content {
    case .records(let entries): return entries.map { $0.text(ink) }.joined(separator: "\n")
    case .changes(let events):
      return Self.groups(events).map { $0.text(ink) }.joined(separator: "\n")
    case .states(let states, _): return states.map { $0.text(ink) }.joined()
    case .blame(let states): return Self.blame(states, ink)
    case .differences(let values): return values.map { $0.text(ink) }.joined(separator: "\n")
    }
  }
}

extension LogAnswer {
  /// Settings with the record that made each, as `git blame` shows lines.
  fileprivate static func blame(_ states: [SettingState], _ ink: LogInk) -> String {
    var text = ""
    var path: String?
    for state in states {
      let place = state.origin.prefix + state.path
      if place != path { text += ink.bold(safe(place)) + "\n" }
      path = place
      let event = state.event
      let who =
        state.isFromBefore
        ? "from before the log" : "\(safe(event.label)) \(event.time.short) \(safe(event.actor))"
      let field = state.field.map { " (\(safe($0)))" } ?? ""
      text += "  \(ink.key(safe(event.setting.label)))\(field) = \(safe(state.value ?? ""))  "
      text += ink.dim(who) + (event.reason.map { "  \(safe($0))" } ?? "") + "\n"
    }
    return text
  }

  /// The settings that one record changed, together: they have one author, time and reason.
  fileprivate static func groups(_ events: [SettingEvent]) -> [[SettingEvent]] {
    var groups: [[SettingEvent]] = []
    for event in events {
      if groups.last?.first?.row == event.row {
        groups[groups.count - 1].append(event)
      } else {
        groups.append([event])
      }
    }
    return groups
  }
}

/// Colours of the log's texts.
struct LogInk {
  let isOn: Bool

  func bold(_ text: String) -> String { paint(text, "1") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func key(_ text: String) -> String { paint(text, "36") }
  func old(_ text: String) -> String { paint(text, "31") }
  func new(_ text: String) -> String { paint(text, "32") }

  private func paint(_ text: String, _ code: String) -> String {
    isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}

extension LogEntry {
  /// A record as `git log` would show a commit.
  package func text(color: Bool) -> String { text(LogInk(isOn: color)) }

  fileprivate func text(_ ink: LogInk) -> String {
    let body = record.body
    let id = ink.bold("\(body.kind) \(safe(label))")
    var lines = [
      "\(id)  \(safe(body.actor.id))  \((body.effectiveAt ?? body.recordedAt).short)"
        + "  \(ink.dim(String(self.id.hex.prefix(12))))"
    ]
    if let reason = body.reason?.text { lines.append("  \(safe(reason))") }
    if let ticket = body.ticket?.text { lines.append("  ticket \(safe(ticket))") }
    let events = events()
    for event in events.prefix(Self.shownSettings) { lines.append("  " + event.change(ink)) }
    if events.count > Self.shownSettings {
      lines.append(
        "  and \(events.count - Self.shownSettings) more settings (headgate show \(safe(origin.name.map { "\($0)#" } ?? ""))\(sequence))"
      )
    }
    if events.isEmpty {
      lines += body.files.map { "  \(safe($0.path)): no effective change" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All of a record, for `headgate show`.
  package func fullText(color: Bool) -> String {
    let ink = LogInk(isOn: color)
    let body = record.body
    var lines = [
      "\(ink.bold("\(body.kind) \(safe(label))"))  \(id.description)",
      "actor      \(safe(body.actor.id)) (unverified: the record is not signed)",
      "recorder   \(safe(body.recorder.id))\(body.recorder.via.map { " via \(safe($0))" } ?? "")",
    ]
    if let effectiveAt = body.effectiveAt { lines.append("effective  \(effectiveAt)") }
    lines.append("recorded   \(body.recordedAt)")
    if let reason = body.reason?.text { lines.append("reason     \(safe(reason))") }
    if let ticket = body.ticket?.text { lines.append("ticket     \(safe(ticket))") }
    if let base = body.base { lines.append("base       \(base)") }
    if let commit = body.commit { lines.append("commit     \(commit)") }
    if let findings = body.findings {
      lines.append("check      \(findings.errors) errors, \(findings.warnings) warnings")
    }
    for file in body.files {
      lines.append("")
      lines.append(ink.bold(safe(file.path)) + (file.format.map { "  \($0)" } ?? ""))
      for event in events() where event.path == file.path { lines.append("  " + event.change(ink)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Settings of one record in a listing; the whole record is one command away.
  private static let shownSettings = 12
}

extension [SettingEvent] {
  /// The settings of one record.
  func text(_ ink: LogInk) -> String {
    guard let first else { return "" }
    var lines = [
      ink.bold(first.time.short) + "  \(safe(first.actor))  "
        + ink.dim("\(safe(first.label)) \(first.id.hex.prefix(12))")
    ]
    for event in self {
      let place =
        "\(safe(event.origin.prefix + event.path))\(event.setting.newLine.map { ":\($0)" } ?? "")"
      lines.append("  \(event.change(ink))  \(ink.dim(place))")
    }
    if let reason = first.reason { lines.append("  reason  \(safe(reason))") }
    if let ticket = first.ticket { lines.append("  ticket  \(safe(ticket))") }
    let seconds = first.recordedAt.seconds - first.time.seconds
    // A minute is what it takes to record a change at once; more is worth knowing.
    if seconds.magnitude > 60 { lines.append(ink.dim("  recorded \(first.recordedAt.short)")) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension SettingEvent {
  /// `pool auth maximumPoolSize (pool.max_size)  24 -> 5`.
  func change(_ ink: LogInk) -> String {
    let name = safe(setting.label)
    let field = setting.field.map { " (\(safe($0)))" } ?? ""
    let old = setting.old.map(safe) ?? "not there"
    let new = setting.new.map(safe) ?? "removed"
    return "\(ink.key(name))\(field)  \(ink.old(old)) -> \(ink.new(new))"
  }
}

extension Audit.SettingChange {
  /// The key behind its resource; the contexts of nginx stand in the key already.
  fileprivate var label: String {
    guard let resource, !key.contains("[") else { return key }
    return "\(resource) \(key)"
  }
}

extension SettingDevelopment {
  fileprivate func text(_ ink: LogInk) -> String {
    let name = safe(event.setting.label)
    let field = field.map { " (\(safe($0)))" } ?? ""
    let values =
      ink.old(old.map(safe) ?? "not there") + " -> " + ink.new(new.map(safe) ?? "removed")
    let why = [event.reason, event.ticket].compactMap { $0 }.map(safe).joined(separator: "; ")
    return "\(ink.key(name))\(field)  \(values)  \(ink.dim(safe(event.origin.prefix + path)))\n"
      + "  last by \(safe(event.actor)) \(event.time.short) \(safe(event.label))"
      + (why.isEmpty ? "" : "  \(why)") + "\n"
  }
}

extension SettingState {
  fileprivate func text(_ ink: LogInk) -> String {
    let name = safe(event.setting.label)
    let since =
      isFromBefore
      ? "before \(safe(event.label)) changed it at \(event.time.short)"
      : "since \(event.time.short), \(safe(event.label)) by \(safe(event.actor))"
    return "\(ink.bold(value.map(safe) ?? "not there"))  \(ink.key(name))"
      + "\(field.map { " (\(safe($0)))" } ?? "")  \(safe(origin.prefix + path))  \(ink.dim(since))\n"
  }
}

extension Timestamp {
  /// `2024-06-10 10:30:00Z`: to the second, and in UTC, which is said.
  package var short: String {
    description.prefix(19).split(separator: "T").joined(separator: " ") + "Z"
  }
}

extension LogOrigin {
  /// What stands before a path of a collected repository: `payments:`.
  var prefix: String { name.map { $0 + ":" } ?? "" }

  /// A record as it can be asked for again: `#17`, or `payments#17`.
  func label(_ sequence: Int) -> String { "\(name ?? "")#\(sequence)" }
}

extension LogEntry {
  var label: String { origin.label(sequence) }
}

extension SettingEvent {
  var label: String { origin.label(sequence) }
}

private func safe(_ text: String) -> String { TerminalText.safe(text) }
