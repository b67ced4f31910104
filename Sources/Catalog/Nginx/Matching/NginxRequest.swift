/// A request as somebody would send it, to ask which server and location it gets.
package struct NginxRequest: Sendable, Hashable {
  /// What stands in the request line: a path, with or without arguments.
  package let target: String
  /// The host's name, with or without a port; `nil` for a request without one.
  package let host: String?
  /// The address that the connection is made to, as a `listen` would write it; `nil` for any.
  package let address: String?
  /// `nil` where the scheme decides, or the address.
  package let port: Int?
  /// `nil` where it does not matter.
  package let isTLS: Bool?

  package init(
    target: String, host: String?, address: String? = nil, port: Int? = nil, isTLS: Bool? = nil
  ) {
    self.target = target
    self.host = host
    self.address = address
    self.port = port
    self.isTLS = isTLS
  }

  /// Reads a path, or an address such as `https://auth.example.org:8443/login` as a browser has it.
  ///
  /// What is given besides counts before what the address says.
  package init(
    uri: String, host: String?, address: String?, port: Int?, isTLS: Bool?
  ) {
    guard let end = uri.range(ofScheme: "https://") ?? uri.range(ofScheme: "http://") else {
      self.init(
        target: uri.isEmpty ? "/" : uri, host: host, address: address, port: port, isTLS: isTLS)
      return
    }
    let authority = uri[end...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let rest = uri[authority.endIndex...]
    let colon = authority.lastIndex(of: ":")
    let written = colon.flatMap { Int(authority[authority.index(after: $0)...]) }
    self.init(
      target: rest.hasPrefix("/") ? String(rest) : "/\(rest)", host: host ?? String(authority),
      address: address, port: port ?? written,
      isTLS: isTLS ?? (uri.prefix(5).lowercased() == "https"))
  }
}

extension String {
  /// Where the text behind a scheme begins; `nil` where it has another.
  fileprivate func range(ofScheme scheme: String) -> String.Index? {
    guard prefix(scheme.count).lowercased() == scheme else { return nil }
    return index(startIndex, offsetBy: scheme.count)
  }
}

/// A request that nginx refuses before any server or location is asked.
package struct NginxRequestRefusal: Error, Hashable {
  /// The number of the answer.
  package let status: Int
  package let reason: String

  static func bad(_ reason: String) -> Self { Self(status: 400, reason: reason) }
}
