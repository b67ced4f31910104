import Model
import Syntax

extension Technology {
  /// MaxScale: maxscale.cnf.
  package static let maxscale = Technology(
    name: "maxscale", title: "MaxScale", defaultVersion: PoolProduct.maxscale.version,
    recognises: { MaxScale.recognise($0) },
    read: { source, context in MaxScaleFile(source, context).reading },
    reference: { MaxScale.reference })
}

enum MaxScale {
  /// By name, or by a service with a router or a monitor with a module.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".cnf") else { return .no }
    if name.hasPrefix("maxscale") { return .byName }
    let document = PythonINI(SourceText(path: file.path, bytes: file.head))
    var types: [String: String] = [:]
    for entry in document.entries where entry.key == "type" {
      types[entry.section] = document.source.text(entry.valueRange)
    }
    let isService = document.entries.contains { entry in
      types[entry.section] == "service" && entry.key == "router"
        || types[entry.section] == "monitor" && entry.key == "module"
    }
    return isService ? .byContent : .no
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files called `maxscale*.cnf`, and other `.cnf` files with a section of "
        + "`type=service` that has a `router`.",
      notes: [
        "The process, each service and each server are resources. The files of `maxscale.cnf.d` "
          + "are read each on its own; what was changed at run time wins over files.",
        "Durations are numbers with `h`, `m` or `min`, `s`, `ms`; times of whole seconds refuse "
          + "`ms`. Without a unit they are seconds, which newer versions may refuse. With "
          + "`auto_tune` MaxScale takes `wait_timeout` and `connection_keepalive` from the servers.",
      ],
      keys: PoolProduct.maxscale.keys.map { $0.reference(prefix: "maxscale.") }
        + PoolProduct.maxscaleService.keys.map { $0.reference(prefix: "service.") }
        + PoolProduct.maxscaleServer.keys.map { $0.reference(prefix: "server.") })
  }
}
