import Review

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a runner of CI jobs offers its steps.
extension Host {
  /// Whether the log is read by a runner that obeys commands in it.
  static var isJob: Bool {
    ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"].contains {
      !(environment($0) ?? "").isEmpty
    }
  }

  /// Adds to the page that GitHub shows of a run, where there is one.
  static func appendStepSummary(_ bytes: [UInt8]) throws(Failure) {
    guard let path = environment("GITHUB_STEP_SUMMARY"), !path.isEmpty else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    guard descriptor >= 0 else { throw jobFailure("cannot write \(path)") }
    defer { close(descriptor) }
    guard WholeWrite.write(bytes, to: descriptor) else { throw jobFailure("cannot write \(path)") }
  }

  /// The path without links; as it is where there is nothing.
  static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func jobFailure(_ message: String) -> Failure {
    Failure("\(message): \(String(cString: strerror(errno)))")
  }
}
