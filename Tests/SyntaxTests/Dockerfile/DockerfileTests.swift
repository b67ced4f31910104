import Syntax
import Testing

@Suite("Dockerfiles")
struct DockerfileTests {
  private func read(_ text: String) -> [DockerfileDocument.Instruction] {
    DockerfileDocument(SourceText(path: "Dockerfile", text: text)).instructions
  }

  @Test("instructions go on over lines, comments and here-documents are passed over")
  func lines() {
    let text = """
      # syntax=docker/dockerfile:1
      from python:3 AS base
      ENV A=1 \\
          # not a value

          B=2
      RUN <<EOF
      CMD not this
      EOF
      CMD ["gunicorn", \\
        "-w", "4"]
      """
    let found = read(text)
    #expect(found.map(\.keyword) == ["FROM", "ENV", "RUN", "CMD"])
    #expect(found[1].text.split(separator: " ") == ["A=1", "B=2"])
    let place = found[1].text.utf8.count - 3..<found[1].text.utf8.count
    let range = found[1].range(of: place)
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == "B=2")
    #expect(found[3].text.hasPrefix("[\"gunicorn\","))
  }

  @Test("the sign that goes on can be another one")
  func escape() {
    #expect(read("# escape=`\nENV A=C:\\ `\n  B=2\n").map(\.text).count == 1)
    #expect(read("ENV A=C:\\x\nENV B=2\n").map(\.text) == ["A=C:\\x", "B=2"])
  }

  @Test("every cut of a file, and other bytes, are read")
  func cuts() {
    let bytes = Array("FROM a\nENV A=1 \\\n B=\"2\nRUN <<X\ny\nX\nCMD [\"a\", \"b\"]\r\n".utf8)
    for end in 0...bytes.count {
      for sign in [UInt8(0xFF), 0x5C, 0x0A] {
        let source = SourceText(path: "", bytes: Array(bytes[..<end]) + [sign])
        for one in DockerfileDocument(source).instructions {
          #expect(one.range.upperBound <= source.bytes.count)
          #expect(one.places.count == one.text.utf8.count)
        }
      }
    }
  }
}
