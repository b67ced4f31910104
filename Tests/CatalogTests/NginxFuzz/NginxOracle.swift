import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The installed nginx, asked what it makes of a configuration.
///
/// Nothing is opened, made or bound: each configuration names a pid file in a folder that is not
/// there, which is the first thing that `nginx -t` tries once the configuration is read.
struct NginxOracle {
  static let path = "/usr/sbin/nginx"
  static let isHere = FileManager.default.isExecutableFile(atPath: path)

  /// The first line of every case.
  static let prologue: String = {
    let folder = ProcessInfo.processInfo.environment["HEADGATE_NGINX_MODULES"]
    let modules = ["ngx_stream_module.so", "ngx_mail_module.so"].map {
      "\(folder ?? "/usr/lib/nginx/modules")/\($0)"
    }
    let loads = modules.filter { FileManager.default.fileExists(atPath: $0) }
    return loads.map { "load_module \($0); " }.joined()
      + "pid absent/pid; # headgate: context=main\n"
  }()

  /// What no smaller reproduction may lose.
  static let safeguard = Array(prologue.utf8)

  /// The words in the program and its modules: names of directives that this nginx was built with.
  static let words: Set<String> = {
    let modules = prologue.split(separator: " ").filter { $0.hasSuffix(".so;") }
    var words: Set<String> = []
    for file in [path] + modules.map({ String($0.dropLast()) }) {
      let bytes = [UInt8](FileManager.default.contents(atPath: file) ?? Data())
      for part in bytes.split(whereSeparator: { !isNameByte($0) }) where part.count < 64 {
        words.insert(String(decoding: part, as: UTF8.self))
      }
    }
    // Other parts of the program use these words as well.
    for name in ["stream", "mail"] where !prologue.contains("ngx_\(name)_module") {
      words.remove(name)
    }
    return words
  }()

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
  }

  private let folder: String
  private let file: String

  init(worker: Int) throws {
    folder =
      FileManager.default.temporaryDirectory.path
      + "/headgate-fuzz-\(UInt64.random(in: 0 ... .max))-\(worker)"
    file = folder + "/f"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  func close() {
    // A leftover harms nobody.
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What nginx says of `bytes`.
  func verdict(on bytes: [UInt8]) throws -> OracleVerdict {
    try Data(bytes).write(to: URL(filePath: file))
    let output = try run([Self.path, "-t", "-p", folder, "-e", "stderr", "-c", file])
    return OracleVerdict(output: output, file: file)
  }

  private func run(_ arguments: [String]) throws -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw NginxProcessError.notStarted }
    defer { _ = Self.closeEnd(ends[0]) }
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    defer { posix_spawn_file_actions_destroy(&actions) }
    var pid = pid_t()
    // One try a name: most names in random configurations are nobody's.
    let environment = ["RES_OPTIONS=attempts:1 timeout:1"]
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    let status = posix_spawn(&pid, arguments[0], &actions, nil, &words, &variables)
    _ = Self.closeEnd(ends[1])
    guard status == 0 else { throw NginxProcessError.notStarted }
    let output = Self.contents(of: ends[0])
    var exit: Int32 = 0
    while waitpid(pid, &exit, 0) < 0, errno == EINTR {}
    return output
  }

  private static func closeEnd(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }

  private static func contents(of descriptor: Int32) -> [UInt8] {
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return output }
      output += buffer.prefix(count)
    }
  }
}

/// What `nginx -t` said.
struct OracleVerdict {
  /// Whether the configuration was read to its end and accepted; files come after that.
  let isAccepted: Bool
  /// The first refusal; of a long one the end is missing.
  let message: String?
  /// The line it names, 0 where it names none.
  let line: Int
  /// The extensions that `types` blocks have twice, as nginx read them; lower case.
  let duplicateExtensions: [String]

  init(output: [UInt8], file: String) {
    let text = output[...]
    isAccepted = text.contains("syntax is ok")
    let end = text.firstRange(of: "syntax is ok")?.lowerBound ?? text.endIndex
    let said = Self.refusal(in: text[..<end], file: file)
    message = said.map { lossy($0.0) }
    line = said?.1 ?? 0
    var extensions: [String] = []
    var rest = text[..<end]
    while let start = rest.firstRange(of: "duplicate extension \"") {
      rest = rest[start.upperBound...]
      guard let stop = rest.firstRange(of: "\", content type: \"") else { break }
      extensions.append(lossy(rest[..<stop.lowerBound]))
    }
    duplicateExtensions = extensions
  }

  private static func refusal(
    in text: ArraySlice<UInt8>, file: String
  ) -> (ArraySlice<UInt8>, Int)? {
    guard let level = text.firstRange(of: "[emerg] ") else { return nil }
    var rest = text[level.upperBound...]
    guard let colon = rest.firstRange(of: ": ") else { return nil }
    rest = rest[colon.upperBound...]
    let stop = rest.firstRange(of: "\nnginx: configuration file")?.lowerBound ?? rest.endIndex
    rest = rest[..<stop]
    guard let place = rest.lastRange(of: " in \(file):") else { return (rest, 0) }
    let digits = rest[place.upperBound...].prefix { (0x30...0x39).contains($0) }
    return (rest[..<place.lowerBound], Int(String(decoding: digits, as: UTF8.self)) ?? 0)
  }
}

/// Text of bytes that may be none; runs of what is not text count as one.
func lossy(_ bytes: some Sequence<UInt8>) -> String {
  var text = ""
  // C strings end at a zero.
  for character in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
    // We say that there is one, and do not repeat it.
    if character == "\u{FEFF}" { continue }
    if character == "\u{FFFD}", text.unicodeScalars.last == character { continue }
    text.unicodeScalars.append(character)
  }
  return text
}

extension ArraySlice<UInt8> {
  func contains(_ text: String) -> Bool { firstRange(of: text) != nil }

  func firstRange(of text: String) -> Range<Int>? {
    range(of: Array(text.utf8), in: startIndex...Swift.max(startIndex, endIndex - text.utf8.count))
  }

  func lastRange(of text: String) -> Range<Int>? {
    let wanted = Array(text.utf8)
    var place = endIndex - wanted.count
    while place >= startIndex {
      if self[place..<place + wanted.count].elementsEqual(wanted) {
        return place..<place + wanted.count
      }
      place -= 1
    }
    return nil
  }

  private func range(of wanted: [UInt8], in starts: ClosedRange<Int>) -> Range<Int>? {
    for place in starts where place + wanted.count <= endIndex {
      if self[place] == wanted[0], self[place..<place + wanted.count].elementsEqual(wanted) {
        return place..<place + wanted.count
      }
    }
    return nil
  }
}
