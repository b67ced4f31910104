import Syntax

/// What every catalog entry asks of texts and paths that stand in configuration files.
enum ConfigurationText {
  /// Whether a program other than the product fills the text in: a template or a placeholder.
  static func isTemplate(_ text: String) -> Bool {
    var last: UInt8 = 0
    for byte in text.utf8 {
      switch (last, byte) {
      case (0x7B, 0x7B), (0x24, 0x7B), (0x3C, 0x25), (0x7B, 0x25): return true
      default: last = byte
      }
    }
    return false
  }

  /// What to say of a value that a template fills in.
  static let templateNote = "a template or placeholder fills it in"

  /// The name closest to `name`, if it is close enough to be meant.
  static func closest(to name: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().utf8)
    let limit = max(1, wanted.count / 4)
    var best: (name: String, distance: Int)?
    for candidate in names where abs(candidate.utf8.count - wanted.count) <= limit {
      let distance = distance(wanted, Array(candidate.lowercased().utf8), limit: limit)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The number of bytes to insert, remove, replace or swap with their neighbour; anything above
  /// `limit` stands for more.
  private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var row = Array(0...right.count)
    var above = row
    for (i, a) in left.enumerated() {
      let earlier = above
      above = row
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        row[j + 1] = min(above[j] + (a == b ? 0 : 1), row[j] + 1, above[j + 1] + 1)
        if i > 0, j > 0, a == right[j - 1], b == left[i - 1] {
          row[j + 1] = min(row[j + 1], earlier[j - 1] + 1)
        }
      }
    }
    return row[right.count]
  }

  /// Whether a file is among those being read, also where it was reached by another spelling of
  /// its path: links and `..` lead back to the same bytes under the same name.
  static func isOpen(_ file: SourceText, in open: [SourceText]) -> Bool {
    open.contains {
      $0.path == file.path || name(of: $0.path) == name(of: file.path) && $0.bytes == file.bytes
    }
  }

  /// How the files being read lead to `path`.
  static func chain(_ open: [SourceText], to path: String) -> String {
    (open.map(\.path) + [path]).joined(separator: " → ")
  }

  /// The directory of a path, empty for a file at the root.
  static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) }
      ?? path
  }

  /// `name` as seen from `directory`, with `.` and `..` resolved as far as the tree goes.
  static func resolve(_ name: String, in directory: String) -> String {
    if name.utf8.first == UInt8(ascii: "/") { return name }
    var parts = directory.split(separator: "/").map(String.init)
    for part in name.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    let path = parts.joined(separator: "/")
    return directory.utf8.first == UInt8(ascii: "/") ? "/" + path : path
  }
}

extension SourceText {
  /// The line of a byte, counted from 1.
  func line(at offset: Int) -> Int {
    bytes[..<min(offset, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
  }
}
