import Syntax

/// What a name that no directive has was meant to be.
struct NginxUnknownName {
  let help: String
  let repair: Repair?
  /// Whether it is nobody's directive for certain.
  let isSure: Bool

  /// - Parameter word: the name as it is written.
  init?(
    _ name: String, word: NginxWord, in kind: NginxContextKind, table: NginxDirectiveTable,
    spells: Bool
  ) {
    if let glued = Self.glued(name, word, kind, table) {
      self = glued
    } else if name == "else" || name == "elseif" || name == "elif" {
      self.init("nginx has no \"\(name)\": write a second `if`, or a `map`", nil, isSure: true)
    } else if let lower = Self.otherCase(name, word, table) {
      self = lower
    } else if spells, let near = NginxSpelling(table: table).suggestion(for: name, in: kind) {
      let help = "did you mean \"\(near.name)\"?"
      let range = word.contentRange
      self.init(
        help,
        near.isSure && word.quoting == .none
          ? .replace(range, with: near.name, "write \(near.name)") : nil,
        isSure: near.isSure)
    } else {
      return nil
    }
  }

  private init(_ help: String, _ repair: Repair?, isSure: Bool) {
    self.help = help
    self.repair = repair
    self.isSure = isSure
  }

  /// Names of directives are in lower case throughout.
  private static func otherCase(
    _ name: String, _ word: NginxWord, _ table: NginxDirectiveTable
  ) -> NginxUnknownName? {
    let lowered = name.lowercased()
    guard lowered != name, table.id(lowered) != .unknown else { return nil }
    return NginxUnknownName(
      "names are in lower case: \"\(lowered)\"",
      .replace(word.contentRange, with: lowered, "write \(lowered)"), isSure: true)
  }

  /// `if(`, `location/`, `listen=80`: the first argument sticks to the name.
  private static func glued(
    _ name: String, _ word: NginxWord, _ kind: NginxContextKind, _ table: NginxDirectiveTable
  ) -> NginxUnknownName? {
    guard word.quoting == .none else { return nil }
    let head = name.utf8.prefix { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }
    guard head.count > 1, head.count < name.utf8.count else { return nil }
    let id = table.id(String(decoding: Array(head), as: UTF8.self))
    guard id != .unknown, table.info(id, in: kind) != nil else { return nil }
    let known = table.name(id)
    let end = word.contentRange.lowerBound + head.count
    let next = name.utf8[head.endIndex]
    let isSign = next == UInt8(ascii: ":") || next == UInt8(ascii: "=") && known != "location"
    if isSign {
      let sign = next == UInt8(ascii: ":") ? ":" : "="
      return NginxUnknownName(
        "no \"\(sign)\" between a name and its value: write \"\(known) \"",
        .replace(end..<end + 1, with: " ", "write a blank instead of \"\(sign)\""), isSure: true)
    }
    guard "(/~^@=\"'$".utf8.contains(next) else { return nil }
    return NginxUnknownName(
      "a blank is missing after \"\(known)\"",
      .insert(" ", at: end, "insert a blank after \"\(known)\""), isSure: true)
  }
}
