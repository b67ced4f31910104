import Model

/// What HikariCP makes of its numbers: the refusals of its setters, then the clamps of
/// `validateNumerics`.
///
/// Source: HikariConfig.java from 2.7.8 to 6.0.0, and runs of 2.7.9, 3.4.5, 4.0.3, 5.1.0 and 6.0.0.
struct HikariRules {
  /// A number after the rules so far.
  struct Outcome {
    /// `nil` when it cannot be known.
    var number: Int64?
    /// Why it is not what is written, or why it is unknown.
    var note: String?
    var refusal: String?
  }

  private let version: Version
  private let inputs: [String: PoolInput]
  private(set) var outcomes: [String: Outcome] = [:]

  init(version: Version, inputs: [String: PoolInput]) {
    self.version = version
    self.inputs = inputs
    for key in HikariKey.all where key.kind == .count || key.kind == .time {
      outcomes[key.name] = start(key)
    }
    sizes()
    if version < Version(3, 3, 1) {
      lifetime()
      idleBeforeSizes()
    } else {
      lifetime()
      keepalive()
      idle()
    }
    leak()
    connectionTimeoutForever()
  }

  private func isWritten(_ key: String) -> Bool { inputs[key] != nil }
  private func number(_ key: String) -> Int64? { outcomes[key]?.number }

  /// The value after the setter.
  private func start(_ key: HikariKey) -> Outcome {
    guard let input = inputs[key.name] else {
      guard case .int(let number) = key.defaultValue(in: version) else { return Outcome() }
      return Outcome(number: number)
    }
    switch input.value {
    case .int(let number):
      if let refusal = Self.refusal(key.name, number) { return Outcome(refusal: refusal) }
      return Outcome(number: number, note: input.note)
    case .unknown(let reason): return Outcome(note: reason)
    case .refused(let reason): return Outcome(refusal: reason)
    case .bool, .text: return Outcome(refusal: "not a number")
    }
  }

  /// What a setter throws.
  private static func refusal(_ key: String, _ number: Int64) -> String? {
    switch key {
    case "maximumPoolSize" where number < 1: "maxPoolSize cannot be less than 1"
    case "minimumIdle" where number < 0: "minimumIdle cannot be negative"
    case "connectionTimeout" where number != 0 && number < 250:
      "connectionTimeout cannot be less than 250ms"
    case "idleTimeout" where number < 0: "idleTimeout cannot be negative"
    case "validationTimeout" where number < 250: "validationTimeout cannot be less than 250ms"
    default: nil
    }
  }

  private mutating func run(_ key: String, _ number: Int64, because reason: String) {
    let before = outcomes[key]?.number.map { " instead of \($0)" } ?? ""
    outcomes[key]?.number = number
    outcomes[key]?.note = "HikariCP runs \(number)\(before): \(reason)"
  }

  private mutating func forget(_ key: String, because other: String) {
    outcomes[key]?.number = nil
    outcomes[key]?.note = "depends on \(other), which cannot be known"
  }

  private mutating func sizes() {
    if version < Version(3, 3, 1), !isWritten("maximumPoolSize"), isWritten("minimumIdle") {
      guard let idle = number("minimumIdle") else {
        return forget("maximumPoolSize", because: "minimumIdle")
      }
      if idle > 0 {
        run("maximumPoolSize", idle, because: "only minimumIdle is written")
      }
    }
    guard let maximum = number("maximumPoolSize") else {
      if !isWritten("minimumIdle") { forget("minimumIdle", because: "maximumPoolSize") }
      return
    }
    if !isWritten("minimumIdle") {
      outcomes["minimumIdle"]?.number = maximum
    } else if let idle = number("minimumIdle"), idle > maximum {
      run("minimumIdle", maximum, because: "above maximumPoolSize")
    }
  }

  private mutating func lifetime() {
    if let lifetime = number("maxLifetime"), lifetime != 0, lifetime < 30_000 {
      run("maxLifetime", 1_800_000, because: "below 30000 ms")
    }
  }

  private mutating func keepalive() {
    guard let keepalive = number("keepaliveTime"), keepalive != 0 else { return }
    guard keepalive >= 30_000 else {
      return run("keepaliveTime", 0, because: "below 30000 ms, so it is off")
    }
    guard let lifetime = number("maxLifetime") else {
      return forget("keepaliveTime", because: "maxLifetime")
    }
    if lifetime != 0, keepalive >= lifetime {
      run("keepaliveTime", 0, because: "not below maxLifetime, so it is off")
    }
  }

  /// From 3.3.1: idle connections are only closed where the pool may shrink.
  private mutating func idle() {
    guard let idle = number("idleTimeout") else { return }
    guard let maximum = number("maximumPoolSize"), let minimum = number("minimumIdle") else {
      let isHarmless =
        idle >= 10_000
        && number("maxLifetime").map { $0 == 0 || idle <= $0 - 1_000 }
          ?? false
      if !isHarmless { forget("idleTimeout", because: "maximumPoolSize or minimumIdle") }
      return
    }
    guard minimum < maximum else {
      if idle != 600_000, idle != 0 {
        outcomes["idleTimeout"]?.note =
          "no effect: minimumIdle equals maximumPoolSize, so the pool has a fixed size"
      }
      return
    }
    clampIdle(idle)
  }

  /// Up to 3.3.0 pools of a fixed size were clamped as well.
  private mutating func idleBeforeSizes() {
    if let idle = number("idleTimeout") { clampIdle(idle) }
  }

  private mutating func clampIdle(_ idle: Int64) {
    guard let lifetime = number("maxLifetime") else {
      return forget("idleTimeout", because: "maxLifetime")
    }
    // Java's sum wraps around for the largest numbers, and so does ours.
    if lifetime > 0, idle &+ 1_000 > lifetime {
      run("idleTimeout", 0, because: "not at least 1000 ms below maxLifetime, so it is off")
    } else if idle != 0, idle < 10_000 {
      run("idleTimeout", 600_000, because: "below 10000 ms")
    }
  }

  private mutating func leak() {
    guard let leak = number("leakDetectionThreshold"), leak > 0 else { return }
    guard leak >= 2_000 else {
      return run("leakDetectionThreshold", 0, because: "below 2000 ms, so it is off")
    }
    guard let lifetime = number("maxLifetime") else {
      return forget("leakDetectionThreshold", because: "maxLifetime")
    }
    if lifetime > 0, leak > lifetime {
      run("leakDetectionThreshold", 0, because: "above maxLifetime, so it is off")
    }
  }

  /// 0 is stored as the largest `int`, some 24.8 days.
  private mutating func connectionTimeoutForever() {
    if number("connectionTimeout") == 0 {
      outcomes["connectionTimeout"]?.number = Int64(Int32.max)
      outcomes["connectionTimeout"]?.note = "0 waits 2147483647 ms"
    }
  }
}
