import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The tests that take too long for every run: `make soak`.
enum Soak {
  static let absence: Comment = "slow: `make soak` runs it"
  static let isOn = getenv("HEADGATE_SOAK") != nil
}
