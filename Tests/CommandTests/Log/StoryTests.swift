import Testing

/// The log as a stranger sees it: the replayed outage, and plain git.
@Suite("Story", .timeLimit(.minutes(15)))
struct StoryTests {
  @Test("the outage is replayed to its end, and says at each step what it should")
  func outage() throws {
    let folder = try TemporaryFolder(repository: [:])
    let run = try Program.shell(
      "sh \"\(Checkout.path)/examples/outage/replay\" \"$headgate\" 2>&1", in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    var rest = run.output[...]
    for text in [
      "recorded as #1", "approved #1", "pool/size-below-minimum", "(exit 1)", "gate: kept out",
      "this change is not recorded", "recorded as #3", "limit lowered: pool.max_size 24 -> 5",
      "nobody agreed to it", "emergency: to be approved until", "emergency #4  0 of 1 agreed, due",
      "approved #4", "pending #3", "audit: emergency change", "intact",
      "record 4: as in the log",
    ] {
      let found = rest.firstRange(of: text)
      #expect(found != nil, "\(text) is missing, or not in its place: \(run.output)")
      if let found { rest = rest[found.upperBound...] }
    }
  }

  @Test("a clone made with git alone holds the whole story and the same answers")
  func clone() throws {
    let folder = try SampleLog.make()
    let copy = try TemporaryFolder([:])
    try copy.git("clone", "-q", folder.path, ".")
    // A clone brings branches; the log is asked for by its name.
    try copy.git("fetch", "-q", "origin", "refs/audit/*:refs/audit/*")
    let story = try Program.shell(
      "git log --format='%an %ae: %s' refs/audit/log", in: copy.path)
    let lines = story.output.split(separator: "\n")
    #expect(lines.count == 4, "\(story.text)")
    #expect(lines[0].contains("on-call@example.org: audit: emergency change application.yml"))
    #expect(lines[1].contains("tidy@example.org: audit: change application.yml"))
    #expect(lines[1].contains("24 -> 5"))
    #expect(lines[3].contains("audit: genesis"))
    let record = try Program.shell("git show refs/audit/log~1:record.json", in: copy.path)
    #expect(record.output.contains("A smaller pool is enough"), "\(record.text)")
    let before = try Program.shell("git show refs/audit/log~1:files/0.old", in: copy.path)
    #expect(before.output == Fixtures.pool(size: "24"))
    let check = try Program.shell("git fsck --strict --no-progress 2>&1", in: copy.path)
    #expect(check.status == 0, "\(check.text)")
    #expect(check.output.isEmpty, "\(check.output)")
    for question in [["log"], ["who", "pool.max_size"], ["at", "2024-06-10T10:00:00Z"]] {
      let there = try Program.headgate(question, in: folder.path)
      let here = try Program.headgate(question, in: copy.path)
      #expect(here.output == there.output, "\(question)")
      #expect(!here.output.isEmpty)
    }
  }
}
