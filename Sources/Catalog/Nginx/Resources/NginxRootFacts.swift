import Model

extension NginxFact {
  /// What rules know of a whole configuration besides its directives.
  static let root: [NginxFact] =
    shared + rootIncludes + rootWritten + [
      NginxFact(
        "workers", .int, "Worker processes; unknown where nginx counts the processors itself",
        unit: .process,
        at: { configuration, _ in
          configuration.view.statements(NginxKnownNames.shared.workerProcesses, in: 0).first
        }
      ) { configuration, _ in configuration.workers },
      NginxFact("proxies", .bool, "Whether some location or stream server hands requests on") {
        configuration, _ in .bool(!configuration.index.passes.isEmpty)
      },
      NginxFact("caches", .bool, "Whether some location keeps answers in a cache on disk") {
        configuration, _ in .bool(configuration.index.caches)
      },
      NginxFact(
        "empty_includes", .list(.string), "Patterns of include that match no file"
      ) { configuration, _ in
        .list(configuration.emptyIncludes.map { .string($0.pattern) })
      },
      NginxFact("context", .string, "What the entry file holds: main, http, server, upstream …") {
        configuration, _ in .string(configuration.view.contexts[0].kind.title)
      },
      NginxFact("servers", .list(.resource(.server)), "All servers of http") {
        configuration, _ in
        .list(configuration.index.servers.map { configuration.resource(.server, $0) })
      },
      NginxFact("upstreams", .list(.resource(.upstream)), "All upstreams of http and stream") {
        configuration, _ in
        .list(configuration.index.upstreams.map { configuration.resource(.upstream, $0) })
      },
    ] + rootLoad
}

extension NginxConfiguration {
  var workers: FieldValue {
    guard isComplete else { return .absent }
    let name = NginxKnownNames.shared.workerProcesses
    guard let place = view.statements(name, in: 0).first else {
      return unread(setting: name, in: 0)?.unknown ?? .int(1)
    }
    let text = view.argument(0, of: place) ?? ""
    if text == "auto" { return .unknown("worker_processes is auto: one for each processor") }
    return NginxUnits.number(text.utf8).map { .int($0) } ?? .unknown("\"\(text)\" is no number")
  }
}
