import Catalog
import Model
import Syntax
import Testing

@Suite("Defaults of servers and poolers", .enabled(if: SharedData.areHere, "no shared data"))
struct DefaultsTests {
  /// One table of `data/defaults.json` and how to read a file without settings for its version.
  @Test(
    "are those that were read from the running programs",
    arguments: [
      ("PgBouncer", "1.25.2", Version(1, 25, 2)), ("PgBouncer", "1.18.0", Version(1, 18)),
      ("PgBouncer", "1.25.2 + 2026-07 main", Version(1, 26)),
      ("PostgreSQL", "15.20", Version(15, 20)), ("PostgreSQL", "16 and later", Version(16)),
      ("PostgreSQL", "17 and later", Version(17)), ("MariaDB", "10.11.19", Version(10, 11, 19)),
    ])
  func defaults(product: String, table: String, version: Version) throws {
    let tables = try #require(SharedData.json("data/defaults.json")?["technologies"]).elements
    let rows = try #require(
      tables.first {
        $0["technology"]?.json.stringValue == product && $0["version"]?.json.stringValue == table
      }?["keys"])
    let technology = try #require(Catalog.technologies.first { $0.title == product })
    let text = ["PgBouncer": "[pgbouncer]\n", "MariaDB": "[mysqld]\n"][product] ?? ""
    let context = ReadingContext(files: TreeFiles([:]), versions: [technology.name: version])
    let reading = technology.read(SourceText(path: "x", text: text), context)
    let resource = try #require(reading.resources.first)
    #expect(!rows.elements.isEmpty)
    for row in rows.elements {
      let key = try #require(row["key"]?.json.stringValue)
      let setting = try #require(resource.setting(key), "\(key)")
      let standard = try #require(row["default"]?.json)
      #expect(setting.shown == (standard.stringValue ?? standard.text()), "\(key)")
      #expect(setting.provenance == .default)
    }
  }

  @Test(
    "0 means what the tables say",
    arguments: [
      ("off", [Meaning.disabled]), ("unlimited", [.unlimited]), ("queued for ever", [.forever]),
      ("every connection is used once", [.immediate]), ("reserve pool off", [.disabled]),
    ])
  func zeros(words: String, meanings: [Meaning]) throws {
    let tables = try #require(SharedData.json("data/defaults.json")?["technologies"]).elements
    for table in tables {
      guard let product = table["technology"]?.json.stringValue,
        ["PgBouncer", "PostgreSQL"].contains(product),
        let version = table["version"]?.json.stringValue.flatMap({ Version($0) })
      else { continue }
      let technology = product == "PgBouncer" ? Technology.pgbouncer : .postgresql
      for row in table["keys"]?.elements ?? [] where row["zero"]?.json.stringValue == words {
        let key = try #require(row["key"]?.json.stringValue)
        let text = product == "PgBouncer" ? "[pgbouncer]\n\(key) = 0\n" : "\(key) = 0\n"
        // Undeclared, so that keys of later versions are read as well.
        let context = ReadingContext(files: TreeFiles([:]))
        let reading = technology.read(SourceText(path: "x", text: text), context)
        let meaning = try #require(reading.resources.first?.setting(key), "\(key)").meaning
        #expect(meaning.map(meanings.contains) == true, "\(key) \(version)")
      }
    }
  }
}
