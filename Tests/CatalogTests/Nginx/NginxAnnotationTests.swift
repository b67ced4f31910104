import Catalog
import Model
import Syntax
import Testing

@Suite("nginx comments for Headgate")
struct NginxAnnotationTests {
  @Test("name the version that reads the file")
  func version() {
    let text = "# headgate: nginx=1.22.1\nevents {} http { server { http2 on; } }"
    let refusal = ["refused: unknown directive \"http2\" in nginx 1.22.1"]
    #expect(NginxSample(text).problems == refusal)
    #expect(NginxSample(text, version: Version(1, 29, 7)).problems == refusal)
  }

  @Test("give way to a version on the command line")
  func commandLine() {
    let text = "# headgate: nginx=1.22.1\nevents {} http { server { http2 on; } }"
    let context = ReadingContext(
      files: NginxFiles(texts: [:]), versions: ["nginx": Version(1, 29, 7)],
      givenVersions: ["nginx"])
    let reading = Technology.nginx.read(SourceText(path: "nginx.conf", text: text), context)
    #expect(reading.problems == [])
  }

  @Test("name the block that a snippet is the inside of")
  func context() {
    let text = "#headgate: context=server nginx=1.24.0\nproxy_read_timeout 1s;\nlisten 80;"
    let tree = NginxTree(SourceText(path: "a.conf", text: text))
    #expect(NginxFileContext(of: tree).title == "server")
    #expect(NginxFileContext(of: tree).source == .comment)
    let sample = NginxSample(["a.conf": text], entry: "a.conf")
    #expect(sample.reading.assumption == nil)
  }

  @Test(
    "are missed where a snippet's block has to be guessed, which is said",
    arguments: [
      ("proxy_pass http://a;", "location"), ("listen 80;", "server"), ("server { }", "http"),
      ("least_conn;", "upstream"),
    ])
  func assumption(text: String, block: String) {
    let sample = NginxSample(["a.conf": text], entry: "a.conf")
    #expect(sample.reading.assumption?.contains(" \(block) block") == true)
    #expect(NginxSample("events {}").reading.assumption == nil)
  }

  @Test("say what they do not understand", arguments: ["nginx=x", "context=nowhere"])
  func mistakes(pair: String) {
    let problems = NginxSample("# headgate: \(pair)\nevents {}").reading.problems
    #expect(problems.map(\.kind) == [.unknown])
  }

  @Test("leave other words alone", arguments: ["# headgate: ignore x because y", "# headgate"])
  func others(text: String) {
    #expect(NginxSample("\(text)\nevents {}").reading.problems == [])
  }
}
