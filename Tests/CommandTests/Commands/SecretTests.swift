import Testing

/// What the syntax tree of a file does not show.
@Suite("headgate parse of files with secrets", .timeLimit(.minutes(15)))
struct SecretTests {
  private static let secret = "Wq8-rest-tangle"

  @Test(
    "a password is masked in every format",
    arguments: [
      ("pgbouncer.ini", "[databases]\na = host=db password=Wq8-rest-tangle\n"),
      ("hikari.properties", "password=Wq8-rest-tangle\nmaximumPoolSize=5\n"),
      ("postgresql.conf", "primary_conninfo = 'host=a password=Wq8-rest-tangle'\n"),
      ("application.yml", "spring:\n  datasource:\n    password: Wq8-rest-tangle\n"),
      (
        "k8s.yaml",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n"
          + "    - env:\n        - {name: DB_PASSWORD, value: Wq8-rest-tangle}\n"
      ),
      (
        "docker-compose.yml",
        "services:\n  a:\n    image: x\n    environment:\n"
          + "      - DATABASE_URL=postgres://u:Wq8-rest-tangle@db/a\n"
      ),
      (
        "appsettings.json", "{\"ConnectionStrings\": {\"A\": \"Host=db;Password=Wq8-rest-tangle\"}}"
      ),
      (
        "nginx.conf",
        "events {}\nhttp { server { location / {\n"
          + "  proxy_set_header Authorization \"Basic Wq8-rest-tangle\";\n"
          + "  proxy_pass http://u:Wq8-rest-tangle@app/; } } }\n"
      ),
    ])
  func masked(file: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(file, text)
    let run = try Program.headgate(["parse", "--format", "json", file], in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    #expect(!run.text.contains(Self.secret), "\(run.text)")
    #expect(run.output.contains("***"), "\(run.text)")
  }

  @Test("a pool that two services run is named with each of them")
  func inventory() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "docker-compose.yml",
      "services:\n  web: &app\n    image: example/app:1\n"
        + "    volumes: [\"./application.yml:/app/application.yml\"]\n  jobs: *app\n")
    try folder.write(
      "application.yml",
      "spring:\n  datasource:\n    url: jdbc:postgresql://db/app\n"
        + "    hikari: {pool-name: main, maximum-pool-size: 5}\n")
    let text = try Program.headgate(["inventory", "."], in: folder.path).output
    #expect(text.contains("pool main in web  "), "\(text)")
    #expect(text.contains("pool main in jobs  "))
    #expect(!text.contains("service web in"))
    let markdown = try Program.headgate(
      ["inventory", ".", "--format", "markdown"], in: folder.path
    ).output
    #expect(markdown.contains("## pool main in web"), "\(markdown)")
  }
}
