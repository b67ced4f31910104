/// Where something stands in a file: `datasources.{name}.pool.max`, one segment a level.
///
/// A segment has at most one wildcard, so that matching looks at each byte once, whatever the
/// mapping says.
struct MappedPath: Sendable, Hashable {
  enum Wildcard: String, Sendable, Hashable, CaseIterable {
    /// `*`
    case any
    /// `{name}`: what it stands for names the resource.
    case name
    /// `{environment}`: what it stands for is where the resource runs.
    case environment
  }

  struct Segment: Sendable, Hashable {
    fileprivate(set) var prefix = ""
    fileprivate(set) var wildcard: Wildcard?
    fileprivate(set) var suffix = ""

    /// What the wildcard stands for in `text`, empty where there is none; `nil` where the text is
    /// another.
    func captured(from text: String) -> String? {
      guard wildcard != nil else { return text == prefix ? "" : nil }
      let bytes = text.utf8
      let least = prefix.utf8.count + suffix.utf8.count
      guard bytes.count > least, bytes.starts(with: prefix.utf8),
        bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      else { return nil }
      return String(
        decoding: bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count), as: UTF8.self)
    }
  }

  /// As the mapping writes it.
  let text: String
  let segments: [Segment]

  /// Levels of a path; no configuration nests deeper.
  static let segmentLimit = 32
  /// Bytes of a path.
  static let lengthLimit = 1_024

  /// Reads `a.{name}.b*`; `\` takes the next character as it is.
  init(_ text: String) throws(MappedPathMistake) {
    self.text = text
    guard !text.isEmpty else { throw MappedPathMistake("a path has at least one key") }
    guard text.utf8.count <= Self.lengthLimit else {
      throw MappedPathMistake("a path has at most \(Self.lengthLimit) bytes")
    }
    var segments: [Segment] = []
    var segment = Segment()
    var rest = Substring(text)
    while let character = rest.popFirst() {
      switch character {
      case ".":
        segments.append(try Self.checked(segment))
        segment = Segment()
      case "*": try segment.take(.any)
      case "{":
        let name = rest.prefix { $0 != "}" }
        rest = rest.dropFirst(name.count)
        guard rest.popFirst() != nil, let wildcard = Wildcard(rawValue: String(name)),
          wildcard != .any
        else {
          throw MappedPathMistake(
            "`{\(name)}` is no wildcard: {name}, {environment} and * are",
            suggestion: ConfigurationText.closest(to: String(name), among: ["name", "environment"])
              .map { "{\($0)}" })
        }
        try segment.take(wildcard)
      case "\\":
        guard let next = rest.popFirst() else {
          throw MappedPathMistake("nothing stands behind the last `\\`")
        }
        segment.append(next)
      default: segment.append(character)
      }
    }
    segments.append(try Self.checked(segment))
    guard segments.count <= Self.segmentLimit else {
      throw MappedPathMistake("a path has at most \(Self.segmentLimit) levels")
    }
    self.segments = segments
  }

  private static func checked(_ segment: Segment) throws(MappedPathMistake) -> Segment {
    guard !segment.prefix.isEmpty || segment.wildcard != nil else {
      throw MappedPathMistake("a key between two dots is empty; write `\\.` for a dot in a key")
    }
    return segment
  }

  var hasWildcard: Bool { segments.contains { $0.wildcard != nil } }
}

extension MappedPath.Segment {
  fileprivate mutating func append(_ character: Character) {
    if wildcard == nil { prefix.append(character) } else { suffix.append(character) }
  }

  fileprivate mutating func take(_ wildcard: MappedPath.Wildcard) throws(MappedPathMistake) {
    guard self.wildcard == nil else {
      throw MappedPathMistake("a key between two dots has at most one wildcard")
    }
    self.wildcard = wildcard
  }
}

/// What is wrong with a path.
struct MappedPathMistake: Error {
  let message: String
  let suggestion: String?

  init(_ message: String, suggestion: String? = nil) {
    self.message = message
    self.suggestion = suggestion
  }
}
