import Catalog
import Model
import Syntax
import Testing

@Suite("Formats of a team")
struct MappedFormatTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let format: String
    let place: String?
    let key: String
    let text: String
    /// The pools' names in order.
    var names = ["auth", "billing"]
    /// The value of the first pool as it stands in the file.
    var written = "5"

    var testDescription: String { "\(format) \(place ?? "whole file")" }
  }

  static let samples = [
    Sample(
      format: "yaml", place: "datasources.{name}", key: "pool.max",
      text: "# pools\ndatasources:\n  auth: {pool: {max: 5}} # few\n  billing:\n    pool:\n"
        + "      max: 20\n"),
    Sample(
      format: "yaml", place: "datasources.*", key: "pool.max",
      text: "datasources:\n  auth:\n    pool: {max: '5'}\n  billing:\n    pool: {max: 20}\n",
      written: "'5'"),
    Sample(
      format: "json", place: "pools.*", key: "max",
      text: "{\"pools\": {\"auth\": {\"max\": 5}, // few\n  \"billing\": {\"max\": \"20\"}}}\n"),
    Sample(
      format: "toml", place: "pool.*", key: "size.max",
      text: "[pool.auth]\nsize.max = 5 # few\n[pool.billing.size]\nmax = 0x14\n"),
    Sample(
      format: "ini", place: "pool:{name}", key: "max",
      text: "; pools\n[pool:auth]\nmax = 5 ; few\n\n[other]\nmax = 1\n[pool:billing]\nmax=20\n"),
    Sample(
      format: "ini", place: "pool.*", key: "max.size",
      text: "[pool.auth]\nmax.size: \"5\"\n[pool.billing]\nmax.size: 20\n", written: "\"5\""),
    Sample(
      format: "properties", place: "pool.{name}", key: "max.size",
      text: "# pools\npool.auth.max.size=5\npool.auth.url=x\npool.billing.max.size = 2\\\n  0\n"),
    Sample(
      format: "dotenv", place: "DB_{name}_", key: "POOL_MAX",
      text: "DB_AUTH_POOL_MAX=5 # few\nOTHER=1\nexport DB_RO_2_POOL_MAX=\"20\"\n",
      names: ["AUTH", "RO_2"]),
    Sample(
      format: "xml", place: "config.pools.pool", key: "@max",
      text: "<config><pools>\n  <pool id='auth' max=\"5\"/><pool id='billing' max='20'/>\n"
        + "</pools></config>\n",
      names: ["pool", "pool"]),
    Sample(
      format: "xml", place: "config.{name}", key: "max",
      text: "<config><auth><max> 5 </max></auth>\n<billing><max>20</max></billing></config>\n"),
  ]

  @Test("say the same in each format, at the value's own bytes", arguments: samples)
  func formats(sample: Sample) throws {
    let mapping = try pools(
      "'\(sample.key)': max_size", format: sample.format, at: sample.place)
    let reading = mapping.read(sample.text)
    #expect(reading.problems.isEmpty, "\(reading.problems)")
    #expect(reading.resources.map(\.identity.name) == sample.names)
    #expect(reading.resources.map { $0.field("max_size") } == ["5", "20"])
    let pool = try #require(reading.resources.first)
    #expect(pool.identity.technology == "acme" && pool.identity.mapping == "formats/acme.yaml")
    let setting = try #require(pool.mapped(sample.key))
    let origin = try #require(setting.origin)
    let source = SourceText(path: "app/pool.conf", text: sample.text)
    #expect(source.text(origin.range) == sample.written)
    #expect(setting.provenance == .explicit)
  }

  @Test("are changed at one value and nowhere else", arguments: samples)
  func lossless(sample: Sample) throws {
    let mapping = try pools("'\(sample.key)': max_size", format: sample.format, at: sample.place)
    let source = SourceText(path: "app/pool.conf", text: sample.text)
    let pool = try #require(mapping.read(sample.text).resources.first)
    let range = try #require(pool.mapped(sample.key)?.origin?.range)
    let spelled = sample.written.map { $0 == "5" ? "24" : String($0) }.joined()
    let fixed = try #require(source.applying([TextEdit(range: range, replacement: spelled)]))
    let text = String(decoding: fixed.bytes, as: UTF8.self)
    #expect(mapping.read(text).resources.map { $0.field("max_size") } == ["24", "20"])
    #expect(text.utf8.count == sample.text.utf8.count + 1)
    #expect(source.bytes[..<range.lowerBound] == fixed.bytes[..<range.lowerBound])
    #expect(source.bytes[range.upperBound...].elementsEqual(fixed.bytes[(range.upperBound + 1)...]))
  }

  @Test("without a place are one pool, called after the file unless something names it")
  func wholeFile() throws {
    let plain = try pools("max: max_size")
    #expect(plain.read("max: 7\n", path: "a/auth.pool").resources.first?.identity.name == "auth")
    #expect(plain.read("other: 7\n").resources.isEmpty)
    let named = try mapping(
      """
      name: acme
      files: '*'
      format: json
      resources:
      - {kind: pool, name: {key: meta.id}, environment: {key: env}, keys: {max: max_size}}
      - {kind: pool, at: more.*, name: more, environment: test, keys: {max: max_size}}
      """)
    let text = "{\"max\": 7, \"meta\": {\"id\": \"x\"}, \"env\": \"dev\", \"more\": [{\"max\": 1}]}"
    let identities = named.read(text).resources.map(\.identity)
    #expect(identities.map(\.name) == ["x", "more"])
    #expect(identities.map(\.environment) == ["dev", "test"])
    #expect(identities.allSatisfy { $0.environmentIsDeclared })
    #expect(identities[1].origin.range == 56..<61)
  }

  @Test("have a resource for each element of a list, and environments by segment")
  func lists() throws {
    let mapping = try pools("max: max_size", at: "{environment}.pools.*")
    let text = "prod:\n  pools:\n  - {max: 3}\n  - max: 4\ntest: {pools: [{max: 5}]}\n"
    let reading = mapping.read(text)
    #expect(reading.resources.map(\.identity.name) == ["0", "1", "0"])
    #expect(reading.resources.map(\.identity.environment) == ["prod", "prod", "test"])
    #expect(try pools("max: max_size", at: "prod.pools.1").read(text).resources.count == 1)
  }

  @Test("are known by their pattern and by what stands in them")
  func recognition() throws {
    let text =
      "name: acme\nfiles: [pools.yml, '*.pool']\ncontains: ['acme:', v2]\nformat: yaml\n"
      + "resources: [{kind: pool, keys: {max: max_size}}]\n"
    let own = try mapping(text)
    func product(_ path: String, _ head: String) -> String? {
      Catalog.recognise(FileCandidate(path: path, head: Array(head.utf8)), formats: [own])?.name
    }
    #expect(product("a/pools.yml", "acme: v2") == "acme")
    #expect(product("b.pool", "acme: v2") == "acme")
    #expect(product("a/pools.yml", "acme: v1") == nil)
    #expect(product("a/other.yml", "acme: v2") == nil)
    let broad = try mapping(
      text.split(separator: "\n").map {
        $0.hasPrefix("files") ? "files: nginx.conf" : $0.hasPrefix("contains") ? "" : String($0)
      }.joined(separator: "\n"))
    let nginx = FileCandidate(path: "nginx.conf", head: Array("http {}\n".utf8))
    #expect(Catalog.recognise(nginx, formats: [broad])?.name == "acme")
    #expect(Catalog.recognise(nginx)?.name == "nginx")
  }

  @Test("that nothing is found in, or that break their grammar, are never passed over")
  func nothing() throws {
    let mapping = try pools("max: max_size", at: "pools.*")
    let none = mapping.read("pool:\n  a: {max: 1}\n")
    #expect(none.resources.isEmpty)
    #expect(none.problems.map(\.kind) == [.unknown])
    #expect(none.problems.first?.message == "formats/acme.yaml finds nothing in this file")
    #expect(mapping.read("pools: {a: {max: 1}\n").problems.contains { $0.kind == .syntax })
  }
}
