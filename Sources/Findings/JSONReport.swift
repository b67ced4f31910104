import Syntax

/// The report for programs, version 1: fields may be added, never changed (docs/output-formats.md).
enum JSONReport {
  /// Rises only when a field changes its meaning or goes away.
  static let version = 1

  /// Bytes that are gathered before they are handed on: a report of many findings is many times as
  /// large as the files that it is about.
  private static let portion = 1 << 16

  /// Writes the report in portions.
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.member("version", version)
    writer.name("tool")
    writer.beginObject()
    writer.member("name", "headgate")
    writer.member("version", report.toolVersion)
    writer.endObject()
    writer.member("policyDigest", report.policyDigest)
    writer.name("findings")
    writer.beginArray()
    for finding in report.findings where style.includesExcused || finding.status == .new {
      writer.finding(finding)
      if writer.bytes.count >= portion { try sink(writer.drain()) }
    }
    writer.endArray()
    writer.name("undecided")
    writer.beginArray()
    for finding in report.undecided {
      writer.undecided(finding)
      if writer.bytes.count >= portion { try sink(writer.drain()) }
    }
    writer.endArray()
    if let decision = report.decision {
      writer.name("decision")
      writer.value(json(decision))
    }
    writer.name("rules")
    writer.value(
      .array(
        report.ruleOrigins().map {
          [
            "rule": .string($0.rule), "source": .string($0.source), "digest": .string($0.digest),
          ]
        }))
    writer.name("summary")
    writer.value(summary(report))
    writer.endObject()
    writer.newline()
    try sink(writer.drain())
  }

  private static func json(_ decision: Decision) -> JSON {
    [
      "passed": .bool(decision.isPassed),
      "reasons": .array(
        decision.reasons.map { reason in
          [
            "code": .string(reason.code), "text": .string(reason.text),
            "path": .string(orNull: reason.path), "blocking": .bool(reason.isBlocking),
          ]
        }),
    ]
  }

  private static func summary(_ report: Report) -> JSON {
    func count(_ status: FindingStatus) -> JSON {
      .number(report.findings.count { $0.status == status })
    }
    return [
      "files": .number(report.fileCount),
      "rules": .number(report.ruleCount),
      "errors": .number(report.count(.error)),
      "warnings": .number(report.count(.warning)),
      "notes": .number(report.count(.note)),
      "baseline": count(.baseline),
      "suppressed": count(.suppressed),
      "waived": count(.waived),
      "unusedBaseline": .number(report.unusedBaseline),
      "undecided": .number(report.undecided.count),
      "skipped": .array(
        report.skipped.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
      "assumptions": .array(
        report.assumptions.map { ["path": .string($0.path), "text": .string($0.text)] }),
    ]
  }
}

extension JSONWriter {
  fileprivate mutating func finding(_ finding: Finding) {
    beginObject()
    member("rule", finding.rule)
    member("severity", finding.severity.rawValue)
    member("message", finding.message)
    member("path", finding.path)
    name("range")
    range(finding.range)
    name("related")
    beginArray()
    for related in finding.related {
      beginObject()
      member("path", related.path)
      name("range")
      range(related.range)
      member("message", related.message)
      endObject()
    }
    endArray()
    member("why", finding.why)
    member("help", finding.help)
    name("fix")
    if let fix = finding.fix { self.fix(fix) } else { null() }
    member("fingerprint", finding.fingerprint)
    member("status", finding.status.rawValue)
    name("excuse")
    if let excuse = finding.excuse { value(Self.json(excuse)) } else { null() }
    endObject()
  }

  private static func json(_ excuse: Excuse) -> JSON {
    .object(present: [
      ("reason", .string(excuse.reason)), ("owner", .string(orNull: excuse.owner)),
      ("ticket", .string(orNull: excuse.ticket)), ("expires", .string(orNull: excuse.expires)),
      ("expired", .bool(excuse.isExpired)), ("refused", excuse.refusal.map { .string($0) }),
      ("line", excuse.line.map { .number($0) } ?? .null),
    ])
  }

  fileprivate mutating func undecided(_ finding: Finding) {
    beginObject()
    member("rule", finding.rule)
    member("message", finding.message)
    member("path", finding.path)
    name("range")
    range(finding.range)
    endObject()
  }

  private mutating func fix(_ fix: Fix) {
    beginObject()
    member("description", fix.description)
    member("safety", fix.safety.rawValue)
    name("edits")
    beginArray()
    for edit in fix.edits {
      beginObject()
      member("start", edit.range.lowerBound)
      member("end", edit.range.upperBound)
      member("replacement", edit.replacement)
      endObject()
    }
    endArray()
    endObject()
  }

  private mutating func range(_ range: SourceRange) {
    beginObject()
    name("start")
    position(range.start)
    name("end")
    position(range.end)
    endObject()
  }

  private mutating func position(_ position: SourcePosition) {
    beginObject()
    member("line", position.line)
    member("column", position.column)
    member("offset", position.offset)
    endObject()
  }

  fileprivate mutating func member(_ name: String, _ value: Int) {
    self.name(name)
    int(value)
  }

  fileprivate mutating func member(_ name: String, _ value: String?) {
    self.name(name)
    if let value { string(value) } else { null() }
  }
}
