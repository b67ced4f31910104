import Model
import Syntax

/// A file that stands as a scalar inside a YAML file, with the place of each of its lines there.
///
/// What readers get is the text that the product gets, without the block's indentation: a marker
/// that counts only at a line's beginning then works, and no reader knows of the YAML around it.
/// Every line stands whole in the YAML file where the scalar is a literal block or one line as it
/// is; what is found moves there. Any other scalar is folded or escaped: its findings stand at the
/// key, and nothing in it can be replaced.
struct EmbeddedText {
  /// Under a path of its own below that of the YAML file.
  let text: SourceText
  let outer: SourceText
  /// The key, which stands for the text where a place in it is not known.
  let key: Origin
  /// The beginning of each line in the text and in the YAML file; empty where lines have none.
  private let starts: [(inner: Int, outer: Int)]

  /// - Parameters:
  ///   - name: the path below that of the YAML file.
  ///   - value: the scalar.
  ///   - content: what it stands for, where that is not its own text.
  init(
    _ outer: SourceText, name: String, key: Origin, value: YAMLNode, content: String? = nil
  ) {
    self.outer = outer
    self.key = key
    let bytes = Array((content ?? value.text).utf8)
    text = SourceText(path: "\(outer.path)/\(name)", bytes: bytes)
    starts = Self.lines(bytes, in: outer.bytes, value.contentRange) ?? []
  }

  /// The name that the file has.
  var name: String { ConfigurationText.name(of: text.path) }

  /// Whether every byte has its place in the YAML file.
  var isExact: Bool { !starts.isEmpty }

  /// The places of the lines; `nil` where one does not stand in the file as it is.
  private static func lines(
    _ inner: [UInt8], in outer: [UInt8], _ range: Range<Int>
  ) -> [(inner: Int, outer: Int)]? {
    var starts: [(inner: Int, outer: Int)] = []
    var place = 0
    var line = range.lowerBound
    while true {
      let end = inner[place...].firstIndex(of: 0x0A) ?? inner.count
      var outerEnd = outer[line..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      let next = outerEnd + 1
      if outerEnd > line, outer[outerEnd - 1] == 0x0D, end == place || inner[end - 1] != 0x0D {
        outerEnd -= 1
      }
      let start = outerEnd - (end - place)
      guard start >= line, outer[start..<outerEnd].elementsEqual(inner[place..<end]),
        outer[line..<start].allSatisfy({ $0 == 0x20 })
      else { return nil }
      starts.append((place, start))
      guard end < inner.count, end + 1 < inner.count else { return starts }
      guard next <= range.upperBound else { return nil }
      place = end + 1
      line = next
    }
  }

  /// Where a place of the text is in the YAML file; `nil` where that is not known.
  func move(_ origin: Origin) -> Origin? {
    guard origin.path == text.path else { return origin }
    guard isExact else { return nil }
    let lower = offset(origin.range.lowerBound)
    let upper =
      origin.range.isEmpty ? lower : offset(origin.range.upperBound - 1) + 1
    return Origin(path: outer.path, range: lower..<max(lower, upper))
  }

  private func offset(_ place: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle].inner <= place { low = middle } else { high = middle }
    }
    return min(starts[low].outer + place - starts[low].inner, outer.bytes.count)
  }

  /// The whole YAML file with everything blank that is not this text, for a reader to whom blanks
  /// at a line's beginning mean nothing: every place in it is already the right one.
  var blanked: SourceText {
    var bytes = [UInt8](repeating: 0x20, count: outer.bytes.count)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].inner : text.bytes.count
      for place in start.inner..<end {
        let target = start.outer + place - start.inner
        if target < bytes.count { bytes[target] = text.bytes[place] }
      }
    }
    return SourceText(path: outer.path, bytes: bytes)
  }

  func move(_ problem: Problem) -> Problem {
    let edits = problem.repair?.edits.compactMap { edit in
      move(Origin(path: text.path, range: edit.range)).map {
        TextEdit(range: $0.range, replacement: edit.replacement)
      }
    }
    let isWhole = problem.origin.path == text.path && edits?.count == problem.repair?.edits.count
    return Problem(
      // A file that is not in the same ConfigMap may still be in the image.
      kind: problem.kind == .unreadable ? .unknown : problem.kind,
      origin: move(problem.origin) ?? key, message: problem.message, help: problem.help,
      repair: isExact && isWhole
        ? problem.repair.map { Repair($0.description, edits: edits ?? []) } : nil)
  }
}
