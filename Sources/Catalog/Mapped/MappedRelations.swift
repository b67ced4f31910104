import Model

/// The resources of one file with what belongs to which: pools to the service around them,
/// databases to their pooler, servers to their proxy.
struct MappedRelations {
  private(set) var all: [any Resource] = []
  private(set) var workloads: [Workload] = []

  /// - Parameter path: the file, which stands for the deployment of the services in it.
  init(_ found: [MappedFile.Found], in tree: MappedTree, path: String) {
    let services = Owners(found, of: .service)
    var resources = found.map(\.resource)
    for (index, one) in found.enumerated() {
      guard let owner = services.owner(of: one.node, in: tree) else { continue }
      let name = found[owner].resource.identity.name
      let service = ServiceReference(deployment: path, name: name)
      resources[index] = resources[index].run(by: service)
      if one.resource.kind == .service {
        workloads.append(Workload(service: service, resource: resources[index]))
      }
    }
    for (part, whole, field) in [
      (Kind.poolerDatabase, Kind.pooler, "databases"), (.proxyServer, .proxy, "servers"),
    ] {
      let owners = Owners(found, of: whole)
      var parts: [Int: [FieldValue]] = [:]
      for (index, one) in found.enumerated() where one.resource.kind == part {
        guard let owner = owners.owner(of: one.node, in: tree) else { continue }
        parts[owner, default: []].append(.resource(resources[index]))
      }
      for (owner, list) in parts {
        resources[owner] = resources[owner].with(facts: [field: .list(list)])
      }
    }
    all = resources
  }

  /// The blocks of one kind by their node.
  private struct Owners {
    private var byNode: [Int: Int] = [:]
    private var only: Int?

    init(_ found: [MappedFile.Found], of kind: Kind) {
      let own = found.indices.filter { found[$0].resource.kind == kind }
      for index in own { byNode[found[index].node] = index }
      if own.count == 1 { only = own[0] }
    }

    /// The nearest block around a node or at it, else the only one of the file.
    func owner(of node: Int, in tree: MappedTree) -> Int? {
      guard !byNode.isEmpty else { return nil }
      var node = node
      while node >= 0 {
        if let owner = byNode[node] { return owner }
        node = tree.nodes[node].parent
      }
      return only
    }
  }
}
