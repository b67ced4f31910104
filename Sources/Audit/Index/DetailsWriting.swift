/// Puts what only some kinds of records say into tables of their own.
final class DetailsWriting {
  private let decision: Statement
  private let waiver: Statement
  private let superseded: Statement
  private let decided: Statement
  /// Changes that were decided about and are not counted yet.
  private var uncounted: [[UInt8]] = []

  init(_ database: borrowing Database) throws(DatabaseError) {
    decision = try database.prepare("INSERT INTO decision VALUES (?,?,?,?,?,?)", isKept: true)
    waiver = try database.prepare("INSERT INTO waiver VALUES (?,?,?,?,?,?,?)", isKept: true)
    superseded = try database.prepare(
      "INSERT OR IGNORE INTO superseded VALUES (?,?)", isKept: true)
    decided = try database.prepare(
      "UPDATE record SET decisions = decisions + 1 WHERE id = ?", isKept: true)
  }

  /// - Parameter number: gives a person a number.
  func add(
    _ entry: PlacedRecord, _ row: Int, _ number: (String) -> Int
  ) throws(DatabaseError) {
    let body = entry.record.body
    switch body.details {
    case .decision(let stated):
      decision.bind(1, row)
      decision.bind(2, stated.of.bytes)
      decision.bind(3, number(body.actor.id))
      decision.bind(4, body.kind == .approval ? 1 : 0)
      decision.bind(5, body.recordedAt.milliseconds)
      decision.bind(6, (stated.expires?.milliseconds).map { Int($0) })
      try decision.run()
      uncounted.append(stated.of.bytes)
    case .waiver(let stated):
      waiver.bind(1, row)
      waiver.bind(2, stated.rule)
      waiver.bind(3, stated.path)
      waiver.bind(4, stated.resource)
      waiver.bind(5, stated.owner)
      waiver.bind(6, stated.granted.milliseconds)
      waiver.bind(7, stated.expires.milliseconds)
      try waiver.run()
      for id in stated.supersedes {
        superseded.bind(1, id.bytes)
        superseded.bind(2, row)
        try superseded.run()
      }
    default: break
    }
  }

  func count() throws(DatabaseError) {
    for id in uncounted {
      decided.bind(1, id)
      try decided.run()
    }
    uncounted = []
  }
}
