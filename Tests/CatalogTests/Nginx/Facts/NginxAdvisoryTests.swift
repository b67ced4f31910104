import FoundationEssentials
import Model
import Testing

@testable import Catalog

@Suite("Published vulnerabilities of nginx")
struct NginxAdvisoryTests {
  /// The identifiers that some line of a text opens in a version.
  private static func opened(_ text: String, version: String?) -> Set<String> {
    let sample = NginxSample(text, version: version.flatMap { Version($0) })
    guard let field = NginxSchema.directive.field(named: "vulnerabilities"),
      let minor = NginxSchema.directive.field(named: "minor_vulnerabilities"),
      let root = sample.resource(.nginx)
    else { return [] }
    let names = Set(NginxAdvisory.all.flatMap(\.trigger.names))
    var ids: Set<String> = []
    for line in root.parts(named: names) {
      for value in [line.value(of: field), line.value(of: minor)] {
        guard case .list(let texts) = value else { continue }
        for case .string(let text) in texts { ids.insert(String(text.prefix { $0 != " " })) }
      }
    }
    return ids
  }

  @Test("the affected versions with the directive, and no other", arguments: NginxAdvisoryCase.all)
  func versions(_ example: NginxAdvisoryCase) {
    for version in example.affected {
      #expect(Self.opened(example.text, version: version).contains(example.id), "\(version)")
    }
    for version in example.repaired {
      #expect(!Self.opened(example.text, version: version).contains(example.id), "\(version)")
    }
    #expect(Self.opened(example.text, version: nil).isEmpty)
  }

  @Test("an affected version without the directive is silent", arguments: NginxAdvisoryCase.all)
  func plain(_ example: NginxAdvisoryCase) {
    let isOfAll = ["CVE-2013-2028", "CVE-2009-2629", "CVE-2009-3896"].contains(example.id)
    let plain = NginxAdvisoryCase.server(
      "listen 80; root /srv; location / { try_files $uri =404; }")
    for version in example.affected where !isOfAll {
      #expect(!Self.opened(plain, version: version).contains(example.id))
    }
  }

  @Test("every entry has an example, versions and a source")
  func complete() {
    let ids = NginxAdvisory.all.map(\.id)
    #expect(Set(ids) == Set(NginxAdvisoryCase.all.map(\.id)))
    #expect(Set(ids).count == ids.count)
    for advisory in NginxAdvisory.all {
      #expect(!advisory.since.isEmpty && !advisory.fixed.isEmpty, "\(advisory.id)")
      #expect(advisory.source.hasPrefix("https://"), "\(advisory.id)")
      for name in advisory.trigger.names {
        #expect(NginxDirectiveTable.shared.id(name) != .unknown, "\(name)")
      }
    }
  }

  @Test(
    "the rules look at every line that can open one",
    arguments: [("known-vulnerability", false), ("known-minor-vulnerability", true)])
  func rules(_ rule: String, _ isMinor: Bool) throws {
    // This file is Tests/CatalogTests/Nginx/Facts/NginxAdvisoryTests.swift.
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
    let path = root.joined(separator: "/") + "/policies/nginx/\(rule).yaml"
    let data = try #require(FileManager.default.contents(atPath: path))
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first {
      $0.hasPrefix("directives:")
    }
    let known = Set((line ?? "").split(whereSeparator: { "[], ".contains($0) }).map(String.init))
    for advisory in NginxAdvisory.all where advisory.severity.isMinor == isMinor {
      for name in advisory.trigger.names { #expect(known.contains(name), "\(advisory.id) \(name)") }
    }
  }

  @Test(
    "what looks like the dangerous rewrite and is not",
    arguments: [
      "rewrite ^(.*) /new?c=1 last; set $a $1;",
      "rewrite ^(.*) /new?; set $a $1;",
      "set $a $1; rewrite ^(.*) /new?c=1;",
      "rewrite ^(.*) https://example.org/?c=1; set $a $1;",
      "rewrite ^/((a)(b))$ /$1$2; rewrite ^/(a)(b)$ /?$1$2;",
      "rewrite ^/(?:(a))$ /?$1 redirect; rewrite ^/((a))$ /?$2$arg_x;",
    ])
  func harmless(_ text: String) {
    let found = Self.opened(NginxAdvisoryCase.server(text), version: "1.26.0")
    #expect(found.isDisjoint(with: ["CVE-2026-42945", "CVE-2026-9256"]), "\(found)")
  }

  @Test(
    "groups of a regular expression",
    arguments: [
      ("^/((a)|b)(?:c)(?<n>d)$", 3, [1]), (#"\((a)[(](?=x)(?!y)(b)"#, 2, []),
      ("(?P<x>a(?'y'b))", 2, [1]), ("(?<=a)(?<!b)c", 0, []), ("[]()](a)", 1, []),
    ] as [(String, Int, [Int])])
  func groups(_ expression: String, _ count: Int, _ outer: [Int]) {
    let groups = NginxCaptureGroups(expression)
    #expect(groups.spans.count == count)
    let found = (1...4).filter { number in (1...4).contains { groups.isInside($0, of: number) } }
    #expect(found == outer)
  }
}
