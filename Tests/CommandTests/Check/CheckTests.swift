import Testing

/// The outage's mistake in one file: what `check` says, and that it says nothing when it is
/// repaired.
@Suite("headgate check", .timeLimit(.minutes(15)))
struct CheckTests {
  @Test("an undersized pool is named with file, line, written and effective value")
  func undersizedPool() throws {
    let folder = try TemporaryFolder(["config/application.yml": Fixtures.smallPool])
    let run = try folder.headgate("check", "--format", "json")
    #expect(run.status == 1)
    let finding = try #require(
      try JSONValue(run.output).findings?.array.first {
        $0.rule?.string == "pool/size-below-minimum"
      })
    #expect(finding.path?.string == "config/application.yml")
    #expect(finding.range?.start?.line?.int == Fixtures.sizeLine)
    #expect(finding.range?.start?.column?.int == 26)
    #expect(finding.range?.end?.column?.int == 27)
    #expect(finding.severity?.string == "error")
    #expect(finding.message?.string?.contains("at most 5 connections") == true)
    #expect(finding.fix?.edits?[0]?.replacement?.string == "10")
  }

  @Test("a value that runs otherwise than it is written is told with both values")
  func writtenAndEffective() throws {
    let folder = try TemporaryFolder([
      "hikari.properties": Fixtures.soundProperties + "minimumIdle=5\nidleTimeout=5000\n"
    ])
    let run = try folder.headgate("check", "hikari.properties")
    #expect(run.status == 1)
    #expect(run.output.contains("hikari.properties:5:13"))
    #expect(run.output.contains("5000"))
    #expect(run.output.contains("600000"))
  }

  @Test(
    "what is repaired is clean",
    arguments: [
      ("application.yml", Fixtures.soundPool), ("hikari.properties", Fixtures.soundProperties),
      ("nginx.conf", Fixtures.soundNginx),
    ])
  func repaired(name: String, text: String) throws {
    let folder = try TemporaryFolder([name: text])
    let run = try folder.headgate("check", name)
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.hasPrefix("no issues in 1 file"))
    #expect(run.errors == "")
  }

  @Test("standard input is read as the file it is named")
  func standardInput() throws {
    let folder = try TemporaryFolder()
    let small = try folder.headgate(
      "check", "--stdin-name", "hikari.properties", "-", input: Fixtures.smallProperties)
    #expect(small.status == 1)
    #expect(small.output.contains("hikari.properties:2:17"))
    let nginx = try folder.headgate("check", "-", input: Fixtures.soundNginx)
    #expect(nginx.status == 0, "\(nginx.text)")
    let broken = try folder.headgate("check", "-", input: Fixtures.brokenNginx)
    #expect(broken.status == 2)
    #expect(broken.output.contains("nginx.conf:"))
    let strange = try folder.headgate("check", "--stdin-name", "notes.txt", "-", input: "x\n")
    #expect(strange.status == 2)
    #expect(strange.text.contains("notes.txt"))
  }

  @Test("several paths are checked in one run, each under the name that was typed")
  func severalPaths() throws {
    let folder = try TemporaryFolder([
      "a/hikari.properties": Fixtures.smallProperties, "b/application.yml": Fixtures.smallPool,
      "c/hikari.properties": Fixtures.smallProperties,
    ])
    let run = try folder.headgate(
      "check", "./a", "b/application.yml", "--format", "concise")
    #expect(run.status == 1)
    #expect(run.output.contains("a/hikari.properties:2:17: error[pool/size-below-minimum]"))
    #expect(run.output.contains("b/application.yml:7:26: error[pool/size-below-minimum]"))
    #expect(!run.output.contains("c/hikari"))
    #expect(run.output.contains("checked 2 files"))
  }

  @Test("paths outside the repository are read too, each as a root of its own")
  func outside() throws {
    let elsewhere = try TemporaryFolder(["hikari.properties": Fixtures.smallProperties])
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    for path in [elsewhere.path, elsewhere.path + "/hikari.properties"] {
      let run = try folder.headgate("check", path, "application.yml", "--format", "concise")
      #expect(run.status == 1, "\(run.text)")
      #expect(run.output.contains("\(elsewhere.path)/hikari.properties:2:17: error"))
      #expect(run.output.contains("checked 2 files"))
    }
  }

  @Test("a path from the root finds what the same folder finds from within")
  func absolutePath() throws {
    let compose = """
      services:
        auth:
          build: .
          environment:
            SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: "5"

      """
    let stack = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, "docker-compose.yml": compose,
    ])
    let other = try TemporaryFolder(repository: ["nginx.conf": "events {}\n"])
    func rules(_ arguments: [String], in folder: TemporaryFolder) throws -> [String] {
      let run = try Program.headgate(["check"] + arguments + ["--format", "json"], in: folder.path)
      return try JSONValue(run.output).findings?.array.compactMap { $0.rule?.string }.sorted() ?? []
    }
    let within = try rules([], in: stack)
    #expect(within.contains("pool/size-below-minimum"), "\(within)")
    #expect(try rules([stack.path], in: other) == within)
  }

  @Test("a folder inside a repository is checked under paths from there, with the root's decisions")
  func subfolder() throws {
    let folder = try TemporaryFolder(repository: [
      "service/application.yml": Fixtures.smallPool,
      ".headgate.yaml": """
      version: 1
      rules:
        pool/size-below-minimum:
          parameters: {minimum: 4}

      """,
    ])
    let run = try Program.headgate(["check"], in: folder.path + "/service")
    #expect(run.status == 0, "\(run.text)")
    let small = try Program.headgate(
      ["check", "--config", "/dev/null"], in: folder.path + "/service")
    #expect(small.status == 2)
    let other = try folder.headgate("check", "--repo", "service", "application.yml")
    #expect(other.status == 0, "\(other.text)")
  }

  @Test(
    "--fail-on sets what fails",
    arguments: [
      ("leakDetectionThreshold=10000\nmaximumPoolSize=5\n", "error", 1),
      ("leakDetectionThreshold=10000\nmaximumPoolSize=5\n", "warning", 1),
      (
        "leakDetectionThreshold=10000\nmaximumPoolSize=24\nminimumIdle=5\nidleTimeout=5000\n",
        "error", 0
      ),
      (
        "leakDetectionThreshold=10000\nmaximumPoolSize=24\nminimumIdle=5\nidleTimeout=5000\n",
        "warning", 1
      ),
    ] as [(String, String, Int32)])
  func failOn(text: String, level: String, status: Int32) throws {
    let folder = try TemporaryFolder(["hikari.properties": text])
    let run = try folder.headgate("check", "hikari.properties", "--fail-on", level)
    #expect(run.status == status, "\(run.text)")
  }

  @Test("--quiet is silent about what is clean, and not about findings")
  func quiet() throws {
    let folder = try TemporaryFolder([
      "clean/hikari.properties": Fixtures.soundProperties,
      "small/hikari.properties": Fixtures.smallProperties,
    ])
    let clean = try folder.headgate("check", "--quiet", "clean")
    #expect(clean.status == 0)
    #expect(clean.text == "")
    let small = try folder.headgate("check", "-q", "small")
    #expect(small.status == 1)
    #expect(small.output.contains("size-below-minimum"))
  }

  @Test(
    "colour is for terminals, unless it is asked for",
    arguments: [
      ([], [:], false), (["--color", "always"], [:], true),
      (["--color", "always"], ["NO_COLOR": "1"], true), (["--color", "never"], [:], false),
      ([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
    ] as [([String], [String: String], Bool)])
  func color(options: [String], environment: [String: String], isColored: Bool) throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.smallProperties])
    let run = try Program.headgate(
      ["check"] + options, in: folder.path, environment: environment)
    #expect(run.status == 1)
    #expect(run.output.contains("\u{1b}[") == isColored)
  }

  @Test("the version of a product decides what runs")
  func products() throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.soundProperties])
    for (product, text) in [
      ("hikaricp", "NAME=VERSION"), ("hikari=6.0.0", "no product is called hikari"),
      ("nginx=new", "NAME=VERSION"),
    ] {
      let run = try folder.headgate("check", "--product", product)
      #expect(run.status == 2)
      #expect(run.errors.contains(text), "\(run.errors)")
    }
    #expect(try folder.headgate("check", "--product", "hikaricp=6.0.0").status == 0)
  }

  @Test(
    "the outage is found in the corpus, its repair is clean",
    .enabled(if: SharedVectors.areHere, "\(SharedVectors.absence)"))
  func corpus() throws {
    let stack = SharedVectors.folder + "/corpora/stack"
    let outage = try Program.headgate(["check", "outage", "--format", "concise"], in: stack)
    #expect(outage.status == 1)
    #expect(outage.output.contains("outage/application.yml:"))
    #expect(outage.output.contains("[pool/"))
    #expect(outage.output.contains("connections") || outage.output.contains("pool"))
    let fixed = try Program.headgate(["check", "fixed"], in: stack)
    #expect(fixed.status == 0, "\(fixed.text)")
  }
}
