import Findings
import Review
import Syntax
import Testing

@Suite("What is said once for all services, and what each place says for itself")
struct FindingsOnceTests {
  static let nginx = """
    events {}
    http {
      upstream three { server 10.0.0.1; server 10.0.0.2; server 10.0.0.3; }
      upstream four { server 10.0.1.1; server 10.0.1.2; server 10.0.1.3; server 10.0.1.4; }
      server {
        listen 80;
        location /a { include tries.conf; proxy_pass http://three; }
        location /b { include tries.conf; proxy_pass http://four; }
      }
    }
    """
  static let files = [
    "nginx.conf": nginx,
    "tries.conf": "proxy_next_upstream_tries 0;\n",
  ]
  static let compose = """
    services:
      proxy:
        image: nginx:1.28.0
        volumes: [./nginx.conf:/etc/nginx/nginx.conf, ./tries.conf:/etc/nginx/tries.conf]
      auth:
        image: example/auth:4
    """

  private func messages(_ files: [String: String], rule: String) throws -> [String] {
    let sources = files.map { SourceText(path: $0.key, text: $0.value) }
    let memory = MemoryFiles(sources)
    let verdict = try Project(configuration: nil, files: memory).checker.check([
      Workspace(files: memory, paths: files.keys.sorted())
    ])
    return verdict.report.findings.filter { $0.rule == rule }.map(\.message)
  }

  @Test("a line of nginx that stands in two places is said of both, with a deployment as without")
  func included() throws {
    let rule = "nginx/retries-unbounded"
    let alone = try messages(Self.files, rule: rule)
    #expect(alone.count == 2)
    #expect(Set(alone).count == 2)
    let deployed = Self.files.merging(["docker-compose.yml": Self.compose]) { $1 }
    #expect(try messages(deployed, rule: rule) == alone)
  }
}
