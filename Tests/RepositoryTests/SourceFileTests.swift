import Testing

@Suite("Source files")
struct SourceFileTests {
  /// Files of data that a script writes; they are read by nobody and may be long.
  private let tables = "Table.swift"

  @Test("no file is over 500 lines, few are over 300, and half of them are short")
  func lengths() throws {
    var counts: [Int] = []
    for file in Checkout.files(in: "Sources", suffix: ".swift") where !file.hasSuffix(tables) {
      let count = try Checkout.lines(file).count
      #expect(count <= 500, "\(file) has \(count) lines")
      counts.append(count)
    }
    for file in Checkout.files(in: "Tests", suffix: ".swift") {
      let count = try Checkout.lines(file).count
      #expect(count <= 500, "\(file) has \(count) lines")
    }
    counts.sort()
    try #require(!counts.isEmpty)
    #expect(counts[counts.count * 9 / 10] <= 300)
    #expect(counts[counts.count / 2] <= 150)
  }

  @Test("no line is over 100 columns")
  func columns() throws {
    for file in Checkout.files(in: "Sources", suffix: ".swift")
      + Checkout.files(in: "Tests", suffix: ".swift") where !file.hasSuffix(tables)
    {
      var isInText = false
      for (index, line) in try Checkout.lines(file).enumerated() {
        if line.ranges(of: "\"\"\"").count == 1 { isInText.toggle() }
        guard line.count > 100 else { continue }
        // A literal in a test table or a message may not be breakable; prose and code are.
        let isQuoted = line.contains("\"") && !line.drop(while: { $0 == " " }).hasPrefix("//")
        let isLiteral = isInText || isQuoted
        #expect(isLiteral, "\(file):\(index + 1) has \(line.count) columns")
      }
    }
  }

  @Test("nothing escapes the compiler's checks or promises work for later")
  func refusedWords() throws {
    let words = [
      "fatalError(", "try!", "@unchecked", "nonisolated(unsafe)", "TODO", "FIXME", "String(format:",
      "DateFormatter", "NumberFormatter", "NSRegularExpression",
    ]
    for file in Checkout.files(in: "Sources", suffix: ".swift") {
      let text = try Checkout.text(file)
      for word in words {
        #expect(!text.contains(word), "\(file) has \(word)")
      }
    }
  }

  @Test("libraries neither print nor exit nor read the clock or the environment")
  func quietLibraries() throws {
    let words = [
      "print(", "exit(", "getenv(", "ProcessInfo", "Date()", "time(nil)", "clock_gettime",
    ]
    for file in Checkout.files(in: "Sources", suffix: ".swift") {
      let target = file.split(separator: "/")[1]
      guard target != "headgate", target != "policy-compiler" else { continue }
      for (index, line) in try Checkout.lines(file).enumerated() {
        for word in words {
          guard let range = line.firstRange(of: word) else { continue }
          let before = line[..<range.lowerBound].last
          let isCall =
            before.map { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "\"" } ?? true
          let isComment = line.drop { $0 == " " }.hasPrefix("//")
          let isDeclaration = line[..<range.lowerBound].hasSuffix("func ")
          #expect(!isCall || isComment || isDeclaration, "\(file):\(index + 1): \(word)")
        }
      }
    }
  }

  @Test("a folder holds at most fifteen source files")
  func folders() throws {
    var sizes: [Substring: Int] = [:]
    for file in Checkout.files(in: "Sources", suffix: ".swift") {
      sizes[file[..<(file.lastIndex(of: "/") ?? file.endIndex)], default: 0] += 1
    }
    for (folder, size) in sizes {
      #expect(size <= 20, "\(folder) holds \(size) files")
    }
  }
}
