import Catalog
import Model
import Syntax
import Testing

@Suite("PostgreSQL's files and secrets")
struct PostgreSQLSourceTests {
  private func read(
    _ text: String, version: Version? = Version(15, 20), files: [String: String] = [:]
  ) throws -> (server: any Resource, problems: [Problem]) {
    let context = ReadingContext(
      files: TreeFiles(files), versions: version.map { ["postgresql": $0] } ?? [:])
    let reading = Technology.postgresql.read(
      SourceText(path: "postgresql.conf", text: text), context)
    return (try #require(reading.resources.first), reading.problems)
  }

  @Test("a directory without files may be filled elsewhere, which is said but no error")
  func emptyDirectory() throws {
    let problems = try read("include_dir 'conf.d'\n").problems
    #expect(problems.map(\.kind) == [.unknown])
    #expect(
      problems.map(\.message) == [
        "directory \"conf.d\" is absent or empty here; files in it may override this one"
      ])
  }

  @Test(
    "files that include each other are refused with the way that they go",
    arguments: [
      (
        "postgresql.conf", "include 'postgresql.conf'\n", [:],
        "postgresql.conf → postgresql.conf", []
      ),
      (
        "a/postgresql.conf", "include '../a/./postgresql.conf'\n", [:],
        "a/postgresql.conf → a/postgresql.conf", []
      ),
      (
        "./postgresql.conf", "include_dir '.'\n", [:],
        "./postgresql.conf → ./postgresql.conf", []
      ),
      ("postgresql.conf", "include_dir '.'\n", [:], "postgresql.conf → postgresql.conf", []),
      (
        "postgresql.conf", "include '../db/postgresql.conf'\n",
        ["../db/postgresql.conf": "include '../db/postgresql.conf'\n"],
        "postgresql.conf → ../db/postgresql.conf", []
      ),
      (
        "postgresql.conf", "include 'x.conf'\n", ["x.conf": "include 'postgresql.conf'\n"],
        "postgresql.conf → x.conf → postgresql.conf", ["x.conf"]
      ),
    ] as [(String, String, [String: String], String, [String])])
  func cycle(
    path: String, text: String, files: [String: String], chain: String, included: [String]
  ) {
    var files = files
    files[path] = text
    let reading = Technology.postgresql.read(
      SourceText(path: path, text: text), ReadingContext(files: TreeFiles(files)))
    #expect(reading.problems.map(\.kind) == [.unreadable])
    #expect(reading.problems.map(\.message) == ["configuration file recursion: \(chain)"])
    #expect(reading.included == included)
  }

  @Test(
    "too many reserved connections are one refusal, where the most are reserved",
    arguments: [
      ("reserved_connections = 98", "reserved_connections", nil),
      (
        "superuser_reserved_connections = 3\nreserved_connections = 98", "reserved_connections",
        nil
      ),
      (
        "superuser_reserved_connections = 97\nreserved_connections = 3",
        "superuser_reserved_connections", Version(16)
      ),
      ("max_connections = 2", "max_connections", nil),
    ] as [(String, String, Version?)])
  func reserves(text: String, key: String, version: Version?) throws {
    let (server, problems) = try read(text + "\n", version: version)
    #expect(problems == [])
    #expect(server.settings.filter { $0.refusal != nil }.map(\.key) == [key])
    let field = try #require(KindSchema.databaseServer.field(named: "largest_reserve"))
    #expect(server.setting(for: field)?.key == (key == "max_connections" ? nil : key))
  }

  @Test(
    "passwords in commands and connection strings are secret",
    arguments: [
      ("archive_command", "curl -u user:pass -T %p ftp://h/%f", true),
      ("archive_command", "curl --user=user:pass -T %p ftp://h/%f", true),
      ("archive_command", "PGPASSWORD=x pg_receivewal", true),
      ("archive_command", "curl -H ''X-Token: abc'' h", true),
      ("restore_command", "curl https://u:p@h/%f -o %p", true),
      ("restore_command", "fetch --token abc %f %p", true),
      ("primary_conninfo", "host=h user=u password=p", true),
      ("ssl_passphrase_command", "echo hunter2", true),
      ("archive_command", "cp %p /archive/%f", false),
      ("archive_command", "rsync -a %p u@h:/archive@1/%f", false),
      ("restore_command", "curl http://h:8080/a@b -o %p", false),
      ("cluster_name", "secret-db", false),
    ])
  func secrets(key: String, value: String, isSecret: Bool) throws {
    let (server, _) = try read("\(key) = '\(value)'\n")
    #expect(server.setting(key)?.isSecret == isSecret)
  }

  @Test("a secret that is overridden does not show in the note")
  func overriddenSecret() throws {
    let (server, _) = try read(
      "archive_command = 'PGPASSWORD=hunter2 x'\n",
      files: ["postgresql.auto.conf": "archive_command = 'true'\n"])
    let note = try #require(server.setting("archive_command")?.note)
    #expect(!note.contains("hunter2") && note.contains("wins over"))
  }
}
