import Testing

@Suite("Collect command", .timeLimit(.minutes(15)))
struct CollectCommandTests {
  @Test("logs of several repositories are asked as one; a bad one is told and stops no other")
  func collecting() throws {
    let (auth, shop) = (try SampleLog.make(), try SampleLog.make())
    let folder = try TemporaryFolder([
      "list.txt": "# our services\n\n  auth=\(auth.path)\ngone=/nonexistent/repository\n"
    ])
    let first = try folder.headgate(
      "audit", "collect", "--into", "all", "--list", "list.txt", "shop=\(shop.path)")
    #expect(first.status == 1, "\(first.text)")
    #expect(first.output.contains("auth: 4 new, 4 records"), "\(first.text)")
    #expect(first.output.contains("shop: 4 new, 4 records"))
    #expect(first.output.contains("gone: E_"))
    #expect(first.output.contains("3 repositories, 8 records; 1 not collected this time"))
    let who = try folder.headgate("who", "pool.max_size", "--repo", "all")
    for text in ["auth#3", "shop#3", "auth:application.yml", "shop:application.yml"] {
      #expect(who.output.contains(text), "\(who.text)")
    }
    let open = try folder.headgate("status", "--repo", "all")
    #expect(open.output.contains("ask there"), "\(open.text)")
    #expect(try folder.headgate("show", "2", "--repo", "all").errors.contains("auth#2, shop#2"))
    let shown = try folder.headgate("show", "shop#2", "--repo", "all", "--format", "json")
    #expect(try JSONValue(shown.output).repository?.string == "shop")
    for question in [
      ["log"], ["at", "2024-06-10T10:00:00Z"], ["blame", "application.yml"],
      ["before", "2024-06-10T10:30:00Z"], ["audit", "diff", "2024-06-01", "2024-06-10T10:30:00Z"],
      ["audit", "export"], ["log", "outage", "--limit", "1"],
    ] {
      let indexed = try Program.headgate(question + ["--repo", "all"], in: folder.path)
      #expect(indexed.status == 0, "\(question): \(indexed.text)")
      let walked = try Program.headgate(
        question + ["--repo", "all", "--no-index"], in: folder.path)
      #expect(walked.output == indexed.output, "\(question)")
      #expect(!indexed.output.isEmpty, "\(question)")
    }
  }

  @Test("a log that was rewound since is refused with exit code 4")
  func rewound() throws {
    let auth = try SampleLog.make()
    let folder = try TemporaryFolder([:])
    #expect(try folder.headgate("audit", "collect", "--into", "all", auth.path).status == 0)
    try auth.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    let run = try folder.headgate("audit", "collect", "--into", "all")
    #expect(run.status == 4, "\(run.text)")
    #expect(run.output.contains("E_ROLLBACK"), "\(run.text)")
    #expect(try folder.headgate("log", "--repo", "all").output.contains("#3"))
  }

  @Test("a database that cannot be asked is told without its password")
  func database() throws {
    let folder = try TemporaryFolder(repository: [:])
    for address in [
      "postgres://audit:s3cret@127.0.0.1:1/none", "postgres://audit:s3cret@[bad/none",
      "mysql://audit:s3cret@h/d", "postgres://h/d?password=s3cret&nonsense=1",
    ] {
      let run = try folder.headgate("log", "--database", address)
      #expect(run.status == 2, "\(run.text)")
      #expect(!run.text.contains("s3cret"), "\(run.text)")
    }
  }
}
