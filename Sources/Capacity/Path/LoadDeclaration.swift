package import Model

/// What a team says of its load path, from `load_path:` of `.headgate.yaml`.
package struct LoadDeclaration: Sendable, Hashable {
  package var services: [DeclaredService]
  /// Connections that every server keeps free for people, migrations and monitoring.
  package var margin: Input?
  /// The share of requests that may wait for a connection.
  package var target: Double?
  /// When parts of the network drop an idle connection, by what people call them.
  package var idleLimits: [Input]
  /// The most threads for each connection of a pool.
  package var threadsPerConnection: Input?
  /// The part of a machine's memory that its database may take.
  package var memoryShare: Input?

  package init(
    services: [DeclaredService] = [], margin: Input? = nil, target: Double? = nil,
    idleLimits: [Input] = [], threadsPerConnection: Input? = nil, memoryShare: Input? = nil
  ) {
    self.services = services
    self.margin = margin
    self.target = target
    self.idleLimits = idleLimits
    self.threadsPerConnection = threadsPerConnection
    self.memoryShare = memoryShare
  }

  /// What is declared of a service.
  package func service(_ name: String) -> DeclaredService? { services.first { $0.name == name } }
}

/// What a team says of one service.
package struct DeclaredService: Sendable, Hashable {
  package let name: String
  /// The line that begins it.
  package let origin: Origin
  /// Patterns of the files that configure it, where no deployment says so.
  package var files: [String] = []
  /// Names by which others reach it besides its own.
  package var hosts: [String] = []
  /// Numbers by the name of the key: ``Key``.
  package var numbers: [Key: Input] = [:]
  /// The service that its pools lead to.
  package var target: String?
  package var pools: [DeclaredPool] = []

  /// The numbers that can be declared.
  package enum Key: String, Sendable, Hashable, CaseIterable {
    case replicas
    case maxReplicas = "max_replicas"
    case surge, processes, threads
    /// Requests each second that use the database, over all replicas.
    case peak
    /// Seconds that a request holds a connection.
    case hold
    /// Seconds that a request takes in all.
    case requestTime = "request_time"
    case heldAtOnce = "held_at_once"
    /// Bytes.
    case memory
    case cores
    case fileLimit = "file_limit"
    case maxConnections = "max_connections"
    case reserved, margin
  }

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// What a team says of one pool of a service: where no file of a known product does.
package struct DeclaredPool: Sendable, Hashable {
  package let name: String
  package let origin: Origin
  package var size: Input?
  package var hold: Input?
  package var peak: Input?
  package var heldAtOnce: Input?
  package var target: String?

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}
