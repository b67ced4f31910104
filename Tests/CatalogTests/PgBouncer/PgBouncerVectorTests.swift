import Catalog
import Model
import Syntax
import Testing

@Suite("PgBouncer vectors", .enabled(if: SharedData.areHere, "shared vectors are not here"))
struct PgBouncerVectorTests {
  @Test("runs what PgBouncer runs", arguments: SharedData.cases("pgbouncer"))
  func vectors(vector: PoolVector) throws {
    let reading = vector.read(as: .pgbouncer)
    let refusals =
      reading.resources.flatMap { $0.settings.compactMap(\.refusal) }
      + reading.problems.map(\.message)
    #expect(refusals.isEmpty == vector.loaded, "\(refusals)")
    guard vector.loaded else { return }
    let pooler = try #require(reading.resources.first)
    #expect(pooler.kind == .pooler)
    try compare(vector.effective["config"], pooler, "config")
    for member in vector.effective["databases"]?.objectValue ?? [] {
      let database = try #require(reading.resources.first { $0.identity.name == member.name })
      #expect(database.kind == .poolerDatabase)
      try compare(member.value, database, member.name)
    }
    for user in vector.effective["users"]?.objectValue ?? [] {
      for member in user.value.objectValue ?? [] {
        let text = member.value.stringValue.map { $0.filter { $0 != " " } }
        guard let setting = pooler.setting("users.\(user.name).\(member.name)") else {
          #expect(text == "" || text == "0", "\(user.name) \(member.name)")
          continue
        }
        #expect(setting.shown == text)
      }
    }
  }

  private func compare(_ expected: JSON?, _ resource: any Resource, _ name: String) throws {
    for member in expected?.objectValue ?? [] {
      let setting = try #require(resource.setting(member.name), "\(name) \(member.name)")
      #expect(setting.shown == member.value.stringValue, "\(name) \(member.name)")
    }
  }

  @Test("has a vector for each behaviour")
  func count() { #expect(SharedData.cases("pgbouncer").count >= 90) }
}

@Suite("Recognition of pooler and server files")
struct RecognitionTests {
  private static let expected: Set<String> = [
    "stack/outage/pgbouncer.ini", "stack/fixed/pgbouncer.ini", "stack/outage/postgresql.conf",
    "stack/fixed/postgresql.conf", "pools/pgbouncer/etc/pgbouncer-minimal.ini",
    "pools/pgbouncer/etc/pgbouncer.ini", "pools/pgbouncer/test/test.ini",
    "pools/pgbouncer/test/ctest7000.ini", "pools/pgbouncer/test/ssl/test.ini",
    "pools/pgbouncer/test/ctest6000.ini",
    "pools/docker-pgbouncer/examples/kubernetes/multiuser/pgbouncer.ini",
  ]

  @Test(
    "takes its own files out of the corpora and leaves all others",
    .enabled(if: SharedData.areHere, "shared corpora are not here"), .timeLimit(.minutes(15)))
  func corpora() {
    var recognised: Set<String> = []
    for name in ["pools", "nginx", "stack"] {
      for file in SharedData.corpus(name) {
        let path = name + "/" + file.path
        let head = Array(file.bytes.prefix(FileCandidate.sniffLimit))
        let candidate = FileCandidate(path: path, head: head)
        let certainty = [Technology.pgbouncer, .postgresql].map { $0.recognises(candidate) }
        if certainty.contains(where: { $0 > .no }) { recognised.insert(path) }
      }
    }
    #expect(recognised == Self.expected)
  }

  @Test(
    "reads the corpora's files without a false refusal",
    .enabled(if: SharedData.areHere, "shared corpora are not here"))
  func corporaAreAccepted() {
    for file in SharedData.corpus("pools") + SharedData.corpus("stack") {
      let candidate = FileCandidate(
        path: file.path, head: Array(file.bytes.prefix(FileCandidate.sniffLimit)))
      for technology in [Technology.pgbouncer, .postgresql]
      where technology.recognises(candidate) > .no {
        let reading = technology.read(file, ReadingContext(files: TreeFiles([:])))
        let refused = reading.problems.filter { $0.kind == .refused || $0.kind == .syntax }
        #expect(refused.map(\.message) == [], "\(file.path)")
        #expect(reading.resources.flatMap { $0.settings.compactMap(\.refusal) } == [])
      }
    }
  }
}
