import Catalog
import FoundationEssentials
import Model
import Syntax
import Testing

/// Configurations of many origins, read as entries one by one.
@Suite("nginx corpus")
struct NginxCorpusTests {
  private struct Expected: Decodable, Sendable {
    let file: String
    let error: String?
  }

  private static let files: [Expected] = {
    guard let data = SharedNginx.data("corpora/nginx/expected.jsonl") else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap {
      // Lines of another shape are missed by the count below.
      try? JSONDecoder().decode(Expected.self, from: Data($0))
    }
  }()

  private static let inheritance =
    "nginx-lint/plugins/builtin/best_practices/directive_inheritance/tests/fixtures"

  /// Those that are there to be wrong, or are one of several files that shared one name.
  private static let wrong: Set<String> = [
    "certbot/roundtrip/elgg/nginx.conf", "certbot/roundtrip/simplecgi/nginx.conf",
    "certbot/roundtrip/guide-to-nginx-ssl-spdy-hsts/nginx.conf",
    "certbot/testdata/etc_nginx/edge_cases.conf", "go-crossplane/bad-args/nginx.conf",
    "go-crossplane/broken1/nginx2.conf", "go-crossplane/limit-req-zone/nginx.conf",
    "certbot/testdata/etc_nginx/foo.conf", "certbot/testdata/etc_nginx/nginx.conf",
    "go-crossplane/spelling-mistake/nginx.conf", "nginx-tests/map.conf", "nginx-tests/geo.conf",
    "go-crossplane/lua-block-tricky/nginx.conf", "certbot/roundtrip/phplist/nginx.conf",
    "go-crossplane/if-check/nginx.conf", "go-crossplane/if-expr/empty-parens.conf",
    "go-crossplane/if-expr/empty-spaced-parens.conf",
    "go-crossplane/if-expr/missing-closing-paren.conf",
    "go-crossplane/if-expr/missing-opening-paren.conf", "go-crossplane/if-expr/no-parens.conf",
    "go-crossplane/invalid-map/nginx.conf",
    "go-crossplane/includes-regular/conf.d/http-inner.conf",
    "\(inheritance)/012_limit_conn/expected/nginx.conf",
    "\(inheritance)/013_limit_req/expected/nginx.conf",
  ]

  @Test(
    "is read without a crash, and nothing in it is refused that is meant to work",
    .enabled(if: !files.isEmpty, "shared files are not here"), .timeLimit(.minutes(15)))
  func reading() throws {
    #expect(Self.files.count == 1_152)
    let root = SharedNginx.folder + "/corpora/nginx"
    let source = NginxDiskFiles(root: root)
    for file in Self.files {
      let text = try source.read(file.file)
      let reading = Technology.nginx.read(text, ReadingContext(files: source))
      #expect(reading.sources.first?.path == file.file)
      for resource in reading.resources {
        _ = resource.identity
        _ = resource.settings
      }
      let isSyntax = reading.problems.contains {
        let isMended = $0.help?.hasPrefix("nginx takes the \"{\"") == true
        return ($0.kind == .syntax || isMended) && $0.origin.path == file.file
      }
      #expect(isSyntax == (file.error != nil), "\(file.file)")
      let isMeantToFail =
        file.error != nil || Self.wrong.contains(file.file) || file.file.contains("/error/")
        || file.file.contains("bad.conf") || file.file.contains("includes-cycle/invalid")
        || file.file.contains("test_generated/")
      guard !isMeantToFail else { continue }
      let refused = reading.problems.filter {
        // Excerpts without `events` are many here, and refused by nginx as well.
        $0.kind == .refused && !Self.wrong.contains($0.origin.path)
          && !$0.message.hasPrefix("no \"events\"")
      }
      #expect(refused == [], "\(file.file)")
    }
  }

  /// Files that only include others or hold one word that many formats have.
  private static let unrecognised: Set<String> = [
    "go-crossplane/includes-globbed/servers/locations/not-included.conf",
    "go-crossplane/quote-behavior/nginx.conf", "nginx-boilerplate/boilerplate/enable/php.conf",
    "nginx-boilerplate/boilerplate/limits/access.conf",
    "nginx-boilerplate/boilerplate/system/os.conf",
  ]

  @Test(
    "is recognised, but for files that say too little",
    .enabled(if: !files.isEmpty, "shared files are not here"), .timeLimit(.minutes(15)))
  func recognition() throws {
    let source = NginxDiskFiles(root: SharedNginx.folder + "/corpora/nginx")
    for file in Self.files {
      let head = Array(try source.read(file.file).bytes.prefix(FileCandidate.sniffLimit))
      let found = Technology.nginx.recognises(FileCandidate(path: file.file, head: head))
      #expect((found == .no) == Self.unrecognised.contains(file.file), "\(file.file)")
    }
  }

  @Test(
    "of other products is left alone",
    .enabled(if: !files.isEmpty, "shared files are not here"), .timeLimit(.minutes(15)))
  func others() throws {
    let root = SharedNginx.folder + "/corpora/pools"
    let source = NginxDiskFiles(root: root)
    var count = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
      // Folders and links that lead nowhere have no text.
      guard let text = try? source.read(path) else { continue }
      count += 1
      let head = Array(text.bytes.prefix(FileCandidate.sniffLimit))
      let found = Technology.nginx.recognises(FileCandidate(path: path, head: head))
      let isNginx = path.hasSuffix("nginx.conf") || path.hasSuffix("nginx/default.conf")
      #expect((found != .no) == isNginx, "\(path)")
    }
    #expect(count > 100)
  }
}
