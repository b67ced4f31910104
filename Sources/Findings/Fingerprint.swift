package import Syntax

/// Recognises a finding again after lines moved: for baselines, waivers and other tools' lists.
///
/// It stands for the rule, the path, the text of the line and, where these are equal, a running
/// number; never for the line's number, the message or the column. Secrets are masked before, so a
/// weak password can't be guessed from it. The hash is the caller's: a gate trusts baselines from a
/// merge base, so it must be one in which nobody can make a second line with the same value.
package struct Fingerprint: Sendable {
  /// Turns bytes into at least ``length`` bytes; SHA-256 in the product.
  package typealias Hash = @Sendable ([UInt8]) -> [UInt8]

  /// Bytes of the hash that are kept, twice as many hexadecimal digits.
  package static let length = 16

  private let hash: Hash

  package init(hash: @escaping Hash) { self.hash = hash }

  /// `findings` with their fingerprints, in the same order.
  ///
  /// - Parameters:
  ///   - findings: sorted by place, so that equal lines are numbered from the top.
  ///   - sources: the files by path; a finding of another file is known by its message.
  ///   - rootPath: turns a path as shown into the one from the root of the repository, so that it
  ///     does not count where somebody stands.
  package func assign(
    to findings: [Finding], sources: [String: SourceText],
    rootPath: (String) -> String = { $0 }
  ) -> [Finding] {
    var lines = SourceLines(sources)
    var counts: [[UInt8]: Int] = [:]
    return findings.map { finding in
      var input = Array("headgate-finding-1\0\(finding.rule)\0\(rootPath(finding.path))\0".utf8)
      if let line = lines.line(finding.range.start.line, of: finding.path) {
        input += Self.normalised(Self.text(of: line, at: finding.range))
      } else {
        input += Array(finding.message.utf8)
      }
      let number = counts[input, default: 0] + 1
      counts[input] = number
      input += Array("\0\(number)".utf8)
      return finding.withFingerprint(Self.hexadecimal(hash(input).prefix(Self.length)))
    }
  }

  /// The line, or the value alone where the line is too long to be about one thing.
  private static func text(of line: MaskedLine, at range: SourceRange) -> String {
    guard line.range.count > DisplayLine.reach else { return line.text }
    let start = min(max(range.start.offset, line.range.lowerBound), line.range.upperBound)
    let end = max(start, range.end.offset)
    return line.text(start..<min(end, start + DisplayLine.reach))
  }

  /// The text with one space for each run of white space, none at its ends.
  private static func normalised(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var isApart = false
    for byte in text.utf8 {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        isApart = true
        continue
      }
      if isApart, !result.isEmpty { result.append(0x20) }
      isApart = false
      result.append(byte)
    }
    return result
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension Finding {
  fileprivate func withFingerprint(_ fingerprint: String) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, path: path, range: range,
      related: related, why: why, help: help, fix: fix, fingerprint: fingerprint, status: status)
  }
}
