import FoundationEssentials
import Testing

/// Messages and documents tell people what to type; what they name must exist.
@Suite("Commands that messages and documents name", .timeLimit(.minutes(15)))
struct AdviceTests {
  @Test("exist, with the options that are named")
  func exist() throws {
    let folder = try TemporaryFolder()
    var helps: [String: Run] = [:]
    let advices = Set(try Self.files().flatMap { try Self.advices(in: $0) })
    #expect(advices.count > 10)
    for advice in advices.sorted(by: { $0.text < $1.text }) {
      let command = advice.command.joined(separator: " ")
      let help =
        try helps[command] ?? Program.headgate(advice.command + ["--help"], in: folder.path)
      helps[command] = help
      #expect(help.status == 0, "`\(advice.text)` in \(advice.file): no such command")
      for option in advice.options {
        #expect(
          help.output.contains(option), "`\(advice.text)` in \(advice.file): no option \(option)")
      }
    }
  }

  struct Advice: Hashable {
    let file: String
    let text: String
    let command: [String]
    let options: [String]
  }

  /// What stands in back-ticks or in indented lines of documents and begins with `headgate`.
  private static func advices(in file: String) throws -> [Advice] {
    let text = String(
      decoding: FileManager.default.contents(atPath: "\(Checkout.path)/\(file)") ?? Data(),
      as: UTF8.self)
    return text.split(separator: "\n").flatMap { line -> [Advice] in
      // A comment of our own code speaks to its reader, not to a user.
      if file.hasSuffix(".swift"), line.drop(while: { $0 == " " }).hasPrefix("//") { return [] }
      let spans = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map(\.element)
      // A remedy is a literal of its own: "headgate audit verify".
      let literals = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 && file.hasSuffix(".swift") }.map(\.element)
      let indented = line.drop { $0 == " " }
      let commands = spans + literals + (line.hasPrefix("  ") ? [indented] : [])
      return commands.compactMap { advice($0, in: file) }
    }
  }

  private static func advice(_ text: Substring, in file: String) -> Advice? {
    let code = text.prefix { $0 != "#" && $0 != "<" && $0 != "|" }
    let words = code.split(separator: " ").map(String.init)
    guard words.first == "headgate", words.count > 1 else { return nil }
    let groups: Set<String> = ["audit", "policy", "hook"]
    let isWord = { (word: String) in word.allSatisfy { $0.isLowercase } && !word.isEmpty }
    guard isWord(words[1]) else { return nil }
    let isGroup = groups.contains(words[1]) && words.count > 2 && isWord(words[2])
    return Advice(
      file: file, text: String(text), command: Array(words[1..<(isGroup ? 3 : 2)]),
      options: words.filter { $0.hasPrefix("--") }.map { word in
        String(word.prefix { $0 != "=" && $0 != ")" && $0 != "," })
      })
  }

  private static func files() throws -> [String] {
    let manager = FileManager.default
    var files = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]
    for folder in ["Sources", "docs"] where manager.fileExists(atPath: "\(Checkout.path)/\(folder)")
    {
      files += try manager.subpathsOfDirectory(atPath: "\(Checkout.path)/\(folder)")
        .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
    }
    return files.filter { manager.fileExists(atPath: "\(Checkout.path)/\($0)") }
  }
}
