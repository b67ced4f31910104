package import Syntax

/// One line of a file with the secrets in it marked, the only way lines get into reports.
package struct MaskedLine: Sendable {
  let source: SourceText
  /// The bytes of the line, without its line feed.
  package let range: Range<Int>
  /// Bytes that are never shown, in order.
  let hidden: [Range<Int>]

  /// - Parameters:
  ///   - line: counts from 1.
  ///   - lines: the line table of `source`.
  package init(_ line: Int, of source: SourceText, lines: LineTable) {
    self.source = source
    range = lines.range(ofLine: line)
    let before = line > 1 ? source.bytes[lines.range(ofLine: line - 1)] : []
    let range = range
    let told = source.hidden.filter { $0.overlaps(range) }.map { $0.clamped(to: range) }
    hidden = SecretMask.merged(
      SecretMask.secrets(in: source.bytes[range], after: before) + told)
  }

  /// Whether nothing but spaces is there to be shown.
  var isBlank: Bool { source.bytes[range].allSatisfy { $0 <= 0x20 } }

  /// The whole line with stars for secrets; not yet safe for a terminal.
  package var text: String { text(range) }

  /// The part `part` of the line with stars for secrets.
  package func text(_ part: Range<Int>) -> String {
    let part = part.clamped(to: range)
    var bytes: [UInt8] = []
    var offset = part.lowerBound
    for secret in hidden where secret.overlaps(part) {
      if secret.lowerBound > offset { bytes += source.bytes[offset..<secret.lowerBound] }
      bytes += Array(SecretMask.stars.utf8)
      offset = secret.upperBound
    }
    if offset < part.upperBound { bytes += source.bytes[offset..<part.upperBound] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
