internal import Git

/// Puts records of one log into the tables, oldest first.
///
/// A class, because its statements are made one after the other, and each may fail.
final class IndexWriter {
  private let record: Statement
  private let file: Statement
  private let setting: Statement
  private let words: Statement
  private let details: DetailsWriting
  private var principals: IndexNames
  private var paths: IndexNames
  private var settings: IndexedSettings
  private let origin: LogOrigin

  init(_ database: borrowing Database, of origin: LogOrigin) throws(DatabaseError) {
    self.origin = origin
    record = try database.prepare(
      "INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0)", isKept: true)
    file = try database.prepare("INSERT INTO file_change VALUES (?,?,?,?,?)", isKept: true)
    setting = try database.prepare(
      "INSERT INTO setting_change VALUES (?,?,?,?,?,?,?,?,?)", isKept: true)
    words = try database.prepare("INSERT INTO words (rowid, text) VALUES (?, ?)", isKept: true)
    details = try DetailsWriting(database)
    principals = try IndexNames(
      database, of: origin.rows, read: "SELECT id, name, uses FROM principal",
      write: "INSERT OR REPLACE INTO principal VALUES (?,?,?)")
    paths = try IndexNames(
      database, of: origin.rows, read: "SELECT id, path, uses FROM path",
      write: "INSERT OR REPLACE INTO path VALUES (?,?,?)")
    settings = try IndexedSettings(database, of: origin.rows)
  }

  func add(_ entry: PlacedRecord) throws(DatabaseError) {
    let body = entry.record.body
    let time = body.time.milliseconds
    let row = origin.row(of: entry.sequence)
    record.bind(1, row)
    record.bind(2, entry.record.id.bytes)
    record.bind(3, entry.commit.bytes)
    record.bind(4, body.kind.description)
    record.bind(5, time)
    record.bind(6, body.recordedAt.milliseconds)
    record.bind(7, principals.use(body.actor.id))
    record.bind(8, principals.use(body.recorder.id, counts: false))
    record.bind(9, body.reason?.text)
    record.bind(10, body.ticket?.text)
    record.bind(11, body.base?.bytes)
    record.bind(12, body.commit?.bytes)
    record.bind(13, body.findings?.errors)
    record.bind(14, body.findings?.warnings)
    record.bind(15, (body.emergency?.due.milliseconds).map { Int($0) })
    try record.run()
    for (position, change) in body.files.enumerated() {
      file.bind(1, row)
      file.bind(2, position)
      file.bind(3, paths.use(change.path))
      file.bind(4, change.old?.git.bytes)
      file.bind(5, change.new?.git.bytes)
      try file.run()
    }
    if body.kind.movesState { try addSettings(of: entry, row, time) }
    try details.add(entry, row) { principals.use($0, counts: false) }
    words.bind(1, row)
    words.bind(2, SearchWords.text(of: body.searchTexts))
    try words.run()
  }

  private func addSettings(
    of entry: PlacedRecord, _ row: Int, _ time: Int64
  ) throws(DatabaseError) {
    let body = entry.record.body
    for (position, change) in body.settings.enumerated() {
      let name = IndexedSettings.Name(
        path: paths.id(of: body.files[change.file].path),
        resource: change.resource.map(ExactText.init), key: ExactText(change.key),
        field: change.field.map(ExactText.init))
      setting.bind(1, row)
      setting.bind(2, position)
      setting.bind(3, settings.use(name, at: time))
      setting.bind(4, time)
      setting.bind(5, change.file)
      setting.bind(6, change.old)
      setting.bind(7, change.new)
      setting.bind(8, change.oldLine)
      setting.bind(9, change.newLine)
      try setting.run()
    }
  }

  /// Writes the dictionaries, which are kept in memory until then.
  func finish() throws(DatabaseError) {
    try principals.write()
    try paths.write()
    try settings.write()
  }

  /// Notes at changes how often they were decided about; ids can be looked up by then.
  func countDecisions() throws(DatabaseError) { try details.count() }
}
