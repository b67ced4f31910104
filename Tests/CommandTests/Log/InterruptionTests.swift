import Testing

/// What is left when `record` cannot finish: the log is the old one or the new one, and goes on.
@Suite("An interrupted record", .timeLimit(.minutes(15)))
struct InterruptionTests {
  @Test("killed at any moment, the log verifies and the next record works")
  func killed() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    #expect(try folder.headgate("record", "--reason", "first").status == 0)
    // The moments are spread over the time that a whole record takes here, the seed makes them
    // repeatable.
    try folder.commit(["application.yml": Fixtures.pool(size: "100")], "measured")
    let start = ContinuousClock.now
    #expect(try folder.headgate("record", "--reason", "measured").status == 0)
    let longest = Int((ContinuousClock.now - start) / .microseconds(1))
    var generator = SeededGenerator(state: 20_240_610)
    var killed = 0
    for attempt in 0..<25 {
      try folder.commit(["application.yml": Fixtures.pool(size: "\(200 + attempt)")], "change")
      let moment = Int.random(in: 0...longest, using: &generator)
      let wasRunning = try Program.killHeadgate(
        ["record", "--reason", "killed"], in: folder.path, after: moment)
      killed += wasRunning ? 1 : 0
      if attempt % 5 == 4 {
        let verify = try folder.headgate("audit", "verify")
        #expect(verify.status == 0, "after \(moment) µs: \(verify.text)")
      }
      let next = try folder.headgate("record", "--reason", "next")
      #expect(next.status == 0, "after \(moment) µs: \(next.text)")
    }
    #expect(killed > 5, "the moments of killing were all too late")
    let verify = try folder.headgate("audit", "verify", "--format", "json")
    #expect(verify.status == 0, "\(verify.text)")
    // A genesis record, two of the beginning, one of each change, killed or not.
    #expect(try JSONValue(verify.output).records?.int == 28)
    let fsck = try Program.shell("git fsck --strict --no-dangling 2>&1", in: folder.path)
    #expect(fsck.status == 0, "\(fsck.output)")
  }

  @Test(
    "a file size limit, as a full quota: the cause is told, nothing is recorded, and it works later"
  )
  func fileSizeLimit() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let references = try folder.git("for-each-ref")
    // The reports go through a pipe: a file would be limited too.
    let run = try Program.shell(
      """
      { ( trap '' XFSZ; ulimit -f 0; "$headgate" record --reason why 2>&1; echo "status $?" ); } | cat
      """, in: folder.path)
    #expect(run.output.contains("status 2"), "\(run.text)")
    #expect(run.output.contains("error:"))
    #expect(run.output.lowercased().contains("large"), "\(run.output)")
    #expect(try folder.git("for-each-ref") == references)
    #expect(try folder.headgate("audit", "verify").status == 0)
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
  }

  @Test(
    "a full disk: the cause and the remedy are told, nothing is recorded, and it works later",
    .enabled(if: PrivateMount.isPossible, "\(PrivateMount.absence)"))
  func fullDisk() throws {
    let folder = try TemporaryFolder(["application.yml": Fixtures.soundPool])
    let run = try PrivateMount.run(
      """
      dd if=/dev/zero of=filler bs=1k 2>/dev/null
      "$headgate" record --reason why
      echo "status $?"
      git for-each-ref refs/audit
      "$headgate" audit verify >/dev/null || echo "verify $?"
      rm filler
      "$headgate" record --reason why >/dev/null && "$headgate" audit verify
      """, size: "600k", in: folder)
    #expect(run.output.contains("status 2\n2 records, intact"), "\(run.text)")
    #expect(!run.output.contains("verify "), "\(run.text)")
    #expect(run.errors.contains("No space left"), "\(run.text)")
    #expect(run.errors.contains("free space"), "\(run.text)")
  }

  @Test(
    "a read-only file system: nothing is recorded, and questions are answered",
    .enabled(if: PrivateMount.isPossible, "\(PrivateMount.absence)"))
  func readOnly() throws {
    let folder = try TemporaryFolder(["application.yml": Fixtures.soundPool])
    let run = try PrivateMount.run(
      """
      "$headgate" record --reason first >/dev/null
      echo x >>application.yml && git commit -q -a -m next
      before=$(git for-each-ref; find . -type f -exec cksum {} +)
      mount -o remount,ro "$PWD"
      for command in "record --reason why" "hook install" "init"; do
        "$headgate" $command; echo "$command: $?"
      done
      "$headgate" who pool.max_size; echo "who: $?"
      "$headgate" audit verify; echo "verify: $?"
      "$headgate" check --staged 2>/dev/null; echo "check: $?"
      [ "$before" = "$(git for-each-ref; find . -type f -exec cksum {} +)" ] && echo unchanged
      """, size: "4m", in: folder)
    for line in ["record --reason why: 2", "hook install: 2", "init: 2", "who: 0", "verify: 0"] {
      #expect(run.output.contains(line + "\n"), "\(run.text)")
    }
    #expect(run.output.contains("unchanged"))
    #expect(run.output.contains("not there -> 24"), "\(run.text)")
    #expect(run.errors.contains("ead-only file system"), "\(run.text)")
    #expect(run.errors.contains("mount the file system"), "\(run.text)")
  }

  @Test("a report that cannot be written whole is not a success")
  func fullReport() throws {
    let folder = try TemporaryFolder(["nginx.conf": Fixtures.soundNginx])
    let run = try Program.shell(
      """
      { ( trap '' XFSZ; ulimit -f 0; "$headgate" check --output json:report.json 2>&1; echo "status $?" ); } | cat
      """, in: folder.path)
    #expect(run.output.contains("status 2"), "\(run.text)")
    #expect(run.output.contains("report.json"), "\(run.text)")
    let output = try Program.shell(
      "\"$headgate\" check >/dev/full; echo \"status $?\"", in: folder.path)
    #expect(output.output.contains("status 2"), "\(output.text)")
  }
}

/// A file system of its own for one script, which others do not see.
enum PrivateMount {
  static let absence = "no file system can be mounted here"

  static let isPossible: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    // Not being able to try is not being able to.
    return (try? run("true", size: "600k", in: folder))?.status == 0
  }()

  /// Runs a script in a repository on a small file system, with the folder's files committed.
  static func run(_ script: String, size: String, in folder: TemporaryFolder) throws -> Run {
    let setUp = """
      set -e
      mount -t tmpfs -o size=\(size),mode=755 none "$1"
      cp "$0"/* "$1" 2>/dev/null || :
      cd "$1"
      git init -q --template= . && git config user.name Developer
      git config user.email developer@example.org
      git add . && git commit -q --allow-empty -m first
      set +e

      """
    let mountPoint = try TemporaryFolder()
    let namespace = Unprivileged.isSuperuser ? ["-m"] : ["-U", "-r", "-m"]
    return try Program.run(
      "/usr/bin/env",
      ["unshare"] + namespace + ["/bin/sh", "-c", setUp + script, folder.path, mountPoint.path],
      in: "/", environment: ["headgate": Program.headgate])
  }
}

/// A repeatable source of random numbers (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
