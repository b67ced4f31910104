import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A line on standard error for work that takes longer than a second; gone when it is done.
///
/// A thread of its own, which is started only where a person looks on, and never waited for: a
/// check of 20 ms must not become one of 50.
final class Progress: Sendable {
  private enum State { case waiting, shown, over }

  private let work: String
  private let state = Mutex(State.waiting)

  private init(_ work: String) { self.work = work }

  /// Runs `body`; says `work` with the seconds it takes, after the first.
  static func during<Result>(
    _ work: String, isQuiet: Bool, _ body: () throws -> Result
  ) rethrows -> Result {
    guard !isQuiet, Output.isTerminal(STDERR_FILENO) else { return try body() }
    let progress = Progress(work)
    progress.start()
    defer { progress.stop() }
    return try body()
  }

  private func start() {
    let context = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, nil, Self.body, context.toOpaque())
    // No thread left: then nothing is shown.
    guard status == 0 else { return context.release() }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
  }

  #if canImport(Darwin)
    private static let body: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
      { context in
        Unmanaged<Progress>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }
  #else
    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
      { context in
        if let context { Unmanaged<Progress>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }
  #endif

  private func run() {
    var seconds = 0
    while true {
      sleep(1)
      seconds += 1
      let isOver = state.withLock { state in
        guard state != .over else { return true }
        state = .shown
        Output.progress("\r\(work), \(seconds) s")
        return false
      }
      if isOver { return }
    }
  }

  private func stop() {
    state.withLock { state in
      if state == .shown { Output.progress("\r\u{1B}[K") }
      state = .over
    }
  }
}
