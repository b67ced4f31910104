import Catalog
import Model
import Syntax
import Testing

@Suite("Robustness of servers and poolers", .timeLimit(.minutes(15)))
struct RobustnessTests {
  private static let pooler = """
    ; pools
    [databases]
    app = host='db 1' port=5432 dbname=app pool_size=020 password=secret
    * = host=db
    %include more.ini
    [users]
    reports = pool_mode=session max_user_connections=7
    [pgbouncer]
    default_pool_size = 0x1F
    query_wait_timeout = 1.5
    [pgbouncer]
    pool_mode = transaction
    """
  private static let server = """
    # memory
    shared_buffers = 2GB
    work_mem '64 MB'
    include 'more.ini'
    include_dir = 'conf'
    max_connections = 0100 # octal
    search_path = '"$user", it''s\\n'
    """

  @Test(
    "broken files are read without a crash, and every place lies in its file",
    arguments: [("pgbouncer", pooler), ("postgresql", server)])
  func mutations(name: String, text: String) throws {
    let technology = try #require(
      [Technology.pgbouncer, .postgresql].first { $0.name == name })
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<400 {
      var bytes = Array(text.utf8)
      for _ in 0...random(6) {
        switch random(4) {
        case 0: bytes[random(bytes.count)] = UInt8(random(256))
        case 1: bytes.remove(at: random(bytes.count))
        case 2: bytes.insert(Array("='[]\n\\ %#;".utf8)[random(10)], at: random(bytes.count))
        default: bytes.removeLast(min(random(40), bytes.count - 10))
        }
      }
      let files = TreeFiles(["more.ini": text, "conf/a.conf": text])
      let reading = technology.read(
        SourceText(path: "x", bytes: bytes), ReadingContext(files: files))
      let sizes = Dictionary(
        reading.sources.map { ($0.path, $0.bytes.count) }, uniquingKeysWith: { first, _ in first })
      let origins =
        reading.problems.map(\.origin) + reading.resources.map(\.identity.origin)
        + reading.resources.flatMap { $0.settings.compactMap(\.origin) }
      for origin in origins {
        let size = try #require(sizes[origin.path])
        #expect(origin.range.upperBound <= size)
      }
    }
  }
}
