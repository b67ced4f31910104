package import Syntax

/// The nginx files of a tree, sorted into entries and what they include.
package enum NginxReadings {
  /// Reads every entry among `candidates` and no file twice that another one includes.
  ///
  /// Whole configurations come first, since what they include is known by their directory; of the
  /// rest those remain that no other one includes. `Reading.included` names what each one reaches.
  ///
  /// - Parameters:
  ///   - candidates: the recognised files, in the order that results should have.
  ///   - read: reads some of them as entries, which do not depend on each other.
  /// - Returns: the entries with their readings; whole configurations first.
  /// - Complexity: each file is read at most once as an entry, and once for each it is part of.
  package static func entries(
    among candidates: [SourceText], read: ([SourceText]) -> [Reading]
  ) -> [(entry: SourceText, reading: Reading)] {
    var whole: [SourceText] = []
    var parts: [SourceText] = []
    for candidate in candidates {
      if isWhole(candidate) { whole.append(candidate) } else { parts.append(candidate) }
    }
    var reached: Set<String> = []
    var entries = withoutIncluded(Array(zip(whole, read(whole))), reached: &reached)
    let rest = parts.filter { !reached.contains(normal($0.path)) }
    entries += withoutIncluded(Array(zip(rest, read(rest))), reached: &reached)
    return entries
  }

  /// Drops the entries that an earlier remaining one, or one not reached itself, includes.
  private static func withoutIncluded(
    _ readings: [(SourceText, Reading)], reached: inout Set<String>
  ) -> [(entry: SourceText, reading: Reading)] {
    var includers: [String: Int] = [:]
    for (index, (_, reading)) in readings.enumerated() {
      for path in reading.included where includers[normal(path)] == nil {
        includers[normal(path)] = index
      }
    }
    var kept: [(entry: SourceText, reading: Reading)] = []
    for (index, (entry, reading)) in readings.enumerated() {
      let path = normal(entry.path)
      if let includer = includers[path], includer != index {
        // Two files that include each other: the first stands for both.
        let isMutual = reading.included.contains { normal($0) == normal(readings[includer].0.path) }
        if !isMutual || includer < index { continue }
      }
      kept.append((entry, reading))
      reached.formUnion(reading.included.map(normal))
    }
    return kept
  }

  /// Whether a file has the blocks that only a main file has, from its beginning at least.
  private static func isWhole(_ text: SourceText) -> Bool {
    let name = FileCandidate(path: text.path, head: []).name
    if name == "nginx.conf" { return true }
    let blocks: [StaticString] = ["events", "http", "stream"]
    return blocks.contains { hasWord($0, in: text.bytes) }
      && NginxEntry.context(of: NginxTree(text)) == .main
  }

  /// Whether a word stands at the beginning of a line: cheap, to spare most files the reader.
  private static func hasWord(_ word: StaticString, in bytes: [UInt8]) -> Bool {
    word.withUTF8Buffer { word in
      bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        while start + word.count < bytes.count {
          if bytes[start..<start + word.count].elementsEqual(word) { return true }
          guard let line = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return false }
          start = line + 1
        }
        return false
      }
    }
  }

  private static func normal(_ path: String) -> String { NginxPath.join("", path) }
}
