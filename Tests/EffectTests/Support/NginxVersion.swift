import Model
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension RunningNginx {
  /// The version of the program that the tests run; `nil` without one.
  static let version: Version? = {
    // Without a folder or an answer the tests that need the version are skipped.
    guard let path, let folder = try? TemporaryFolder(),
      let process = try? GuardedProcess([path, "-v"], in: folder)
    else { return nil }
    for _ in 0..<500 where !process.isOver { usleep(10_000) }
    process.stop()
    let said = folder.text("output")
    guard let slash = said.firstIndex(of: "/") else { return nil }
    return Version(String(said[said.index(after: slash)...].prefix { $0 == "." || $0.isNumber }))
  }()

  /// Whether connections to backends end with their answer unless told otherwise.
  static let closesByDefault = version.map { $0 < Version(1, 29, 7) } ?? false

  /// What tests say that are about nginx as it was.
  static let closingAbsence: Comment = "no nginx before 1.29.7 is installed"
}
