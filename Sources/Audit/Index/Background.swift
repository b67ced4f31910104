internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What one thread is working on, or what is worked on when it is asked for where the system has no
/// thread left.
///
/// A class, because the thread and who waits for it hold the same one.
final class Background<Value: Sendable>: Sendable {
  private enum State {
    case open
    case done(Result<Value, AuditError>)
  }

  private let state = Mutex<State>(.open)
  private let work: @Sendable () throws(AuditError) -> Value
  private let thread = Mutex<BackgroundThread?>(nil)

  init(_ work: @escaping @Sendable () throws(AuditError) -> Value) {
    self.work = work
    let started = BackgroundThread { [self] in finish() }
    thread.withLock { $0 = started }
  }

  private func finish() {
    let result: Result<Value, AuditError>
    do throws(AuditError) { result = .success(try work()) } catch { result = .failure(error) }
    state.withLock { $0 = .done(result) }
  }

  func result() throws(AuditError) -> Value {
    let started = thread.withLock { thread in
      let started = thread
      thread = nil
      return started
    }
    if let started { started.join() } else { finish() }
    let found = state.withLock { state in
      let found = state
      state = .open
      return found
    }
    guard case .done(let result) = found else { return try work() }
    return try result.get()
  }
}

/// A thread of the system that runs one function.
private struct BackgroundThread: Sendable {
  /// What the thread runs; a class, because C hands on a pointer.
  private final class Job: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let thread: pthread_t

  /// Starts a thread; `nil` where the system has none left.
  init?(_ run: @escaping @Sendable () -> Void) {
    let job = Unmanaged.passRetained(Job(run))
    #if canImport(Darwin)
      var started: pthread_t?
    #else
      var started: pthread_t = 0
    #endif
    // The usual stack is enough: readers of records do not go deeper than 32 levels.
    let status = pthread_create(
      &started, nil,
      { argument in
        #if canImport(Darwin)
          let pointer: UnsafeMutableRawPointer? = argument
        #else
          let pointer = argument
        #endif
        if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, job.toOpaque())
    guard status == 0 else {
      job.release()
      return nil
    }
    #if canImport(Darwin)
      guard let started else { return nil }
    #endif
    thread = started
  }

  func join() { pthread_join(thread, nil) }
}
