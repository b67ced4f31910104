package import Catalog
import Findings
package import Model
import Syntax

/// What happens to one request: the servers and locations that it gets, and what runs there.
package struct RequestInventory: Sendable {
  /// One way through one configuration.
  package struct Answer: Sendable {
    /// The file that nginx starts with.
    package let entry: ResourceIdentity
    package let route: NginxRoute
    package let settings: [InventoryDocument.Row]
  }

  package let request: NginxRequest
  package private(set) var answers: [Answer] = []
  /// The configurations that refuse the request outright, with their entry file.
  package private(set) var refusals: [(path: String, refusal: NginxRequestRefusal)] = []
  /// The directives asked for that none of the ways has any value of.
  package private(set) var missingKeys: [String] = []
  private(set) var lines = SourceLines()

  /// Leads a request through every configuration of nginx among the readings.
  ///
  /// - Parameters:
  ///   - keys: the directives to show; every one that is in force where there are none.
  ///   - all: whether defaults that nobody wrote are listed too.
  package init(_ request: NginxRequest, readings: [Reading], keys: [String], all: Bool) {
    self.request = request
    for reading in readings {
      guard let root = reading.resources.lazy.compactMap({ $0 as? NginxResource }).first else {
        continue
      }
      lines.add(reading.sources)
      add(root, keys: keys, all: all)
    }
    missingKeys = keys.filter { key in
      !answers.contains { $0.settings.contains { $0.setting.key == key } }
    }
  }

  private mutating func add(_ root: NginxResource, keys: [String], all: Bool) {
    do throws(NginxRequestRefusal) {
      for route in try root.routes(of: request) {
        let settings =
          keys.isEmpty ? route.settings(all: all) : keys.flatMap { route.settings(named: $0) }
        let rows = settings.map { setting in
          InventoryDocument.Row(
            setting: setting, position: setting.origin.flatMap { lines.position(of: $0) })
        }
        answers.append(Answer(entry: root.identity, route: route, settings: rows))
      }
    } catch {
      refusals.append((root.identity.origin.path, error))
    }
  }

  /// The place of a line; `nil` for what is written nowhere.
  func position(of step: NginxRoute.Step) -> SourcePosition? {
    var lines = lines
    return step.origin.flatMap { lines.position(of: $0) }
  }

  func position(of resource: NginxResource) -> SourcePosition? {
    var lines = lines
    return lines.position(of: resource.identity.origin)
  }
}

extension NginxRoute.Step {
  /// Its text without passwords and the like.
  var publicText: String { SecretMask.masking(text, of: directive) }
}

extension RequestInventory {
  /// Why there is nothing to show, or not all that was asked for; `nil` where there is.
  package var problem: Failure? {
    if answers.isEmpty {
      return refusals.isEmpty
        ? Failure(
          "no server of nginx listens for this request",
          help: "`headgate inventory` lists the servers and what they listen on")
        : Failure("nginx refuses this request")
    }
    guard let key = missingKeys.first else { return nil }
    return Failure("\"\(key)\" has no value there", help: "see `--all` for every setting")
  }
}
