/// What nginx refuses in one file, in its own words and with the line it names.
package struct NginxSyntaxError: Sendable, Hashable {
  /// The bytes to show, counted from 0; they need not be in ``line``.
  ///
  /// nginx names the line where its reader stands, often the last of the file; this is where the
  /// mistake was made, as far as that can be told.
  package let range: Range<Int>
  /// Where the mistake began, counted from 0: the quote that opened a string too long, for one.
  package let start: Int
  /// The line nginx names, counted from 1.
  package let line: Int
  /// nginx's text, to the letter.
  package let message: String
  /// How to repair it, when the mistake is a known one.
  package let help: String?
  /// The change that mends it, where there is one way to mean it.
  package let repair: Repair?

  package init(
    range: Range<Int>, line: Int, message: String, help: String? = nil, repair: Repair? = nil,
    start: Int? = nil
  ) {
    self.range = range
    self.line = line
    self.message = message
    self.help = help
    self.repair = repair
    self.start = start ?? range.lowerBound
  }

  /// The same without nginx's line, as every other format reports it.
  package var syntaxError: SyntaxError {
    SyntaxError(range: range, message: message, help: help)
  }
}
