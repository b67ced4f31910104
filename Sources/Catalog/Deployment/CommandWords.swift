/// Splits a command line into words as a shell does, without running anything.
package enum CommandWords {
  /// One word.
  package struct Word: Sendable, Hashable {
    /// Without quotes and backslashes.
    package let text: String
    /// The bytes of the word in the line, with its quotes.
    package let range: Range<Int>
  }

  /// The words of `line`: quotes keep blanks, a backslash keeps what follows it.
  ///
  /// A quote without its end reaches to the end of the line: the product would refuse it, but what
  /// the words say is still worth a look.
  package static func split(_ line: String) -> [Word] {
    let bytes = Array(line.utf8)
    var words: [Word] = []
    var index = 0
    while index < bytes.count {
      guard !isBlank(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      var text: [UInt8] = []
      while index < bytes.count, !isBlank(bytes[index]) { take(bytes, &index, &text) }
      words.append(Word(text: String(decoding: text, as: UTF8.self), range: start..<index))
    }
    return words
  }

  /// The words of each command that `words` runs: `sh -c "migrate && serve"` runs two.
  package static func commands(in words: [String]) -> [[String]] {
    var commands: [[String]] = [[]]
    var isScript = false
    for word in words {
      if isScript {
        commands += parts(split(word).map(\.text))
      } else if separators.contains(word) {
        commands.append([])
      } else {
        commands[commands.count - 1].append(word)
      }
      isScript = shellFlags.contains(word) && commands.last.map(isShell) == true
    }
    return commands.filter { !$0.isEmpty }
  }

  private static let separators: Set<String> = ["&&", "||", ";", "|", "&"]
  private static let shellFlags: Set<String> = ["-c", "-ec", "-lc", "-exc", "-xc", "-euc"]
  private static let shells: Set<String> = ["sh", "bash", "ash", "dash", "zsh"]

  private static func isShell(_ words: [String]) -> Bool {
    words.contains { shells.contains(ConfigurationText.name(of: $0)) }
  }

  private static func parts(_ words: [String]) -> [[String]] {
    var parts: [[String]] = [[]]
    for word in words {
      if separators.contains(word) {
        parts.append([])
      } else if word.hasSuffix(";") {
        parts[parts.count - 1].append(String(word.dropLast()))
        parts.append([])
      } else {
        parts[parts.count - 1].append(word)
      }
    }
    return parts
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func take(_ bytes: [UInt8], _ index: inout Int, _ text: inout [UInt8]) {
    let byte = bytes[index]
    index += 1
    if byte == UInt8(ascii: "\\") {
      if index < bytes.count {
        if bytes[index] != 0x0A { text.append(bytes[index]) }
        index += 1
      }
    } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      while index < bytes.count, bytes[index] != byte {
        if byte == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
          index += 1
        }
        text.append(bytes[index])
        index += 1
      }
      index += 1
      index = min(index, bytes.count)
    } else {
      text.append(byte)
    }
  }
}
