import Audit
import Git

/// The files and settings of a change, as far as they fit into one record.
struct RecordedContent {
  /// Those with a vendor-neutral name first served, in the order of the change.
  let settings: [SettingChange]
  /// How many settings did not fit; the files themselves are in the log whole.
  let omitted: Int
  private let given: [GovernedChange.File]

  /// Bytes that the settings of one record may take, which leaves room for everything else below
  /// 64 KiB.
  private static let limit = 40_000

  init(_ files: [GovernedChange.File], _ differences: [SettingDifference]) {
    given = files
    let indices = Dictionary(
      files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let all = differences.map { difference in
      SettingChange(
        file: indices[difference.decidingFile] ?? indices[difference.path] ?? 0,
        key: difference.key, field: difference.field, resource: difference.resource,
        old: difference.oldValue, new: difference.newValue, oldLine: difference.old?.line,
        newLine: difference.new?.line)
    }
    var room = Self.limit
    var kept: Set<Int> = []
    let ranked = all.indices.sorted {
      (all[$0].field == nil ? 1 : 0, $0) < (all[$1].field == nil ? 1 : 0, $1)
    }
    for index in ranked {
      room -= all[index].size
      if room < 0 { break }
      kept.insert(index)
    }
    settings = all.indices.filter(kept.contains).map { all[$0] }
    omitted = all.count - kept.count
  }

  /// The files with the ids and hashes of their versions.
  ///
  /// - Parameter keepsContent: whether the log keeps the files themselves, or their hashes only.
  func files(keepsContent: Bool) throws(AuditError) -> [FileChange] {
    var files: [FileChange] = []
    for file in given {
      files.append(
        FileChange(
          path: file.path, oldPath: file.oldPath, format: file.format.isEmpty ? nil : file.format,
          old: try Self.version(file.old), new: try Self.version(file.new),
          keepsContent: keepsContent))
    }
    return files
  }

  private static func version(_ bytes: [UInt8]?) throws(AuditError) -> FileVersion? {
    guard let bytes else { return nil }
    return try FileVersion(content: bytes)
  }

  /// What the record says of settings that are not in it.
  var remark: [CanonicalJSON.Member] {
    omitted == 0 ? [] : [.init("settingsOmitted", .integer(Int64(omitted)))]
  }
}

extension SettingChange {
  /// An upper bound of the bytes in the record; a character may be escaped to six.
  fileprivate var size: Int {
    let texts = [key, field ?? "", resource ?? "", old ?? "", new ?? ""]
    return 120 + texts.reduce(0) { $0 + $1.utf8.count * 2 }
  }
}

extension Repository {
  /// Whether the log keeps configuration files themselves: `audit.content` is `blob`, or `hash`
  /// where files hold secrets.
  ///
  /// - Throws: `Failure` for any other word: a secret must not be kept because of a slip.
  borrowing func keepsContent() throws(Failure) -> Bool {
    let value: String?
    do throws(GitError) { value = try configuration("audit.content") } catch {
      throw Failure(error)
    }
    switch value {
    case nil, "blob": return true
    case "hash": return false
    case .some(let other):
      throw Failure("audit.content is \(other)", help: "git config audit.content blob, or hash")
    }
  }
}
