/// Which comparison it is.
package enum InvariantID: String, Sendable, Hashable, CaseIterable {
  case clientsOfPooler = "I1"
  case serverBehindPooler = "I2"
  case serverDirectly = "I3"
  case rollout = "I4"
  case fileDescriptors = "I5"
  case lifetimes = "I6"
  case timeouts = "I7"
  case poolerWait = "I8"
  case idleLimits = "I9"
  case postgresMemory = "I10"
  case mysqlMemory = "I11"
  case threads = "I12"
  case proxyQueue = "I13"
  case mysqlServer = "I14"
  case pgpool = "I15"
  case proxysql = "I16"
  case deadlock = "I17"
  case connectionsAtRest = "I18"
  case processors = "I19"
  case sessionPooling = "I20"
  /// Each pool against its share of the peak.
  case poolUnderPeak = "C1"
  /// Each narrow place of the path against the peak.
  case pathUnderPeak = "C2"
  /// Each pool against the size at which few requests wait.
  case poolForTarget = "C3"

  /// What is compared, in a few words.
  package var title: String {
    switch self {
    case .clientsOfPooler: "clients of the pooler"
    case .serverBehindPooler: "server connections of the pooler"
    case .serverDirectly: "connections of the server"
    case .rollout: "connections during a roll-out"
    case .fileDescriptors: "files that the pooler opens"
    case .lifetimes: "lifetime below the idle limit"
    case .timeouts: "timeouts nested outward"
    case .poolerWait: "wait in the pooler below the client's"
    case .idleLimits: "idle limits along the chain"
    case .postgresMemory, .mysqlMemory: "memory of the server"
    case .threads: "threads for each connection"
    case .proxyQueue: "requests handed on by the proxy"
    case .mysqlServer: "connections of the server"
    case .pgpool: "children of the pooler"
    case .proxysql: "connections of the proxy"
    case .deadlock: "threads that hold several connections"
    case .connectionsAtRest: "connections at rest"
    case .processors: "active connections for each processor"
    case .sessionPooling: "clients that keep a server connection"
    case .poolUnderPeak: "pool under the peak"
    case .pathUnderPeak: "path under the peak"
    case .poolForTarget: "pool for the target"
    }
  }
}
