import Testing

/// The two paths of ARCHITECTURE.md: what each target may import, and nothing else.
private let law: [String: Set<String>] = [
  "Syntax": [],
  "Model": [],
  "Catalog": ["Syntax", "Model"],
  "Capacity": ["Model"],
  "CEL": [],
  "Findings": ["Syntax"],
  "Policy": ["Syntax", "Model", "CEL", "Capacity", "Findings"],
  "Git": ["CLibgit2"],
  "Audit": ["Git", "CSQLite", "Crypto", "CryptoExtras"],
  "Review": [
    "Syntax", "Model", "Catalog", "Capacity", "CEL", "Policy", "Findings", "Git", "Audit",
  ],
  "headgate": [
    "Syntax", "Model", "Catalog", "Capacity", "CEL", "Findings", "Policy", "Git", "Audit", "Review",
    "ArgumentParser", "FoundationEssentials",
  ],
  "policy-compiler": ["Syntax", "Model", "Catalog", "CEL", "Findings", "Policy"],
]

/// What comes with every toolchain: the C library by its name on each platform, and locks.
private let system: Set<String> = ["Glibc", "Darwin", "Musl", "Synchronization"]

@Suite("Import law")
struct ImportLawTests {
  @Test("every source file imports only what its target may")
  func imports() throws {
    let files = Checkout.files(in: "Sources", suffix: ".swift")
    #expect(files.count > 50)
    for file in files {
      let target = String(file.split(separator: "/")[1])
      let allowed = try #require(law[target], "\(file): target \(target) has no place in the law")
      for line in try Checkout.lines(file) {
        guard let module = importedModule(line) else { continue }
        #expect(
          allowed.contains(module) || system.contains(module),
          "\(file): \(target) may not import \(module)")
      }
    }
  }

  @Test("the whole of Foundation, with its ICU, is imported nowhere")
  func foundation() throws {
    for file in Checkout.files(in: "Sources", suffix: ".swift")
      + Checkout.files(in: "Tests", suffix: ".swift")
    {
      for line in try Checkout.lines(file) {
        #expect(importedModule(line) != "Foundation", "\(file)")
      }
    }
  }

  private func importedModule(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count,
      index == 0
        || ["package", "internal", "private", "fileprivate", "@preconcurrency"]
          .contains(String(words[0]))
    else { return nil }
    let path = words[index + 1]
    let name =
      ["struct", "func", "enum", "class", "protocol", "var"].contains(String(path))
      ? words[index + 2] : path
    return name.split(separator: ".").first.map(String.init)
  }
}
