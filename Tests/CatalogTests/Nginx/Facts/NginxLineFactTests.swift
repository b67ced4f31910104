import Catalog
import Model
import Testing

@Suite("nginx lines that undo, replace or come too late")
struct NginxLineFactTests {
  /// A field of every line of a directive.
  private func values(_ field: String, of name: String, in sample: NginxSample) -> [String] {
    let lines = sample.reading.resources.flatMap { $0.parts(named: [name]) }
    return lines.map { line in
      NginxSchema.directive.field(named: field).map { nginxText(line.value(of: $0)) } ?? "no field"
    }
  }

  private func values(_ field: String, of name: String, http: String) -> [String] {
    values(field, of: name, in: NginxSample(http: http))
  }

  @Test(
    "the first line of an inner block drops what it does not repeat",
    arguments: [
      ("add_header B 2;", "A"), ("add_header a 2;", ""), ("add_header B 2; add_header A 1;", ""),
      ("add_header B 2; include /elsewhere/headers.conf;", "unknown"),
      ("add_header_inherit merge; add_header B 2;", ""),
    ])
  func headers(inner: String, dropped: String) {
    let lines = values(
      "drops", of: "add_header",
      http: "server { add_header A 1; location / { \(inner) } }")
    #expect(lines.first == "")
    #expect(lines.dropFirst().first == dropped)
    #expect(lines.dropFirst(2).allSatisfy { $0 == "" || $0 == "unknown" })
  }

  @Test("statuses of error_page and files of packages are told apart")
  func otherLists() {
    let pages = values(
      "drops", of: "error_page",
      http: "server { error_page 502 504 /a; location / { error_page 404 502 = @b; } }")
    #expect(pages == ["", "504"])
    let parameters = values(
      "drops", of: "fastcgi_param",
      http: "server { include fastcgi_params; location / { fastcgi_param A 1; } }")
    #expect(parameters == ["fastcgi_params"])
    let headers = values(
      "drops", of: "proxy_set_header",
      http: "server { include proxy_params; location / { proxy_set_header host a; } }")
    #expect(headers == ["X-Real-IP, X-Forwarded-For, X-Forwarded-Proto"])
  }

  @Test("a line serves passes of its own kind that have no line of their own")
  func passes() {
    let http = """
      proxy_set_header A 1;
      server {
        fastcgi_param A 1;
        location /a { proxy_set_header B 1; proxy_pass http://10.0.0.1; }
        location /b { if ($arg_a) { proxy_pass http://10.0.0.1; } }
      }
      """
    #expect(values("serves_pass", of: "proxy_set_header", http: http) == ["true", "true"])
    #expect(values("serves_pass", of: "fastcgi_param", http: http) == ["false"])
  }

  @Test(
    "the first access rule that holds an address decides",
    arguments: [
      ("deny all; allow 10.0.0.1;", "absent, deny all"),
      ("allow 10.0.0.0/8; deny 10.1.2.3; deny all;", "absent, allow 10.0.0.0/8, absent"),
      ("deny 10.0.0.1; allow 10.0.0.0/8; deny all;", "absent, absent, absent"),
      ("deny all; deny 10.0.0.1;", "absent, absent"),
      ("allow ::1; deny ::1; deny 0.0.0.0/0;", "absent, allow ::1, absent"),
      ("allow 10.0.0.0/33; deny 10.0.0.1;", "absent, absent"),
    ])
  func accessRules(rules: String, decided: String) {
    let sample = NginxSample(http: "server { \(rules) }")
    let lines = sample.reading.resources.flatMap { $0.parts(named: ["allow", "deny"]) }
    let found = lines.map { line in
      NginxSchema.directive.field(named: "decided_by").map { nginxText(line.value(of: $0)) } ?? ""
    }
    #expect(found.sorted() == decided.split(separator: ", ").map(String.init).sorted())
  }

  @Test("an if leaves by return or rewrite, and gives way to a later one that may hold too")
  func conditions() {
    let http = """
      server { location / {
        if ($arg_a) { return 403; }
        if ($arg_b) { rewrite ^ /b last; }
        if ($arg_c) { rewrite ^ /c break; }
        if ($arg_d) { add_header A 1; }
        if ($m = GET) { add_header B 1; }
        if ($m = POST) { expires 1d; }
      } }
      """
    #expect(
      values("leaves", of: "if", http: http) == [
        "true", "true", "false", "false", "false", "false",
      ]
    )
    #expect(
      values("loses_to", of: "if", http: http)
        == ["absent", "absent", "absent", "($m = POST)", "absent", "absent"])
    #expect(values("block_content", of: "if", http: http).suffix(2) == ["add_header", "expires"])
  }

  @Test(
    "split_clients tells what it leaves over",
    arguments: [
      ("10% a; * b;", "0.0"), ("10% a; 80.5% b;", "9.5"), ("33.33% a; 66.67% b;", "0.0"),
      ("a b;", "unknown"), ("", "100.0"),
    ])
  func shares(lines: String, uncovered: String) {
    #expect(
      values("uncovered_percent", of: "split_clients", http: "split_clients $uri $v { \(lines) }")
        == [uncovered])
  }

  @Test("a variable defined again is another's, unless both say the same")
  func variables() {
    let http = """
      map $uri $a { default 1; }
      geo $a { default 2; }
      map $uri $b { default 1; }
      map $uri $b { default 1; }
      """
    #expect(values("replaced_by", of: "map", http: http) == ["geo $a", "absent", "absent"])
    #expect(values("replaced_by", of: "geo", http: http) == ["absent"])
  }

  @Test("a map that chooses the backend is known, and whether it lists all that can come")
  func backends() {
    let http = """
      split_clients $uri $v { 50% a; * b; }
      map $v $all { a 10.0.0.1; b 10.0.0.2; }
      map $v $some { a 10.0.0.1; }
      map $v $looked { a 10.0.0.1; }
      server {
        location /a { proxy_pass http://$all; }
        location /b { proxy_pass http://${some}:80/x; }
        location /c { if ($looked = "") { return 404; } proxy_pass http://$looked; }
      }
      """
    #expect(values("chooses_backend", of: "map", http: http) == ["true", "true", "false"])
    #expect(values("lists_all_values", of: "map", http: http) == ["true", "false", "false"])
  }
}
