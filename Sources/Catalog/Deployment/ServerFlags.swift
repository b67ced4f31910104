import Model
import Syntax

/// One setting that a database server's command line gives, which wins over its files.
struct ServerFlag {
  let key: String
  let value: String
  /// The words that give it.
  let origin: Origin

  /// The bytes of the value, where the words end with it as it is.
  func valueRange(in source: SourceText) -> Range<Int> {
    let range = origin.range.clamped(to: 0..<source.bytes.count)
    let start = range.upperBound - value.utf8.count
    guard start > range.lowerBound, source.text(start..<range.upperBound) == value else {
      return range
    }
    return start..<range.upperBound
  }
}

/// The flags of `postgres` and `mysqld` in a workload's command.
enum ServerFlags {
  /// `-c key=value`, `--key=value` and PostgreSQL's letters for some keys; source: postgres(1).
  static func postgresql(_ workload: Workload?) -> [ServerFlag] {
    read(workload, programs: ["postgres", "postmaster"]) { word, next in
      if word == "-c" {
        return next.flatMap { pair($0) }.map { (key: $0.key, value: $0.value, words: 2) }
      }
      if word.hasPrefix("--") {
        return pair(String(word.dropFirst(2))).map { (key: $0.key, value: $0.value, words: 1) }
      }
      if word.hasPrefix("-c") {
        return pair(String(word.dropFirst(2))).map { (key: $0.key, value: $0.value, words: 1) }
      }
      guard word.first == "-", let letter = word.dropFirst().first, let key = letters[letter] else {
        return nil
      }
      if word.count > 2 { return (key: key, value: String(word.dropFirst(2)), words: 1) }
      return next.map { (key: key, value: $0, words: 2) }
    }
  }

  private static let letters: [Character: String] = [
    "N": "max_connections", "B": "shared_buffers", "S": "work_mem", "p": "port",
    "h": "listen_addresses",
  ]

  /// `--key=value` and `--key value`; source: `my_getopt` of the server.
  static func mariadb(_ workload: Workload?) -> [ServerFlag] {
    read(workload, programs: ["mysqld", "mariadbd", "mysqld_safe", "mariadbd-safe"]) { word, next in
      guard word.hasPrefix("--") else { return nil }
      if let pair = pair(String(word.dropFirst(2))) {
        return (key: pair.key, value: pair.value, words: 1)
      }
      guard let next, !next.hasPrefix("-") else { return nil }
      return (key: String(word.dropFirst(2)), value: next, words: 2)
    }
  }

  private static func pair(_ text: String) -> (key: String, value: String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  /// Walks the arguments behind the server's own name; without one the image's entry script puts it
  /// before the first flag.
  private static func read(
    _ workload: Workload?, programs: Set<String>,
    _ take: (_ word: String, _ next: String?) -> (key: String, value: String, words: Int)?
  ) -> [ServerFlag] {
    guard let workload, !workload.command.isEmpty else { return [] }
    let words = workload.command
    let program = words.firstIndex { programs.contains(ConfigurationText.name(of: $0)) }
    guard program != nil || words[0].hasPrefix("-") else { return [] }
    var flags: [ServerFlag] = []
    var index = program.map { $0 + 1 } ?? 0
    while index < words.count {
      let next = index + 1 < words.count ? words[index + 1] : nil
      guard let found = take(words[index], next) else {
        index += 1
        continue
      }
      if let origin = origin(of: index + found.words - 1, in: workload) {
        flags.append(ServerFlag(key: found.key, value: found.value, origin: origin))
      }
      index += found.words
    }
    return flags
  }

  private static func origin(of index: Int, in workload: Workload) -> Origin? {
    workload.commandOrigins.indices.contains(index)
      ? workload.commandOrigins[index] : workload.resource.identity.origin
  }
}
