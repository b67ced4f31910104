import Testing

/// What else happens to repositories: clocks, links, folders and locks of others, limits.
@Suite("Odd surroundings of the log", .timeLimit(.minutes(30)))
struct FaultRowTests {
  private func recorded() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    let run = try folder.headgate("record", "--reason", "why")
    #expect(run.status == 0, "\(run.text)")
    return folder
  }

  private func records(_ folder: TemporaryFolder) throws -> Int {
    let verdict = try folder.headgate("audit", "verify", "--full", "--format", "json")
    #expect(verdict.status == 0, "\(verdict.text)")
    return try JSONValue(verdict.output).records?.int ?? 0
  }

  @Test(
    "a clock that is wrong or goes back changes no order, and is told",
    .enabled(if: Interposer.isPossible, "\(Interposer.absence)"),
    arguments: [
      ("1970", Int64(0), "W_CLOCK_BACKWARD"), ("2100", 4_102_444_800, "W_CLOCK_FUTURE"),
      ("a leap second", 1_483_228_799, "W_CLOCK_BACKWARD"),
      ("the end of 32 bits", 2_147_483_648, "W_CLOCK_FUTURE"),
    ])
  func clocks(name: String, clock: Int64, warning: String) throws {
    let folder = try recorded()
    try folder.commit(["application.yml": Fixtures.pool(size: "30")], "larger")
    let run = try folder.headgate(
      ["record", "--reason", "why", "--format", "json"], Fault(clock: clock))
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.run.output).seq?.int == 2)
    let verdict = try folder.headgate("audit", "verify", "--full")
    #expect(verdict.status == 0, "\(verdict.text)")
    #expect(verdict.text.contains(warning), "\(verdict.text)")
    try folder.commit(["application.yml": Fixtures.pool(size: "40")], "larger still")
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    #expect(try records(folder) == 4)
    let listed = try JSONValue(folder.headgate("log", "--format", "json").output).array
    #expect(Set(listed.compactMap { $0.seq?.int }) == [0, 1, 2, 3])
  }

  @Test("times are asked for in any zone, also where a clock changes")
  func zones() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    // The hour that Berlin had twice: 02:30 in summer time, and an hour later in winter time.
    try folder.commit(
      ["application.yml": Fixtures.pool(size: "30")], "x", at: "2024-10-27T02:30:00+0200")
    #expect(try folder.headgate("record", "--reason", "a").status == 0)
    try folder.commit(
      ["application.yml": Fixtures.pool(size: "40")], "y", at: "2024-10-27T02:30:00+0100")
    #expect(try folder.headgate("record", "--reason", "b").status == 0)
    for (time, value) in [
      ("2024-10-27T00:30:01Z", "30"), ("2024-10-27T02:30:01+02:00", "30"),
      ("2024-10-27T01:30:01Z", "40"), ("2024-10-27T02:30:01+01:00", "40"),
    ] {
      let run = try folder.headgate("at", time, "pool.max_size", "--format", "json")
      let found = try JSONValue(run.output)[0]
      #expect((found?["value"] ?? found?["new"])?.string == value, "\(time): \(run.text)")
    }
  }

  @Test(
    "a full disk under the index only: answers stay, records are kept",
    .enabled(if: Interposer.isPossible, "\(Interposer.absence)"))
  func indexWithoutSpace() throws {
    let folder = try recorded()
    for kind in ["ENOSPC", "EIO", "EACCES"] {
      try? folder.remove(".git/headgate/index.sqlite")  // The first time it may be absent.
      let expected = try folder.headgate("who", "pool.max_size", "--no-index")
      let fault = Fault(at: nil, kind: kind, below: ".git/headgate/index.sqlite")
      let who = try folder.headgate(["who", "pool.max_size"], fault)
      #expect(who.faults > 0)
      #expect(who.status == 0, "\(kind): \(who.text)")
      #expect(who.run.output == expected.output, "\(kind): \(who.text)")
      try folder.commit(["\(kind)/application.yml": Fixtures.smallPool], kind)
      let record = try folder.headgate(["record", "--reason", "why"], fault)
      #expect(record.status == 0, "\(kind): \(record.text)")
    }
    #expect(try records(folder) == 5)
    #expect(try folder.headgate("who", "pool.max_size").output.contains("EACCES/application.yml"))
  }

  @Test(
    "a file system without hard links: files are renamed instead",
    .enabled(if: Interposer.isPossible, "\(Interposer.absence)"))
  func withoutLinks() throws {
    let folder = try recorded()
    try folder.commit(["application.yml": Fixtures.pool(size: "30")], "larger")
    let run = try folder.headgate(
      ["record", "--reason", "why"], Fault(calls: "link", at: nil, kind: "EPERM"))
    #expect(run.faults > 0)
    #expect(run.status == 0, "\(run.text)")
    #expect(try records(folder) == 3)
  }

  @Test("files that only their owner may read, by umask 077, are enough for their owner")
  func umask() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.smallPool])
    let run = try Program.shell(
      "umask 077; \"$headgate\" record --reason why", in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    let open = try Program.shell(
      "find .git/headgate .git/refs/audit -type f -perm /077", in: folder.path)
    #expect(open.output == "")
    #expect(try records(folder) == 2)
  }

  @Test(
    "an overlay, as containers have it: the log of the lower layer goes on in the upper one",
    .enabled(if: PrivateMount.isPossible, "\(PrivateMount.absence)"))
  func overlay() throws {
    let folder = try TemporaryFolder(["application.yml": Fixtures.soundPool])
    let run = try PrivateMount.run(
      """
      "$headgate" record --reason first >/dev/null
      cd /; top=$(mktemp -d "$1/top.XXXXXX"); mkdir "$top/upper" "$top/work" "$top/merged"
      mkdir "$1/lower" && cp -a "$1/.git" "$1/application.yml" "$1/lower"
      mount -t overlay none -o \
        "lowerdir=$1/lower,upperdir=$top/upper,workdir=$top/work" "$top/merged" ||
        { echo "no overlay"; exit 0; }
      cd "$top/merged"
      echo "# more" >>application.yml && git commit -q -a -m next
      "$headgate" record --reason second >/dev/null; echo "record $?"
      "$headgate" audit verify --full
      cd / && umount "$top/merged"
      """, size: "16m", in: folder)
    if run.output.contains("no overlay") { return }
    #expect(run.output.contains("record 0\n3 records, intact"), "\(run.text)")
  }

  @Test(
    "a signal at any stage ends the command by that signal, with no lock that lasts",
    .enabled(if: Interposer.isPossible, "\(Interposer.absence)"),
    arguments: [("INT", 2), ("TERM", 15)])
  func signals(name: String, number: Int32) throws {
    let scene = try FaultScene(.record)
    var generator = SeededGenerator(state: Soak.seed)
    for place in places(45, some: 3, using: &generator) {
      let words = try scene.prepare()
      let run = try scene.folder.headgate(words, Fault(at: place, kind: name))
      #expect(run.faults == 0 || run.status == 128 + number, "\(place): \(run.text)")
      try scene.settle(words, after: run.run, "\(name) at call \(place)")
    }
    try scene.finish()
  }

  @Test(
    "other locks of git are not in the way",
    arguments: ["packed-refs.lock", "index.lock", "HEAD.lock", "refs/heads/main.lock"])
  func otherLocks(name: String) throws {
    let folder = try recorded()
    try folder.commit(["application.yml": Fixtures.pool(size: "30")], "larger")
    try folder.write(".git/\(name)", "")
    let run = try folder.headgate("record", "--reason", "why")
    #expect(run.status == 0, "\(run.text)")
    #expect(folder.exists(".git/\(name)"))
    try folder.remove(".git/\(name)")
    #expect(try records(folder) == 3)
  }

  @Test(
    "a reference in the place where the log's folder or file must be is named",
    arguments: ["refs/audit/log/x", "refs/audit"])
  func referenceConflict(name: String) throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("update-ref", name, "HEAD")
    for _ in 0..<2 {
      let run = try folder.headgate("record", "--reason", "why")
      #expect(run.status == 2, "\(run.text)")
      #expect(run.errors.contains("refs/audit"), "\(run.text)")
      try folder.git("pack-refs", "--all")
    }
    try folder.git("update-ref", "-d", name)
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    #expect(try records(folder) == 2)
  }

  @Test("limits of a record: many files, long texts, odd paths and letters are kept or refused")
  func limits() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    var files: [String: String] = [:]
    for number in 0..<1_000 { files["s\(number)/application.yml"] = Fixtures.smallPool }
    try folder.commit(files, "a thousand")
    let many = try folder.headgate("record", "--reason", "why")
    // A record holds 64 KiB: some 300 files.
    #expect(many.status == 2, "\(many.text)")
    #expect(many.errors.contains("65536"), "\(many.text)")
    #expect(try records(folder) == 1)
    files = files.filter { $0.key.hasPrefix("s1") }.mapValues { "# \($0)" }
    try folder.commit(files, "a hundred and eleven")
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    #expect(try records(folder) == 2)

    try folder.commit(["a\nb \u{1F512}\u{202E}/application.yml": Fixtures.smallPool], "odd")
    let odd = try folder.headgate("record", "--reason", "\u{1F512} \u{0}".filter { $0 != "\u{0}" })
    #expect(odd.status == 0, "\(odd.text)")
    #expect(!odd.text.contains("\u{202E}"))
    let long = try folder.headgate(
      "record", "--head", "HEAD~2", "--reason", String(repeating: "\u{1F512}", count: 20_000))
    #expect(long.status == 2, "\(long.text)")
    #expect(long.errors.contains("65536") || long.errors.contains("64 KiB"), "\(long.text)")
    var settings = "poolName=auth\n"
    for number in 0..<100_000 { settings += "dataSource.p\(number)=\(number)\n" }
    try folder.commit(["big/hikari.properties": settings], "many settings")
    let big = try folder.headgate("record", "--reason", "why")
    #expect(big.status == 0, "\(big.text)")
    _ = try records(folder)
  }
}
