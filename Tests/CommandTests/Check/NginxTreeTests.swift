import Testing

/// Folders of nginx files and dumps as users have them: what is read, and from where.
@Suite("nginx files as they come", .timeLimit(.minutes(15)))
struct NginxTreeTests {
  private static let tree = [
    "deploy/nginx.conf":
      "worker_processes auto;\nevents {}\nhttp {\n  include conf.d/*.conf;\n}\n",
    "deploy/conf.d/site.conf":
      "server {\n  listen 80;\n  include snippets/error.conf;\n  return 204;\n}\n",
    "deploy/snippets/error.conf": "error_log off;\n",
    "other/site.conf": "server {\n  listen 80;\n  return 204;\n}\n",
  ]

  /// The places of one rule's findings.
  private func places(_ report: JSONValue, _ rule: String) -> [String] {
    (report.findings?.array ?? []).filter { $0.rule?.string == rule }.map {
      "\($0.path?.string ?? ""):\($0.range?.start?.line?.int ?? 0)"
    }
  }

  @Test("of a folder are read from their entry points, each once, in their includers' context")
  func folder() throws {
    let folder = try TemporaryFolder(Self.tree)
    let run = try folder.headgate("check", "--format", "json")
    let report = try JSONValue(run.output)
    #expect(report.summary?.files?.int == 4, "\(run.text)")
    #expect(report.summary?.skipped?.array.isEmpty == true)
    #expect(places(report, "nginx/error-log-named-off") == ["deploy/snippets/error.conf:1"])
  }

  @Test("that nothing includes are read as what they hold, which every command says")
  func assumption() throws {
    let folder = try TemporaryFolder(Self.tree)
    let text = "read as the inside of an http block: nothing here includes it"
    let report = try JSONValue(try folder.headgate("check", "--format", "json").output)
    let assumed = try #require(report.summary?.assumptions?.array)
    #expect(assumed.map { $0.path?.string } == ["other/site.conf"])
    #expect(assumed[0].text?.string == text)
    let shown = try folder.headgate("check").output
    #expect(shown.contains("of 1 file\n  other/site.conf: \(text)\n"), "\(shown)")
    let inventory = try JSONValue(try folder.headgate("inventory", "--format", "json").output)
    #expect(inventory.assumptions?[0]?.path?.string == "other/site.conf")
    #expect(inventory.assumptions?[0]?.text?.string == text)
    #expect(try folder.headgate("inventory").output.contains("assumed: other/site.conf is \(text)"))
    let document = try folder.headgate("inventory", "--format", "markdown").output
    #expect(document.contains("\nAssumed: `other/site.conf` is \(text).\n"), "\(document)")
  }

  @Test("say nothing of the kind where a comment names the block, or a file is whole")
  func stated() throws {
    var files = Self.tree
    files["other/site.conf", default: ""] += "# headgate: context=http\n"
    let report = try JSONValue(
      try TemporaryFolder(files).headgate("check", "--format", "json").output)
    #expect(report.summary?.assumptions?.array.isEmpty == true)
  }

  @Test("in a dump of nginx -T have the dump's paths, whether in a file or on standard input")
  func dump() throws {
    let dump = """
      nginx: the configuration file /etc/nginx/nginx.conf syntax is ok
      nginx: configuration file /etc/nginx/nginx.conf test is successful
      # configuration file /etc/nginx/nginx.conf:
      events {}
      http { include /etc/nginx/conf.d/*.conf; }

      # configuration file /etc/nginx/conf.d/a.conf:
      server { listen 80; error_log off; return 204; }

      """
    let folder = try TemporaryFolder(["nginx-dump.conf": dump])
    let file = try folder.headgate("check", "--format", "json", "nginx-dump.conf")
    let piped = try folder.headgate("check", "--format", "json", "-", input: dump)
    for run in [file, piped] {
      #expect(run.status == 1, "\(run.text)")
      let report = try JSONValue(run.output)
      #expect(places(report, "nginx/error-log-named-off") == ["/etc/nginx/conf.d/a.conf:1"])
    }
  }

  @Test("above the folder where the user stands are read, as long as they are in the repository")
  func above() throws {
    let folder = try TemporaryFolder(repository: [
      "conf/nginx.conf": "events {}\nhttp { include ../shared/*.conf; include ../one.conf; }\n",
      "shared/a.conf": "server { listen 80; error_log off; return 204; }\n",
      "one.conf": "server { listen 81; error_log off; return 204; }\n",
    ])
    let run = try Program.headgate(
      ["check", "--format", "json", "nginx.conf"], in: folder.path + "/conf")
    let report = try JSONValue(run.output)
    #expect(
      places(report, "nginx/error-log-named-off") == ["../one.conf:1", "../shared/a.conf:1"],
      "\(run.text)")
  }

  @Test("that nginx refuses have each refusal said once, whoever includes them")
  func once() throws {
    let folder = try TemporaryFolder([
      "one/nginx.conf": "events {}\ninclude ../shared.conf;\n",
      "two/nginx.conf": "events {}\ninclude ../shared.conf;\n",
      "shared.conf": "user a;\nuser b;\n",
      "zone.conf": "server { listen 80; limit_req zone=gone burst=5; return 204; }\n",
    ])
    let report = try JSONValue(
      try folder.headgate("check", "--format", "json", "--fail-on", "error").output)
    let errors = (report.findings?.array ?? []).filter { $0.severity?.string == "error" }
    #expect(errors.count { $0.path?.string == "shared.conf" } == 1, "\(errors)")
    #expect(places(report, "nginx/refused-at-start") == ["shared.conf:2"])
  }
}
