import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a backend was asked.
struct BackendRequest: Sendable {
  /// The connection that it came on, from 0.
  let connection: Int
  /// Every byte of it.
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The lines of its head, the request line first.
  var lines: [String] { RawAnswer(bytes: bytes).lines }

  /// The value of a header; `nil` where it was not sent.
  func header(_ name: String) -> String? { RawAnswer(bytes: bytes).header(name) }
}

/// What a backend does with a request.
enum BackendReply: Sendable {
  /// Sends these bytes, after some time.
  case answer(String, afterMilliseconds: Int = 0)
  /// Ends the connection without an answer.
  case close
  /// Says nothing until the other side goes.
  case hang

  /// An answer of HTTP/1.1 with a length.
  static func status(
    _ status: Int, _ body: String = "", headers: [String] = [], afterMilliseconds: Int = 0
  ) -> Self {
    let lines =
      ["HTTP/1.1 \(status) Said", "Content-Length: \(body.utf8.count)"] + headers + ["", body]
    return .answer(lines.joined(separator: "\r\n"), afterMilliseconds: afterMilliseconds)
  }
}

/// A server of HTTP/1 that counts, remembers and misbehaves as it is told.
final class Backend: Sendable {
  private let connected: BackendConnections

  /// Listens and answers until the value is gone.
  init(
    at address: SocketAddress,
    reply: @escaping @Sendable (BackendRequest) -> BackendReply = { _ in .status(200, "ok") }
  ) throws {
    let connected = BackendConnections(stream: try address.listening(), reply: reply)
    self.connected = connected
    try Self.startThread { connected.acceptAll() }
  }

  deinit { connected.stop() }

  /// The requests that were read whole, in order.
  var requests: [BackendRequest] { connected.state.withLock { $0.requests } }

  /// How many connections were accepted.
  var connections: Int { connected.state.withLock { $0.accepted } }

  /// Runs `body` on a thread of its own: what blocks there must not block the tests.
  fileprivate static func startThread(_ body: @escaping @Sendable () -> Void) throws {
    let work = Unmanaged.passRetained(ThreadWork(body: body))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = pthread_create(
      &thread, nil,
      { pointer in
        let pointer: UnsafeMutableRawPointer? = pointer
        if let pointer {
          Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body()
        }
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      work.release()
      throw EffectError("no thread: \(status)")
    }
    #if canImport(Glibc)
      pthread_detach(thread)
    #else
      if let thread { pthread_detach(thread) }
    #endif
  }
}

private final class ThreadWork: Sendable {
  let body: @Sendable () -> Void

  init(body: @escaping @Sendable () -> Void) { self.body = body }
}

/// What the threads of a backend share: one accepts, one more for each connection.
private final class BackendConnections: Sendable {
  struct State {
    var requests: [BackendRequest] = []
    var accepted = 0
    var open: Set<Int32> = []
    var isStopped = false
  }

  let state = Mutex(State())
  private let stream: Int32
  private let reply: @Sendable (BackendRequest) -> BackendReply

  init(stream: Int32, reply: @escaping @Sendable (BackendRequest) -> BackendReply) {
    self.stream = stream
    self.reply = reply
  }

  /// Wakes every thread; each closes what it holds.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      for connection in state.open { _ = shutdown(connection, Int32(SHUT_RDWR)) }
    }
    _ = shutdown(stream, Int32(SHUT_RDWR))
  }

  func acceptAll() {
    defer { close(stream) }
    while true {
      let connection = accept(stream, nil, nil)
      if connection < 0 {
        // Patience that ran out is no end.
        if errno == EINTR || errno == EAGAIN, !state.withLock(\.isStopped) { continue }
        return
      }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let number = state.withLock { state in
        state.open.insert(connection)
        state.accepted += 1
        return state.isStopped ? -1 : state.accepted - 1
      }
      // Without a thread the connection stays open and unanswered, which its test will say.
      if number >= 0 { try? Backend.startThread { self.serve(connection, number) } }
    }
  }

  private func serve(_ stream: Int32, _ number: Int) {
    defer {
      state.withLock { _ = $0.open.remove(stream) }
      close(stream)
    }
    var pending: [UInt8] = []
    while true {
      while HTTPMessage.length(pending, isAnswer: false) == nil {
        let more = receiveSome(from: stream)
        guard !more.isEmpty else { return }
        pending += more
      }
      let end = HTTPMessage.length(pending, isAnswer: false) ?? pending.count
      let request = BackendRequest(connection: number, bytes: Array(pending[..<end]))
      pending.removeFirst(end)
      state.withLock { $0.requests.append(request) }
      guard handle(request, on: stream) else { return }
    }
  }

  /// Whether the connection goes on.
  private func handle(_ request: BackendRequest, on stream: Int32) -> Bool {
    switch reply(request) {
    case .answer(let text, let milliseconds):
      usleep(UInt32(milliseconds) * 1_000)
      // Who does not wait for the answer does not get it.
      guard (try? sendAll(Array(text.utf8), to: stream)) != nil else { return false }
      return !request.lines.contains { $0.lowercased() == "connection: close" }
    case .close: return false
    case .hang:
      while !receiveSome(from: stream).isEmpty {}
      return false
    }
  }
}
