import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few files that the compiler touches.
enum Files {
  /// A rule file beyond this size is none.
  private static let sizeLimit = 1 << 20

  /// The rule files below `directory`, two levels down, in order.
  static func rules(below directory: String) -> [String] {
    names(in: directory).flatMap { area in
      names(in: "\(directory)/\(area)").filter { $0.hasSuffix(".yaml") }
        .map { "\(directory)/\(area)/\($0)" }
    }
  }

  /// The names in a folder without hidden ones, sorted; none for what is no folder.
  private static func names(in directory: String) -> [String] {
    guard let folder = opendir(directory) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  static func read(_ path: String) -> SourceText? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= sizeLimit {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return SourceText(path: path, bytes: bytes) }
      bytes += chunk[..<count]
    }
    return nil
  }

  /// Writes `text`; a file that holds it already keeps its time, so that nothing is built anew.
  static func text(of path: String) -> String? {
    read(path).map { $0.text(0..<$0.bytes.count) }
  }

  static func save(_ text: String, to path: String) -> Bool {
    let bytes = Array(text.utf8)
    if let present = read(path), present.bytes == bytes { return true }
    return put(bytes, into: path)
  }

  /// Writes an empty file, so that its time is now.
  static func renew(_ path: String) -> Bool { put([], into: path) }

  private static func put(_ bytes: [UInt8], into path: String) -> Bool {
    guard let file = fopen(path, "wb") else { return false }
    let count = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && count == bytes.count
  }

  /// Says something on the standard error stream, where compilers complain.
  static func complain(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // Nothing is left to be told where even the complaint cannot be written.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
