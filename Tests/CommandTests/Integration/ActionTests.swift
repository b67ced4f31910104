import Testing

/// The shell steps of the GitHub action and of the GitLab job, run as their runners run them.
@Suite(
  "CI templates", .timeLimit(.minutes(15)), .enabled(if: Integration.has("bash"), "no bash here"))
struct ActionTests {
  private func step(
    _ script: String, in folder: TemporaryFolder, _ environment: [String: String]
  ) throws -> Run {
    try folder.write(".step", script)
    // As GitHub's runner starts `shell: bash`.
    return try Program.run(
      "/usr/bin/env", ["bash", "--noprofile", "--norc", "-eo", "pipefail", ".step"],
      in: folder.path, environment: environment)
  }

  /// Runs all steps of the action, passing outputs on, until one fails.
  private func action(
    in folder: TemporaryFolder, _ inputs: [String: String] = [:]
  ) throws -> (status: Int32, text: String, scratch: TemporaryFolder) {
    let scratch = try TemporaryFolder()
    let steps = try Integration.blocks(of: "action.yml", after: "run: |")
    #expect(steps.count == 2)
    var environment = [
      "PATH": Integration.path, "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": Integration.root,
      "GITHUB_OUTPUT": "\(scratch.path)/output", "RUNNER_TEMP": scratch.path,
      "GITHUB_STEP_SUMMARY": "\(scratch.path)/summary", "HEADGATE_EXECUTABLE": "",
      "HEADGATE_PATHS": "", "HEADGATE_BASE": "", "HEADGATE_FAIL_ON": "warning",
    ].merging(inputs) { $1 }
    var text = ""
    for script in steps {
      let run = try step(script, in: folder, environment)
      text += run.text
      guard run.status == 0 else { return (run.status, text, scratch) }
      for line in scratch.text("output").split(separator: "\n")
      where line.hasPrefix("executable=") {
        environment["HEADGATE"] = String(line.dropFirst("executable=".count))
      }
    }
    return (0, text, scratch)
  }

  @Test("the action annotates, summarises, writes SARIF and a comment, and fails")
  func findings() throws {
    let folder = try TemporaryFolder(repository: ["hikari.properties": Fixtures.smallProperties])
    let (status, text, scratch) = try action(in: folder)
    #expect(status == 1)
    #expect(text.contains("::error file=hikari.properties,line=2,"))
    #expect(scratch.text("summary").hasPrefix("<!-- headgate report -->\n### Headgate: 1 error"))
    #expect(scratch.text("headgate.md") == scratch.text("summary"))
    #expect(try JSONValue(scratch.bytes("headgate.sarif")).version?.string == "2.1.0")
    #expect(scratch.text("output").contains("sarif=\(scratch.path)/headgate.sarif\n"))
  }

  @Test("the action passes what is sound, and takes paths with spaces")
  func clean() throws {
    let folder = try TemporaryFolder(repository: [
      "a b/hikari.properties": Fixtures.soundProperties,
      "bad/hikari.properties": Fixtures.smallProperties,
    ])
    let inputs = ["HEADGATE_PATHS": "a b\n"]
    #expect(try action(in: folder, inputs).status == 0)
    #expect(try action(in: folder).status == 1)
    #expect(try action(in: folder, ["HEADGATE_PATHS": "$(touch pwned)"]).status == 2)
    #expect(!folder.exists("pwned"))
  }

  @Test("the action decides on a change when it has a base")
  func gate() throws {
    let folder = try TemporaryFolder(repository: ["hikari.properties": Fixtures.soundProperties])
    try folder.git("tag", "base")
    try folder.commit(["hikari.properties": Fixtures.smallProperties], "smaller")
    let (status, text, scratch) = try action(in: folder, ["HEADGATE_BASE": "base"])
    #expect(status == 1)
    #expect(text.contains("::error file=hikari.properties,line=2,"))
    #expect(scratch.text("summary").contains("kept out"))
  }

  /// A checkout as runners make it, of a repository with a log: without the log.
  private func checkoutWithoutLog() throws -> (origin: TemporaryFolder, checkout: TemporaryFolder) {
    let origin = try TemporaryFolder(repository: ["hikari.properties": Fixtures.soundProperties])
    try origin.commit(
      ["hikari.properties": Fixtures.soundProperties + "minimumIdle=5\n"], "recorded")
    #expect(try origin.headgate("record", "--reason", "r").status == 0)
    try origin.git("tag", "base")
    try origin.commit(
      ["hikari.properties": Fixtures.soundProperties + "minimumIdle=6\n"], "not recorded")
    let checkout = try TemporaryFolder()
    try checkout.git("clone", "-q", "file://\(origin.path)", ".")
    #expect(try checkout.git("for-each-ref", "refs/audit").isEmpty)
    return (origin, checkout)
  }

  @Test("a change is judged with the log of where it comes from, which a checkout has not")
  func log() throws {
    let (origin, checkout) = try checkoutWithoutLog()
    let (status, text, _) = try action(in: checkout, ["HEADGATE_BASE": "base"])
    #expect(status == 1, "\(text)")
    #expect(text.contains("this change is not recorded"), "\(text)")
    // Where the log cannot be asked for nothing is decided.
    try checkout.git("remote", "set-url", "origin", "file://\(origin.path)/nowhere")
    #expect(try action(in: checkout, ["HEADGATE_BASE": "base"]).status == 2)
  }

  @Test("so does the job of GitLab")
  func gitlabLog() throws {
    let (origin, checkout) = try checkoutWithoutLog()
    defer { withExtendedLifetime(origin) {} }
    let base = try checkout.git("rev-parse", "base").prefix(40)
    let steps = try Integration.blocks(of: "examples/ci/gitlab.yml", after: "- |")
    let run = try Program.run(
      "/usr/bin/env", ["bash", "-c", "set -eo pipefail\n" + steps.joined()], in: checkout.path,
      environment: [
        "PATH": Integration.path, "HEADGATE_FAIL_ON": "warning",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": String(base),
      ])
    #expect(run.status == 1, "\(run.text)")
    #expect(run.text.contains("this change is not recorded"), "\(run.text)")
  }

  @Test("the paths of annotations start at the root, wherever the step works")
  func subfolder() throws {
    let folder = try TemporaryFolder(repository: ["svc/hikari.properties": Fixtures.smallProperties]
    )
    let run = try Program.headgate(
      ["check", "--format", "github", "--output", "gitlab:out.json"], in: "\(folder.path)/svc")
    #expect(run.output.contains("::error file=svc/hikari.properties,"))
    let issues = try JSONValue(folder.bytes("svc/out.json")).array
    #expect(issues.first?.location?.path?.string == "svc/hikari.properties")
  }

  @Test("values never stand in the scripts of the action")
  func injection() throws {
    for script in try Integration.blocks(of: "action.yml", after: "run: |") {
      #expect(!script.contains("${{"))
    }
  }

  @Test("the job of GitLab writes its reports and fails, and passes what is sound")
  func gitlab() throws {
    let steps = try Integration.blocks(of: "examples/ci/gitlab.yml", after: "- |")
    #expect(steps.count == 2)
    for (text, status) in [(Fixtures.smallProperties, 1), (Fixtures.soundProperties, 0)] {
      let folder = try TemporaryFolder(repository: ["hikari.properties": text])
      // GitLab joins before_script and script, and runs them with `set -eo pipefail`.
      let run = try Program.run(
        "/usr/bin/env", ["bash", "-c", "set -eo pipefail\n" + steps.joined()], in: folder.path,
        environment: ["PATH": Integration.path, "HEADGATE_FAIL_ON": "warning"])
      #expect(run.status == Int32(status), "\(run.text)")
      let issues = try JSONValue(folder.bytes("gl-code-quality-report.json")).array
      #expect(issues.isEmpty == (status == 0))
      #expect(folder.text("headgate.junit.xml").contains("<testsuites name=\"headgate\""))
      #expect(folder.text("headgate.html").hasPrefix("<!doctype html>"))
    }
  }
}
