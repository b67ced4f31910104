import Model
import Syntax

/// What to do about a directive that nginx refuses, from how it is written.
///
/// nginx names what it stumbled over; these are the slips behind it that people do not see: a
/// semicolon missing in the line before, a blank that is none, quotes out of a word processor.
struct NginxRemedy {
  let help: String
  let repair: Repair?

  /// The slip behind a refusal, where there is one to be seen.
  init?(
    for node: NginxDirectiveID, of tree: NginxTree, in kind: NginxContextKind,
    table: NginxDirectiveTable = .shared
  ) {
    guard
      let found = Self.falseBlank(node, tree) ?? Self.typographicQuotes(node, tree)
        ?? Self.missingSemicolon(node, tree, kind, table)
    else { return nil }
    self = found
  }

  private init(_ help: String, _ repair: Repair?) {
    self.help = help
    self.repair = repair
  }

  // MARK: Blanks that are none

  private static func falseBlank(_ node: NginxDirectiveID, _ tree: NginxTree) -> NginxRemedy? {
    let blanks = tree.falseBlanks(of: node)
    guard let first = blanks.first else { return nil }
    let text = tree.source.text(first)
    let isMark = text == "\u{FEFF}" || text == "\u{200B}"
    let edits = blanks.map { range in
      let text = tree.source.text(range)
      let isNothing = text == "\u{FEFF}" || text == "\u{200B}"
      return TextEdit(range: range, replacement: isNothing ? "" : " ")
    }
    return NginxRemedy(
      "there is \(name(of: text)) in it, which nginx takes for a part of the word",
      Repair(isMark ? "remove it" : "write a plain blank instead", edits: edits))
  }

  private static func name(of text: String) -> String {
    guard let scalar = text.unicodeScalars.first else { return "a blank" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return switch scalar.value {
    case 0x0B: "a vertical tab (\(code))"
    case 0x0C: "a form feed (\(code))"
    case 0xA0, 0x202F: "a no-break space (\(code))"
    case 0x200B: "a zero-width space (\(code))"
    case 0xFEFF: "a byte order mark (\(code))"
    default: "a blank that is none (\(code))"
    }
  }

  // MARK: Quotes of a word processor

  /// The quotes that word processors put in the place of straight ones.
  private static let quotes: Set<Unicode.Scalar> = [
    "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}",
  ]

  private static func typographicQuotes(
    _ node: NginxDirectiveID, _ tree: NginxTree
  ) -> NginxRemedy? {
    let range = tree.headRange(of: node)
    var offset = range.lowerBound
    var edits: [TextEdit] = []
    var isQuoted = false
    for scalar in tree.source.text(range).unicodeScalars {
      let length = UTF8.width(scalar)
      if scalar == "\"" { isQuoted = true }
      if quotes.contains(scalar) {
        edits.append(TextEdit(range: offset..<offset + length, replacement: "\""))
      }
      offset += length
    }
    guard !edits.isEmpty, offset == range.upperBound else { return nil }
    let isCertain = !isQuoted && edits.count.isMultiple(of: 2)
    return NginxRemedy(
      "these are typographic quotes, which quote nothing in nginx: write \" or '",
      isCertain ? Repair("write straight quotes", edits: edits) : nil)
  }

  // MARK: A semicolon that is missing

  private static func missingSemicolon(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ kind: NginxContextKind,
    _ table: NginxDirectiveTable
  ) -> NginxRemedy? {
    let words = tree.words(of: node)
    guard let name = words.first, words.count > 1 else { return nil }
    var before = name
    for (count, word) in words.dropFirst().enumerated() {
      defer { before = word }
      let gap = tree.source.bytes[before.range.upperBound..<word.range.lowerBound]
      let id = tree.text(of: word).withBytes { table.id($0) }
      guard gap.contains(UInt8(ascii: "\n")), word.quoting == .none, id != .unknown,
        table.info(id, in: kind) != nil
      else { continue }
      let line =
        tree[node].line
        + tree.source.bytes[name.range.lowerBound..<before.range.upperBound].count {
          $0 == UInt8(ascii: "\n")
        }
      let own = tree.name(of: node).withBytes { table.id($0) }
      let info = own == .unknown ? nil : table.info(own, in: kind)
      let isWhole = info.map {
        $0.value != .block && count >= $0.leastArguments && count <= $0.mostArguments ?? .max
      }
      let text = tree.source.text(before.range)
      return NginxRemedy(
        text.utf8.count <= 60
          ? "a \";\" is probably missing after \(text) in line \(line)"
          : "a \";\" is probably missing in line \(line)",
        isWhole == true
          ? .insert(";", at: before.range.upperBound, "insert the missing \";\"") : nil)
    }
    return nil
  }
}
