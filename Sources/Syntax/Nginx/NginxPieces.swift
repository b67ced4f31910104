/// A stretch of a file and what it is.
package struct NginxPiece: Sendable, Hashable {
  /// What a piece is.
  package enum Kind: Sendable, Hashable {
    /// A word with its quotes, or a Lua body.
    case word
    /// The `;` or `{` that ends a statement's words.
    case terminator
    /// The `}` that closes a block.
    case close
    case comment
    /// Blanks between the others.
    case blank
    /// Bytes that belong to no statement because the file is wrong there.
    case skipped
  }

  package let kind: Kind
  /// Byte offsets from 0.
  package let range: Range<Int>
}

extension NginxTree {
  /// Every piece of the file in its order, as the tree holds them.
  ///
  /// Blanks are not kept by the tree: they are the gaps, as far as these hold nothing but blanks.
  /// A byte that the tree lost is in no piece.
  package var pieces: [NginxPiece] {
    var pieces: [NginxPiece] = []
    var offset = 0
    for piece in storedPieces {
      if let gap = blank(offset..<max(offset, piece.range.lowerBound)) { pieces.append(gap) }
      pieces.append(piece)
      offset = piece.range.upperBound
    }
    if let gap = blank(offset..<max(offset, source.bytes.count)) { pieces.append(gap) }
    return pieces
  }

  /// The file put together from its pieces: the same bytes as ``source``.
  package var printed: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.bytes.count)
    for piece in pieces { bytes += source.bytes[piece.range] }
    return bytes
  }

  private func blank(_ range: Range<Int>) -> NginxPiece? {
    guard !range.isEmpty, source.bytes[range].allSatisfy(NginxByte.isBlank) else { return nil }
    return NginxPiece(kind: .blank, range: range)
  }

  private var storedPieces: [NginxPiece] {
    var pieces: [NginxPiece] = []
    for directive in directives {
      for index in directive.firstWord..<directive.firstWord + directive.wordCount {
        pieces.append(NginxPiece(kind: .word, range: words[Int(index)].range))
      }
      if let offset = directive.terminatorOffset {
        pieces.append(NginxPiece(kind: .terminator, range: offset..<offset + 1))
      }
      if let offset = directive.closeOffset {
        pieces.append(NginxPiece(kind: .close, range: offset..<offset + 1))
      }
    }
    for range in comments {
      pieces.append(
        NginxPiece(kind: .comment, range: Int(range.lowerBound)..<Int(range.upperBound)))
    }
    for range in skipped {
      pieces.append(
        NginxPiece(kind: .skipped, range: Int(range.lowerBound)..<Int(range.upperBound)))
    }
    // Empty words, the bodies of empty Lua blocks, come before what begins at the same place.
    return pieces.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
  }
}
