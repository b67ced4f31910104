extension YAMLTree {
  /// The keys that stand twice in one mapping, in the order of the second ones.
  ///
  /// Scalars are the same key when their text is; `<<` may stand as often as it likes.
  var duplicateKeys: [YAMLDuplicateKey] {
    var found: [YAMLDuplicateKey] = []
    for index in records.indices where records[index].kind == .mapping && records[index].count > 2 {
      var seen: [ArraySlice<UInt8>: YAMLNode] = [:]
      var child = records[index].first
      while child >= 0 {
        let key = YAMLNode(tree: self, index: child)
        if key.kind == .scalar, !key.isMergeKey {
          let name = key.withBytes { $0 }
          if let first = seen[name] {
            found.append(YAMLDuplicateKey(first: first, second: key))
          } else {
            seen[name] = key
          }
        }
        let value = records[child].next
        child = value < 0 ? -1 : records[value].next
      }
    }
    return found.sorted { $0.second.range.lowerBound < $1.second.range.lowerBound }
  }
}

extension YAMLFault {
  /// The error to report, with help where the line at fault is a known kind of mistake.
  func described(in source: SourceText) -> SyntaxError {
    var help = help
    let bytes = source.bytes
    var start = min(context ?? range.lowerBound, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    var stop = min(range.upperBound, bytes.count)
    while stop < bytes.count, bytes[stop] != 0x0A { stop += 1 }
    let line = bytes[start..<max(start, stop)]
    if zip(line, line.dropFirst()).contains(where: { $0 == UInt8(ascii: "{") && $1 == $0 }) {
      help = "a template must be rendered before it can be read as YAML"
    } else if line.first(where: { $0 != 0x20 }) == 0x09 {
      help = "indent with blanks, not tabs"
    }
    let range = min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)
    return SyntaxError(range: range, message: message, help: help)
  }
}

extension YAMLFile {
  /// The file in pieces that cover it without gap or overlap, in order.
  ///
  /// - Complexity: O(*n*) in the length of the file, each time.
  package var pieces: [YAMLPiece] {
    var pieces: [YAMLPiece] = []
    var place = 0
    for token in tokens {
      appendGap(place..<token.range.lowerBound, to: &pieces)
      pieces.append(token)
      place = token.range.upperBound
    }
    appendGap(place..<source.bytes.count, to: &pieces)
    return pieces
  }

  /// The bytes of all pieces: the file itself, whatever it holds.
  package var printed: [UInt8] { pieces.flatMap { source.bytes[$0.range] } }

  /// The comments from `#` to the end of their line, in order.
  package var comments: [Range<Int>] { pieces.filter { $0.kind == .comment }.map(\.range) }

  private func appendGap(_ gap: Range<Int>, to pieces: inout [YAMLPiece]) {
    let bytes = source.bytes
    var place = gap.lowerBound
    while place < gap.upperBound {
      let start = place
      let byte = bytes[place]
      place += 1
      let kind: YAMLPiece.Kind
      switch byte {
      case 0x0A: kind = .lineBreak
      case 0x0D:
        kind = .lineBreak
        if place < gap.upperBound, bytes[place] == 0x0A { place += 1 }
      case 0x20, 0x09:
        kind = .blank
        while place < gap.upperBound && (bytes[place] == 0x20 || bytes[place] == 0x09) {
          place += 1
        }
      case 0xEF where start == 0:
        kind = .blank
        place = min(3, gap.upperBound)
      default:
        kind = byte == UInt8(ascii: "#") ? .comment : .unread
        while place < gap.upperBound, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
      }
      pieces.append(YAMLPiece(kind: kind, range: start..<place))
    }
  }
}
