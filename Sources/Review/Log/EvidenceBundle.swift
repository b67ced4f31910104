package import Audit
import Git
import Syntax

/// What an outside auditor needs to check a sample of changes with git and a shell alone.
package struct EvidenceBundle: Sendable {
  package struct File: Sendable {
    /// Below the bundle's folder.
    package let path: String
    package let bytes: [UInt8]
    package let isProgram: Bool
  }

  package let files: [File]
  /// Records in the sample.
  package let records: Int
}

extension LogQuery {
  /// The evidence for some changes: records, signatures, files before and after, what was decided
  /// about them, and the whole log as a git bundle that they can be found in.
  ///
  /// - Parameters:
  ///   - names: ids or numbers of records; where empty, those that `filter` admits.
  ///   - environment: the variables for the git program, each as `NAME=value`.
  ///   - folder: where git writes the log's bundle.
  package func evidence(
    of names: [String], matching filter: RecordFilter, limit: Int, at now: Timestamp,
    environment: [String], into target: String
  ) throws(Failure) -> EvidenceBundle {
    var sample: [LogEntry] = []
    for name in names { sample.append(try record(name)) }
    if names.isEmpty { sample = try entries(matching: filter, limit: limit) }
    guard !sample.isEmpty else {
      throw Failure("no record is in the sample", help: "`headgate log` lists them")
    }
    let decisions = try decisions(about: sample)
    let table = try table(of: sample, at: now)
    var files = [
      EvidenceBundle.File(path: "README.txt", bytes: Array(Self.readme.utf8), isProgram: false),
      .init(path: "verify.sh", bytes: Array(Self.script.utf8), isProgram: true),
      .init(path: "sample.csv", bytes: Array(table.csv.utf8), isProgram: false),
      .init(
        path: "sample.json", bytes: Array((table.json.text(.pretty) + "\n").utf8),
        isProgram: false),
    ]
    var list = ""
    for entry in sample + decisions {
      list += "\(entry.sequence) \(entry.commit) \(entry.id.hex)\n"
      files += try contents(of: entry)
    }
    files.append(.init(path: "sample.list", bytes: Array(list.utf8), isProgram: false))
    try bundleLog(environment, into: target)
    return EvidenceBundle(files: files, records: sample.count)
  }

  /// The approvals and rejections of these changes, oldest first.
  private func decisions(about sample: [LogEntry]) throws(Failure) -> [LogEntry] {
    let ids = Set(sample.map(\.id))
    let known = Set(sample.map(\.sequence))
    let all = try entries(
      matching: RecordFilter(kinds: ["approval", "rejection"]), limit: .max)
    return all.reversed().filter { entry in
      guard case .decision(let decision) = entry.record.body.details else { return false }
      return ids.contains(decision.of) && !known.contains(entry.sequence)
    }
  }

  /// The record, its signature, and its files before and after.
  private func contents(of entry: LogEntry) throws(Failure) -> [EvidenceBundle.File] {
    let folder = "records/\(entry.sequence)"
    var files = [
      EvidenceBundle.File(
        path: "\(folder)/record.json", bytes: entry.record.bytes, isProgram: false)
    ]
    if let signature = entry.signature {
      files.append(.init(path: "\(folder)/record.sig", bytes: signature, isProgram: false))
    }
    let repository = try RepositoryAccess.open(self.folder)
    for (index, change) in entry.record.body.files.enumerated() where change.keepsContent {
      for (version, name) in [(change.old, "old"), (change.new, "new")] {
        guard let id = version?.git, repository.contains(id) else { continue }
        let bytes = try RepositoryAccess.orFailure { () throws(GitError) in
          try repository.blob(id)
        }
        files.append(.init(path: "\(folder)/\(index).\(name)", bytes: bytes, isProgram: false))
      }
    }
    return files
  }

  private func bundleLog(_ environment: [String], into target: String) throws(Failure) {
    let repository = try RepositoryAccess.open(folder)
    let result = try RepositoryAccess.orFailure { () throws(GitError) in
      try GitExecutable(environment: environment).run(
        ["bundle", "create", "--quiet", target + "/audit-log.bundle", AuditLog.reference],
        in: repository.gitDirectory)
    }
    guard result.status == 0 else {
      throw Failure("git bundle: \(result.errorText)", help: "is \(target) writable?")
    }
  }

  private static let readme = """
    Evidence for a sample of configuration changes

    sample.csv, sample.json  the sample: who changed what, when and why, what the check said, who agreed
    records/N/record.json    record N as it stands in the log; record.sig is its SSH signature
    records/N/I.old, I.new   the files before and after, in the order of the record's list of files
    audit-log.bundle         the whole log, a chain of git commits, as `git bundle` writes it
    verify.sh                checks all of this with git and sha256sum alone

    Run `sh verify.sh`. It unpacks the log into a temporary folder, lets git check every object, and
    compares each record of the sample with the one in the log, its SHA-256 with the one that the
    chain states, and its files with the blobs that the log keeps. Compare the root that it prints
    with one that was noted elsewhere earlier: it commits to every record before it.

    """

  private static let script = #"""
    #!/bin/sh
    # Checks the evidence beside this script with git and sha256sum alone.
    set -eu
    cd "$(dirname "$0")"
    here=$PWD
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    log() { git --git-dir="$work/log" "$@"; }
    git init -q --bare "$work/log"
    log fetch -q "$here/audit-log.bundle" refs/audit/log:refs/audit/log
    log fsck --strict --no-dangling refs/audit/log
    bad=0
    fail() { echo "WRONG: $1"; bad=1; }
    while read -r seq commit digest; do
      log merge-base --is-ancestor "$commit" refs/audit/log || fail "record $seq is not in the log"
      stated=$(log log -1 --format=%B "$commit" | sed -n 's/^Audit-Record: sha256://p')
      number=$(log log -1 --format=%B "$commit" | sed -n 's/^Audit-Seq: //p')
      kept=$(log cat-file blob "$commit:record.json" | sha256sum | cut -d' ' -f1)
      given=$(sha256sum <"records/$seq/record.json" | cut -d' ' -f1)
      [ "$number" = "$seq" ] || fail "record $seq stands as number $number"
      for found in "$stated" "$kept" "$given"; do
        [ "$found" = "$digest" ] || fail "record $seq has the hash $found"
      done
      for file in "records/$seq"/*.old "records/$seq"/*.new; do
        [ -f "$file" ] || continue
        kept=$(log rev-parse -q --verify "$commit:files/${file##*/}" || true)
        [ "$kept" = "$(git hash-object --no-filters "$file")" ] || fail "$file"
      done
      echo "record $seq: as in the log"
    done <sample.list
    echo "root of the log: $(log log -1 --format=%B refs/audit/log | sed -n 's/^Audit-Root: //p')"
    exit $bad

    """#
}
