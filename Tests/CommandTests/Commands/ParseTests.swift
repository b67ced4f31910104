import FoundationEssentials
import Testing

/// Syntax trees as JSON, and crossplane's payload.
@Suite("headgate parse", .timeLimit(.minutes(15)))
struct ParseTests {
  static let files = [
    ("nginx.conf", Fixtures.soundNginx), ("application.yml", Fixtures.soundPool),
    ("hikari.properties", Fixtures.soundProperties),
    ("pgbouncer.ini", "[databases]\nauth = host=db\n[pgbouncer]\nlisten_port = 6432\n"),
    ("postgresql.conf", "max_connections = 120\nshared_buffers = 2GB\n"),
  ]

  @Test("every format is printed as a JSON document", arguments: files)
  func formats(name: String, text: String) throws {
    let folder = try TemporaryFolder([name: text])
    let run = try folder.headgate("parse", name)
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).object.isEmpty == false)
  }

  @Test("several files are one line each")
  func several() throws {
    let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: Self.files))
    let run = try Program.headgate(["parse"] + Self.files.map(\.0), in: folder.path)
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == Self.files.count)
    for line in lines { _ = try JSONValue(String(line)) }
  }

  @Test("a syntax error is exit 2 and stands in the document with its place")
  func broken() throws {
    let folder = try TemporaryFolder(["nginx.conf": Fixtures.brokenNginx])
    let run = try folder.headgate("parse", "nginx.conf")
    #expect(run.status == 2)
    let errors = try #require(try JSONValue(run.output).errors?.array)
    #expect(!errors.isEmpty)
    #expect(errors.allSatisfy { $0.line?.int != nil || $0.range != nil })
  }

  @Test("crossplane's payload: status, files, directives with lines")
  func crossplane() throws {
    let folder = try TemporaryFolder([
      "nginx.conf": "events {}\nhttp {\n    include conf.d/*.conf;\n}\n",
      "conf.d/a.conf": "server {\n    listen 80;  # here\n}\n",
    ])
    let run = try folder.headgate("parse", "--format", "crossplane", "nginx.conf")
    #expect(run.status == 0, "\(run.text)")
    let payload = try JSONValue(run.output)
    #expect(payload.status?.string == "ok")
    #expect(payload.config?.array.map { $0.file?.string?.hasSuffix(".conf") } == [true, true])
    let http = payload.config?[0]?.parsed?[1]
    #expect(http?.directive?.string == "http")
    #expect(http?.line?.int == 2)
    #expect(http?.block?[0]?.includes == .array([.number(1)]))
    let listen = payload.config?[1]?.parsed?[0]?.block?[0]
    #expect(listen?.args == .array([.string("80")]))
    let failed = try folder.headgate("parse", "--format", "crossplane", "gone.conf")
    #expect(failed.status == 2)
  }

  static let hasCrossplane: Bool = {
    // Not being able to try is not being there.
    (try? Program.run("/usr/bin/env", ["python3", "-c", "import crossplane"], in: "/"))?.status == 0
  }()

  @Test(
    "the payload is crossplane's own for the whole corpus",
    .enabled(if: SharedVectors.areHere, "\(SharedVectors.absence)"),
    .enabled(if: ParseTests.hasCrossplane, "Python's crossplane is not installed"))
  func corpus() throws {
    let folder = try TemporaryFolder(["compare.py": Self.comparison])
    let run = try Program.run(
      "/usr/bin/env",
      [
        "python3", folder.path + "/compare.py", Program.headgate,
        SharedVectors.folder + "/corpora/nginx",
      ],
      in: folder.path)
    #expect(run.status == 0, "\(run.output.suffix(4_000)) \(run.errors.suffix(2_000))")
  }

  /// Compares payloads file by file; what crossplane says of errors is worded otherwise and not
  /// compared.
  static let comparison = """
    import json, os, re, subprocess, sys
    import crossplane

    def is_known(text):
        # crossplane misreads escapes, `${`, counts of regular expressions and text behind a closing
        # quote; files out of the folder are not read by us.
        return re.search(r'\\\\|\\$\\{|\\{[0-9,]+\\}|"[^\\s;"){]|include\\s+(/|\\.\\./)', text)

    def trees(payload):
        def clean(block):
            for item in block:
                item.get('block') and item.update(block=clean(item['block']))
            return [item for item in block if item['directive'] != '#']
        return [clean(file['parsed']) for file in payload['config']]

    program, root = sys.argv[1:]
    count = known = differences = 0
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            if not name.endswith('.conf'):
                continue
            theirs = crossplane.parse(path, comments=False)
            done = subprocess.run([program, 'parse', '--format', 'crossplane', path], capture_output=True)
            try:
                ours = json.loads(done.stdout)
            except ValueError:
                print(path, 'no JSON', done.stderr[:200]); differences += 1; continue
            if theirs['status'] != 'ok':
                continue
            count += 1
            if ours['status'] == 'ok' and trees(ours) == trees(theirs):
                continue
            if is_known(open(path, encoding='utf-8', errors='replace').read()):
                known += 1; continue
            print(path, ours['status'], ours['errors'][:1]); differences += 1
    print(count, 'compared,', known, 'differ as known,', differences, 'otherwise')
    sys.exit(1 if differences or known * 10 > count or not count else 0)

    """
}
