import Testing

/// Input made to be too much: a message and exit 2, in bounded time and memory.
@Suite("Huge and hostile input", .timeLimit(.minutes(15)))
struct HugeInputTests {
  /// A shell script that writes `nginx.conf`, and what the check must say of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let says: [String]
  }

  static let cases = [
    Case(
      testDescription: "one line of 50 MB",
      script: """
        { printf 'events {}\\nhttp { add_header X "'; head -c 50000000 /dev/zero | tr '\\0' a
          printf '"; }\\n'; } > nginx.conf
        """, says: ["nginx.conf:2:", "syntax/nginx", "too long"]),
    Case(
      testDescription: "100,000 opening braces",
      script: "head -c 100000 /dev/zero | tr '\\0' '{' > nginx.conf",
      says: ["nginx.conf", "not a configuration file"]),
    Case(
      testDescription: "100,000 opening braces in a block",
      script: """
        { printf 'events {}\\nhttp {\\n'; head -c 100000 /dev/zero | tr '\\0' '{'; } > nginx.conf
        """, says: ["nginx.conf:3:", "syntax/nginx"]),
    Case(
      testDescription: "100,000 blocks in each other",
      script: "{ printf 'http {'; yes 'a {' | head -n 100000; } > nginx.conf",
      says: ["nginx.conf", "nested deeper"]),
    Case(
      testDescription: "a file cut off in a word",
      script: "printf 'events {}\\nhttp {\\n server {\\n  location / {\\n proxy_pa' > nginx.conf",
      says: ["nginx.conf:", "syntax/nginx"]),
    Case(
      testDescription: "a binary file",
      script: "{ head -c 1000000 /dev/zero | tr '\\0' 'a'; printf '\\0'; } > nginx.conf",
      says: ["nginx.conf", "binary"]),
    Case(
      testDescription: "an include of 100,000 files",
      script: """
        mkdir d && (cd d && seq -f '%.0f.conf' 1 100000 | xargs touch)
        printf 'events {}\\nhttp {\\n  include d/*.conf;\\n}\\n' > nginx.conf
        """, says: ["nginx.conf:3:", "more than 65536 files"]),
    Case(
      testDescription: "an include of itself",
      script: "printf 'events {}\\nhttp {\\n  include nginx.conf;\\n}\\n' > nginx.conf",
      says: ["nginx.conf:3:", "nginx.conf -> nginx.conf"]),
  ]

  /// Kilobytes of memory that a check may take, the size of the program and its libraries included.
  private static let memoryLimit = 3_000_000

  @Test("is refused with its cause, and the machine survives", arguments: cases)
  func refused(huge: Case) throws {
    let folder = try TemporaryFolder()
    try Program.shell(huge.script, in: folder.path)
    let run = try Program.shell(
      "ulimit -v \(Self.memoryLimit) && \"$headgate\" check nginx.conf", in: folder.path)
    #expect(run.status == 2, "\(run.text.prefix(2_000))")
    for text in huge.says { #expect(run.text.contains(text), "\(run.text.prefix(2_000))") }
    #expect(run.text.utf8.count < 1_000_000)
  }
}
