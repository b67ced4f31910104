/// This program, as reports and records name it.
package enum Tool {
  package static let name = "headgate"
  package static let version = "0.1.0"
}
