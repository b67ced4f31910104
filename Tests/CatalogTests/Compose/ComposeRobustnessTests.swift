import Catalog
import Model
import Syntax
import Testing

@Suite("Compose files that are cut, mixed up or huge")
struct ComposeRobustnessTests {
  private static let text = """
    x-env: &env {A: 1, B: "${B:-2}"}
    services:
      app:
        image: "gunicorn:${TAG:-1}"
        command: sh -c "gunicorn -w ${N:-4} app"
        environment:
          <<: *env
          DATABASE_URL: postgres://u:p@db/app?connection_limit=${N:-3}
        env_file: [a.env, {path: b.env, required: false}]
        deploy: {replicas: 3, resources: {limits: {memory: 1g}}}
        volumes: ["./a:/b", {type: bind, source: ./c, target: /d}]
        ulimits: {nofile: {soft: 1, hard: 2}}
        extends: {service: base}
      base: {build: {context: .}, configs: [x]}
    configs: {x: {file: ./x.yml}}
    """

  @Test("every cut of a file is read")
  func cuts() {
    let bytes = Array(Self.text.utf8)
    for end in 0...bytes.count {
      let source = SourceText(path: "compose.yaml", bytes: Array(bytes[..<end]))
      let context = ReadingContext(files: TreeFiles(["a.env": "A=${A}\n"]))
      #expect(Technology.compose.read(source, context).sources.first?.path == "compose.yaml")
    }
  }

  @Test("bytes that were changed are read")
  func mixed() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let signs = Array("{}[]:-&*<!|>'\"$#%@\n \t\u{0}\u{ff}a1=,".utf8)
    for _ in 0..<300 {
      var bytes = Array(Self.text.utf8)
      for _ in 0...next(8) { bytes[next(bytes.count)] = signs[next(signs.count)] }
      let source = SourceText(path: "compose.yaml", bytes: bytes)
      let reading = Technology.compose.read(source, ReadingContext(files: TreeFiles([:])))
      for resource in reading.resources {
        for setting in resource.settings {
          #expect(setting.origin?.range.upperBound ?? 0 <= bytes.count)
        }
      }
    }
  }

  @Test("aliases that multiply, deep nesting and long defaults end")
  func bombs() {
    var bomb = "x0: &x0 [a, a]\n"
    for level in 1...30 {
      bomb += "x\(level): &x\(level) [*x\(level - 1), *x\(level - 1)]\n"
    }
    bomb += "services:\n  a:\n    image: x\n    command: *x30\n"
    #expect(composeReading(bomb).workloads.count == 1)
    let nested = String(repeating: "${A:-", count: 2_000) + String(repeating: "}", count: 2_000)
    #expect(
      composeReading("services:\n  a:\n    image: '\(nested)'\n").workloads.count == 1)
    let doubled = (0..<60).map { "A\($0 + 1)=$A\($0)$A\($0)" }.joined(separator: "\n")
    let reading = composeReading(
      "services:\n  a:\n    image: $A60\n", [".env": "A0=x\n" + doubled + "\n"])
    #expect(reading.workloads.count == 1)
  }

  @Test(
    "all compose files of the shared corpora are read, with nothing refused",
    .enabled(if: SharedData.areHere, "shared vectors are not here"))
  func corpora() {
    var count = 0
    for name in ["pools", "stack"] {
      let files = SharedData.corpus(name)
      let tree = TreeFiles(
        Dictionary(
          files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) },
          uniquingKeysWith: { first, _ in first }))
      for file in files {
        let head = Array(file.bytes.prefix(FileCandidate.sniffLimit))
        guard Catalog.recognise(FileCandidate(path: file.path, head: head))?.name == "compose"
        else { continue }
        count += 1
        let reading = Technology.compose.read(file, ReadingContext(files: tree))
        #expect(!reading.workloads.isEmpty, "\(file.path)")
        // Passwords in these files were replaced, also where compose then refuses the text.
        let refused = reading.problems.filter { problem in
          let source = reading.sources.first { $0.path == problem.origin.path }
          let text = source?.text(problem.origin.range) ?? ""
          return problem.kind != .unknown && !text.contains("REDACTED")
        }
        #expect(refused == [], "\(file.path)")
      }
    }
    #expect(count > 40)
  }
}
