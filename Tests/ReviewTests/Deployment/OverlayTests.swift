import Catalog
import Model
import Review
import Testing

@Suite("What the environment of a service changes in other frameworks' files")
struct OverlayTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String
    let variables: [String]
    let pools: [String]

    var testDescription: String { "\(path) \(variables.joined(separator: " "))" }

    init(_ path: String, _ text: String, _ variables: [String], _ pools: [String]) {
      self.path = path
      self.text = text
      self.variables = variables
      self.pools = pools
    }
  }

  static let quarkus = "quarkus.datasource.jdbc.max-size=20\nquarkus.datasource.jdbc.url=jdbc:x\n"
  static let micronaut =
    "micronaut.application.name=a\ndatasources.default.maximum-pool-size=20\n"
  static let airflow = "[database]\nsql_alchemy_conn = postgresql://db/a\n"
  static let rails = """
    production:
      adapter: postgresql
      pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>
    test:
      adapter: postgresql
      pool: 3
    """

  static let cases = [
    Case("application.properties", quarkus, ["QUARKUS_DATASOURCE_JDBC_MAX_SIZE=7"], ["a: 7"]),
    Case("application.properties", quarkus, ["QUARKUS_DATASOURCE_JDBC_MAX_SIZE=${X}"], ["a: ?"]),
    Case("application.properties", quarkus, ["X=1"], ["a: 20"]),
    Case(
      "application.properties", micronaut, ["DATASOURCES_DEFAULT_MAXIMUM_POOL_SIZE=7"], ["a: 7"]),
    Case(
      "airflow.cfg", airflow, ["AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE=7"], ["a: 17", "a: 17"]),
    Case(
      "airflow.cfg", airflow, ["AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW=${X}"],
      ["a: ?", "a: ?"]),
    Case("config/database.yml", rails, ["RAILS_MAX_THREADS=9"], ["a: 9", "-: 3 test"]),
    Case(
      "config/database.yml", rails, ["DATABASE_URL=postgres://db/x?pool=11"],
      ["a: 11", "-: 3 test"]),
    Case("config/database.yml", rails, ["RAILS_ENV=test"], ["a: 3 test", "-: 5"]),
  ]

  @Test("its variables win", arguments: cases)
  func overlay(_ test: Case) {
    let found = collected([
      test.path: test.text,
      "compose.yml":
        "services:\n  a:\n    build: .\n    environment:\n"
        + test.variables.map { "      - \($0)\n" }.joined(),
    ])
    #expect(found.pools(test.path) == test.pools)
    #expect(found.pools("compose.yml") == [])
  }
}
