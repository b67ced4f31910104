/// Names with numbers and the times each was used, of one log.
struct IndexNames: ~Copyable {
  private let statement: Statement
  /// The number of the first name.
  private let start: Int
  private var ids: [ExactText: Int]
  private var names: [String]
  private var uses: [Int]
  private var changed: Set<Int> = []

  /// - Parameter range: the numbers that the log's names may have.
  init(
    _ database: borrowing Database, of range: Range<Int>, read: String, write: String
  ) throws(DatabaseError) {
    var known: (ids: [ExactText: Int], names: [String], uses: [Int]) = ([:], [], [])
    let rows = try database.prepare(read + " WHERE id >= ? AND id < ? ORDER BY id")
    rows.bind(1, range.lowerBound)
    rows.bind(2, range.upperBound)
    while try rows.step() {
      // Numbers are given without gaps.
      guard let name = rows.text(1), rows.int(0) == range.lowerBound + known.names.count else {
        throw DatabaseError(.unusable, "index: names with gaps")
      }
      known.ids[ExactText(name)] = known.names.count
      known.names.append(name)
      known.uses.append(rows.int(2))
    }
    statement = try database.prepare(write, isKept: true)
    start = range.lowerBound
    (ids, names, uses) = known
  }

  /// The number of `name`, which has been used.
  func id(of name: String) -> Int { start + (ids[ExactText(name)] ?? 0) }

  /// The number of `name`, which is given one if it has none.
  ///
  /// - Parameter counts: whether this is one of the uses that are counted.
  mutating func use(_ name: String, counts: Bool = true) -> Int {
    let id: Int
    let exact = ExactText(name)
    if let known = ids[exact] {
      id = known
    } else {
      id = names.count
      ids[exact] = id
      names.append(name)
      uses.append(0)
    }
    if counts { uses[id] += 1 }
    changed.insert(id)
    return start + id
  }

  mutating func write() throws(DatabaseError) {
    for id in changed.sorted() {
      statement.bind(1, start + id)
      statement.bind(2, names[id])
      statement.bind(3, uses[id])
      try statement.run()
    }
    changed = []
  }
}

/// The settings that any record changes, with the time of the last change.
struct IndexedSettings: ~Copyable {
  /// What makes two changes those of one setting.
  struct Name: Sendable, Hashable {
    let path: Int
    let resource: ExactText?
    let key: ExactText
    let field: ExactText?
  }

  private let statement: Statement
  /// The number of the first setting.
  private let start: Int
  private struct Entry {
    let name: Name
    var uses: Int
    var last: Int64
  }

  private var ids: [Name: Int]
  private var entries: [Entry]
  private var changed: Set<Int> = []

  /// - Parameter range: the numbers that the log's settings may have.
  init(_ database: borrowing Database, of range: Range<Int>) throws(DatabaseError) {
    var known: (ids: [Name: Int], entries: [Entry]) = ([:], [])
    let rows = try database.prepare(
      """
      SELECT id, path, resource, key, field, uses, last FROM setting
      WHERE id >= ? AND id < ? ORDER BY id
      """)
    rows.bind(1, range.lowerBound)
    rows.bind(2, range.upperBound)
    while try rows.step() {
      guard let key = rows.text(3), rows.int(0) == range.lowerBound + known.entries.count else {
        throw DatabaseError(.unusable, "index: settings with gaps")
      }
      let name = Name(
        path: rows.int(1), resource: rows.text(2).map(ExactText.init), key: ExactText(key),
        field: rows.text(4).map(ExactText.init))
      known.ids[name] = known.entries.count
      known.entries.append(Entry(name: name, uses: rows.int(5), last: rows.integer(6)))
    }
    statement = try database.prepare(
      "INSERT OR REPLACE INTO setting VALUES (?,?,?,?,?,?,?)", isKept: true)
    start = range.lowerBound
    (ids, entries) = known
  }

  mutating func use(_ name: Name, at time: Int64) -> Int {
    let id: Int
    if let known = ids[name] {
      id = known
    } else {
      id = entries.count
      ids[name] = id
      entries.append(Entry(name: name, uses: 0, last: .min))
    }
    entries[id].uses += 1
    entries[id].last = max(entries[id].last, time)
    changed.insert(id)
    return start + id
  }

  mutating func write() throws(DatabaseError) {
    for id in changed.sorted() {
      let entry = entries[id]
      statement.bind(1, start + id)
      statement.bind(2, entry.name.path)
      statement.bind(3, entry.name.resource?.text)
      statement.bind(4, entry.name.key.text)
      statement.bind(5, entry.name.field?.text)
      statement.bind(6, entry.uses)
      statement.bind(7, entry.last)
      try statement.run()
    }
    changed = []
  }
}

/// A text that is equal to another only if all bytes are: to Swift, composed and decomposed letters
/// are the same.
struct ExactText: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (one: Self, two: Self) -> Bool {
    one.text == two.text && one.text.utf8.elementsEqual(two.text.utf8)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
