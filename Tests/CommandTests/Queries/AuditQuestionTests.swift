import FoundationEssentials
import Testing

/// The questions of auditors, answered by the commands that docs/queries.md shows.
@Suite("Audit questions", .timeLimit(.minutes(15)))
struct AuditQuestionTests {
  /// What the answers to each question must hold, on standard output.
  private static let expected: [Int: [String]] = [
    1: ["A smaller pool is enough", "have no record"],
    3: ["A smaller pool is enough", "seq"],
    4: ["seq  person"],
    5: ["pending #2", "unrecorded"],
    6: ["sha256:", "AUTH-97"],
    7: ["\"problem\": \"unrecorded\""],
    8: ["Outage: every connection was taken"],
    9: ["seq  rule"],
    10: ["5  pool auth maximumPoolSize"],
    11: ["24 -> 5"],
    12: ["seq  time"],
    13: ["limit lowered: pool.max_size 24 -> 5", "78 min before"],
    15: ["intact"],
  ]

  /// The commands below each numbered heading of the page.
  private static func commands() throws -> [(number: Int, command: String)] {
    let path = Checkout.path + "/docs/queries.md"
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    var number = 0
    var found: [(Int, String)] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("### "), let dot = line.firstIndex(of: ".") {
        number = Int(line.dropFirst(4).prefix(upTo: dot)) ?? 0
      }
      if line.hasPrefix("## ") { number = 0 }
      if number > 0, line.hasPrefix("headgate ") { found.append((number, String(line))) }
    }
    return found
  }

  @Test("every question has a command that answers it")
  func questions() throws {
    let commands = try Self.commands()
    #expect(Set(commands.map(\.number)) == Set(1...15))
    let folder = try SampleLog.make()
    var answers: [Int: String] = [:]
    for (number, command) in commands {
      let script = "\"$headgate\" " + command.dropFirst("headgate ".count)
      let run = try Program.shell(script, in: folder.path)
      #expect(
        run.status == (number == 15 && command.contains("verify") ? run.status : 0),
        "\(command): \(run.text)")
      answers[number, default: ""] += run.output
    }
    for (number, texts) in Self.expected {
      for text in texts {
        #expect(answers[number]?.contains(text) == true, "\(number): \(answers[number] ?? "")")
      }
    }
    #expect(folder.exists("sample/verify.sh"))
  }

  @Test("evidence is verified with git alone, and alterations are found")
  func evidence() throws {
    let folder = try SampleLog.make()
    let export = try folder.headgate("audit", "export", "--evidence", "proof", "--record", "2")
    #expect(export.status == 0, "\(export.text)")
    let sound = try Program.shell("sh proof/verify.sh", in: folder.path)
    #expect(sound.status == 0, "\(sound.text)")
    #expect(sound.output.contains("record 2: as in the log"), "\(sound.text)")
    #expect(sound.output.contains("root of the log: "))
    let text = folder.text("proof/records/2/record.json")
    try folder.write("proof/records/2/record.json", text.replacing("\"5\"", with: "\"6\""))
    let altered = try Program.shell("sh proof/verify.sh", in: folder.path)
    #expect(altered.status == 1, "\(altered.text)")
    #expect(altered.output.contains("WRONG: record 2"), "\(altered.text)")
  }
}

/// A log as the incident left it: three changes, the last an emergency, and one without a record.
enum SampleLog {
  static func make() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: [:])
    try folder.write(".headgate.yaml", "version: 1\napprovals:\n  required: 1\n")
    for (size, time, who, reason, ticket) in [
      ("24", "2024-05-02T09:00:00Z", "developer", "Sized for 250 logins/s", "AUTH-12"),
      ("5", "2024-06-10T09:12:00Z", "tidy", "A smaller pool is enough", "AUTH-97"),
      ("24", "2024-06-10T10:34:00Z", "on-call", "Outage: every connection was taken", "INC-7"),
    ] {
      try folder.git("config", "user.email", "\(who)@example.org")
      try folder.commit(["application.yml": Fixtures.pool(size: size)], reason, at: time)
      let kind = who == "on-call" ? ["--emergency"] : []
      let run = try Program.headgate(
        ["record", "--reason", reason, "--ticket", ticket] + kind, in: folder.path)
      guard run.status == 0 else { throw ProgramError(text: run.text) }
    }
    try folder.commit(
      ["application.yml": Fixtures.pool(size: "30")], "by hand", at: "2024-06-11T08:00:00Z")
    return folder
  }
}
