import Testing

/// Many processes at one log, and many clones at one remote.
@Suite("The log under load", .timeLimit(.minutes(180)))
struct LoadTests {
  @Test("writers at once, with git gc and pack-refs looping: every record stands once")
  func writers() throws {
    let (writers, each) = Soak.isOn ? (8, 500) : (3, 4)
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let first = try folder.headgate("record", "--reason", "first")
    #expect(first.status == 0, "\(first.text)")
    try folder.write(".git/import", commits(writers, each))
    try Program.shell("git fast-import --quiet <.git/import", in: folder.path)
    let run = try Program.shell(
      """
      mkdir .git/out
      for w in $(seq \(writers)); do
        for c in $(git rev-list --reverse main..writer-$w); do
          "$headgate" record --head $c --reason r --format json >>.git/out/$w 2>>.git/out/errors ||
            echo "writer $w: exit code $? for $c" >>.git/out/errors
        done &
        pids="$pids $!"
      done
      ( n=0; while [ ! -e .git/out/stop ]; do
          git gc -q; git pack-refs --all; git repack -q -a -d; n=$((n + 1)); echo $n >.git/out/rounds
        done ) 2>.git/out/tidying & tidying=$!
      for p in $pids; do wait $p; done
      touch .git/out/stop; wait $tidying
      cat .git/out/errors; echo "rounds $(cat .git/out/rounds)"
      """, in: folder.path)
    #expect(!run.output.contains("exit code"), "\(run.text)")
    #expect(!run.output.contains("rounds 0"))
    try expectWhole(folder, 2 + writers * each)
    Soak.tell("\(writers) writers x \(each) records beside git gc: \(run.output)")
  }

  @Test("clones that push to one remote at once: every record stands once, in every clone")
  func clones() throws {
    let (count, each) = Soak.isOn ? (6, 50) : (2, 2)
    let remote = try TemporaryFolder()
    try remote.git("init", "-q", "--bare", "-b", "main", ".")
    let clones = try (0..<count).map { index in
      let clone = try TemporaryFolder(repository: [:])
      try clone.git("remote", "add", "origin", remote.path)
      if index == 0 {
        try clone.commit(["application.yml": Fixtures.soundPool], "first")
        try clone.git("push", "-q", "origin", "main")
        #expect(try clone.headgate("record", "--reason", "first").status == 0)
      } else {
        try clone.git("pull", "-q", "origin", "main")
      }
      #expect(try clone.headgate("audit", "sync").status == 0)
      return clone
    }
    let script = clones.enumerated().map { index, clone in
      """
      ( cd \(clone.path) && mkdir c\(index) && for n in $(seq \(each)); do
          printf 'maximumPoolSize=%s\\n' $((n + 10)) >c\(index)/hikari.properties
          git add . && git commit -q -m $n && "$headgate" record --reason $n --quiet &&
          "$headgate" audit sync --quiet || echo "clone \(index), push $n: exit code $?"
        done ) & pids="$pids $!"
      """
    }.joined(separator: "\n")
    let run = try Program.shell(script + "\nfor p in $pids; do wait $p; done", in: remote.path)
    #expect(run.output == "", "\(run.text)")
    for clone in clones {
      let sync = try clone.headgate("audit", "sync")
      #expect(sync.status == 0, "\(sync.text)")
      try expectWhole(clone, 2 + count * each)
    }
    try expectGitIsContent(remote)
    Soak.tell("\(count) clones x \(each) pushes to one remote: all there")
  }

  /// Commits on a branch for each writer, as `git fast-import` reads them.
  private func commits(_ writers: Int, _ each: Int) -> String {
    var text = ""
    for writer in 1...writers {
      for number in 1...each {
        let content = Fixtures.pool(size: "\(10 + number)")
        text += """
          commit refs/heads/writer-\(writer)
          author Developer <developer@example.org> \(1_718_000_000 + number) +0000
          committer Developer <developer@example.org> \(1_718_000_000 + number) +0000
          data 1
          x
          \(number == 1 ? "from refs/heads/main^0\n" : "")\
          M 100644 inline \(writer)/application.yml
          data \(content.utf8.count)
          \(content)

          """
      }
    }
    return text
  }

  private func expectWhole(_ folder: TemporaryFolder, _ count: Int) throws {
    let verdict = try folder.headgate("audit", "verify", "--full", "--format", "json")
    #expect(verdict.status == 0, "\(verdict.text)")
    #expect(try JSONValue(verdict.output).records?.int == count)
    let ids = try folder.git(
      "log", "--format=%(trailers:key=Audit-Record,valueonly,separator=)", "refs/audit/log"
    ).split(separator: "\n")
    #expect(ids.count == count)
    #expect(Set(ids).count == count)
    try expectGitIsContent(folder)
  }

  private func expectGitIsContent(_ folder: TemporaryFolder) throws {
    let check = try Program.shell(
      "git fsck --strict --no-dangling 2>&1 | grep -v '^notice:'", in: folder.path)
    #expect(check.output == "", "\(check.output)")
  }
}
