#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A place to listen at or to connect to: nothing but this machine.
enum SocketAddress: Sendable, Hashable {
  /// A socket in the file system, by its whole path.
  case unix(String)
  /// A port of 127.0.0.1.
  case port(Int)
  /// A port of 127.0.0.2, which is this machine as well, at least on Linux.
  case otherPort(Int)

  /// A stream connected to the address, which gives up after ten seconds without a byte.
  func connected() throws -> Int32 {
    let stream = try made()
    let status = withAddress { connect(stream, $0, $1) }
    guard status == 0 else {
      let error = EffectError.system("connect to \(self)")
      close(stream)
      throw error
    }
    return stream
  }

  /// A stream that listens at the address.
  func listening() throws -> Int32 {
    let stream = try made()
    var yes: Int32 = 1
    setsockopt(stream, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard withAddress({ bind(stream, $0, $1) }) == 0, listen(stream, 1_024) == 0 else {
      let error = EffectError.system("listen at \(self)")
      close(stream)
      throw error
    }
    return stream
  }

  /// A port that was free a moment ago.
  static func freePort() throws -> Int {
    let stream = try SocketAddress.port(0).listening()
    defer { close(stream) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(stream, $0, &length) }
    }
    guard status == 0 else { throw EffectError.system("getsockname") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private func made() throws -> Int32 {
    let family = if case .unix = self { AF_UNIX } else { AF_INET }
    #if canImport(Glibc)
      let stream = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let stream = socket(family, SOCK_STREAM, 0)
    #endif
    guard stream >= 0 else { throw EffectError.system("socket") }
    _ = fcntl(stream, F_SETFD, FD_CLOEXEC)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    let length = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(stream, SOL_SOCKET, SO_RCVTIMEO, &patience, length)
    setsockopt(stream, SOL_SOCKET, SO_SNDTIMEO, &patience, length)
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(stream, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return stream
  }

  private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    switch self {
    case .unix(let path):
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { bytes in
        bytes.copyBytes(from: path.utf8.prefix(bytes.count - 1))
      }
      return Self.rebound(&address, body)
    case .port(let port), .otherPort(let port):
      let last: UInt32 = if case .port = self { 1 } else { 2 }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = (0x7F00_0000 + last).bigEndian
      return Self.rebound(&address, body)
    }
  }

  private static func rebound<Address>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    let length = socklen_t(MemoryLayout<Address>.size)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}

/// Writes all of `bytes`; a closed other side is no signal but an error.
func sendAll(_ bytes: [UInt8], to stream: Int32) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    let count = rest.withUnsafeBytes { send(stream, $0.baseAddress, $0.count, flags) }
    guard count > 0 else { throw EffectError.system("send") }
    rest = rest.dropFirst(count)
  }
}

/// The bytes that are there, at least one; none at the end of the stream or of patience.
func receiveSome(from stream: Int32) -> [UInt8] {
  var buffer = [UInt8](repeating: 0, count: 65_536)
  let count = recv(stream, &buffer, buffer.count, 0)
  return count > 0 ? Array(buffer[..<count]) : []
}
