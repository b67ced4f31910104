import FoundationEssentials
import Testing

/// A file that holds what output must look like; `UPDATE_GOLDEN=1` writes it anew.
struct GoldenFile {
  let path: String

  init(_ name: String, from file: String = #filePath) {
    let directory = file.split(separator: "/").dropLast().joined(separator: "/")
    path = "/\(directory)/Golden/\(name)"
  }

  func expect(_ output: [UInt8], _ location: SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(output).write(to: URL(filePath: path))
    }
    let expected = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    let output = String(decoding: output, as: UTF8.self)
    #expect(output == expected, "\(path) differs", sourceLocation: location)
  }
}
