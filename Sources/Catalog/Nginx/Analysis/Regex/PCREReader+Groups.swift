extension PCREReader {
  /// Reads a group from its opening parenthesis; `nil` for comments and options.
  mutating func readGroup() -> PCRENode? {
    place += 1
    guard peek() == UInt8(ascii: "?") else {
      if peek() == UInt8(ascii: "*") { return readVerb() }
      return options.capturesNamesOnly ? readBody() : readCapture()
    }
    place += 1
    if take("#") {
      skipComment()
      return nil
    }
    if take(":") || take("|") { return readBody() }
    if take(">") { return readBody().map { .atomic($0) } }
    if take("=") { return look(ahead: true, negated: false) }
    if take("!") { return look(ahead: true, negated: true) }
    if take("<=") { return look(ahead: false, negated: false) }
    if take("<!") { return look(ahead: false, negated: true) }
    if take("P<") || take("<") { return readNamed(until: UInt8(ascii: ">")) }
    if take("'") { return readNamed(until: UInt8(ascii: "'")) }
    if take("P=") {
      let number = number(of: readName(until: UInt8(ascii: ")")))
      return .backreference(number, ignoresCase: options.ignoresCase)
    }
    return readOptions()
  }

  /// Skips the rest of `(?#…)`.
  mutating func skipComment() {
    while let byte = peek(), byte != UInt8(ascii: ")") { place += 1 }
    close()
  }

  /// A verb such as `(*COMMIT)`, whose effect is not followed.
  private mutating func readVerb() -> PCRENode? {
    while let byte = peek(), byte != UInt8(ascii: ")") { place += 1 }
    close()
    return .opaque
  }

  private mutating func close() {
    if peek() == UInt8(ascii: ")") {
      place += 1
    } else {
      refuse("missing closing parenthesis")
    }
  }

  /// Reads the inside of a group; options set in it end with it.
  private mutating func readBody() -> PCRENode? {
    let outer = options
    let node = readChoice()
    close()
    options = outer
    return node
  }

  private mutating func readCapture() -> PCRENode? {
    captureCount += 1
    let number = captureCount
    return readBody().map { .capture(number, $0) }
  }

  private mutating func readNamed(until end: UInt8) -> PCRENode? {
    let name = readName(until: end)
    guard !name.isEmpty, name.utf8.allSatisfy(ByteSet.word.contains) else {
      refuse("group name must be made of letters, digits and underscores")
      return nil
    }
    names.append((name, captureCount + 1))
    return readCapture()
  }

  mutating func readName(until end: UInt8) -> String {
    let start = place
    while let byte = peek(), byte != end { place += 1 }
    let name = String(decoding: bytes[start..<place], as: UTF8.self)
    if place < bytes.count { place += 1 } else { refuse("unfinished name") }
    return name
  }

  /// The number of a named group that was read already; 0 for none.
  func number(of name: String) -> Int { names.first { $0.name == name }?.number ?? 0 }

  private mutating func look(ahead: Bool, negated: Bool) -> PCRENode? {
    readBody().map { .look($0, PCRELook(isAhead: ahead, isNegated: negated)) }
  }

  /// Reads `(?i)`, `(?i:…)` and what else may stand behind the question mark.
  private mutating func readOptions() -> PCRENode? {
    let outer = options
    var turnsOn = true
    while let byte = peek() {
      place += 1
      switch byte {
      case UInt8(ascii: ")"): return nil
      case UInt8(ascii: ":"):
        let node = readChoice()
        close()
        options = outer
        return node
      case UInt8(ascii: "-"): turnsOn = false
      case UInt8(ascii: "^"): options = Options()
      case UInt8(ascii: "i"): options.ignoresCase = turnsOn
      case UInt8(ascii: "m"): options.isMultiline = turnsOn
      case UInt8(ascii: "s"): options.dotIsAll = turnsOn
      case UInt8(ascii: "x"): options.isExtended = turnsOn
      case UInt8(ascii: "U"): options.isUngreedy = turnsOn
      case UInt8(ascii: "n"): options.capturesNamesOnly = turnsOn
      case UInt8(ascii: "J"): break
      default: return readUnfollowed()
      }
    }
    refuse("missing closing parenthesis")
    return nil
  }

  /// Recursion, conditions, callouts: reads over them, since their effect is not followed.
  private mutating func readUnfollowed() -> PCRENode? {
    guard let byte = peek(-1), ByteSet("(&RPC0123456789+").contains(byte) else {
      refuse("unrecognized character after (?")
      return nil
    }
    if byte == UInt8(ascii: "(") { place -= 1 }
    _ = readBody()
    return .opaque
  }
}
