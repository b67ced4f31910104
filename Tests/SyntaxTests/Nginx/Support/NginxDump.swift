import Syntax

extension NginxTree {
  /// The canonical dump of the corpus: one line a statement, with its depth, words and end.
  var canonicalDump: [UInt8] {
    var dump: [UInt8] = []
    var depths: [Int] = []
    for id in all {
      let depth = parent(of: id).map { depths[$0.index] + 1 } ?? 0
      depths.append(depth)
      dump += "\(depth) ".utf8
      dump += json(name(of: id))
      dump += " [".utf8
      for (index, word) in arguments(of: id).enumerated() {
        if index > 0 { dump.append(UInt8(ascii: ",")) }
        dump += json(text(of: word))
      }
      dump += (self[id].kind == .simple ? "] ;\n" : "] {\n").utf8
    }
    return dump
  }

  private func json(_ text: NginxText) -> [UInt8] {
    var result = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0x08: result += "\\b".utf8
      case 0x09: result += "\\t".utf8
      case 0x0A: result += "\\n".utf8
      case 0x0C: result += "\\f".utf8
      case 0x0D: result += "\\r".utf8
      case 0..<0x20:
        result += (byte < 0x10 ? "\\u000" : "\\u00").utf8
        result += String(byte, radix: 16).utf8
      default: result.append(byte)
      }
    }
    return result + [UInt8(ascii: "\"")]
  }

  /// The statements that nginx reads, as the vectors write them: words and `;` or `{`, and `}`.
  var statements: [[NginxVectors.Word]] {
    let endOfReading = errors.first == nil ? Int.max : acceptedCount
    var statements: [[NginxVectors.Word]] = []
    var open: [Int] = []
    func closeBlocks(before index: Int) {
      while let block = open.last, Int(descendants(of: NginxDirectiveID(block)).endIndex) <= index {
        open.removeLast()
        statements.append([NginxVectors.Word(Array("}".utf8))])
      }
    }
    for id in all where id.index < endOfReading {
      closeBlocks(before: id.index)
      let end = self[id].kind == .simple ? ";" : "{"
      statements.append(
        (words(of: id).map { text(of: $0).bytes } + [Array(end.utf8)]).map(NginxVectors.Word.init))
      if self[id].kind == .block { open.append(id.index) }
    }
    if errors.isEmpty { closeBlocks(before: Int.max) }
    return statements
  }
}
