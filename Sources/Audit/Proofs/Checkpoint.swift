/// The size and root of a log at one time (C2SP tlog-checkpoint): what somebody else can keep.
///
/// Whoever holds one notices every later change of a record before it, also in a log that was
/// rewritten from its beginning.
package struct Checkpoint: Sendable, Hashable {
  /// Which log it is: `headgate.audit/` and the id of its first record.
  package let origin: String
  /// The number of records.
  package let size: Int
  /// The Merkle root over their ids.
  package let root: Digest

  private static let originPrefix = "headgate.audit/"
  /// Sizes have so many digits at most; more is no log.
  private static let digitLimit = 15

  package init(genesis: Digest, size: Int, root: Digest) {
    origin = Self.originPrefix + genesis.hex
    self.size = size
    self.root = root
  }

  /// The first record of the log; `nil` where it is the checkpoint of another program's log.
  package var genesis: Digest? {
    guard origin.hasPrefix(Self.originPrefix) else { return nil }
    return Digest("sha256:" + origin.dropFirst(Self.originPrefix.count))
  }

  /// What is signed: three lines.
  package var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }

  /// Reads a checkpoint's text, which may have lines of extensions behind the three.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.last == "", !lines.dropLast().contains(""),
      lines[1].utf8.count <= Self.digitLimit, let size = Int(lines[1]), size >= 0,
      String(size) == lines[1], let root = Digest(base64: String(lines[2]))
    else { return nil }
    origin = String(lines[0])
    self.size = size
    self.root = root
  }
}

/// A text with the signatures of those who stand for it (C2SP signed-note).
package struct SignedNote: Sendable, Hashable {
  /// One line below the text.
  package struct Signature: Sendable, Hashable {
    /// Who signed, as the verifier knows them.
    package let name: String
    /// The first four bytes of a hash of name and key.
    package let keyID: [UInt8]
    package let bytes: [UInt8]
  }

  /// With the line feed at its end.
  package let text: String
  package let signatures: [Signature]

  /// The largest note that is read: that is room for hundreds of witnesses.
  package static let sizeLimit = 256 << 10
  private static let mark = "\u{2014} "

  package init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// The whole note: text, an empty line, and a line for each signature.
  package var description: String {
    let lines = signatures.map { signature in
      let bytes = Base64.text(of: signature.keyID + signature.bytes, .standard)
      return "\(Self.mark)\(signature.name) \(bytes)\n"
    }
    return text + "\n" + lines.joined()
  }

  /// Reads a note.
  ///
  /// - Returns: `nil` where it is none.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.sizeLimit, let note = String(validating: bytes, as: UTF8.self),
      !note.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }),
      let gap = note.range(ofLast: "\n\n")
    else { return nil }
    text = String(note[...gap])
    let end = note[note.index(gap, offsetBy: 2)...]
    var found: [Signature] = []
    for line in end.split(separator: "\n", omittingEmptySubsequences: true) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, words[0] == "\u{2014}", !words[1].isEmpty,
        let value = Base64.bytes(of: String(words[2]), .standard), value.count > 4
      else { return nil }
      found.append(
        Signature(
          name: String(words[1]), keyID: Array(value.prefix(4)), bytes: Array(value.dropFirst(4))))
    }
    guard end.isEmpty || end.last == "\n" else { return nil }
    signatures = found
  }
}

extension String {
  /// The place where the last occurrence of a text begins.
  fileprivate func range(ofLast text: String) -> Index? {
    var place = endIndex
    while place > startIndex {
      place = index(before: place)
      if self[place...].hasPrefix(text) { return place }
    }
    return nil
  }
}
