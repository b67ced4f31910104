#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The agent that holds somebody's private keys (the ssh-agent protocol over a local socket).
///
/// A private key never comes here: the agent signs, and asks its owner if it wants to.
package struct SSHAgent: Sendable {
  /// What `SSH_AUTH_SOCK` names.
  private let path: String

  /// Answers of the agent are small; a larger one is not from an agent.
  private static let answerLimit = 1 << 20
  /// How long its owner may take to touch a key or to answer, in seconds.
  private static let patience = 120

  /// Numbers of messages.
  private enum Message {
    static let listKeys: UInt8 = 11
    static let keys: UInt8 = 12
    static let sign: UInt8 = 13
    static let signature: UInt8 = 14
  }

  package init(socket path: String) { self.path = path }

  /// Whether the agent can be reached and holds the key.
  package func holds(_ key: SSHPublicKey) -> Bool {
    // An agent that cannot be reached holds nothing; signing says why.
    guard let answer = try? ask([Message.listKeys]) else { return false }
    var reader = SSHReader(answer)
    guard reader.byte() == Message.keys, let count = reader.uint32() else { return false }
    for _ in 0..<count {
      guard let blob = reader.string(), reader.string() != nil else { return false }
      if Array(blob) == key.blob { return true }
    }
    return false
  }

  /// The key's signature of `message`, in SSH's encoding.
  ///
  /// - Throws: ``AuditError`` `storage` when the agent cannot be reached or refuses.
  func sign(_ message: [UInt8], with key: SSHPublicKey) throws(AuditError) -> [UInt8] {
    var request = SSHWriter()
    request.raw([Message.sign])
    request.string(key.blob)
    request.string(message)
    // RSA keys sign with SHA-1 unless they are told otherwise: 4 is rsa-sha2-512.
    request.uint32(key.type == "ssh-rsa" ? 4 : 0)
    var reader = SSHReader(try ask(request.bytes))
    guard reader.byte() == Message.signature, let signature = reader.string() else {
      throw AuditError(
        .storage, "the SSH agent does not sign with \(key.fingerprint)",
        remedy: "ssh-add FILE, and confirm if the agent asks")
    }
    return Array(signature)
  }

  /// Sends one message and waits for its answer.
  private func ask(_ message: [UInt8]) throws(AuditError) -> [UInt8] {
    let connection = try connect()
    defer { close(connection) }
    var request = SSHWriter()
    request.string(message)
    try send(request.bytes, to: connection)
    var header = SSHReader(try receive(4, from: connection))
    guard let length = header.uint32(), length > 0, length <= Self.answerLimit else {
      throw AuditError(.storage, "what listens at \(path) is no SSH agent")
    }
    return try receive(Int(length), from: connection)
  }

  private func connect() throws(AuditError) -> Int32 {
    #if canImport(Glibc)
      let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    #else
      let connection = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard connection >= 0 else { throw failure("make a socket") }
    var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else {
      close(connection)
      throw AuditError(.storage, "the path of the SSH agent's socket is too long: \(path)")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Self.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else {
      let error = failure("reach the SSH agent at \(path)")
      close(connection)
      throw error
    }
    return connection
  }

  /// The C function, whose name ``connect()`` hides.
  private static func connect(
    _ connection: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
  ) -> Int32 {
    #if canImport(Glibc)
      Glibc.connect(connection, address, size)
    #else
      Darwin.connect(connection, address, size)
    #endif
  }

  private func send(_ bytes: [UInt8], to connection: Int32) throws(AuditError) {
    var sent = 0
    while sent < bytes.count {
      #if canImport(Glibc)
        let flags = Int32(MSG_NOSIGNAL)
      #else
        let flags: Int32 = 0
      #endif
      let rest = Array(bytes[sent...])
      let count = rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.send(connection, buffer.baseAddress, buffer.count, flags)
        #else
          Darwin.send(connection, buffer.baseAddress, buffer.count, flags)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("ask the SSH agent") }
      sent += count
    }
  }

  private func receive(_ count: Int, from connection: Int32) throws(AuditError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(count, 65_536))
    while bytes.count < count {
      let wanted = min(buffer.count, count - bytes.count)
      let read = recv(connection, &buffer, wanted, 0)
      if read < 0 && errno == EINTR { continue }
      guard read > 0 else { throw failure("hear from the SSH agent") }
      bytes += buffer[..<read]
    }
    return bytes
  }

  private func failure(_ what: String) -> AuditError {
    AuditError(
      .storage, "\(what): \(String(cString: strerror(errno)))",
      remedy: "start ssh-agent, or name the private key's file with --key")
  }
}
