import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that is removed with the value that owns it.
///
/// Below /tmp, because the path of a socket in it must stay below a hundred bytes.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/headgate-effect-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw EffectError("cannot make a folder") }
    guard let resolved = realpath(template, nil) else { throw EffectError("no folder") }
    path = String(cString: resolved)
    free(resolved)
  }

  deinit {
    // What cannot be removed is left for the system to clean.
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ name: String, _ text: String) throws {
    let file = "\(path)/\(name)"
    let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8)) else {
      throw EffectError("cannot write \(file)")
    }
  }

  /// The contents of a file; empty where it is not there.
  func text(_ name: String) -> String {
    String(
      decoding: FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data(), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}

/// Something that the tests themselves could not do, with what the system said of it.
struct EffectError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A failed system call, with the reason that the C library keeps.
  static func system(_ call: String) -> Self {
    Self("\(call): \(String(cString: strerror(errno)))")
  }
}
