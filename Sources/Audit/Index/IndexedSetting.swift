/// A setting as the index lists it.
struct IndexedSetting: Sendable, Hashable {
  let id: Int
  /// The number of records that change it.
  let uses: Int
  /// The time of its last change, in milliseconds.
  let last: Int64
}

extension LogIndex {
  /// The settings that `filter` admits.
  func settings(matching filter: SettingFilter) throws(DatabaseError) -> [IndexedSetting] {
    let rows = try database.prepare(
      """
      SELECT s.id, s.uses, s.last, p.path, s.key, s.field
      FROM setting s JOIN path p ON p.id = s.path WHERE s.uses > 0
      """)
    var found: [IndexedSetting] = []
    while try rows.step() {
      guard let path = rows.text(3), let key = rows.text(4) else { continue }
      // The same words decide as in the walk: what is meant by a name must not depend on the index.
      let setting = SettingChange(file: 0, key: key, field: rows.text(5), old: nil, new: nil)
      guard filter.matches(setting, in: path) else { continue }
      found.append(IndexedSetting(id: rows.int(0), uses: rows.int(1), last: rows.integer(2)))
    }
    return found
  }

  /// The numbers of the names in `table` that `isMeant` admits, and how often they are used.
  ///
  /// - Parameter isUsed: whether only names that are counted are wanted.
  func names(
    in table: String, column: String, isUsed: Bool = true, _ isMeant: (String) -> Bool
  ) throws(DatabaseError) -> (ids: [Int], uses: Int) {
    let rows = try database.prepare(
      "SELECT id, \(column), uses FROM \(table)" + (isUsed ? " WHERE uses > 0" : ""))
    var ids: [Int] = []
    var uses = 0
    while try rows.step() {
      guard let name = rows.text(1), isMeant(name) else { continue }
      ids.append(rows.int(0))
      uses += rows.int(2)
    }
    return (ids, uses)
  }

  /// A set of numbers for `IN`: with SQLite in a table of this connection, `temp.NAME(id)`; a
  /// server is sent an array, which needs no table.
  func chosen(_ ids: [Int], as name: String) throws(DatabaseError) -> Question {
    if database.isServer {
      return Question("(SELECT unnest(CAST(? AS BIGINT[])))", [.integers(ids)])
    }
    try database.execute(
      """
      CREATE TEMP TABLE IF NOT EXISTS \(name) (id INTEGER PRIMARY KEY);
      DELETE FROM temp.\(name);
      """)
    let insert = try database.prepare("INSERT INTO temp.\(name) VALUES (?)")
    for id in Set(ids) {
      insert.bind(1, id)
      try insert.run()
    }
    return Question("(SELECT id FROM temp.\(name))")
  }
}
