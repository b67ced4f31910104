import Syntax
import Testing

@Suite("Nginx reader on hostile files")
struct NginxRobustnessTests {
  private static let fixtures = [
    "events { worker_connections 10; }\nhttp {\n  # c\n  server { listen 80; }\n}\n",
    "a 'b\\'c' \"d\\\"e\" ${f}g \\; h;\r\nmap $a $b { ~x 1; default \"\"; }",
    "location ~ \"^/a{2}$\" { content_by_lua_block { x = '}' --[[ } ]] [=[ ]=] } }",
    "\u{FEFF}a\u{A0}b;#\n}{;",
  ]

  @Test("prints every file as it was, mutated bytes or not", arguments: fixtures)
  func printsMutations(text: String) {
    var random = Dice(state: 42)
    let alphabet = Array("\"'\\{}[];#$ \n\r-=a".utf8) + [0, 0xC2, 0xFF]
    for _ in 0..<2_000 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2 where bytes.count > 1: bytes.remove(at: place)
        default: bytes.removeSubrange(max(place, 1)...)
        }
      }
      let tree = NginxTree(SourceText(path: "x", bytes: bytes))
      guard tree.printed == bytes else {
        Issue.record("loses bytes of \(bytes)")
        return
      }
      #expect(isSound(tree), "\(bytes)")
    }
  }

  @Test(
    "reads long and deep files in linear time",
    .timeLimit(.minutes(15)),
    arguments: [
      "{", "}", ";", "a{", "a{b;", "\"", "'\"", "a \"\\\"", "\\", "# \"", "\n'", "a_by_lua_block{",
      "a_by_lua_block{}", "a_by_lua_block{\"\\\"", "a_by_lua_block{[=", "${", "a ", "\u{0}\u{1}",
      "x'\n\"y\n",
    ])
  func hostile(unit: String) {
    let bytes = Array(String(repeating: unit, count: 1_000_000 / unit.utf8.count).utf8)
    let tree = NginxTree(SourceText(path: "x", bytes: bytes))
    #expect(tree.errors.count <= NginxTree.mostErrors)
    #expect(tree.printed == bytes)
  }

  @Test("reads a hundred thousand open blocks without recursion")
  func depth() {
    let tree = nginx(String(repeating: "a{", count: 100_000))
    #expect(tree.directives.count == 100_000)
    #expect(tree.errors.first?.message == #"unexpected end of file, expecting "}""#)
    #expect(tree.depth(of: NginxDirectiveID(99_999)) == 99_999)
  }

  @Test("reads every beginning of a file", arguments: fixtures)
  func truncated(text: String) {
    let bytes = Array(text.utf8)
    for count in 0...bytes.count {
      let tree = NginxTree(SourceText(path: "x", bytes: Array(bytes[..<count])))
      #expect(tree.printed == Array(bytes[..<count]))
    }
  }

  /// Whether parents, subtrees and words are what the order of statements says.
  private func isSound(_ tree: NginxTree) -> Bool {
    var words = 0
    for id in tree.all {
      guard tree.words(of: id).startIndex == words, !tree.words(of: id).isEmpty else {
        return false
      }
      words = tree.words(of: id).endIndex
      for child in tree.children(of: id) where tree.parent(of: child) != id { return false }
      if let parent = tree.parent(of: id), !tree.descendants(of: parent).contains(id) {
        return false
      }
    }
    return words == tree.words.count && tree.acceptedCount <= tree.directives.count
  }
}

/// SplitMix64: the same numbers every time.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
