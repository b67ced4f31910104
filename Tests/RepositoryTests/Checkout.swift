import FoundationEssentials

/// The checkout that these tests were compiled from.
enum Checkout {
  static let root = String(#filePath.dropLast("/Tests/RepositoryTests/Checkout.swift".count))

  /// The files below `directory` whose names end with `suffix`, relative to the root, sorted.
  static func files(in directory: String, suffix: String) -> [String] {
    // A folder that is not there has no files; the tests expect some and fail then.
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(directory)")) ?? []
    return names.filter { $0.hasSuffix(suffix) }.map { "\(directory)/\($0)" }.sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  static func lines(_ path: String) throws -> [Substring] {
    try text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }
}
