import Audit
package import Syntax

/// The rule files of another repository, in one piece: what is cached, and what a lock's digest is
/// of.
///
/// Each file is its path and its contents, each after its length in bytes and a colon, with a line
/// feed behind; files are in byte order of their paths. One file on the disk can be replaced in one
/// step and read without following names that somebody else chose.
package struct PolicyBundle: Sendable {
  /// Paths below the folder of the rules.
  package let files: [SourceText]

  /// Rules are small texts: more of them, or larger ones, are a mistake or an attack.
  package static let countLimit = 2_000
  package static let sizeLimit = 16 << 20

  package init(_ files: [SourceText]) {
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The bundle as bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for file in files {
      bytes += Array("\(file.path.utf8.count):\(file.path)\n\(file.bytes.count):".utf8)
      bytes += file.bytes
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// SHA-256 of ``bytes``, in hexadecimal.
  package var digest: String { Digest(of: bytes).hex }

  /// Reads a bundle; `nil` for bytes that are none.
  package init?(_ bytes: [UInt8]) {
    var files: [SourceText] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let path = Self.piece(&rest), let contents = Self.piece(&rest) else { return nil }
      files.append(
        SourceText(path: String(decoding: path, as: UTF8.self), bytes: Array(contents)))
    }
    self.files = files
  }

  private static func piece(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")),
      let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
      count < rest.endIndex - colon - 1
    else { return nil }
    let start = colon + 1
    guard rest[start + count] == UInt8(ascii: "\n") else { return nil }
    defer { rest = rest[(start + count + 1)...] }
    return rest[start..<start + count]
  }
}
