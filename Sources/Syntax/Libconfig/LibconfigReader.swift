/// Reads libconfig's grammar by descent; item 0 is the file's own group.
struct LibconfigReader {
  /// Far deeper than any configuration; deeper values would exhaust the stack.
  static let depthLimit = 100

  private struct Name: Hashable {
    let group: Int
    let text: String
  }

  private(set) var items = [LibconfigItem(content: .group, range: 0..<0)]
  private(set) var errors: [SyntaxError] = []
  private(set) var includes: [(target: String, range: Range<Int>)] = []
  private var lexer: LibconfigLexer
  private var token: LibconfigLexer.Token
  private var names: Set<Name> = []

  init(_ bytes: [UInt8]) {
    lexer = LibconfigLexer(bytes)
    token = lexer.next()
  }

  mutating func read() {
    settings(of: 0, depth: 0)
    while token.kind != .end {
      fail(token.range, "this closes nothing")
      advance()
      settings(of: 0, depth: 0)
    }
    errors += lexer.errors
    errors.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func advance() { token = lexer.next() }

  private mutating func fail(_ range: Range<Int>, _ message: String, help: String? = nil) {
    // One mistake is enough at one place.
    guard errors.last?.range.lowerBound != range.lowerBound else { return }
    errors.append(SyntaxError(range: range, message: message, help: help))
  }

  /// Settings up to a closing bracket or the end.
  private mutating func settings(of group: Int, depth: Int) {
    while true {
      switch token.kind {
      case .end, .close: return
      case .include(let target):
        includes.append((target, token.range))
        advance()
      case .name(let name): setting(name, of: group, depth: depth)
      default:
        fail(token.range, "the name of a setting is expected here")
        skip()
      }
    }
  }

  /// Skips what cannot be read, up to where a setting may begin again.
  private mutating func skip() {
    var depth = 0
    while token.kind != .end {
      if case .open = token.kind { depth += 1 }
      if case .close = token.kind {
        if depth == 0 { return }
        depth -= 1
      }
      let ends = token.kind == .semicolon || token.isLastOfLine
      advance()
      if depth == 0, ends { return }
    }
  }

  private mutating func setting(_ name: String, of group: Int, depth: Int) {
    let nameRange = token.range
    advance()
    guard token.kind == .assign else {
      fail(token.range, "= or : is expected behind \(name)")
      skip()
      return
    }
    advance()
    let index = add(LibconfigItem(content: .unread, range: token.range))
    items[group].settings.append(
      LibconfigItem.Setting(name: name, nameRange: nameRange, index: index))
    if !names.insert(Name(group: group, text: name)).inserted {
      fail(nameRange, "\(name) is there twice", help: "keep one of them")
    }
    guard value(into: index, depth: depth) else {
      skip()
      return
    }
    if token.kind == .semicolon || token.kind == .comma { advance() }
  }

  private mutating func add(_ item: LibconfigItem) -> Int {
    items.append(item)
    return items.count - 1
  }

  /// Reads one value; `false` where there is none.
  private mutating func value(into index: Int, depth: Int) -> Bool {
    guard depth < Self.depthLimit else {
      fail(token.range, "values are nested more than \(Self.depthLimit) deep")
      return false
    }
    switch token.kind {
    case .scalar(let content):
      items[index] = LibconfigItem(content: content, range: token.range)
      advance()
      join(index)
      return true
    case .name(let name) where ["true", "false"].contains(name.lowercased()):
      items[index] = LibconfigItem(
        content: .boolean(name.lowercased() == "true"), range: token.range)
      advance()
      return true
    case .open(let bracket):
      let start = token.range.lowerBound
      advance()
      items[index] = LibconfigItem(content: bracket.content, range: start..<start + 1)
      if bracket == .brace {
        settings(of: index, depth: depth + 1)
      } else {
        elements(of: index, depth: depth + 1)
      }
      guard token.kind == .close(bracket) else {
        fail(start..<start + 1, "this bracket is not closed")
        return token.kind != .end
      }
      items[index].range = start..<token.range.upperBound
      advance()
      return true
    default:
      fail(token.range, "a value is expected here", help: "texts stand in double quotes")
      return false
    }
  }

  /// Texts side by side are one.
  private mutating func join(_ index: Int) {
    guard case .string(var text) = items[index].content else { return }
    while case .scalar(.string(let more)) = token.kind {
      text += more
      items[index].range = items[index].range.lowerBound..<token.range.upperBound
      advance()
    }
    items[index].content = .string(text)
  }

  private mutating func elements(of list: Int, depth: Int) {
    while true {
      switch token.kind {
      case .end, .close: return
      default: break
      }
      let element = add(LibconfigItem(content: .unread, range: token.range))
      items[list].elements.append(element)
      if !value(into: element, depth: depth) { return skipList() }
      switch token.kind {
      case .comma: advance()
      case .end, .close: return
      default: fail(token.range, "a comma is expected here")
      }
    }
  }

  /// Skips the rest of a list in which something cannot be read.
  private mutating func skipList() {
    var depth = 0
    while token.kind != .end {
      if case .open = token.kind { depth += 1 }
      if case .close = token.kind {
        if depth == 0 { return }
        depth -= 1
      }
      advance()
    }
  }
}
