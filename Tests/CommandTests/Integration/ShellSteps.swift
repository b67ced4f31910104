import FoundationEssentials
import Testing

/// Files of this checkout, and the shell steps in those of other people's CI systems.
enum Integration {
  /// The root of the checkout.
  static let root: String =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  static func text(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(root)/\(name)"), encoding: .utf8)
  }

  /// The blocks behind `KEY: |` or `- |` of a YAML file, in their order, without their indentation.
  static func blocks(of name: String, after marker: String) throws -> [String] {
    var blocks: [[Substring]] = []
    var open: Int?
    for line in try text(name).split(separator: "\n", omittingEmptySubsequences: false) {
      let indentation = line.prefix { $0 == " " }.count
      if let depth = open, indentation > depth || line.isEmpty {
        blocks[blocks.count - 1].append(line)
      } else {
        let starts = line.dropFirst(indentation) == marker
        open = starts ? indentation : nil
        if starts { blocks.append([]) }
      }
    }
    return blocks.map { lines in
      let depth = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
      return lines.map { $0.dropFirst(depth) }.joined(separator: "\n") + "\n"
    }
  }

  /// Where the built `headgate` is.
  static var programs: String {
    String(Program.headgate.prefix(upTo: Program.headgate.lastIndex(of: "/") ?? "".endIndex))
  }

  /// PATH with the built program first.
  static var path: String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return "\(programs):\(path)"
  }

  static func has(_ program: String) -> Bool {
    (try? Program.shell("command -v \(program)", in: "/").status) == 0  // no shell, no program
  }
}
