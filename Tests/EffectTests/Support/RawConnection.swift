#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One connection to a server: sends exactly these bytes, reads exactly what comes.
final class RawConnection {
  private let stream: Int32
  /// What came behind the last answer that was read.
  private var pending: [UInt8] = []

  init(to address: SocketAddress) throws { stream = try address.connected() }

  deinit { close(stream) }

  func send(_ text: String) throws { try sendAll(Array(text.utf8), to: stream) }

  /// Says that nothing more will be sent.
  func finish() { _ = shutdown(stream, Int32(SHUT_WR)) }

  /// The next answer, up to its own end or that of the connection.
  ///
  /// - Parameter hasBody: `false` for the answer to `HEAD`.
  func answer(hasBody: Bool = true) -> RawAnswer {
    while true {
      let end =
        hasBody
        ? HTTPMessage.length(pending, isAnswer: true) : HTTPMessage.headEnd(pending)
      if let end {
        defer { pending.removeFirst(end) }
        return RawAnswer(bytes: Array(pending[..<end]))
      }
      let more = receiveSome(from: stream)
      guard !more.isEmpty else {
        defer { pending = [] }
        return RawAnswer(bytes: pending)
      }
      pending += more
    }
  }

  /// Everything until the other side ends the connection.
  func everything() -> [UInt8] {
    defer { pending = [] }
    var bytes = pending
    while true {
      let more = receiveSome(from: stream)
      guard !more.isEmpty else { return bytes }
      bytes += more
    }
  }
}
