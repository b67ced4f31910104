import Audit
import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The waivers of a log in a file of their own, under the name of the log's tip.
///
/// Derived, and safe to delete at any time; it lies in the git directory, where no commit can put
/// it, and is used only when it belongs to whoever runs the program and nobody else may write it.
struct WaiverCache {
  struct Content {
    let tip: String
    let entries: [LoggedWaivers.Entry]
  }

  private static let version: Int64 = 2
  /// Waivers are written by people: more bytes than this are no list of theirs.
  private static let sizeLimit = 4 << 20

  private let folder: String
  private var path: String { folder + "/waivers.json" }

  /// - Parameter directory: the git directory that all worktrees share.
  init(directory: String) { folder = directory + "/headgate" }

  /// What is stored; `nil` when there is nothing that can be believed.
  func read() -> Content? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o022 == 0,
      Int(status.st_size) <= Self.sizeLimit,
      let bytes = WholeRead.read(descriptor, limit: Self.sizeLimit)
    else { return nil }
    let document = JSONDocument(SourceText(path: path, bytes: bytes))
    guard document.errors.isEmpty, let root = document.root?.json,
      root["version"]?.intValue == Self.version, let tip = root["tip"]?.stringValue,
      let list = root["waivers"]?.arrayValue
    else { return nil }
    var entries: [LoggedWaivers.Entry] = []
    for value in list {
      guard let entry = Self.entry(value) else { return nil }
      entries.append(entry)
    }
    return Content(tip: tip, entries: entries)
  }

  /// Stores what was read; where that fails the log is read again next time.
  func write(_ content: Content) {
    let json: JSON = [
      "version": .int(Self.version), "tip": .string(content.tip),
      "waivers": .array(content.entries.map(Self.json)),
    ]
    let bytes = json.bytes()
    guard bytes.count <= Self.sizeLimit else { return }
    mkdir(folder, 0o777)
    let temporary = "\(path).\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    let isWritten = WholeWrite.write(bytes, to: descriptor)
    close(descriptor)
    if !isWritten || rename(temporary, path) != 0 { unlink(temporary) }
  }

  private static func json(_ entry: LoggedWaivers.Entry) -> JSON {
    .object(present: [
      ("id", .string(entry.id)), ("rule", .string(entry.waiver.rule)),
      ("path", .string(entry.waiver.path)),
      ("resource", entry.waiver.resource.map { .string($0) }),
      ("fingerprint", entry.waiver.fingerprint.map { .string($0) }),
      ("owner", .string(entry.waiver.owner)),
      ("granted", .int(entry.waiver.granted.milliseconds)),
      ("expires", .int(entry.waiver.expires.milliseconds)), ("reason", .string(entry.reason)),
      ("ticket", entry.ticket.map { .string($0) }), ("actor", .string(entry.actor)),
      ("signed", .bool(entry.isSigned)), ("refusal", entry.refusal.map { .string($0) }),
    ])
  }

  private static func entry(_ value: JSON) -> LoggedWaivers.Entry? {
    guard let id = value["id"]?.stringValue, let rule = value["rule"]?.stringValue,
      let path = value["path"]?.stringValue, let owner = value["owner"]?.stringValue,
      let granted = value["granted"]?.intValue, let expires = value["expires"]?.intValue,
      let reason = value["reason"]?.stringValue, let actor = value["actor"]?.stringValue
    else { return nil }
    return LoggedWaivers.Entry(
      id: id,
      waiver: RecordDetails.Waiver(
        rule: rule, path: path, resource: value["resource"]?.stringValue,
        fingerprint: value["fingerprint"]?.stringValue, owner: owner,
        granted: Timestamp(milliseconds: granted), expires: Timestamp(milliseconds: expires)),
      reason: reason, ticket: value["ticket"]?.stringValue, actor: actor,
      isSigned: value["signed"]?.boolValue == true, refusal: value["refusal"]?.stringValue)
  }
}
