/// A pattern of paths, as in `services/*/application*.yml` or `**/conf.d/*.conf`.
///
/// `*` and `?` stay within one part of the path, `**/` spans any number of directories, `[a-z]` and
/// `[!a-z]` are one byte, `{a,b}` alternatives. A pattern without `/` is matched against the last
/// part, wherever it lies, as git does.
package struct Glob: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as written.
  package let description: String
  private let alternatives: [[Token]]

  private enum Token: Sendable, Hashable {
    case byte(UInt8)
    /// `?`
    case one
    /// `*`
    case run
    /// `**/`: no directory, one or several.
    case directories
    /// `**` at the end.
    case everything
    case set(Set<UInt8>, isNegated: Bool)
  }

  /// Alternatives that braces may make: more is an attack, not a pattern.
  package static let alternativeLimit = 64

  /// Reads a pattern; `nil` for an empty one, open brackets or braces, and too many alternatives.
  package init?(_ pattern: String) {
    description = pattern
    var bytes = Array(pattern.utf8)
    if bytes.starts(with: "./".utf8) { bytes.removeFirst(2) }
    guard !bytes.isEmpty, let expanded = Self.expanded(bytes) else { return nil }
    var alternatives: [[Token]] = []
    for alternative in expanded {
      guard var tokens = Self.tokens(alternative) else { return nil }
      if !alternative.contains(UInt8(ascii: "/")) { tokens.insert(.directories, at: 0) }
      alternatives.append(tokens)
    }
    self.alternatives = alternatives
  }

  /// Whether `path`, relative and with `/` between its parts, matches.
  ///
  /// - Complexity: O(path × pattern) at worst, O(path) for usual patterns.
  package func matches(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    return alternatives.contains { Self.matches(bytes, $0) }
  }

  /// Replaces braces by their alternatives, without recursion: one brace pair a round.
  private static func expanded(_ pattern: [UInt8]) -> [[UInt8]]? {
    var done: [[UInt8]] = []
    var waiting = [pattern]
    while let next = waiting.popLast() {
      guard let open = next.lastIndex(of: UInt8(ascii: "{")) else {
        if next.contains(UInt8(ascii: "}")) { return nil }
        done.append(next)
        continue
      }
      guard let close = next[open...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      let parts = next[open + 1..<close].split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for part in parts.reversed() {
        waiting.append(Array(next[..<open]) + Array(part) + Array(next[(close + 1)...]))
      }
      guard done.count + waiting.count <= alternativeLimit else { return nil }
    }
    return done
  }

  private static func tokens(_ bytes: [UInt8]) -> [Token]? {
    var tokens: [Token] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "*"):
        guard rest.first == UInt8(ascii: "*") else {
          tokens.append(.run)
          continue
        }
        rest = rest.drop { $0 == UInt8(ascii: "*") }
        if rest.popFirst() == nil {
          tokens.append(.everything)
        } else if rest.startIndex > 0, bytes[rest.startIndex - 1] == UInt8(ascii: "/") {
          tokens.append(.directories)
        } else {
          return nil
        }
      case UInt8(ascii: "["):
        guard let set = set(&rest) else { return nil }
        tokens.append(set)
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        tokens.append(.byte(escaped))
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  private static func set(_ rest: inout ArraySlice<UInt8>) -> Token? {
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    guard let close = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let members = Array(rest[..<close])
    rest = rest[(close + 1)...]
    var set: Set<UInt8> = []
    var index = 0
    while index < members.count {
      if index + 2 < members.count, members[index + 1] == UInt8(ascii: "-"),
        members[index] <= members[index + 2]
      {
        set.formUnion(members[index]...members[index + 2])
        index += 3
      } else {
        set.insert(members[index])
        index += 1
      }
    }
    return .set(set, isNegated: isNegated)
  }

  /// Where to go on when the shortest reading of a `*` or `**/` turns out too short.
  private struct Retry {
    var token: Int
    var offset: Int
  }

  private static func matches(_ path: [UInt8], _ tokens: [Token]) -> Bool {
    let slash = UInt8(ascii: "/")
    var token = 0
    var offset = 0
    var run: Retry?
    var directories: Retry?
    while offset < path.count || token < tokens.count {
      if token < tokens.count {
        switch tokens[token] {
        case .everything: return true
        case .run:
          token += 1
          run = Retry(token: token, offset: offset)
          continue
        case .directories:
          token += 1
          directories = Retry(token: token, offset: offset)
          run = nil
          continue
        case .byte, .one, .set:
          if offset < path.count, accepts(tokens[token], path[offset]) {
            token += 1
            offset += 1
            continue
          }
        }
      }
      if let retry = run, retry.offset < path.count, path[retry.offset] != slash {
        run = Retry(token: retry.token, offset: retry.offset + 1)
        (token, offset) = (retry.token, retry.offset + 1)
      } else if let retry = directories, let next = path[retry.offset...].firstIndex(of: slash) {
        directories = Retry(token: retry.token, offset: next + 1)
        run = nil
        (token, offset) = (retry.token, next + 1)
      } else {
        return false
      }
    }
    return true
  }

  private static func accepts(_ token: Token, _ byte: UInt8) -> Bool {
    switch token {
    case .byte(let expected): byte == expected
    case .one: byte != UInt8(ascii: "/")
    case .set(let set, let isNegated): set.contains(byte) != isNegated && byte != UInt8(ascii: "/")
    case .run, .directories, .everything: false
    }
  }
}
