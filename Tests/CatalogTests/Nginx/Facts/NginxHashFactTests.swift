import Catalog
import Model
import Testing

@Suite("nginx facts: hash tables")
struct NginxHashFactTests {
  /// Lengths at which nginx 1.22.1 still starts, and no more, with buckets of 64 bytes.
  @Test(
    "the room that a server name needs",
    arguments: [
      (String(repeating: "a", count: 46), "64"), (String(repeating: "a", count: 47), "72"),
      ("." + String(repeating: "a", count: 20) + "." + String(repeating: "b", count: 30), "48"),
      ("*." + String(repeating: "a", count: 47), "72"),
      ("~^" + String(repeating: "a", count: 80), "0"),
      (String(repeating: "a", count: 47) + ".*", "72"), ("$hostname", "0"),
    ])
  func names(name: String, bytes: String) {
    let configuration = NginxSample(
      http: "server { listen 80; server_name \(name); } server { listen 80; server_name ~b; }")
    #expect(configuration.value("name_bucket", of: .socket) == bytes)
  }

  @Test("one server on a socket needs no table, unless others were not read")
  func alone() {
    let name = String(repeating: "a", count: 60)
    let server = "server { listen 80; listen 80; server_name \(name); }"
    #expect(NginxSample(http: server).value("name_bucket", of: .socket) == "0")
    #expect(
      NginxSample(http: "include sites.conf; \(server)").value("name_bucket", of: .socket)
        == "unknown")
    let short = NginxSample(http: "include sites.conf; server { listen 80; server_name a; }")
    #expect(short.value("name_bucket", of: .socket) == "24")
  }

  @Test(
    "the room that a key of a map needs",
    arguments: [
      ("aaaa 1;", "24"), ("\(String(repeating: "a", count: 47)) 1;", "72"),
      ("default \(String(repeating: "a", count: 90));", "0"),
      ("~\(String(repeating: "a", count: 90)) 1;", "0"),
      ("\\\\default\(String(repeating: "a", count: 39)) 1;", "64"),
      (
        "hostnames; *.\(String(repeating: "a", count: 20)).\(String(repeating: "b", count: 30)) 1;",
        "48"
      ),
      ("volatile; a 1;", "24"),
    ])
  func keys(entries: String, bytes: String) {
    let configuration = NginxSample(http: "map $uri $a { \(entries) }")
    let lines = configuration.resource(.nginx)?.parts(named: ["map", "server"]) ?? []
    let field = NginxSchema.of(.directive).field(named: "key_bucket")
    #expect(lines.count == 1)
    #expect(field.flatMap { field in lines.first.map { nginxText($0.value(of: field)) } } == bytes)
  }
}
