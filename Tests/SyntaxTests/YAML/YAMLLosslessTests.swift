import Syntax
import Testing

@Suite("YAML pieces")
struct YAMLLosslessTests {
  /// One of everything; the mutations below break it in every way.
  private static let seed = """
    \u{FEFF}%YAML 1.1
    --- # first
    a: &x {b: [1, 'two', "th\\tree"], ? c : d}
    e: |+
      lines
       more

    f: >-
      folded
      text
    <<: *x
    ? complex
    : - !!str 1
      - plain over
        lines # comment
    \t
    ...
    --- {{ template }}
    é: \u{2028}
    k: "v\r\n  w"
    """

  private static func check(_ bytes: [UInt8]) {
    let file = YAMLFile(parsing: SourceText(path: "t.yml", bytes: bytes))
    #expect(file.printed == bytes)
    var place = 0
    for piece in file.pieces {
      #expect(piece.range.lowerBound == place && !piece.range.isEmpty)
      place = piece.range.upperBound
    }
    for error in file.errors {
      #expect(error.range.upperBound <= bytes.count)
    }
  }

  @Test func filesPrintAsTheyWere() {
    Self.check(Array(Self.seed.utf8))
    for text in [
      "", "\n", "a", "\u{FEFF}", "# c", "a: 'b", "\r\n\r", "---\n...\n", "\0", "a: b \t",
    ] {
      Self.check(Array(text.utf8))
    }
  }

  @Test func brokenFilesPrintAsTheyWere() {
    let fragments = [
      ":", ": ", "- ", "\n", "  ", " #", "\"", "'", "[", "]", "{", "}", ",", "|", ">", "&a ", "*a",
      "!t ", "---\n", "...\n", "? ", "%", "\t", "\\", "\r\n", "\0", "é",
    ].map { Array($0.utf8) }
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<2_000 {
      var bytes = Array(Self.seed.utf8)
      for _ in 0...random(4) {
        let place = random(bytes.count + 1)
        if random(3) == 0 {
          bytes.removeSubrange(place..<min(bytes.count, place + random(6)))
        } else {
          bytes.insert(contentsOf: fragments[random(fragments.count)], at: place)
        }
      }
      Self.check(bytes)
    }
  }

  @Test func piecesSayWhatTheyAre() {
    let file = YAMLFile(parsing: SourceText(path: "t", text: "--- # c\n- &a !t *b\n- @x\n"))
    #expect(
      file.pieces.map { "\($0.kind)" } == [
        "indicator", "blank", "comment", "lineBreak", "unread", "lineBreak", "unread", "lineBreak",
      ])
    let good = YAMLFile(parsing: SourceText(path: "t", text: "- &a !t b #c\n"))
    #expect(
      good.pieces.map { "\($0.kind)" } == [
        "indicator", "blank", "anchor", "blank", "tag", "blank", "scalar", "blank", "comment",
        "lineBreak",
      ])
    #expect(good.comments.map { good.source.text($0) } == ["#c"])
  }
}
