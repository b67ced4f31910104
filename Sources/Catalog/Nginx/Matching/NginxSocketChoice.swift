/// The sockets that a connection may reach.
///
/// nginx opens each address and port once. The exact address of a connection goes before the
/// wildcard of its port, and then only the servers that listen on that very address are asked.
struct NginxSocketChoice {
  private let configuration: NginxConfiguration

  init(_ configuration: NginxConfiguration) { self.configuration = configuration }

  /// The numbers of the sockets for a request, as far as it says which.
  func sockets(for request: NginxRequest) -> [Int] {
    let sockets = configuration.index.sockets
    var found = sockets.indices.filter { !isDatagram(sockets[$0]) }
    if found.isEmpty { found = Array(sockets.indices) }
    if let isTLS = request.isTLS { found = found.filter { configuration.speaksTLS($0) == isTLS } }
    let wanted = request.address.map { NginxListenAddress($0) }
    if let port = request.port ?? wanted?.ports?.lowerBound {
      found = found.filter { address($0).ports?.contains(port) == true }
    } else if let isTLS = request.isTLS, wanted == nil {
      let usual = found.filter { address($0).ports?.contains(isTLS ? 443 : 80) == true }
      if !usual.isEmpty { found = usual }
    }
    guard let wanted, !isOnlyPort(request.address) else { return found }
    // An exact address goes before the wildcard of its own port only.
    let ports = Dictionary(grouping: found) { address($0).ports }
    return ports.values.flatMap { exact(wanted.host, among: $0) }.sorted()
  }

  private func isDatagram(_ socket: NginxSocket) -> Bool {
    socket.listens.allSatisfy { $0.options.contains("quic") }
  }

  private func isOnlyPort(_ address: String?) -> Bool {
    address?.utf8.allSatisfy { (0x30...0x39).contains($0) } == true
  }

  private func address(_ socket: Int) -> NginxListenAddress {
    let text = configuration.index.sockets[socket].listens.first?.text ?? ""
    return NginxListenAddress(listen: String(text.prefix { $0 != " " }))
  }

  private func exact(_ host: NginxListenAddress.Host, among sockets: [Int]) -> [Int] {
    let same = sockets.filter { address($0).host == host }
    guard same.isEmpty else { return same }
    switch host {
    case .version4, .any4:
      let any = sockets.filter { address($0).host == .any4 }
      return any.isEmpty
        ? sockets.filter { address($0).host == .any6 && takesVersion4($0) } : any
    case .version6: return sockets.filter { address($0).host == .any6 }
    case .any6, .unix, .name: return []
    }
  }

  private func takesVersion4(_ socket: Int) -> Bool {
    configuration.index.sockets[socket].listens.contains { $0.options.contains("ipv6only=off") }
  }
}
