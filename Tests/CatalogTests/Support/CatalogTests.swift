import Catalog
import Model
import Testing

@Suite("Catalog")
struct CatalogTests {
  @Test("names of technologies are unique, and each has a title")
  func names() {
    let names = Catalog.technologies.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Catalog.productNames == names)
    #expect(
      Catalog.technologies.allSatisfy { !$0.title.isEmpty && $0.name == $0.name.lowercased() })
  }

  @Test(
    "a file belongs to the technology that is surest of it",
    arguments: [
      ("etc/pgbouncer.ini", "", "pgbouncer"), ("db/postgresql.conf", "", "postgresql"),
      ("conf.d/memory.conf", "work_mem = 4MB\nshared_buffers = 1GB\n", "postgresql"),
      ("conf.d/site.conf", "server {\n  listen 80;\n}\n", "nginx"), ("nginx.conf", "", "nginx"),
      ("compose.yaml", "\u{FEFF}services:\n  db: {image: postgres:15}\n", "compose"),
      ("a.properties", "\u{FEFF}spring.datasource.url=jdbc:postgresql://db/a\n", "spring-boot"),
      ("README.md", "work_mem = 4MB\nshared_buffers = 1GB\n", nil), ("setup.ini", "[a]\nb=1", nil),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, technology: String?) {
    let candidate = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Catalog.recognise(candidate)?.name == technology)
  }

  @Test(
    "every kind of resource has fields, each explained and in a slot of its own",
    arguments: Kind.allCases)
  func schema(kind: Kind) throws {
    let fields = try #require(Catalog.schema[kind]).fields
    #expect(Set(fields.map(\.slot)).count == fields.count)
    #expect(Set(fields.map(\.name)).count == fields.count)
    #expect(fields.allSatisfy { !$0.about.isEmpty && $0.kind == kind })
  }
}
