#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input piece by piece, for conversations.
extension Host {
  enum Input {
    case bytes([UInt8])
    /// Nothing came in time.
    case quiet
    case end
  }

  /// What comes next on standard input.
  ///
  /// - Parameter milliseconds: how long to wait; without an end where negative.
  static func input(within milliseconds: Int32) -> Input {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = poll(&descriptor, 1, milliseconds)
      if ready == 0 { return .quiet }
      if ready < 0 {
        if errno == EINTR { continue }
        return .end
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? .bytes(Array(buffer[..<count])) : .end
    }
  }
}
