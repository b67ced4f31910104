import Testing

@testable import Catalog

@Suite("What a regular expression begins with")
struct NginxPatternLeadTests {
  @Test(
    "the bytes that every match begins with, and what tells as much without them",
    arguments: [
      ("^/Shop/7/(.*)$", "/shop/7/", "^/(.*)$"), ("^/a/b+", "/a/b", "^b+"), ("^/a", "/a", "^a"),
      ("^/a{2}", "/", "^a{2}"), ("^/", "/", nil), ("^(a|b)/", "", nil),
      ("^/a/[^]|]*(b|c)", "/a/", "^/[^]|]*(b|c)"), (#"^/a/\(|b"#, "", nil), ("/a/b", "", nil),
      ("^/a/b|c", "", nil), ("^/a/(?<=a/)b", "", nil), ("^/a/[[:alpha:]]", "", nil),
      (#"^/a/\Q(\E|b"#, "", nil), (#"^/a/[\w.]+"#, "/a/", #"^/[\w.]+"#), ("", "", nil),
    ])
  func lead(text: String, bytes: String, core: String?) {
    let lead = NginxPatternLead(text)
    #expect(String(decoding: lead.bytes, as: UTF8.self) == bytes)
    #expect(lead.core == core)
  }

  @Test(
    "an expression takes as long as its core does",
    arguments: [
      "(a+)+$", "(a|aa)+$", #"(\w+\s?)*$"#, "([a-z0-9]+-?)+\\.html$", "(.*)/(.*)/(.*)\\.php$",
      "(.*)(.*)x", ".+\\.php(/|$)", "(?<id>[0-9a-f]{8,14})/(.*)\\.(?:jpe?g|png|svg)$", "a*b*c*d",
      "(?>(a+)+)$", "([^/]+)/?$", ".*x.*y.*z$",
    ])
  func backtracking(rest: String) throws {
    let core = try #require(NginxPatternLead("^/some/Path-2/" + rest).core)
    let (short, long) = (PCREPattern(core), PCREPattern("^/some/Path-2/" + rest))
    #expect(short.backtracking?.growth == long.backtracking?.growth)
  }

  @Test("two that begin with other paths cannot agree")
  func agreement() {
    let lead = NginxPatternLead("^/a/b/(.*)$")
    #expect(lead.mayAgree(with: NginxPatternLead("^/A/b/c$")))
    #expect(lead.mayAgree(with: NginxPatternLead(literal: "/a")))
    #expect(lead.mayAgree(with: NginxPatternLead("(.*)")))
    #expect(!lead.mayAgree(with: NginxPatternLead("^/a/c/(.*)$")))
    #expect(!lead.mayAgree(with: NginxPatternLead(literal: "/b/")))
  }
}
