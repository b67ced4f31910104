#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How writers that meet wait for each other.
package struct Pacing: Sendable {
  /// How long an append tries in all before it gives up.
  package static let limit = Duration.seconds(10)

  /// Lets the thread rest.
  package let sleep: @Sendable (Duration) -> Void
  /// A number from 0 to 1 by which waits differ, so that writers do not meet again.
  package let jitter: @Sendable () -> Double

  package init(
    sleep: @escaping @Sendable (Duration) -> Void, jitter: @escaping @Sendable () -> Double
  ) {
    self.sleep = sleep
    self.jitter = jitter
  }

  /// Sleeps in earnest, with the system's random numbers.
  package static let system = Pacing(
    sleep: { duration in
      let parts = duration.components
      var time = timespec(
        tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
      nanosleep(&time, nil)
    }, jitter: { Double.random(in: 0...1) })

  /// A series of waits that grow by half from 5 ms up to `longest`, 10 s together.
  func waits(longest: Duration) -> Waits { Waits(pacing: self, longest: longest) }

  struct Waits {
    private let pacing: Pacing
    private let longest: Duration
    private var step = Duration.milliseconds(5)
    /// The waits up to now.
    private(set) var total = Duration.zero

    fileprivate init(pacing: Pacing, longest: Duration) {
      self.pacing = pacing
      self.longest = longest
    }

    /// Sleeps once more, or returns `false` when the time is used up.
    mutating func next() -> Bool {
      guard total < Pacing.limit else { return false }
      let pause = step * (0.5 + pacing.jitter())
      pacing.sleep(pause)
      total += pause
      step = min(step * 1.5, longest)
      return true
    }
  }
}
