import Testing

/// What `record` appends, and to whom.
@Suite("headgate record", .timeLimit(.minutes(15)))
struct RecordingTests {
  private func changed() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(
      ["application.yml": Fixtures.smallPool], "smaller", at: "2024-06-10T09:12:00Z")
    return folder
  }

  @Test("the last commit's change is recorded, with what a program needs to go on")
  func lastCommit() throws {
    let folder = try changed()
    let work = try folder.git("status", "--porcelain") + folder.git("rev-parse", "HEAD")
    let run = try folder.headgate(
      "record", "--reason", "Tidy up", "--ticket", "AUTH-97", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let record = try JSONValue(run.output)
    #expect(record.id?.string?.hasPrefix("sha256:") == true)
    #expect(record.seq?.int == 1)
    #expect(record.existed?.bool == false)
    #expect(record.actor?.string == "user:developer@example.org")
    #expect(record.time?.string?.hasPrefix("2024-06-10T09:12:00") == true)
    #expect(record.reason?.string == "Tidy up")
    #expect(record.ticket?.string == "AUTH-97")
    #expect(record.files == .array([.string("application.yml")]))
    let setting = try #require(record.settings?[0])
    #expect(setting.field?.string == "pool.max_size")
    #expect(setting.old?.string == "24")
    #expect(setting.new?.string == "5")
    #expect(try folder.git("status", "--porcelain") + folder.git("rev-parse", "HEAD") == work)
    #expect(try folder.git("rev-list", "--count", "refs/audit/log") == "2\n")
  }

  @Test("a line inside of `if` or `limit_except` is a setting of its own")
  func conditional() throws {
    func text(_ path: String, _ address: String) -> String {
      """
      events {}
      http {
        server {
          listen 80;
          location /login {
            if ($request_method = POST) { return 403; }
            limit_except GET { deny \(address); }
            return 301 /\(path);
          }
        }
      }
      """
    }
    let folder = try TemporaryFolder(repository: ["nginx.conf": text("a", "all")])
    let changed = text("a", "10.0.0.1").replacing("403", with: "429")
    try folder.commit(["nginx.conf": changed], "other answers")
    let run = try folder.headgate("record", "--reason", "r", "--format", "json")
    let settings = try JSONValue(run.output).settings?.array ?? []
    #expect(
      settings.map { $0.key?.string } == [
        "location[/login].if[$request_method = POST].return",
        "location[/login].limit_except[GET].deny",
      ], "\(run.text)")
    #expect(settings.first?.old?.string == "403")
    #expect(settings.first?.new?.string == "429")
  }

  @Test("what was recorded before its commit, or before that was amended, is recorded once")
  func beforeTheCommit() throws {
    let folder = try changed()
    #expect(try folder.headgate("record", "--reason", "r").status == 0)
    try folder.write("application.yml", Fixtures.pool(size: "30"))
    #expect(try folder.headgate("record", "--worktree", "--reason", "r").status == 0)
    try folder.git("commit", "-qam", "more", "--no-verify")
    for attempt in 1...2 {
      let run = try folder.headgate("record", "--reason", "r", "--format", "json")
      #expect(try JSONValue(run.output).existed?.bool == true, "\(run.text)")
      #expect(try JSONValue(run.output).seq?.int == 2)
      try folder.git("commit", "-q", "--amend", "--no-verify", "-m", "attempt \(attempt)")
    }
    #expect(try folder.headgate("audit", "verify").status == 0)
    // Taken back and made anew, the same change is another one.
    for size in ["20", "30"] {
      try folder.write("application.yml", Fixtures.pool(size: size))
      try folder.git("commit", "-qam", size, "--no-verify")
      #expect(try folder.headgate("record", "--reason", "r").output.contains("recorded as"))
    }
    let verify = try folder.headgate("audit", "verify")
    #expect(verify.status == 0, "\(verify.text)")
  }

  @Test("a line of `map`, `geo` or `split_clients` is a setting, one that holds a key is not")
  func data() throws {
    func text(_ backend: String, _ share: String, _ key: String) -> String {
      """
      events {}
      http {
        map $host $backend { default a; ~^b[.] \(backend); }
        geo $limited { default 1; 10.0.0.0/8 0; }
        split_clients $remote_addr $v { \(share) a; * b; }
        map $http_x_api_key $client { \(key) partner; }
      }
      """
    }
    let folder = try TemporaryFolder(repository: ["nginx.conf": text("b", "10%", "k1")])
    let changed = text("c", "20%", "k2").replacing("8 0", with: "8 2")
    try folder.commit(["nginx.conf": changed], "other values")
    let run = try folder.headgate("diff", "HEAD~1", "HEAD", "--format", "json")
    let settings = try JSONValue(run.output).settings?.array ?? []
    #expect(
      Set(settings.compactMap { $0.key?.string }) == [
        "map[$backend].~^b[.]", "geo[$limited].10.0.0.0/8", "split_clients[$v].10%",
        "split_clients[$v].20%",
      ], "\(run.text)")
    #expect(!run.text.contains("k2"))
  }

  @Test("recording the same commit again records nothing")
  func again() throws {
    let folder = try changed()
    let first = try JSONValue(
      try folder.headgate("record", "--reason", "a", "--format", "json").output)
    let tip = try folder.git("rev-parse", "refs/audit/log")
    let second = try JSONValue(
      try folder.headgate("record", "--reason", "b", "--format", "json").output)
    #expect(second.existed?.bool == true)
    #expect(second.id == first.id)
    #expect(try folder.git("rev-parse", "refs/audit/log") == tip)
  }

  @Test("a range of commits is one change")
  func range() throws {
    let folder = try changed()
    try folder.commit(["application.yml": Fixtures.pool(size: "30")], "larger")
    let run = try folder.headgate(
      "record", "--base", "HEAD~2", "--head", "HEAD", "--reason", "r", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let setting = try JSONValue(run.output).settings?[0]
    #expect(setting?.old?.string == "24")
    #expect(setting?.new?.string == "30")
  }

  @Test("what is staged is recorded, also before the first commit")
  func staged() throws {
    let folder = try TemporaryFolder(repository: [:])
    try folder.write("application.yml", Fixtures.smallPool)
    try folder.git("add", ".")
    try folder.write("application.yml", Fixtures.soundPool)
    let run = try folder.headgate("record", "--staged", "--reason", "r")
    #expect(run.status == 0, "\(run.text)")
    let who = try folder.headgate("who", "pool.max_size")
    #expect(who.output.contains("not there -> 5"), "\(who.text)")
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test("a change of layout only is recorded as no effective change")
  func layout() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": "# Moved.\n" + Fixtures.soundPool], "layout")
    let run = try folder.headgate("record", "--reason", "r")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.contains("no effective change"))
  }

  @Test("passwords do not enter the log's settings")
  func secrets() throws {
    let folder = try TemporaryFolder(repository: ["hikari.properties": Fixtures.soundProperties])
    try folder.commit(
      ["hikari.properties": Fixtures.soundProperties + "password=hunter2hunter2\n"], "password")
    let run = try folder.headgate("record", "--reason", "r", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(!run.output.contains("hunter2"))
    let message = try folder.git("log", "refs/audit/log")
    #expect(!message.contains("hunter2"))
    let record = try folder.git("show", "refs/audit/log:record.json")
    #expect(!record.contains("hunter2"))
  }

  @Test("the log is plain git: commits with a subject, an author and the files")
  func plainGit() throws {
    let folder = try changed()
    #expect(try folder.headgate("record", "--reason", "Tidy up").status == 0)
    let log = try folder.git("log", "--format=%an <%ae> %s", "refs/audit/log")
    #expect(log.contains("Developer <developer@example.org>"))
    #expect(log.contains("application.yml"), "\(log)")
    let fsck = try Program.shell("git fsck --strict --no-dangling 2>&1", in: folder.path)
    #expect(fsck.status == 0, "\(fsck.output)")
    #expect(fsck.output == "")
  }

  @Test("two at once both stand in the log")
  func concurrent() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    for name in ["a", "b", "c", "d"] {
      try folder.commit(["\(name)/application.yml": Fixtures.smallPool], name)
    }
    let run = try Program.shell(
      """
      for n in 0 1 2 3; do
        "$headgate" record --head "HEAD~$n" --reason "number $n" & pids="$pids $!"
      done
      for pid in $pids; do wait "$pid" || exit 1; done
      """, in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    let verify = try folder.headgate("audit", "verify", "--format", "json")
    #expect(verify.status == 0, "\(verify.text)")
    #expect(try JSONValue(verify.output).records?.int == 5)
  }

  @Test("an import knows every version of files that come, move, change places and go")
  func importedVersions() throws {
    let folder = try TemporaryFolder(repository: ["a/hikari.properties": "maximumPoolSize=1\n"])
    let story = """
      set -e
      save() { git add -A; git commit -qm "$1"; }
      mkdir b c
      echo maximumPoolSize=2 > b/hikari.properties; save one
      echo text > readme; save nothing; rm readme; save nothing
      mv a/hikari.properties t; mv b/hikari.properties a/; mv t b/hikari.properties; save swapped
      mv a/hikari.properties c/; save moved
      echo other > readme; save nothing
      echo maximumPoolSize=3 > c/hikari.properties; git rm -q b/hikari.properties; save gone
      "$headgate" record --import -q
      "$headgate" audit verify --full -q
      for record in $(git rev-list refs/audit/log); do
        body=$(git show $record:record.json)
        for side in old new; do
          name=$([ $side = old ] && echo base || echo commit)
          commit=$(echo "$body" | sed -n 's/.*"'$name'":"\\([0-9a-f]*\\)".*/\\1/p')
          for blob in $(git ls-tree -r $record | sed -n "s/.* blob \\([0-9a-f]*\\).*files.*[.]$side/\\1/p"); do
            git ls-tree -r $commit | grep -q $blob || echo "wrong: $record $side"
          done
        done
        echo "$body" | sed -n 's/.*"kind":"import".*/import/p'
      done
      """
    let run = try Program.shell(story, in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output == String(repeating: "import\n", count: 5), "\(run.text)")
  }
}
