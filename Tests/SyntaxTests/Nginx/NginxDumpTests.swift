import Syntax
import Testing

@Suite("Nginx dump")
struct NginxDumpTests {
  private static func dump(_ text: String) -> NginxDump? {
    NginxDump(SourceText(path: "-", text: text))
  }

  @Test("gives each file its path and its own bytes")
  func files() throws {
    let dump = try #require(
      Self.dump(
        "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n"
          + "# configuration file /etc/nginx/nginx.conf:\nevents {}\ninclude a b.conf;\n\n"
          + "# configuration file /etc/nginx/a b.conf:\n\n"
          + "# configuration file /etc/nginx/c:\n# c\n"))
    #expect(
      dump.files.map(\.path) == ["/etc/nginx/nginx.conf", "/etc/nginx/a b.conf", "/etc/nginx/c"])
    let texts = dump.files.map { $0.text(0..<$0.bytes.count) }
    #expect(texts == ["events {}\ninclude a b.conf;\n", "", "# c"])
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "events {}\n", "# configuration of\n", "nginx: emerg\n", "a;\n# configuration file b:\n",
    ])
  func others(text: String) {
    #expect(Self.dump(text) == nil)
  }
}
