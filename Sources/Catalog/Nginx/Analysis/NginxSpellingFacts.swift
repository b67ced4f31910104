import Model
import Synchronization
import Syntax

/// The variables of a configuration that are written with capital letters.
struct NginxVariableSpellings: Sendable {
  /// The spellings of each name in lower case, in reading order.
  private(set) var spellings: [String: [String]] = [:]

  init(_ view: NginxConfigurationView) {
    guard view.trees.contains(where: { Self.hasCapital($0.source.bytes) }) else { return }
    for (place, statement) in view.statements.enumerated() {
      guard statement.name != .unknown || statement.child == NginxContext.none else { continue }
      for argument in view.arguments(place) where argument.utf8.contains(UInt8(ascii: "$")) {
        for spelling in Self.names(in: Array(argument.utf8)) { add(spelling) }
      }
    }
    spellings = spellings.filter { $0.value.count > 1 }
  }

  private mutating func add(_ spelling: String) {
    let name = spelling.lowercased()
    if spellings[name]?.contains(spelling) != true { spellings[name, default: []].append(spelling) }
  }

  /// Whether some `$` stands before a name with a capital letter: most files have none.
  private static func hasCapital(_ bytes: [UInt8]) -> Bool {
    var place = 0
    while let dollar = bytes[place...].firstIndex(of: UInt8(ascii: "$")) {
      place = dollar + 1
      while place < bytes.count, ByteSet.word.contains(bytes[place]) || bytes[place] == 0x7B {
        if ByteSet.upper.contains(bytes[place]) { return true }
        place += 1
      }
    }
    return false
  }

  private static func names(in bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var place = 0
    while let dollar = bytes[place...].firstIndex(of: UInt8(ascii: "$")) {
      place = dollar + 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "{") { place += 1 }
      let start = place
      while place < bytes.count, ByteSet.word.contains(bytes[place]) { place += 1 }
      if place > start { names.append(String(decoding: bytes[start..<place], as: UTF8.self)) }
    }
    return names
  }
}

extension NginxFact {
  /// What is known of how variables are spelled.
  static let directiveSpellings: [NginxFact] = [
    NginxFact(
      "other_spellings", .list(.string),
      "Other spellings, in capital letters or not, of the variable that the line defines",
      at: { $1 }
    ) { configuration, place in
      guard
        let name = configuration.view.arguments(place).prefix(2).first(where: {
          $0.hasPrefix("$")
        })?.dropFirst()
      else { return .list([]) }
      let all = configuration.spellings.spellings[name.lowercased()] ?? []
      return .list(all.filter { $0 != name }.map { .string("$" + $0) })
    }
  ]
}

extension NginxConfiguration {
  /// How variables are spelled; gathered when it is first asked for.
  fileprivate var spellings: NginxVariableSpellings {
    if let known = knownSpellings.withLock({ $0 }) { return known }
    let found = NginxVariableSpellings(view)
    knownSpellings.withLock { $0 = found }
    return found
  }
}
