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
    var findings = findings
    var last = (path: "", rooted: rootPath(""))
    for index in findings.indices {
      let path = findings[index].path
      if last.path != path { last = (path, rootPath(path)) }
      let range = findings[index].range
      var input: [UInt8] = []
      input.reserveCapacity(Self.usualLength)
      input += "headgate-finding-1\0".utf8
      input += findings[index].rule.utf8
      input.append(0)
      input += last.rooted.utf8
      input.append(0)
      if let line = lines.line(range.start.line, of: path) {
        Self.addNormalised(Self.text(of: line, at: range), to: &input)
      } else {
        input += findings[index].message.utf8
      }
      let number = Self.next(&counts[input, default: 0])
      input.append(0)
      input += String(number).utf8
      findings[index].fingerprint = Self.hexadecimal(hash(input).prefix(Self.length))
    }
    return findings
  }

  /// Bytes that the input of a hash rarely exceeds.
  private static let usualLength = 256

  private static func next(_ count: inout Int) -> Int {
    count += 1
    return count
  }

  /// The line, or the value alone where the line is too long to be about one thing.
  private static func text(of line: MaskedLine, at range: SourceRange) -> String {
    guard line.range.count > DisplayLine.reach else { return line.text }
    let start = min(max(range.start.offset, line.range.lowerBound), line.range.upperBound)
    let end = max(start, range.end.offset)
    return line.text(start..<min(end, start + DisplayLine.reach))
  }

  /// Appends the text with one space for each run of white space, none at its ends.
  private static func addNormalised(_ text: String, to result: inout [UInt8]) {
    let start = result.count
    var isApart = false
    for byte in text.utf8 {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        isApart = true
        continue
      }
      if isApart, result.count > start { result.append(0x20) }
      isApart = false
      result.append(byte)
    }
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
