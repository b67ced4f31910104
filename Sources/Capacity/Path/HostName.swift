/// Whether an address leads to a service.
package enum HostName {
  /// Addresses of the machine or pod itself.
  package static func isLocal(_ host: String) -> Bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) || host.hasPrefix("/")
  }

  /// The names that an address may mean, in lower case: its own, and the one that it has inside of
  /// a cluster.
  ///
  /// `pgbouncer.db.svc.cluster.local` leads to the Kubernetes Service `pgbouncer`, and
  /// `postgres-0.postgres.db.svc` to a replica of `postgres`.
  package static func names(of host: String) -> [String] {
    let host = host.lowercased()
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard let service = labels.firstIndex(of: "svc"), service >= 2 else { return [host] }
    return [host, String(labels[service - 2])]
  }

  /// The host of `http://auth:8080/path`, `auth:8080` or `unix:/socket`; `nil` where a variable
  /// decides it.
  package static func host(ofAddress address: String) -> String? {
    var rest = address[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != " " }
    guard !rest.contains("$"), !rest.contains("{") else { return nil }
    if rest.first == "[" {
      return rest.firstIndex(of: "]").map { String(rest[rest.index(after: rest.startIndex)..<$0]) }
    }
    let host = rest.prefix { $0 != ":" }
    return host.isEmpty ? nil : String(host)
  }
}
