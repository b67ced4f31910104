import Catalog
import Model
import Testing

@Suite("nginx facts: limits of requests and connections")
struct NginxLimitFactTests {
  private static let zones = """
    limit_req_zone $binary_remote_addr zone=ip:10m rate=2r/s;
    limit_req_zone $binary_remote_addr zone=login:10m rate=30r/m;
    limit_req_zone $server_name zone=site:1m rate=100r/s;
    limit_conn_zone $binary_remote_addr zone=connections:10m;
    """

  private func line(
    _ text: String, _ field: String, named name: String = "limit_req", number: Int = 0
  ) -> String {
    let configuration = NginxSample(http: "\(Self.zones)\n\(text)")
    guard let root = configuration.resource(.nginx) else { return "no configuration" }
    let lines = root.parts(named: [name])
    guard lines.indices.contains(number),
      let field = NginxSchema.of(.directive).field(named: field)
    else { return "no such line or field" }
    return nginxText(lines[number].value(of: field))
  }

  @Test(
    "a burst waits for its turn at the rate of the zone",
    arguments: [
      ("zone=ip burst=4", "2000ms"), ("zone=ip burst=4 nodelay", "0ms"),
      ("zone=ip burst=4 delay=3", "500ms"), ("zone=ip burst=4 delay=9", "0ms"),
      ("zone=login burst=5", "10000ms"), ("zone=ip", "0ms"), ("zone=other burst=5", "absent"),
    ])
  func delay(limit: String, delay: String) {
    #expect(line("server { limit_req \(limit); }", "limit_delay") == delay)
  }

  @Test(
    "a zone is declared for one kind of limit",
    arguments: [
      ("limit_req", "zone=ip", "true"), ("limit_req", "burst=5 zone=ip", "true"),
      ("limit_req", "zone=connections", "false"), ("limit_req", "zone=other", "false"),
      ("limit_conn", "connections 5", "true"), ("limit_conn", "ip 5", "false"),
    ])
  func declared(name: String, limit: String, isDeclared: String) {
    let text = "server { \(name) \(limit); }"
    #expect(line(text, "limit_zone_declared", named: name) == isDeclared)
  }

  @Test("what is not read may declare a zone, where zones are declared")
  func declaredElsewhere() {
    #expect(
      line("include a.conf; server { limit_req zone=b; }", "limit_zone_declared") == "unknown")
    #expect(line("server { include a.conf; limit_req zone=b; }", "limit_zone_declared") == "false")
    let part = NginxSample(["a.conf": "limit_req zone=b;\nproxy_pass http://a;"], entry: "a.conf")
    let lines = part.resource(.nginx)?.parts(named: ["limit_req"]) ?? []
    let field = NginxSchema.of(.directive).field(named: "limit_zone_declared")
    #expect(lines.count == 1)
    #expect(
      field.flatMap { field in lines.first.map { nginxText($0.value(of: field)) } } == "unknown")
  }

  @Test(
    "a limit inside switches off those around that count by another key",
    arguments: [
      ("limit_req zone=site;", "ip"), ("limit_req zone=login;", ""),
      ("limit_req zone=site; limit_req zone=ip;", ""), ("limit_conn connections 5;", ""),
      ("limit_req zone=undeclared;", ""), ("include a.conf; limit_req zone=site;", "unknown"),
    ])
  func dropped(inside: String, dropped: String) {
    let text = "server { limit_req zone=ip; location / { \(inside) } }"
    let name = inside.contains("limit_conn") ? "limit_conn" : "limit_req"
    let number = name == "limit_conn" ? 0 : 1
    #expect(line(text, "dropped_limits", named: name, number: number) == dropped)
  }

  @Test("the keys of all limits in force stand beside each other, one's own first")
  func keys() {
    let text = "limit_conn connections 5; server { limit_req zone=site; limit_req zone=ip; }"
    #expect(
      line(text, "limit_keys") == "$server_name, $binary_remote_addr, $binary_remote_addr")
    #expect(line("server { limit_req zone=other; }", "limit_keys") == "")
  }
}
