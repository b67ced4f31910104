internal import Git

/// One log among those that are asked together.
///
/// Usually there is one, the repository's own. A collection holds those of many repositories, each
/// with a number that it keeps for ever and a name that people know it by.
struct LogSource: Sendable, Hashable {
  /// 0 is a repository's own log; those of a collection count from 1.
  let number: Int
  /// What a collection calls the repository; `nil` for the own log.
  let name: String?
  /// The end of the log up to which it was verified; `nil` where the reference says it.
  let tip: ObjectID?

  /// The repository's own log.
  static let own = LogSource(number: 0, name: nil, tip: nil)

  var origin: LogOrigin { LogOrigin(number: number, name: name) }
}

/// Where a record comes from.
package struct LogOrigin: Sendable, Hashable {
  let number: Int
  /// What a collection calls the repository; `nil` for a repository's own log.
  package let name: String?

  package static let own = LogOrigin(number: 0, name: nil)

  /// Records of one log have numbers below this, so that number and log fit into one integer.
  ///
  /// 2^36 records and 2^27 logs: more than a git repository holds of either.
  private static let rowBits = 36

  /// The number of the row of a record, over all logs.
  func row(of sequence: Int) -> Int { number << Self.rowBits | sequence }

  /// The rows that belong to this log.
  var rows: Range<Int> { number << Self.rowBits..<(number + 1) << Self.rowBits }

  /// The log that a row belongs to.
  static func number(ofRow row: Int) -> Int { row >> rowBits }

  /// The number in its log of the record in a row.
  static func sequence(ofRow row: Int) -> Int { row & (1 << rowBits - 1) }

  /// The same in SQL, for any database.
  static func sequence(inSQL column: String) -> String { "(\(column) & \(1 << rowBits - 1))" }
  static func number(inSQL column: String) -> String { "(\(column) >> \(rowBits))" }
  static func row(inSQL number: String, _ sequence: Int) -> String {
    "(\(number) * \(1 << rowBits) + \(sequence))"
  }
}
