import Model
import Syntax

extension Technology {
  /// PostgreSQL's server configuration: postgresql.conf, its includes and postgresql.auto.conf.
  ///
  /// Behaviour was read from servers of versions 15, 16 and 18. Where no version is given, 15
  /// supplies the defaults and keys of any version from 13 to 18 are accepted.
  package static let postgresql = Technology(
    name: "postgresql", title: "PostgreSQL", defaultVersion: Version(15),
    recognises: { PostgreSQLRecognition.recognise($0) },
    read: { source, context in PostgreSQLServer(source, context).reading },
    reference: { PostgreSQLKey.reference })
}

/// Tells postgresql.conf and its fragments from the many other files that end in .conf.
enum PostgreSQLRecognition {
  /// Fewer known keys than this could be chance.
  private static let knownKeysNeeded = 2

  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name
    if name == "postgresql.conf" || name == "postgresql.auto.conf" { return .byName }
    guard name.hasSuffix(".conf") else { return .no }
    var known = 0
    var offset = 0
    while offset < file.head.count {
      let end = file.head[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? file.head.count
      let line = file.head[offset..<end]
      offset = end + 1
      // The last line may be cut off by the limit of what is looked at.
      if end == file.head.count, file.head.count >= FileCandidate.sniffLimit { break }
      switch judge(line) {
      case nil: continue
      case true?: known += 1
      case false?: return .no
      }
    }
    return known >= knownKeysNeeded ? .byContent : .no
  }

  /// Whether a line sets a key of the server; `nil` for blank lines, comments and includes.
  private static func judge(_ line: ArraySlice<UInt8>) -> Bool? {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    // Blocks, statements and sections of other formats: leave without looking keys up.
    let last = text.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "<") { return false }
    if let last, "{};,".utf8.contains(last) { return false }
    let key = text.prefix { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: "=") }
    let name = String(decoding: key, as: UTF8.self).lowercased()
    if ["include", "include_dir", "include_if_exists"].contains(name) { return nil }
    // An extension's own key says as little for as against.
    if name.contains(".") { return nil }
    return PostgreSQLKey.positions[name] != nil
  }
}
