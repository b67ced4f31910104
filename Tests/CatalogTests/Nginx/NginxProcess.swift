#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a program and returns what it writes to either output.
func nginxOutput(_ arguments: [String]) throws -> String {
  let quoted = arguments.map { "'\($0)'" }.joined(separator: " ")
  guard let stream = popen("\(quoted) 2>&1", "r") else { throw NginxProcessError.notStarted }
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4_096)
  while true {
    let count = fread(&buffer, 1, buffer.count, stream)
    if count == 0 { break }
    output += buffer.prefix(count)
  }
  _ = pclose(stream)
  return String(decoding: output, as: UTF8.self)
}

enum NginxProcessError: Error { case notStarted }
