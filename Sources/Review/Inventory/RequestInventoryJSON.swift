import Catalog
import Model
package import Syntax

extension RequestInventory {
  /// The answers as others build on them: fields may be added, never changed.
  package var json: JSON {
    [
      "version": 1,
      "request": [
        "target": .string(request.target),
        "host": .string(orNull: request.host),
        "address": .string(orNull: request.address),
        "port": request.port.map { .number($0) } ?? .null,
        "tls": request.isTLS.map { .bool($0) } ?? .null,
      ],
      "refusals": .array(
        refusals.map { path, refusal in
          [
            "path": .string(path), "status": .number(refusal.status),
            "reason": .string(refusal.reason),
          ]
        }),
      "answers": .array(answers.map { json($0) }),
    ]
  }

  private func json(_ answer: Answer) -> JSON {
    let route = answer.route
    return [
      "path": .string(answer.entry.origin.path),
      "technologyVersion": .string(orNull: answer.entry.version?.description),
      "listens": .array(route.listens.map { json($0) }),
      "assumptions": .array(route.assumptions.map { json($0) }),
      "steps": .array(route.steps.map { json($0) }),
      "detours": .array(route.detours.map { json($0) }),
      "doubts": .array(route.doubts.map { .string($0) }),
      "ending": .string(orNull: route.ending),
      "server": json(route.server),
      "location": route.location.map { json($0) } ?? .null,
      "settings": .array(
        answer.settings.map { $0.json(of: route.location == nil ? .server : .location) }),
    ]
  }

  private func json(_ step: NginxRoute.Step) -> JSON {
    let position = position(of: step)
    return [
      "directive": .string(step.directive),
      "text": .string(step.publicText),
      "reason": .string(step.reason),
      "path": .string(orNull: step.origin?.path),
      "line": position.map { .number($0.line) } ?? .null,
      "column": position.map { .number($0.column) } ?? .null,
    ]
  }

  private func json(_ resource: NginxResource) -> JSON {
    let identity = resource.identity
    return [
      "name": .string(identity.name),
      "path": .string(identity.origin.path),
      "line": .number(position(of: resource)?.line ?? 1),
    ]
  }
}
