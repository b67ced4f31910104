import Testing

/// What `headgate capacity` must not answer with "it carries the peak".
@Suite("headgate capacity asked what cannot be", .timeLimit(.minutes(15)))
struct CapacityQuestionTests {
  private static let app = """
      app:
        image: example/app:1.0
        volumes: ["./application.yml:/etc/app/application.yml:ro"]
        deploy: {replicas: 4}

    """

  private func folder(
    services: String = app, size: String = "10", declaration: String? = nil
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("docker-compose.yml", "services:\n" + services)
    try folder.write(
      "application.yml",
      "spring:\n  datasource:\n    url: jdbc:postgresql://db:5432/app\n"
        + "    hikari:\n      pool-name: main\n      maximum-pool-size: \(size)\n")
    if let declaration { try folder.write(".headgate.yaml", declaration) }
    return folder
  }

  private func capacity(_ more: [String], in folder: TemporaryFolder) throws -> Run {
    try Program.headgate(["capacity", "."] + more, in: folder.path)
  }

  @Test("without a replica nothing is carried")
  func closed() throws {
    let asked = ["--peak", "100", "--hold", "50ms"]
    let run = try capacity(asked + ["--set", "app.replicas=0"], in: folder())
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("app carries nothing: no replica of app runs"), "\(run.text)")
    #expect(run.output.contains("so no replica of app runs"))
    let written = try capacity(
      asked, in: folder(services: Self.app.replacing("replicas: 4", with: "replicas: 0")))
    #expect(written.status == 1, "\(written.text)")
  }

  @Test("a pool with which its service cannot start is named with its line")
  func refusal() throws {
    let run = try capacity(["--peak", "100", "--hold", "50ms"], in: folder(size: "ten"))
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("app cannot start: application.yml:6: "), "\(run.text)")
  }

  @Test("a peak that no proxy leads anywhere is asked about by name")
  func severalServices() throws {
    let services = Self.app + Self.app.replacing("  app:", with: "  jobs:")
    let run = try capacity(["--peak", "100", "--hold", "50ms"], in: folder(services: services))
    #expect(run.status == 2)
    #expect(run.errors.contains("several services of docker-compose.yml have pools (app, jobs)"))
    #expect(run.errors.contains("--set app.peak=… --set jobs.peak=…"), "\(run.errors)")
    let named = try capacity(
      ["--set", "app.peak=100", "--set", "app.hold=50ms"], in: folder(services: services))
    #expect(named.status == 0, "\(named.text)")
    #expect(named.output.contains("next: app carries 800 requests/s of 100"))
  }

  @Test("a pool with a peak of its own keeps it when another is asked about")
  func sidePool() throws {
    let declaration =
      "load_path:\n  services:\n    app:\n      peak: 100\n      hold: 50ms\n"
      + "      pools: {side: {size: 2, peak: 10, hold: 20ms, to: elsewhere}}\n"
    let folder = try folder(declaration: declaration)
    let run = try capacity(["--peak", "500", "--hold", "20ms"], in: folder)
    // 4 × 2 / 0.02 for 10 a second, not for 500.
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.contains("next: app/side carries 400 requests/s of 10"), "\(run.text)")
    let asked = try capacity(["--set", "app/side.peak=500"], in: folder)
    #expect(asked.status == 1, "\(asked.text)")
  }

  @Test(
    "a number that its field cannot have is refused",
    arguments: [
      ("app.replicas=1.5", "replicas is a whole number"),
      ("app.replicas=5s", "replicas is a whole number"),
      ("app.max_size=2.5", "max_size is a whole number"),
      ("app.hold=50", "hold is a time above 0: write 50ms"),
      ("app.acquire_timeout=2", "acquire_timeout is a time: write 2s or 200ms"),
      ("app.max_replicas=2", "at most 2 replicas are declared, and 4 always run"),
    ])
  func wrongNumber(change: String, expected: String) throws {
    let run = try capacity(["--set", change], in: folder())
    #expect(run.status == 2, "\(run.text)")
    #expect(run.errors.contains(expected), "\(run.errors)")
  }

  @Test(
    "the product's own key does as well as the neutral name, in its own unit",
    arguments: ["app.maximumPoolSize=2", "app.spring.datasource.hikari.maximum-pool-size=2"])
  func productKey(change: String) throws {
    let run = try capacity(
      ["--peak", "100", "--hold", "50ms", "--set", change, "--set", "app.deploy.replicas=1"],
      in: folder())
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("next: app carries 40 requests/s of 100"), "\(run.text)")
  }

  @Test("a declared service that nothing deploys is asked about")
  func stranger() throws {
    let folder = try folder(
      declaration: "load_path: {services: {ap: {replicas: 2, peak: 100, hold: 50ms}}}\n")
    let run = try capacity([], in: folder)
    #expect(run.status == 2, "\(run.text)")
    #expect(run.errors.contains("`ap`, which no file deploys"))
    #expect(run.errors.contains("did you mean `app`?"))
  }

  @Test("what is larger than the model calculates is said in full")
  func large() throws {
    let run = try capacity(["--peak", "100", "--hold", "1s"], in: folder(size: "300000"))
    #expect(run.output.contains("app carries 1200000 requests/s"), "\(run.text)")
    #expect(run.output.contains("waits before more than 100000 places are not calculated"))
  }
}
