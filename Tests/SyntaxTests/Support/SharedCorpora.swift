import FoundationEssentials
import Syntax

/// The corpora that several projects share; they lie beside the checkout or where
/// `HEADGATE_SHARED` says, and need not be there.
enum SharedCorpora {
  static let directory: String = {
    let environment = ProcessInfo.processInfo.environment["HEADGATE_SHARED"]
    // Tests/SyntaxTests/Support/SharedCorpora.swift → the directory beside the checkout
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
    return (environment ?? parts.joined(separator: "/") + "/shared") + "/corpora"
  }()

  static let isHere = FileManager.default.fileExists(atPath: directory)

  /// The files whose name ends in `suffix`, in byte order.
  static func files(_ suffix: String) -> [SourceText] {
    // An unreadable directory leaves nothing to read; each test asserts that there is something.
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
    return paths.filter { $0.hasSuffix(suffix) }.sorted().compactMap { path in
      FileManager.default.contents(atPath: directory + "/" + path).map {
        SourceText(path: path, bytes: Array($0))
      }
    }
  }
}
