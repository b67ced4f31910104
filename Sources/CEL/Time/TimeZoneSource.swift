#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the rules of named time zones come from.
package struct TimeZoneSource: Sendable {
  /// The bytes of a zone's file in the TZif format, by its IANA name; `nil` for an unknown zone.
  let file: @Sendable (String) -> [UInt8]?

  /// A source that reads files by zone name; the name is made of letters, digits, `_+-` and `/`.
  package init(file: @escaping @Sendable (String) -> [UInt8]?) {
    self.file = file
  }

  /// Knows no zone: only `UTC` and fixed offsets can be used.
  package static let none = TimeZoneSource { _ in nil }

  /// The time zone database of the operating system, in the folder where Unix systems keep it.
  package static let system = TimeZoneSource { name in
    readFile("/usr/share/zoneinfo/" + name)
  }

  /// Larger files are no zones: the largest real one has some 4 kB.
  private static let fileSizeLimit = 1 << 20

  private static func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while bytes.count < fileSizeLimit {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += chunk[..<count]
    }
    return nil
  }
}
