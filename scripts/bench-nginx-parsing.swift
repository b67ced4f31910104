// How fast nginx files are parsed, and nothing else: built by scripts/bench-nginx with the sources of Syntax.
//
// usage: bench-nginx-parsing FOLDER ROUNDS
// prints the bytes of all *.conf files below FOLDER, and the CPU seconds that parsing them took, the median of ROUNDS.
import Glibc

func contents(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  var bytes = [UInt8](repeating: 0, count: max(0, ftell(file)))
  rewind(file)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes.prefix(count))
}

func files(below folder: String) -> [String] {
  guard let handle = opendir(folder) else { return [] }
  defer { closedir(handle) }
  var found: [String] = []
  while let entry = readdir(handle) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name.hasSuffix(".conf") {
      found.append("\(folder)/\(name)")
    } else if !name.hasPrefix(".") {
      found += files(below: "\(folder)/\(name)")
    }
  }
  return found.sorted()
}

func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

let texts = files(below: CommandLine.arguments[1]).map { SourceText(path: $0, bytes: contents($0)) }
var seconds: [Double] = []
var statements = 0
for _ in 0..<(Int(CommandLine.arguments[2]) ?? 5) {
  let start = cpuSeconds()
  for text in texts { statements += NginxTree(text).directives.count }
  seconds.append(cpuSeconds() - start)
}
precondition(statements > 0, "no nginx files")
print(texts.reduce(0) { $0 + $1.bytes.count }, seconds.sorted()[seconds.count / 2])
