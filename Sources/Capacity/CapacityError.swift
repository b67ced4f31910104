/// A question that has no answer, or none within the limits of this module.
package struct CapacityError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What the caller can act on.
  package enum Code: Sendable, Hashable {
    /// A number that is not finite, negative, or zero where something must be positive.
    case outOfRange
    /// More than ``Erlang/maximumServers`` servers would be needed or were given.
    case tooManyServers
  }

  package let code: Code
  /// What is wrong with which number; lower case, no full stop.
  package let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  static func check(_ value: Double, _ name: String) throws(CapacityError) {
    guard value.isFinite, value >= 0 else {
      throw CapacityError(.outOfRange, "\(name) must be a number of at least 0, not \(value)")
    }
  }

  static func check(servers: Int) throws(CapacityError) {
    guard servers >= 1 else {
      throw CapacityError(.outOfRange, "a pool has at least 1 connection, not \(servers)")
    }
    guard servers <= Erlang.maximumServers else {
      throw CapacityError(
        .tooManyServers, "\(servers) connections are more than \(Erlang.maximumServers)")
    }
  }

  /// A share strictly between 0 and 1: at 0 no finite pool would do, at 1 every pool would.
  static func check(share: Double, _ name: String) throws(CapacityError) {
    guard share > 0, share < 1 else {
      throw CapacityError(.outOfRange, "\(name) must be above 0 and below 1, not \(share)")
    }
  }
}
