import Findings
import Syntax

/// A file of a fixture; places are named by their text, never by numbers.
struct FixtureFile {
  let source: SourceText

  init(_ path: String, _ text: String) { source = SourceText(path: path, text: text) }

  init(_ path: String, bytes: [UInt8]) { source = SourceText(path: path, bytes: bytes) }

  /// The first place of `text` after the first place of `marker`.
  func range(of text: String, after marker: String = "") -> SourceRange {
    let start = offset(of: marker, from: 0)
    let found = offset(of: text, from: start)
    return range(found..<(found + text.utf8.count))
  }

  func range(_ range: Range<Int>) -> SourceRange {
    let table = LineTable(source.bytes)
    return SourceRange(
      start: table.position(at: range.lowerBound), end: table.position(at: range.upperBound))
  }

  func edit(_ text: String, after marker: String = "", to replacement: String) -> TextEdit {
    let place = range(of: text, after: marker)
    return TextEdit(range: place.start.offset..<place.end.offset, replacement: replacement)
  }

  private func offset(of text: String, from start: Int) -> Int {
    let wanted = Array(text.utf8)
    var offset = start
    while offset + wanted.count <= source.bytes.count {
      if source.bytes[offset..<(offset + wanted.count)].elementsEqual(wanted) { return offset }
      offset += 1
    }
    preconditionFailure("the fixture has no \(text)")
  }
}

extension Report {
  /// A report over `files`, with what a test does not care about filled in.
  static func of(
    _ findings: [Finding] = [], files: [FixtureFile] = [], fileCount: Int? = nil,
    ruleCount: Int = 34, skipped: [SkippedFile] = [], undecided: [Finding] = [],
    assumptions: [Assumption] = [], rules: [RuleSummary] = []
  ) -> Report {
    var sources: [String: SourceText] = [:]
    for file in files { sources[file.source.path] = file.source }
    return Report(
      findings: findings, sources: sources, fileCount: fileCount ?? files.count,
      ruleCount: ruleCount, skipped: skipped, undecided: undecided,
      assumptions: assumptions, policyDigest: String(repeating: "9f2c", count: 16),
      toolVersion: "1.0.0", rules: rules)
  }

  func text(_ style: ReportStyle = ReportStyle(), _ format: OutputFormat = .text) -> String {
    String(decoding: format.render(self, style: style), as: UTF8.self)
  }
}

/// The report that every golden file shows: the outage's files, and one of each thing there is.
enum Outage {
  static let hikari = FixtureFile(
    "services/auth/hikari.properties",
    """
    # tuned after the load test of November
    dataSource.user=auth
    dataSource.password=correct horse battery staple
    maximumPoolSize=5
    maxLifetime=20000
    minimumIdle=2

    """)
  static let nginx = FixtureFile(
    "deploy/nginx.conf",
    """
    http {
    \tupstream auth {
    \t\tserver 10.0.0.1:8080;
    \t}
    \tserver {
    \t\tlisten 80;
    \t\tlocation / {
    \t\t\tproxy_pass http://auth:s3cret@backend;
    \t\t\tproxy_read_timeout 15s;
    \t\t}
    \t}
    }

    """)
  static let policy = FixtureFile(".headgate.yaml", "parameters:\n  minimum: 10\n")

  static var report: Report {
    Report.of(
      [tooSmall, lifetime, timeout, retry, known, waived], files: [hikari, nginx, policy],
      skipped: [SkippedFile(path: "deploy/old.conf", reason: "permission denied")],
      undecided: [undecided],
      assumptions: [
        Assumption(
          path: "deploy/part.conf",
          text: "read as the inside of a server block: nothing here includes it")
      ], rules: rules)
  }

  /// The same after a gate weighed it, with a waiver that ran out.
  static var gated: Report {
    var findings = report.findings
    findings[0].excuse = Excuse(
      reason: "raised with the next release", owner: "team-auth", ticket: "OPS-9",
      expires: "2026-10-31", isExpired: true)
    var gated = report.with(findings: findings)
    gated.unusedBaseline = 2
    gated.decision = Decision(reasons: [
      Decision.Reason(
        code: "waived", text: "1 finding is waived until 2027-02-28", path: nil, isBlocking: false),
      Decision.Reason(
        code: "finding", text: "1 error and 2 warnings are new", path: nil, isBlocking: true),
      Decision.Reason(
        code: "unrecorded", text: "maximumPoolSize changed from 20 to 5 without a record",
        path: hikari.source.path, isBlocking: true),
    ])
    return gated
  }

  private static let why = """
    Every connection of the pool was taken at peak, and logins failed for 1 h 45 min. A pool below
    the minimum cannot carry the traffic that the policy plans for, however healthy the database is.
    """

  private static let tooSmall = Finding(
    rule: "pool/size-below-minimum", severity: .error,
    message: #"pool "auth" holds at most 5 connections, policy requires 10"#,
    path: hikari.source.path, range: hikari.range(of: "5", after: "maximumPoolSize"),
    related: [
      RelatedLocation(
        path: policy.source.path, range: policy.range(of: "10"), message: "required here")
    ],
    why: why,
    fix: Fix(
      description: "set maximumPoolSize to 10", safety: .unsafe,
      edits: [hikari.edit("5", after: "maximumPoolSize", to: "10")]),
    fingerprint: "0123456789abcdef0123456789abcdef")

  private static let lifetime = Finding(
    rule: "pool/value-replaced", severity: .warning,
    message: "maxLifetime is 20 s as written, but 30 min run: HikariCP replaces values below 30 s",
    path: hikari.source.path, range: hikari.range(of: "20000"),
    why: "Whoever reads the file believes a value that never runs.",
    fix: Fix(
      description: "write what runs", safety: .safe,
      edits: [hikari.edit("20000", to: "1800000"), hikari.edit("minimumIdle=2\n", to: "")]),
    fingerprint: "1123456789abcdef0123456789abcdef")

  private static let timeout = Finding(
    rule: "nginx/gives-up-before-the-pool", severity: .warning,
    message: "nginx gives up after 15 s while requests wait 30 s for a connection",
    path: nginx.source.path, range: nginx.range(of: "15s"),
    related: [
      RelatedLocation(
        path: nginx.source.path, range: nginx.range(of: "upstream auth"), message: "")
    ],
    help: "let the pool give up first: connectionTimeout below proxy_read_timeout",
    fingerprint: "2123456789abcdef0123456789abcdef")

  private static let retry = Finding(
    rule: "nginx/password-in-address", severity: .note,
    message: "the address holds a password", path: nginx.source.path,
    range: nginx.range(of: "http://auth:s3cret@backend"),
    fingerprint: "3123456789abcdef0123456789abcdef")

  private static let known = Finding(
    rule: "pool/size-below-minimum", severity: .error, message: "known since adoption",
    path: hikari.source.path, range: hikari.range(of: "2", after: "minimumIdle"),
    fingerprint: "4123456789abcdef0123456789abcdef", status: .baseline)

  private static let waived: Finding = {
    var finding = Finding(
      rule: "nginx/plain-http", severity: .warning, message: "listens without TLS",
      path: nginx.source.path, range: nginx.range(of: "80;"),
      fingerprint: "5123456789abcdef0123456789abcdef", status: .waived)
    finding.excuse = Excuse(
      reason: "reached from the internal network only", owner: "team-edge", ticket: "OPS-17",
      expires: "2027-02-28")
    return finding
  }()

  private static let undecided = Finding(
    rule: "path/saturated", severity: .error,
    message: "${DB_POOL} is set nowhere and has no default", path: hikari.source.path,
    range: hikari.range(of: "dataSource.user"))

  private static let rules = [
    RuleSummary(
      id: "pool/size-below-minimum", title: "Connection pool below the policy minimum",
      severity: .error, why: why, help: "Raise the pool's size to the minimum.",
      references: ["https://example.com/pools?a=1&b=2"]),
    RuleSummary(
      id: "pool/value-replaced", title: "The written value never runs", severity: .warning,
      why: "Whoever reads the file believes a value that never runs."),
  ]
}
