import Catalog
import Model
import Syntax
import Testing

/// What is said of an earlier line that a later one of the same file replaces.
@Suite("Keys written twice")
struct WrittenTwiceTests {
  private func setting(_ file: String, _ text: String, _ key: String) throws -> Setting {
    let source = SourceText(path: file, text: text)
    let technology = try #require(
      Catalog.recognise(FileCandidate(path: file, head: source.bytes)))
    let reading = technology.read(source, ReadingContext(files: TreeFiles([:])))
    return try #require(reading.resources.lazy.compactMap { $0.setting(key) }.first)
  }

  @Test(
    "know the earlier text where it differs",
    arguments: [
      ("hikari.properties", "maximumPoolSize=20\nmaximumPoolSize=10\n", "maximumPoolSize", "20"),
      (
        "pgbouncer.ini", "[pgbouncer]\nmax_client_conn = 5\nmax_client_conn = 6\n",
        "max_client_conn", "5"
      ),
      ("postgresql.conf", "work_mem = 8MB\nwork_mem = 4MB\n", "work_mem", "8MB"),
      ("my.cnf", "[mysqld]\nwait_timeout=5\nwait-timeout=6\n", "wait_timeout", "5"),
      ("hikari.properties", "maximumPoolSize=20\nmaximumPoolSize=20\n", "maximumPoolSize", nil),
      (
        "pgbouncer.ini", "[pgbouncer]\nmax_client_conn = 5\n[pgbouncer]\nmax_client_conn = 6\n",
        "max_client_conn", nil
      ),
    ] as [(String, String, String, String?)])
  func earlier(file: String, text: String, key: String, expected: String?) throws {
    #expect(try setting(file, text, key).overridden == expected)
  }

  @Test(
    "never show a secret of the earlier line",
    arguments: [
      (
        "hikari.properties", "jdbcUrl=jdbc:mysql://db/a?password=Wq8\njdbcUrl=jdbc:mysql://db/a\n",
        "jdbcUrl"
      ),
      (
        "hikari.properties",
        "jdbcUrl=jdbc:oracle:thin:app/Wq8@db:1521:a\njdbcUrl=jdbc:oracle:thin:@db:1521:a\n",
        "jdbcUrl"
      ),
      (
        "pgbouncer.ini",
        "[pgbouncer]\nlogfile = postgres://a:Wq8@db/a\nlogfile = /var/log/pgbouncer.log\n",
        "logfile"
      ),
    ])
  func secret(file: String, text: String, key: String) throws {
    let setting = try setting(file, text, key)
    #expect(setting.overridden == Setting.mask)
    #expect(!setting.isSecret)
  }
}
