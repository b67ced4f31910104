import Catalog
import Model
import Testing

@Suite("Images that compose builds")
struct ComposeBuildTests {
  private static let file = """
    FROM python:3 AS base
    ENV WEB_CONCURRENCY=2 POOL_URL=postgres://db/app?pool_max_conns=7
    FROM base
    ENV APP_HOME /srv/app
    CMD ["gunicorn", "-w", "4", "app:app"]
    """

  private func read(_ service: String, _ dockerfile: String = file) -> Reading {
    composeReading(
      "services:\n  app:\n    build: ./app\n" + service, ["app/Dockerfile": dockerfile])
  }

  @Test("the command and the variables of a Dockerfile count where the service has none")
  func plain() throws {
    let reading = read("")
    #expect(reading.problems.isEmpty)
    let app = try #require(reading.service("app"))
    #expect(app.command == ["gunicorn", "-w", "4", "app:app"])
    #expect(reading.field("processes", of: "app") == "int(4)")
    #expect(app["APP_HOME"]?.value == "/srv/app")
    #expect(app["APP_HOME"]?.origin.path == "app/Dockerfile")
    #expect(reading.pool("POOL_URL", "max_size") == "int(7)")
    let processes = app.resource.settings.first { $0.field == "processes" }
    #expect(processes?.origin?.path == "app/Dockerfile")
    #expect(reading.line(processes?.origin) == 5)
  }

  @Test("what the service says wins over its image")
  func overridden() throws {
    let reading = read(
      "    command: gunicorn -w 8 app:app\n    environment: {APP_HOME: /other}\n")
    #expect(reading.field("processes", of: "app") == "int(8)")
    #expect(reading.service("app")?["APP_HOME"]?.value == "/other")
    let entry = read("    entrypoint: [\"/start\"]\n")
    #expect(entry.service("app")?.command == ["/start"])
  }

  @Test("another file and another stage are found by their names")
  func named() {
    let reading = composeReading(
      "services:\n  app:\n    build: {context: ., dockerfile: prod.Dockerfile, target: web}\n",
      ["prod.Dockerfile": "FROM a AS web\nCMD gunicorn -w 3 a\nFROM web\nCMD gunicorn -w 9 a\n"])
    #expect(reading.field("processes", of: "app") == "int(3)")
  }

  @Test("without a Dockerfile here nothing is added")
  func absent() {
    let reading = composeReading("services:\n  app:\n    build: ./gone\n")
    #expect(reading.problems.isEmpty)
    #expect(reading.service("app")?.command == [])
  }

  @Test("flags of a server that an image is built with are its own")
  func server() {
    let reading = composeReading(
      "services:\n  db:\n    build: ./db\n",
      ["db/Dockerfile": "FROM postgres:16\nCMD [\"postgres\", \"-c\", \"max_connections=300\"]\n"])
    #expect(reading.service("db")?.command == ["postgres", "-c", "max_connections=300"])
  }
}
