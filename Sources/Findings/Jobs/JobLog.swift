/// Lines in the log of a CI job, whose runner obeys some of what it reads there.
///
/// GitHub takes a line that begins with `::` for a command, also behind spaces, and `##[` anywhere;
/// Azure Pipelines takes `##vso[` and TeamCity `##teamcity[`. The name of a file must be none.
enum JobLog {
  /// `line` with the sign that would make a command of it written as `\u{…}`.
  static func inert(_ line: String) -> String {
    let start = line.utf8.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.endIndex
    let isCommand =
      line[start...].utf8.starts(with: "::".utf8)
      && !line[start...].utf8.starts(with: "::: ".utf8)
    guard isCommand || line.utf8.contains(UInt8(ascii: "#")) else { return line }
    var result = isCommand ? line[..<start] + #"\u{3a}"# : ""
    var rest = isCommand ? line[line.index(after: start)...] : line[...]
    while let sign = rest.firstIndex(of: "#") {
      result += rest[..<sign]
      let isMarker = markers.contains { rest[sign...].lowercased().hasPrefix($0) }
      result += isMarker ? #"\u{23}"# : "#"
      rest = rest[rest.index(after: sign)...]
    }
    return String(result + rest)
  }

  private static let markers = ["##[", "##vso[", "##teamcity["]
}
