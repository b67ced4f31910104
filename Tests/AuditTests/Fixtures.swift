import Git
import Testing

@testable import Audit

/// Records and logs as the tests need them.
enum Fixture {
  static let start = Timestamp(milliseconds: 1_781_087_400_123)

  static func time(_ minutes: Int64) -> Timestamp { start.advanced(bySeconds: minutes * 60) }

  /// A nonce that differs for each number.
  static func nonce(_ number: Int) -> [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: number >> ($0 * 8 % 64)) ^ UInt8($0 > 7 ? 0x5A : 0) }
  }

  static let developer = Actor(id: "user:developer@example.org", via: "local")

  static func genesis(_ number: Int = 0) -> RecordBody {
    RecordBody(
      kind: .genesis, nonce: nonce(number), recordedAt: start, actor: developer, recorder: developer
    )
  }

  static func content(_ value: Int) -> [UInt8] { Array("maximumPoolSize=\(value)\n".utf8) }

  /// A change of one setting in one file.
  static func change(
    _ number: Int, from old: Int, to new: Int, path: String = "config/hikari.properties",
    key: String = "maximumPoolSize", field: String? = "pool.max_size", minutes: Int64? = nil,
    reason: String? = "more logins"
  ) throws -> RecordBody {
    let time = time(minutes ?? Int64(number))
    return RecordBody(
      kind: .change, nonce: nonce(number), recordedAt: time, effectiveAt: time, actor: developer,
      recorder: developer, reason: reason.map { .text($0) }, ticket: .text("OPS-\(number)"),
      files: [
        FileChange(
          path: path, format: "hikaricp", old: try FileVersion(content: content(old)),
          new: try FileVersion(content: content(new)))
      ],
      settings: [
        SettingChange(
          file: 0, key: key, field: field, resource: "HikariPool-1", old: "\(old)", new: "\(new)",
          oldLine: 1, newLine: 1)
      ])
  }

  static func options(
    _ values: Int..., after: @escaping @Sendable (AppendStep) throws(AuditError) -> Void = { _ in }
  ) -> AppendOptions {
    AppendOptions(
      now: time(1000), contents: values.map(content), durable: false, after: after)
  }

  static func log(_ space: Workspace, _ directory: String = "") throws -> AuditLog {
    AuditLog(try Repository(at: space.path + "/" + directory))
  }

  /// A log of a genesis record and `count` changes, each ten more than the one before.
  @discardableResult
  static func fill(_ space: Workspace, _ count: Int) throws -> [Appended] {
    let log = try log(space)
    var made: [Appended] = []
    for number in 1...count {
      made.append(
        try log.append(
          change(number, from: number * 10 - 10, to: number * 10), startingWith: genesis(),
          options: options(number * 10 - 10, number * 10)))
    }
    return made
  }

  static func verify(_ space: Workspace) throws -> Verification {
    let log = try log(space)
    return log.verify(now: time(1000))
  }
}

/// The log's error that `body` throws.
func failure(_ body: () throws -> Void) -> AuditError? {
  do {
    try body()
    return nil
  } catch { return error as? AuditError }
}
