import Catalog
import Model
import Syntax
import Testing

@Suite("Defaults of pools in frameworks", .enabled(if: SharedData.areHere, "no shared data"))
struct FrameworkDefaultsTests {
  /// One table of `data/defaults.json`: how its keys begin there, and a file with one more line.
  struct Table: Sendable {
    let title: String
    let technology: Technology
    let path: String
    let start: String
    let prefix: String
    let separator: String
  }

  private static let tables = [
    Table(
      title: "Alibaba Druid", technology: .springBoot, path: "application.properties",
      start: "spring.datasource.druid.url=jdbc:x\n", prefix: "spring.datasource.druid.",
      separator: "="),
    Table(
      title: "Quarkus Agroal", technology: .quarkus, path: "application.properties",
      start: "quarkus.datasource.jdbc.driver=x\n", prefix: "quarkus.datasource.jdbc.",
      separator: "="),
    Table(
      title: "Dropwizard", technology: .dropwizard, path: "config.yml",
      start: "database:\n  driverClass: x\n", prefix: "  ", separator: ": "),
    Table(
      title: "Spring Boot", technology: .springBoot, path: "application.properties",
      start: "spring.r2dbc.url=r2dbc:x://h/d\n", prefix: "spring.r2dbc.pool.", separator: "="),
  ]

  private func read(_ table: Table, _ line: String = "") throws -> any Resource {
    let reading = table.technology.read(
      SourceText(path: table.path, text: table.start + line),
      ReadingContext(files: MemoryFiles([:])))
    return try #require(reading.resources.first)
  }

  @Test("are those of the tables; written, they change nothing", arguments: 0..<4)
  func defaults(index: Int) throws {
    let table = Self.tables[index]
    let rows =
      try #require(SharedData.json("data/defaults.json")?["technologies"]).elements
      .first { $0["technology"]?.json.stringValue == table.title }?["keys"]?.elements ?? []
    var count = 0
    for row in rows {
      let name = try #require(row["key"]?.json.stringValue)
      // The table of Spring Boot has keys of its web server, too.
      guard table.title != "Spring Boot" || name.hasPrefix(table.prefix) else { continue }
      let key = name.hasPrefix(table.prefix) ? String(name.dropFirst(table.prefix.count)) : name
      let standard = try #require(row["default"]?.json)
      let words = key.split(separator: "-").map(String.init)
      let camel = words[0] + words.dropFirst().map(\.capitalized).joined()
      let pool = try read(table)
      let setting = try #require(pool.setting(key) ?? pool.setting(camel), "\(key)")
      #expect(setting.provenance == .default, "\(key)")
      count += 1
      let text = standard.stringValue ?? standard.text()
      if text == "null" {
        #expect(setting.effective == .null || setting.meaning != nil, "\(key)")
        continue
      }
      let written = try read(table, "\(table.prefix)\(key)\(table.separator)\(text)\n")
      let same = try #require(written.setting(setting.key), "\(key)")
      #expect(same.shown == setting.shown && same.refusal == nil, "\(key) \(text)")
      #expect(same.provenance == .explicit, "\(key)")
    }
    #expect(count >= 8)
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
