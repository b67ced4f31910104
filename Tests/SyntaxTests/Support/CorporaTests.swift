import Syntax
import Testing

@Suite(
  "Shared corpora", .enabled(if: SharedCorpora.isHere, "shared corpora are not here"),
  .timeLimit(.minutes(15)))
struct CorporaTests {
  @Test("INI files are covered byte by byte")
  func ini() {
    let files = SharedCorpora.files(".ini")
    #expect(files.count >= 5)
    for file in files {
      for dialect in [INIDialect.pgbouncer, .plain] {
        let items = INIDocument(file, dialect: dialect).items
        #expect(items.flatMap { file.bytes[$0.range] } == file.bytes, "\(file.path)")
      }
    }
  }

  @Test("properties files are covered byte by byte and hold no malformed escape")
  func properties() {
    let files = SharedCorpora.files(".properties")
    #expect(files.count >= 5)
    for file in files {
      let document = PropertiesDocument(file)
      #expect(document.items.flatMap { file.bytes[$0.range] } == file.bytes, "\(file.path)")
      #expect(document.errors == [], "\(file.path)")
    }
  }

  @Test("postgresql.conf and whatever else ends in .conf is covered byte by byte")
  func postgresql() {
    let files = SharedCorpora.files(".conf")
    #expect(files.count >= 5)
    for file in files {
      let document = PostgreSQLDocument(file)
      #expect(document.items.flatMap { file.bytes[$0.range] } == file.bytes, "\(file.path)")
      if file.path.hasSuffix("/postgresql.conf") { #expect(document.errors == []) }
    }
  }

  @Test("JSON files are read and written again without loss")
  func json() {
    let files = SharedCorpora.files(".json")
    #expect(files.count >= 5)
    for file in files {
      guard let root = JSONDocument(file, dialect: .relaxed).root else {
        Issue.record("\(file.path) was not read")
        continue
      }
      let written = SourceText(path: file.path, bytes: root.json.bytes(.pretty))
      #expect(JSONDocument(written).root?.json == root.json, "\(file.path)")
    }
  }
}
