/// One directive that hands requests on, and where to.
struct NginxPass: Sendable {
  let statement: Int32
  /// The location it serves, or the stream server; `none` outside both.
  let location: Int32
  /// The host in lower case, without scheme, port and path; may hold variables.
  let host: String
  /// Whether a variable decides the host.
  let hostHasVariable: Bool
  /// Whether a port is written: nginx refuses one behind the name of an upstream.
  let hasPort: Bool
  /// Whether any part is a variable, so that nginx looks the host up at run time.
  let hasVariable: Bool
  /// The defined upstream that the host names; `none` where it names none.
  var upstream: Int32 = NginxContext.none
  /// The number of the next pass of the same location; -1 at the last.
  var next: Int32 = -1

  init(statement: Int, location: Int, target: String) {
    self.statement = Int32(statement)
    self.location = Int32(location)
    let host = Self.host(in: target)
    hasVariable = target.utf8.contains(UInt8(ascii: "$"))
    hostHasVariable = host.utf8.contains(UInt8(ascii: "$"))
    let name = Self.withoutPort(host)
    hasPort = name.endIndex < host.endIndex
    self.host = name.lowercased()
  }

  /// The part between the scheme and the path, with its port.
  static func host(in target: String) -> Substring {
    let bytes = target.utf8
    var start = bytes.startIndex
    var last: (UInt8, UInt8) = (0, 0)
    var end = bytes.endIndex
    var place = start
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "/"), last == (UInt8(ascii: ":"), UInt8(ascii: "/")),
        start == bytes.startIndex
      {
        start = bytes.index(after: place)
      } else if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "/") && start > bytes.startIndex {
        end = place
      } else if byte == UInt8(ascii: "$"), pathVariables.contains(where: target[place...].hasPrefix)
      {
        end = place
      }
      last = (last.1, byte)
      bytes.formIndex(after: &place)
    }
    return start > bytes.startIndex ? target[start..<end] : target[..<end].before("/")
  }

  /// These begin with a slash or a question mark: what stands before them is the whole host.
  private static let pathVariables = ["$request_uri", "$uri", "$document_uri", "$is_args", "$args"]

  /// The host of a value that may bring a scheme, a port and a path.
  static func name(in value: String) -> Substring { withoutPort(host(in: value)) }

  private static func withoutPort(_ host: Substring) -> Substring {
    if host.utf8.first == UInt8(ascii: "[") {
      return host.before("]").dropFirst()
    }
    if host.hasPrefix("unix:") { return host }
    return host.before(":")
  }

  /// Whether the host needs no name service: an address, or a socket in the file system.
  static func isAddress(_ host: some StringProtocol) -> Bool {
    if host.hasPrefix("unix:") || host.utf8.contains(UInt8(ascii: ":")) { return true }
    let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { NginxUnits.number($0).map { $0 < 256 } == true }
  }
}

/// The passes of one location, in reading order.
struct NginxPassList: Sequence, IteratorProtocol {
  private let passes: [NginxPass]
  private var number: Int32

  init(_ passes: [NginxPass], first: Int32) {
    self.passes = passes
    number = first
  }

  var isEmpty: Bool { number < 0 }

  mutating func next() -> NginxPass? {
    guard number >= 0 else { return nil }
    let pass = passes[Int(number)]
    number = pass.next
    return pass
  }
}

extension Substring {
  /// What stands before the first byte of a kind; all of it where there is none.
  fileprivate func before(_ byte: Unicode.Scalar) -> Substring {
    let byte = UInt8(ascii: byte)
    return self[..<(utf8.firstIndex { $0 == byte } ?? endIndex)]
  }
}
