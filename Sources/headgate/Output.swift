import Findings
import Review

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and standard error.
enum Output {
  /// Makes a reader that stops reading (`headgate log | head`) a success and not a signal.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
  }

  static func write(_ text: String) {
    write(Array(text.utf8), to: STDOUT_FILENO)
  }

  static func write(_ bytes: [UInt8]) {
    write(bytes, to: STDOUT_FILENO)
  }

  /// Says on standard error what went wrong and how to go on.
  static func error(_ message: String, help: String? = nil) {
    plainError("error: \(message)" + (help.map { "\nhelp:  \($0)" } ?? ""))
  }

  static func note(_ message: String) {
    plainError(message)
  }

  /// Writes lines to standard error; nothing in them can steer a terminal.
  static func plainError(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let safe = lines.map { TerminalText.safe(String($0)) }.joined(separator: "\n")
    write(Array((safe + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes to the line of the terminal that standard error is.
  static func progress(_ text: String) {
    write(Array(text.utf8), to: STDERR_FILENO)
  }

  static func finish(_ status: Exit) -> Never {
    exit(status.rawValue)
  }

  static func isTerminal(_ descriptor: Int32 = STDOUT_FILENO) -> Bool {
    isatty(descriptor) == 1
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        written += count
      } else if errno == EPIPE {
        exit(Exit.clean.rawValue)
      } else if errno != EINTR {
        // The result did not reach its reader (a full disk, say): that is not a success.
        exit(Exit.couldNotRun.rawValue)
      }
    }
  }
}

/// The C function, whose name `Output.write` hides.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}
