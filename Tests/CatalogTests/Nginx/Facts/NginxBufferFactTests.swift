import Model
import Testing

@testable import Catalog

@Suite("nginx: buffers for answers")
struct NginxBufferFactTests {
  /// Borders as nginx 1.22.1 has them, for a page of 4 kB, with the start of the reason.
  ///
  /// Each was tried with `nginx -t` in a server, for all four protocols.
  static let borders: [(String, String)] = [
    ("@_buffer_size 16k;", "@_busy_buffers_size is 32k, twice @_buffer_size 16k,"),
    ("@_buffer_size 8k;", ""),
    ("@_buffer_size 14k;", ""),
    ("@_buffer_size 14337;", "@_busy_buffers_size is 28674,"),
    ("@_buffers 1 32k;", "@_buffers must be at least 2"),
    ("@_buffers 2 32k;", "@_busy_buffers_size is 64k, twice one of @_buffers, 32k,"),
    ("@_buffers 3 32k;", ""),
    ("@_buffer_size 8k; @_busy_buffers_size 4k;", "@_busy_buffers_size is 4k, less than"),
    ("@_busy_buffers_size 28k;", ""),
    ("@_busy_buffers_size 28673;", "@_busy_buffers_size is 28673 and more than"),
    ("@_buffers 8 8k; @_temp_file_write_size 4k;", "@_temp_file_write_size is 4k, less than"),
    ("@_buffers 8 8k; @_temp_file_write_size 8k;", ""),
    ("@_buffers 8 8k; @_max_temp_file_size 4k;", "@_max_temp_file_size is 4k, less than"),
    ("@_buffers 8 8k; @_max_temp_file_size 0;", ""),
  ]

  /// What the lines of a configuration say, without the silent ones.
  private func conflicts(_ text: String, field: String = "buffer_conflict") -> [String] {
    let sample = NginxSample(http: text)
    guard let root = sample.resource(.nginx),
      let field = NginxSchema.directive.field(named: field)
    else { return ["no such field"] }
    let table = NginxDirectiveTable.shared
    let names = NginxBufferFamily.all.flatMap(\.names).map { table.name($0) }
    return root.parts(named: Set(names)).map { nginxText($0.value(of: field)) }
      .filter { !$0.isEmpty }
  }

  @Test("the sums of nginx, for each protocol", arguments: borders)
  func sums(_ text: String, _ reason: String) {
    for family in ["proxy", "fastcgi", "uwsgi", "scgi"] {
      let spelled = { (text: String) in
        text.split(separator: "@", omittingEmptySubsequences: false).joined(separator: family)
      }
      let found = conflicts("server { \(spelled(text)) }")
      if reason.isEmpty {
        #expect(found.isEmpty, "\(family)")
      } else {
        #expect(found.count == 1 && found[0].hasPrefix(spelled(reason)), "\(family): \(found)")
      }
    }
  }

  @Test("what would help satisfies nginx", arguments: borders.filter { !$0.1.isEmpty })
  func remedies(_ text: String, _ reason: String) {
    let broken = text.split(separator: "@", omittingEmptySubsequences: false)
      .joined(separator: "proxy")
    let remedy = conflicts("server { \(broken) }", field: "buffer_remedy").first ?? ""
    let name = remedy.prefix { $0 != " " }
    let kept = broken.split(separator: ";").filter {
      !$0.drop { $0 == " " }.hasPrefix(name + " ")
    }
    let whole = kept.joined(separator: ";") + "; \(remedy);"
    #expect(conflicts("server { \(whole) }").isEmpty, "\(whole)")
  }

  @Test("only what a server or location has in force counts")
  func levels() {
    #expect(conflicts("proxy_buffer_size 16k;").isEmpty)
    #expect(conflicts("proxy_buffer_size 16k; server { proxy_buffers 8 16k; }").isEmpty)
    #expect(conflicts("proxy_buffer_size 16k; server { } server { }").count == 1)
    let location = "proxy_buffers 8 32k; proxy_buffer_size 32k; server { location / { @ } }"
    let parts = location.split(separator: "@").map(String.init)
    #expect(conflicts(parts.joined(separator: "proxy_buffers 4 16k;")).count == 1)
    #expect(conflicts(parts.joined(separator: "proxy_buffers 5 16k;")).isEmpty)
  }

  @Test("what was not read is not guessed")
  func unknown() {
    #expect(
      conflicts("include other.conf; server { proxy_buffer_size 16k; }") == ["unknown"])
  }
}
