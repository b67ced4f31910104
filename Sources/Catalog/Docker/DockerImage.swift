import Model
import Syntax

/// What a Dockerfile gives the containers of its image: variables and a command.
///
/// Stages that are built upon count as well; what the image behind them says is not known.
struct DockerImage {
  /// A word of a command with its place.
  struct Word {
    let text: String
    let origin: Origin
  }

  private(set) var variables: [EnvironmentVariable] = []
  private(set) var entrypoint: [Word] = []
  private(set) var command: [Word] = []
  /// The image that the first of its stages is built upon.
  private(set) var base: Word?
  let source: SourceText

  private typealias Instruction = DockerfileDocument.Instruction

  /// Stages that are built upon each other; no file has as many.
  private static let stageLimit = 100

  /// - Parameter target: the stage that is built; the last one where none is named.
  init(_ source: SourceText, target: String? = nil) {
    self.source = source
    var stages: [Stage] = []
    for instruction in DockerfileDocument(source).instructions {
      if instruction.keyword == "FROM" {
        stages.append(Stage(instruction))
      } else if !stages.isEmpty {
        stages[stages.count - 1].instructions.append(instruction)
      }
    }
    guard
      var index = target.map({ name in
        stages.firstIndex { $0.name == name.lowercased() }
      }) ?? (stages.isEmpty ? nil : stages.count - 1)
    else { return }
    var chain = [index]
    while chain.count < Self.stageLimit,
      let earlier = stages[..<index].lastIndex(where: { $0.name == stages[index].base })
    {
      chain.append(earlier)
      index = earlier
    }
    base = stages[index].image(in: source)
    for stage in chain.reversed() {
      for instruction in stages[stage].instructions { take(instruction) }
    }
  }

  /// One `FROM` with what follows it.
  private struct Stage {
    let name: String?
    let base: String
    let from: Instruction
    var instructions: [Instruction] = []

    init(_ from: Instruction) {
      let words = from.text.split(separator: " ").filter { !$0.hasPrefix("--") }
      let isNamed = words.count == 3 && words[1].lowercased() == "as"
      name = isNamed ? words[2].lowercased() : nil
      base = words.first?.lowercased() ?? ""
      self.from = from
    }

    /// The image that it begins with; `nil` where an argument of the build decides it.
    func image(in source: SourceText) -> Word? {
      guard !base.isEmpty, !base.contains("$"), base != "scratch",
        let word = CommandWords.split(from.text).first(where: { !$0.text.hasPrefix("--") })
      else { return nil }
      return Word(
        text: word.text, origin: Origin(path: source.path, range: from.range(of: word.range)))
    }
  }

  private mutating func take(_ instruction: Instruction) {
    switch instruction.keyword {
    case "ENV": variables += environment(instruction)
    case "CMD": command = words(instruction)
    case "ENTRYPOINT":
      entrypoint = words(instruction)
      // A new entry point forgets the command of what it is built upon.
      command = []
    default: break
    }
  }

  /// `ENV A=1 B="2"`, or `ENV A 1`.
  private func environment(_ instruction: Instruction) -> [EnvironmentVariable] {
    let words = CommandWords.split(instruction.text)
    guard let first = words.first else { return [] }
    guard first.text.contains("=") else {
      guard let second = words.dropFirst().first else { return [] }
      let range = second.range.lowerBound..<instruction.text.utf8.count
      let rest = instruction.text.utf8.dropFirst(range.lowerBound)
      return [
        variable(first.text, String(decoding: rest, as: UTF8.self), instruction.range(of: range))
      ]
    }
    return words.compactMap { word in
      guard let equals = word.text.firstIndex(of: "="), equals > word.text.startIndex else {
        return nil
      }
      let name = String(word.text[..<equals])
      let value = String(word.text[word.text.index(after: equals)...])
      // The value is the end of the word where nothing in it is quoted.
      let whole = instruction.range(of: word.range)
      let isPlain = word.range.count == word.text.utf8.count && !value.isEmpty
      let start = isPlain ? word.range.upperBound - value.utf8.count : word.range.lowerBound
      return variable(
        name, value, isPlain ? instruction.range(of: start..<word.range.upperBound) : whole)
    }
  }

  private func variable(_ name: String, _ value: String, _ range: Range<Int>)
    -> EnvironmentVariable
  {
    let origin = Origin(path: source.path, range: range)
    guard value.contains("$") else {
      return EnvironmentVariable(name: name, value: value, origin: origin)
    }
    return EnvironmentVariable(
      name: name, value: nil, reason: "an argument of the build decides it", origin: origin)
  }

  /// A list of words as JSON, or one line for a shell.
  private func words(_ instruction: Instruction) -> [Word] {
    let text = SourceText(path: "", text: instruction.text)
    if instruction.text.hasPrefix("["), let root = JSONDocument(text).root {
      return root.elements.compactMap { node in
        guard case .string(let word) = node.content else { return nil }
        let start = node.range.lowerBound + 1
        let inner = start..<max(start, node.range.upperBound - 1)
        return Word(
          text: word, origin: Origin(path: source.path, range: instruction.range(of: inner)))
      }
    }
    return CommandWords.split(instruction.text).map { word in
      Word(
        text: word.text,
        origin: Origin(path: source.path, range: instruction.range(of: word.range)))
    }
  }
}
