/// Names that nginx's `include` matches: the shell's `*`, `?` and `[…]`, one path part at a time.
///
/// Braces and `~` are literal, variables are not expanded, and `*` passes over hidden files.
package struct NginxGlob: Sendable {
  private let pattern: [UInt8]

  init(_ pattern: some StringProtocol) {
    self.pattern = Array(pattern.utf8)
  }

  /// Whether `name` is a pattern at all; otherwise it is one file, which has to exist.
  package static func isPattern(_ name: some StringProtocol) -> Bool {
    name.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
  }

  /// Whether `name` matches the whole pattern.
  ///
  /// - Complexity: O(*pattern* · *name*): only the last `*` is ever tried again.
  func matches(_ name: some StringProtocol) -> Bool {
    let name = Array(name.utf8)
    if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
    var (at, position) = (0, 0)
    var retry: (at: Int, position: Int)?
    while position < name.count {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        retry = (at + 1, position)
        at += 1
      } else if let length = step(at, name[position]) {
        at += length
        position += 1
      } else if let last = retry {
        at = last.at
        position = last.position + 1
        retry = (last.at, position)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// The length of the pattern's element at `at`, if it matches `byte`.
  private func step(_ at: Int, _ byte: UInt8) -> Int? {
    guard at < pattern.count else { return nil }
    switch pattern[at] {
    case UInt8(ascii: "?"): return 1
    case UInt8(ascii: "["):
      guard let (contains, length) = set(at, byte) else {
        return byte == UInt8(ascii: "[") ? 1 : nil
      }
      return contains ? length : nil
    case UInt8(ascii: "\\") where at + 1 < pattern.count: return pattern[at + 1] == byte ? 2 : nil
    default: return pattern[at] == byte ? 1 : nil
    }
  }

  /// Reads `[a-z]`, `[!a-z]` or `[^a-z]`; `nil` where it is never closed.
  private func set(_ start: Int, _ byte: UInt8) -> (contains: Bool, length: Int)? {
    var at = start + 1
    let isNegated =
      at < pattern.count && (pattern[at] == UInt8(ascii: "!") || pattern[at] == UInt8(ascii: "^"))
    if isNegated { at += 1 }
    var contains = false
    var isFirst = true
    while at < pattern.count, isFirst || pattern[at] != UInt8(ascii: "]") {
      isFirst = false
      if at + 2 < pattern.count, pattern[at + 1] == UInt8(ascii: "-"),
        pattern[at + 2] != UInt8(ascii: "]")
      {
        if pattern[at] <= byte, byte <= pattern[at + 2] { contains = true }
        at += 3
      } else {
        if pattern[at] == byte { contains = true }
        at += 1
      }
    }
    guard at < pattern.count else { return nil }
    return (contains != isNegated, at + 1 - start)
  }
}

extension NginxGlob {
  /// The paths that match a pattern whose parts may all be patterns, in byte order.
  ///
  /// - Parameters:
  ///   - pattern: a path, absolute or as `files` names it.
  ///   - files: where to look.
  package static func expand(_ pattern: String, in files: any FileSource) -> [String] {
    let parts = pattern.split(separator: "/")
    var found = [NginxPath.isAbsolute(pattern) ? "/" : ""]
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      var next: [String] = []
      for directory in found {
        let prefix = directory.isEmpty || directory == "/" ? directory : directory + "/"
        if !isLast, !isPattern(part) {
          next.append(prefix + part)
          continue
        }
        let glob = NginxGlob(part)
        let isPattern = isPattern(part)
        for name in files.names(in: directory)
        where isPattern ? glob.matches(name) : name == part {
          next.append(prefix + name)
        }
      }
      found = next
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
