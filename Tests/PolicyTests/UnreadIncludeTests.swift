import Catalog
import Findings
import Model
import Policy
import Syntax
import Testing

/// What a file that was not read may decide is undecided, neither a finding nor fine.
@Suite("Rules and includes that are not read")
struct UnreadIncludeTests {
  private static let upstream = """
    upstream a { server 10.0.0.1; server 10.0.0.2; server 10.0.0.3; keepalive 8; }
    """

  /// A configuration, and the rules that find something or cannot decide.
  private static let cases: [(text: String, findings: Set<String>, undecided: Set<String>)] = [
    (
      "include /etc/nginx/main.d/*.conf; events {}", [],
      ["worker-processes-unset", "descriptors-below-connections"]
    ),
    (
      "worker_processes 2; include /etc/nginx/main.d/*.conf; events {}", [],
      ["descriptors-below-connections"]
    ),
    ("include /etc/nginx/modules-enabled/*.conf; events {}", ["worker-processes-unset"], []),
    ("include main.d/*.conf; events {}", ["worker-processes-unset"], []),
    (
      http("server { include /etc/nginx/locs/*.conf; location / { try_files $uri @up; } }"), [],
      ["named-location-undefined", "weak-tls-protocols"]
    ),
    (
      http("server { include /etc/nginx/locs/*.conf; error_page 502 @up; }"), [],
      ["server-fallback-undefined", "weak-tls-protocols"]
    ),
    (
      http("\(upstream) server { location /login { include /etc/nginx/p; proxy_pass http://a; } }"),
      [],
      [
        "keepalive-over-http10", "keepalive-connection-close", "retries-unbounded",
        "login-without-limit", "retry-non-idempotent",
      ]
    ),
    (
      http("\(upstream) server { location /login { include proxy_params; proxy_pass http://a; } }"),
      ["keepalive-over-http10", "retries-unbounded", "login-without-limit"], []
    ),
    (
      http("include /etc/nginx/tls.conf; server { listen 443 ssl; }"), [], ["weak-tls-protocols"]
    ),
    (
      http("include mime.types; server { listen 443 ssl; }"), ["weak-tls-protocols"], []
    ),
    (
      http("include /etc/nginx/tls.conf; server { listen 443 ssl; ssl_protocols TLSv1; }"),
      ["weak-tls-protocols"], []
    ),
    (
      http("server { include /etc/nginx/r.conf; set $b x; location / { proxy_pass http://$b; } }"),
      [], ["variable-host-without-resolver", "retry-non-idempotent", "weak-tls-protocols"]
    ),
  ]

  private static func http(_ text: String) -> String {
    "worker_processes 2; events {} http { \(text) }"
  }

  @Test("leave undecided what the file may say", arguments: cases.indices)
  func undecided(index: Int) throws {
    let (text, findings, undecided) = Self.cases[index]
    let names = Self.cases.reduce(into: Set<String>()) { names, each in
      names.formUnion(each.findings.union(each.undecided))
    }
    let rules = try names.sorted().map {
      try RuleExamples.load("policies/nginx/\($0).yaml").definition
    }
    let reading = RuleExamples.reading(
      entry: "nginx.conf", files: MemoryFiles(files: ["nginx.conf": text]),
      versions: ["nginx": Version(1, 22, 1)])
    let sources = Dictionary(
      reading.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let policy = try PolicySet(rules: rules, schema: Catalog.schema)
    let evaluation = policy.evaluate(reading.resources, sources: sources)
    #expect(Set(evaluation.findings.map { String($0.rule.dropFirst(6)) }) == findings)
    #expect(Set(evaluation.undecided.map { String($0.rule.dropFirst(6)) }) == undecided)
    #expect(evaluation.failures == [])
  }
}
