/// What a `listen` or a question names: an address and ports, or a socket in the file system.
struct NginxListenAddress: Sendable, Hashable {
  enum Host: Sendable, Hashable {
    case any4, any6
    case version4([UInt8])
    case version6([UInt8])
    case unix(String)
    /// A name that nginx looks up when it starts.
    case name(String)
  }

  let host: Host
  /// One port, or the range of a `listen 8080-8090`; `nil` where a question names none.
  let ports: ClosedRange<Int>?

  /// Reads the first argument of `listen`, whose port is 80 where none is written.
  init(listen text: String) {
    let address = Self(text)
    if case .unix = address.host {
      self = address
    } else {
      self.init(host: address.host, ports: address.ports ?? 80...80)
    }
  }

  /// Reads an address as people write it: `8080`, `127.0.0.1`, `[::1]:443`, `*:80`, `unix:/a`.
  init(_ text: String) {
    if text.hasPrefix("unix:") {
      // Behind a second colon nginx would read nothing that matters here.
      self.init(host: .unix(String(text.dropFirst(5))), ports: nil)
    } else if let ports = Self.ports(text[...]) {
      self.init(host: .any4, ports: ports)
    } else if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let inside = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      self.init(
        host: Self.version6(inside).map { $0.allSatisfy { $0 == 0 } ? .any6 : .version6($0) }
          ?? .name(inside.lowercased()), ports: Self.ports(rest.dropFirst()))
    } else {
      let colon = text.lastIndex(of: ":")
      let name = colon.map { text[..<$0] } ?? text[...]
      self.init(
        host: Self.host(name), ports: colon.flatMap { Self.ports(text[text.index(after: $0)...]) })
    }
  }

  private init(host: Host, ports: ClosedRange<Int>?) {
    self.host = host
    self.ports = ports
  }

  private static func host(_ name: Substring) -> Host {
    if name == "*" || name.isEmpty { return .any4 }
    guard let bytes = version4(name) else { return .name(name.lowercased()) }
    return bytes == [0, 0, 0, 0] ? .any4 : .version4(bytes)
  }

  private static func ports(_ text: Substring) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { NginxUnits.number($0.utf8).map { Int($0) } }
    guard let first = parts.first ?? nil, parts.count <= 2, let last = parts.last ?? nil,
      first <= last
    else { return nil }
    return first...last
  }

  private static func version4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { NginxUnits.number($0.utf8).flatMap { UInt8(exactly: $0) } }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: Substring) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    var sides: [[UInt8]] = []
    for half in halves {
      var side: [UInt8] = []
      for part in half.split(separator: ":", omittingEmptySubsequences: !half.contains(":")) {
        if let last = version4(part) {
          side += last
        } else {
          guard part.utf8.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
          side += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
      }
      sides.append(side)
    }
    let count = sides.reduce(0) { $0 + $1.count }
    guard halves.count == 2 ? count < 16 : count == 16 else { return nil }
    return sides[0] + Array(repeating: 0, count: 16 - count) + (sides.count > 1 ? sides[1] : [])
  }
}
