import Testing

/// Several reports of one run, through the built program.
@Suite("Reports", .timeLimit(.minutes(15)))
struct ReportOutputTests {
  @Test("all formats at once, each as its reader knows it")
  func several() throws {
    let folder = try TemporaryFolder(repository: ["svc/hikari.properties": Fixtures.smallProperties]
    )
    let beginnings = [
      "sarif": "{", "json": "{", "junit": "<?xml", "github": "::error file=svc/hikari",
      "gitlab": "[", "tap": "TAP version 14", "markdown": "<!-- headgate", "html": "<!doctype",
      "text": "error[pool/size-below-minimum]",
    ]
    let outputs = beginnings.keys.sorted().flatMap { ["--output", "\($0):out.\($0)"] }
    let run = try Program.headgate(
      ["check", "--format", "concise"] + outputs, in: "\(folder.path)/svc")
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("hikari.properties:2:17: error["))
    for (format, beginning) in beginnings {
      #expect(folder.text("svc/out.\(format)").hasPrefix(beginning), "\(format)")
    }
    #expect(folder.text("svc/out.junit").contains("classname=\"hikari.properties\""))
    let log = try JSONValue(folder.bytes("svc/out.sarif"))
    let place = log.runs?[0]?.results?[0]?.locations?[0]?.physicalLocation
    #expect(place?.artifactLocation?.uri?.string == "svc/hikari.properties")
    #expect(folder.text("svc/out.markdown").contains("`svc/hikari.properties:2:17`"))
  }

  @Test("a mistake in --output is told before anything is checked")
  func mistake() throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.smallProperties])
    let run = try folder.headgate("check", "--output", "pdf:x", "--output", "sarif:s.json")
    #expect(run.status == 2)
    #expect(run.errors.contains("formats are text, json, sarif, junit"))
    #expect(!folder.exists("s.json"))
  }

  @Test("what passes the check passes the test")
  func failOn() throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.smallProperties])
    let run = try folder.headgate("check", "--format", "tap", "--fail-on", "error")
    #expect(run.output.contains("not ok 1 - hikari.properties:2:17: error"))
    let failed = run.output.split(separator: "\n").count { $0.hasPrefix("not ok") }
    #expect(failed == 1)
  }

  @Test("in the log of a job the name of a file is no command")
  func commands() throws {
    let name = "::add-mask::x.conf"
    let folder = try TemporaryFolder([name: "x"])
    let job = try folder.headgate("check", name, environment: ["GITHUB_ACTIONS": "true"])
    #expect(job.status == 2)
    for line in job.output.split(separator: "\n") {
      #expect(!line.drop { $0 == " " }.hasPrefix("::"))
    }
    #expect(job.output.contains(#"\u{3a}:add-mask::x.conf"#))
    let plain = try folder.headgate("check", name)
    #expect(plain.output.contains("  ::add-mask::x.conf"))
  }

  @Test("the summary of a step is added to what is there, and only for GitHub's format")
  func summary() throws {
    let folder = try TemporaryFolder([
      "hikari.properties": Fixtures.smallProperties, "sum": "before\n",
    ])
    let environment = ["GITHUB_STEP_SUMMARY": "\(folder.path)/sum"]
    _ = try folder.headgate("check", "--format", "tap", environment: environment)
    #expect(folder.text("sum") == "before\n")
    _ = try folder.headgate("check", "--output", "github:out", environment: environment)
    #expect(folder.text("sum").hasPrefix("before\n<!-- headgate report -->\n### Headgate: 1 error"))
  }
}
