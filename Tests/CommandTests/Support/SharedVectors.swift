import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The vectors and corpora that lie beside some checkouts.
enum SharedVectors {
  static let absence = "the shared vectors are not here"

  /// The folder: `HEADGATE_SHARED`, or `shared` beside the checkout.
  static let folder: String = {
    if let given = getenv("HEADGATE_SHARED") { return String(cString: given) }
    return Checkout.path + "/../shared"
  }()

  static let areHere = FileManager.default.fileExists(atPath: folder + "/data/cel")

  static func bytes(_ name: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
      throw ProgramError(text: "\(folder)/\(name) cannot be read")
    }
    return Array(data)
  }

  static func names(in name: String) -> [String] {
    // A folder that is not there has no names; the tests are off then.
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []).sorted()
  }
}

/// The sources that these tests were built from.
enum Checkout {
  static let path: String = {
    // This file is Tests/CommandTests/Support/SharedVectors.swift.
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
      .joined(separator: "/")
  }()
}
