/// What kind of thing a resource is; the name that rules use after `for:` and in expressions.
package enum Kind: String, Sendable, Hashable, CaseIterable {
  /// An application's connection pool.
  case pool
  /// A connection pooler process such as PgBouncer.
  case pooler
  /// One database entry of a pooler.
  case poolerDatabase = "pooler_database"
  /// A proxy that forwards connections, such as HAProxy: the process or one of its sections.
  case proxy
  /// One server of a proxy's backend.
  case proxyServer = "proxy_server"
  /// A database server.
  case databaseServer = "database_server"
  /// A whole nginx configuration, read from one entry point.
  case nginx
  /// A `server` block of nginx.
  case server
  /// A `location` block of nginx.
  case location
  /// An `upstream` block of nginx.
  case upstream
  /// One written line of a product whose configuration is made of directives.
  case directive
  /// One address and port that servers listen on together.
  case socket
  /// One piece of memory that processes share: a limit's counters, a cache's keys.
  case zone
  /// One workload that a deployment runs: a compose service, a container of a Kubernetes pod.
  case service
  /// One comparison along a load path, with both sides worked out.
  case invariant
  /// One setting of any product, for rules that look at values and not at what they size.
  case setting
}

/// What a field of a resource is worth to a rule.
package enum FieldValue: Sendable {
  /// Not there: `has(pool.field)` is false and reading it is an error.
  case absent
  /// Cannot be known, with the reason; a rule that depends on it is undecided, never passed.
  case unknown(String)
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  /// Microseconds.
  case duration(Int64)
  case list([FieldValue])
  indirect case resource(any Resource)
}

/// A vendor-neutral thing made of settings, as rules and the inventory see it.
///
/// A protocol with two conformers: pools, poolers and servers hold their few settings; the contexts
/// of nginx compute theirs when asked, since a large configuration has millions of (location,
/// directive) pairs.
package protocol Resource: Sendable {
  /// The same as in `identity`, which a large configuration has to work out.
  var kind: Kind { get }
  var identity: ResourceIdentity { get }
  /// The value of a field of this kind's schema.
  func value(of field: Field) -> FieldValue
  /// The setting behind a field: its written text and place; `nil` for derived facts.
  func setting(for field: Field) -> Setting?
  /// Where the setting behind a field is written, which takes less than the whole setting.
  func origin(of field: Field) -> Origin?
  /// Every setting the catalog knows for this resource, written or not, in the product's order.
  var settings: [Setting] { get }
  /// The lines of these names that it is made of, each as a resource of its own.
  ///
  /// Only a whole configuration has any, and gives each line once for every place in which it
  /// stands: a rule about three directives then costs nothing for all the others.
  func parts(named names: Set<String>) -> [any Resource]
  /// What decides whether rules look at it; the same as in `identity`, without its name and place.
  var profile: ResourceProfile { get }
  /// Tells it from every other resource of a check; `nil` where nobody needs to.
  var key: ValueKey? { get }
  /// Equal for two resources of a kind only where the field's value and setting are.
  ///
  /// Much cheaper than the value: thousands of locations inherit the same line. `nil` where only
  /// the value itself tells.
  func key(of field: Field) -> ValueKey?
  /// What is written at its place; `nil` where that decides no field.
  var words: ResourceWords? { get }
  /// Whether the words alone decide a field.
  func basis(of field: Field) -> FieldBasis
}

/// What decides the value of a field.
package enum FieldBasis: Sendable {
  /// Nothing that is cheaper to find out than the value.
  case alone
  /// The place with all around it.
  case place
  /// The words of the resource.
  case words
  /// The words where they are constant, else the place.
  case constantWords
}

/// The words of a resource, as far as they tell it from others.
package struct ResourceWords: Sendable {
  /// What the number counts in: the configuration that the words stand in.
  package let owner: ObjectIdentifier
  /// Equal for equal words of one owner; counted from 0.
  package let number: Int
  /// Whether they hold no variable.
  package let areConstant: Bool

  package init(owner: ObjectIdentifier, number: Int, areConstant: Bool) {
    self.owner = owner
    self.number = number
    self.areConstant = areConstant
  }
}

/// What is the same for most resources of a check, and decides which rules look at them.
package struct ResourceProfile: Sendable, Hashable {
  package let technology: String
  package let version: Version?
  package let environment: String
  /// Which patterns of paths with settings of their own its file matches, by number; a policy
  /// that has such settings fills it in.
  package var scopes: [Int] = []

  package init(technology: String, version: Version?, environment: String) {
    self.technology = technology
    self.version = version
    self.environment = environment
  }
}

/// Stands for a value that is not worked out: equal keys mean equal values.
package struct ValueKey: Sendable, Hashable {
  /// What the number counts in: the configuration that the values belong to.
  private let owner: ObjectIdentifier
  private let number: Int
  /// Together with the number a hash of 128 bits, where the value is a text's.
  private let more: Int

  package init(owner: ObjectIdentifier, number: Int, more: Int = 0) {
    self.owner = owner
    self.number = number
    self.more = more
  }

  /// Two words in one: what is looked up a million times is hashed once each time.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(number &* 0x1_0001 ^ more)
  }
}

/// Names a resource and its place.
package struct ResourceIdentity: Sendable, Hashable {
  package let kind: Kind
  /// As in `--product`: `hikaricp`, `pgbouncer`, `postgresql`, `nginx`.
  package let technology: String
  /// The product's version that values were computed for.
  package let version: Version?
  /// What people call it: the pool's name, `server_name`, the location's pattern.
  package let name: String
  /// The file that declares it and the bytes to underline (a header or first line, not the body).
  package internal(set) var origin: Origin
  /// Where it runs: `production`, `test`, `development` or what a team calls it.
  package let environment: String
  /// Whether the environment was declared (profile, file name, `.headgate.yaml`) or assumed.
  package let environmentIsDeclared: Bool
  /// The service that runs it; `nil` where no deployment says so.
  package internal(set) var service: ServiceReference?
  /// The team's own mapping that its file was read with; `nil` for products of the catalog.
  package let mapping: String?

  package init(
    kind: Kind, technology: String, version: Version?, name: String, origin: Origin,
    environment: String = "production", environmentIsDeclared: Bool = false,
    service: ServiceReference? = nil, mapping: String? = nil
  ) {
    self.kind = kind
    self.technology = technology
    self.version = version
    self.name = name
    self.origin = origin
    self.environment = environment
    self.environmentIsDeclared = environmentIsDeclared
    self.service = service
    self.mapping = mapping
  }
}

/// Names a service: the same name in another deployment is another service.
package struct ServiceReference: Sendable, Hashable {
  /// The file or folder that deploys it, as shown to the user.
  package let deployment: String
  /// As in OpenTelemetry's `service.name`: the compose service, the Kubernetes workload; a further
  /// container of a pod as `workload/container`.
  package let name: String

  package init(deployment: String, name: String) {
    self.deployment = deployment
    self.name = name
  }
}

extension Resource {
  package var kind: Kind { identity.kind }
  package func parts(named names: Set<String>) -> [any Resource] { [] }
  package var key: ValueKey? { nil }
  package func key(of field: Field) -> ValueKey? { nil }
  package var words: ResourceWords? { nil }
  package func basis(of field: Field) -> FieldBasis { .alone }
  package func origin(of field: Field) -> Origin? { setting(for: field)?.origin }
  package var profile: ResourceProfile {
    let identity = identity
    return ResourceProfile(
      technology: identity.technology, version: identity.version, environment: identity.environment)
  }
}
