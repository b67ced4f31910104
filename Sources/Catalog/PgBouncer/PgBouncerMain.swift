import Model
import Syntax

/// The [pgbouncer] section, which every further header of that name puts back to its defaults.
struct PgBouncerMain {
  /// The first header; `nil` when the file has none and PgBouncer does not start.
  private(set) var header: Origin?
  private(set) var problems: [Problem] = []
  private let release: PgBouncer.Release
  /// The line in force, by the key's position in the table.
  private var lines: [Int: PgBouncerLine] = [:]
  /// What earlier lines of the same file say, by the key's position.
  private var overridden: [Int: String] = [:]
  /// Lines that a repeated header undid.
  private var lost: [Int: Lost] = [:]
  private var headerCount = 0

  private struct Lost {
    let line: PgBouncerLine
    let header: Origin
    /// The file of the header; its line is counted only when it is shown.
    let source: SourceText
    /// Counts the headers from 1.
    let number: Int

    /// Where the header stands, as seen from the lost line.
    var place: String {
      let number = source.line(at: header.range.lowerBound)
      return header.path == line.source.path ? "line \(number)" : "\(header.path):\(number)"
    }
  }

  init(_ release: PgBouncer.Release) { self.release = release }

  /// Begins the section, for the first time or again.
  mutating func enter(_ origin: Origin, in source: SourceText) {
    headerCount += 1
    guard header != nil else {
      header = origin
      return
    }
    for (position, old) in lines.sorted(by: { $0.key < $1.key })
    where PgBouncer.keys[position].standard != nil {
      checkReplaced(old, PgBouncer.keys[position])
      lost[position] = Lost(line: old, header: origin, source: source, number: headerCount)
      lines[position] = nil
    }
  }

  mutating func set(_ line: PgBouncerLine) {
    let name = line.entry.key
    guard let position = PgBouncer.positions[name] else {
      let closest = ConfigurationText.closest(
        to: name, among: PgBouncer.keys.lazy.map(\.name))
      let help = closest.map {
        $0 == name.lowercased() ? "keys are case-sensitive: write \($0)" : "did you mean \($0)?"
      }
      return refuse(line, "unknown parameter: \(name)", help: help)
    }
    let key = PgBouncer.keys[position]
    guard release.accepts(since: key.since) else {
      return refuse(
        line, "unknown parameter: \(name)",
        help: "it came with version \(key.since); this is \(release.version)")
    }
    if let old = lines[position] {
      checkReplaced(old, key)
      let isSameFile = old.source.path == line.source.path
      let isOther = isSameFile && old.written != line.written
      overridden[position] = isOther ? SecretText.shown(old.written) : nil
    } else {
      overridden[position] = nil
    }
    lines[position] = line
    lost[position] = nil
  }

  private mutating func refuse(_ line: PgBouncerLine, _ message: String, help: String?) {
    problems.append(
      Problem(kind: .refused, origin: line.keyOrigin, message: message, help: help))
  }

  /// Reports a line that no longer counts but that PgBouncer still refuses.
  private mutating func checkReplaced(_ line: PgBouncerLine, _ key: PgBouncer.Key) {
    guard let reason = refusal(line, key) else { return }
    problems.append(Problem(kind: .refused, origin: line.origin, message: reason))
  }

  private func refusal(_ line: PgBouncerLine, _ key: PgBouncer.Key) -> String? {
    let text = line.written
    guard !ConfigurationText.isTemplate(text),
      PgBouncer.Value(text, as: key.kind).effective == nil
    else { return nil }
    return "invalid value \"\(text)\" for parameter \(key.name)"
  }

  // MARK: settings

  /// Every key that the version has, written or not, in the order of SHOW CONFIG.
  func settings() -> [Setting] {
    PgBouncer.keys.enumerated().compactMap { position, key in
      guard release.version >= key.since || lines[position] != nil else { return nil }
      if let line = lines[position] { return written(key, line) }
      if let lost = lost[position] { return reset(key, lost) }
      return make(key, standard(key), .default)
    }
  }

  private func standard(_ key: PgBouncer.Key) -> Scalar? {
    guard let text = key.standard(in: release.version) else { return .null }
    return PgBouncer.Value(text, as: key.kind).effective
  }

  private func make(
    _ key: PgBouncer.Key, _ effective: Scalar?, _ provenance: Provenance,
    line: PgBouncerLine? = nil, note: String? = nil, refusal: String? = nil
  ) -> Setting {
    let isZero = effective == .int(0)
    // 0 servers meant 0 servers until 1.24 made it "no limit".
    let meansNothing = key.name == "default_pool_size" && release.version < Version(1, 24)
    var isSecret = key.isSecret
    if case .text = key.kind, let line { isSecret = isSecret || SecretText.isInText(line.written) }
    return Setting(
      key: key.name, field: key.field, written: line?.written, effective: effective,
      meaning: isZero && !meansNothing ? key.zero : nil, unit: key.unit, provenance: provenance,
      origin: line?.origin, note: note, refusal: refusal, isSecret: isSecret,
      overridden: line == nil ? nil : PgBouncer.positions[key.name].flatMap { overridden[$0] })
  }

  private func written(_ key: PgBouncer.Key, _ line: PgBouncerLine) -> Setting {
    if ConfigurationText.isTemplate(line.written) {
      return make(key, nil, .unknown, line: line, note: ConfigurationText.templateNote)
    }
    let value = PgBouncer.Value(line.written, as: key.kind)
    return make(
      key, value.effective, value.note == nil ? .explicit : .clamped, line: line,
      note: value.note, refusal: refusal(line, key))
  }

  private func reset(_ key: PgBouncer.Key, _ lost: Lost) -> Setting {
    let line = lost.line
    let effective = standard(key)
    let value = PgBouncer.Value(line.written, as: key.kind)
    if value.effective == effective, !ConfigurationText.isTemplate(line.written) {
      return make(key, effective, .explicit, line: line)
    }
    return make(
      key, effective, .clamped, line: line,
      note: "the [pgbouncer] header at \(lost.place) resets it to its default")
  }

  /// The last header that undid lines: how many keys it changed, and a setting that names them.
  var resetSetting: (count: Int, setting: Setting)? {
    let changed = lost.sorted { $0.key < $1.key }.filter { position, lost in
      let key = PgBouncer.keys[position]
      return PgBouncer.Value(lost.line.written, as: key.kind).effective != standard(key)
    }
    guard let last = changed.max(by: { $0.value.number < $1.value.number }) else { return nil }
    let names = changed.map { position, lost in
      "\(PgBouncer.keys[position].name) (\(lost.line.written), line \(lost.line.line))"
    }
    let setting = Setting(
      key: "[pgbouncer]", written: "[pgbouncer]", effective: .int(Int64(changed.count)),
      provenance: .explicit, origin: last.value.header,
      note: "this header puts back to their defaults: " + names.joined(separator: ", "))
    return (changed.count, setting)
  }
}
