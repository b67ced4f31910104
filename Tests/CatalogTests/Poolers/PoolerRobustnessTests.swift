import Catalog
import Model
import Syntax
import Testing

@Suite("Robustness of poolers and proxies", .timeLimit(.minutes(15)))
struct PoolerRobustnessTests {
  private static let samples: [(name: String, path: String, text: String)] = [
    (
      "odyssey", "odyssey.conf",
      """
      workers 4 # w
      include "more.conf"
      shared_pool "s" { pool_size 5 }
      storage "db" { type "remote" host "a:1,b" port 5432 }
      database default { user "u" "10.0.0.0/8" hostssl {
        authentication "none" storage "db" pool "session" pool_size 10 password "p\\"w"
        options { "a" "b" } } }
      """
    ),
    (
      "pgcat", "pgcat.toml",
      """
      [general]
      port = 6432 # p
      connect_timeout = 5_000
      [pools."a b"]
      pool_mode = 'session'
      [pools."a b".users.0]
      username = "u"
      pool_size = 0x10
      [pools."a b".shards.0]
      servers = [["h", 5432, "primary"], { x = [1, 2] }]
      """
    ),
    (
      "proxysql", "proxysql.cnf",
      """
      mysql_variables= { max_connections=2048; threads: 4 /* t */ }
      mysql_servers = ( { address="a" "b", port=3306, hostgroup=0 }, { hostgroup=0x1F } )
      mysql_users: ( { username = "u", password = "\\x41", max_connections = 5L } )
      """
    ),
    (
      "haproxy", "haproxy.cfg",
      """
      global
       maxconn 100
      defaults d
       timeout client 30s
       default-server maxconn 5
      .if x
      listen x from d
       server a "$H:5432" maxconn 10k check
      .endif
       server b [::1]:80 no-check
      """
    ),
    (
      "pgpool", "pgpool.conf",
      """
      num_init_children = 010 # n
      child_life_time = '5 min'
      include 'more.conf'
      backend_hostname0 = 'h'
      backend_port0 = 5432
      client_idle_limit 1.5min
      """
    ),
    (
      "maxscale", "maxscale.cnf",
      """
      [maxscale]
      auto_tune=all
      [s]
      type=server
      address=h
      persistmaxtime=60s
      [v]
      type=service
      router=r
      servers=s,
        t
      wait_timeout=300ms
      """
    ),
  ]

  @Test(
    "broken files are read without a crash, and every place lies in its file",
    arguments: samples.map(\.name))
  func mutations(name: String) throws {
    let sample = try #require(Self.samples.first { $0.name == name })
    let technology = try #require(Catalog.technologies.first { $0.name == name })
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let files = TreeFiles(["more.conf": sample.text])
    func check(_ bytes: [UInt8]) throws {
      let reading = technology.read(
        SourceText(path: sample.path, bytes: bytes), ReadingContext(files: files))
      _ = technology.recognises(FileCandidate(path: sample.path, head: bytes))
      _ = technology.recognises(FileCandidate(path: "a.conf", head: bytes))
      let sizes = Dictionary(
        reading.sources.map { ($0.path, $0.bytes.count) }, uniquingKeysWith: { first, _ in first })
      let origins =
        reading.problems.map(\.origin) + reading.resources.map(\.identity.origin)
        + reading.resources.flatMap { $0.settings.compactMap(\.origin) }
      for origin in origins {
        #expect(origin.range.upperBound <= (try #require(sizes[origin.path])))
      }
    }
    let whole = Array(sample.text.utf8)
    for end in whole.indices { try check(Array(whole[..<end])) }
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0...random(6) {
        switch random(4) {
        case 0: bytes[random(bytes.count)] = UInt8(random(256))
        case 1: bytes.remove(at: random(bytes.count))
        case 2: bytes.insert(Array("='[]\n\\ {}\"#()$".utf8)[random(13)], at: random(bytes.count))
        default: bytes.removeLast(min(random(40), bytes.count - 10))
        }
      }
      try check(bytes)
    }
  }

  @Test("the samples are recognised and whole", arguments: samples.map(\.name))
  func whole(name: String) throws {
    let sample = try #require(Self.samples.first { $0.name == name })
    let file = FileCandidate(path: sample.path, head: Array(sample.text.utf8))
    #expect(Catalog.recognise(file)?.name == name)
    let technology = try #require(Catalog.technologies.first { $0.name == name })
    let reading = technology.read(
      SourceText(path: sample.path, text: sample.text),
      ReadingContext(files: TreeFiles(["more.conf": ""])))
    #expect(reading.resources.count >= 2)
    #expect(!technology.reference().keys.isEmpty)
  }
}
