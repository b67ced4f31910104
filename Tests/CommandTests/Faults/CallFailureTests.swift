import FoundationEssentials
import Testing

/// Every call to a file or to libgit2 may fail: the cause is told, and the log is as it was.
@Suite(
  "Failing calls", .timeLimit(.minutes(60)),
  .enabled(if: Interposer.isPossible, "\(Interposer.absence)"))
struct CallFailureTests {
  private static let causes = [
    "ENOSPC": "No space left on device", "EIO": "Input/output error",
    "EACCES": "Permission denied", "EDQUOT": "Disk quota exceeded",
    "EROFS": "Read-only file system", "EMFILE": "Too many open files",
  ]

  @Test(
    "a call that changes a file fails: exit 2 with the cause, or the work is done all the same",
    arguments: FaultScene.Command.allCases)
  func changing(command: FaultScene.Command) throws {
    try disturb(command, calls: "change", kinds: ["ENOSPC", "EIO", "EACCES", "EDQUOT"], some: 2)
  }

  @Test(
    "a call of libgit2 fails: exit 2 with the cause, or the work is done all the same",
    arguments: FaultScene.Command.allCases)
  func library(command: FaultScene.Command) throws {
    try disturb(command, calls: "git", kinds: ["EIO"], some: 2)
  }

  @Test(
    "a call that reads fails: the log is not called damaged, and nothing is begun anew",
    arguments: FaultScene.Command.allCases)
  func reading(command: FaultScene.Command) throws {
    try disturb(command, calls: "look", kinds: ["EIO", "EACCES", "EMFILE"], some: 2)
  }

  @Test("a call that git makes for a synchronisation fails")
  func gitItself() throws {
    try disturb(.sync, calls: "change", kinds: ["ENOSPC", "EIO"], some: 2, program: "git")
  }

  @Test(
    "short writes and interrupted calls are gone on with", arguments: ["short", "EINTR"])
  func short(kind: String) throws {
    try disturb(.record, calls: "change", kinds: [kind], some: 2)
  }

  @Test("every function of libgit2 that we call and that can fail is made to fail")
  func complete() throws {
    // Getters, and `git_odb_exists`, `git_libgit2_opts`: they report no failure.
    let unfailing: Set<String> = [
      "git_oid", "git_error_clear", "git_error_last", "git_error_code", "git_strarray",
      "git_strarray_dispose", "git_libgit2_opts", "git_diff_options", "git_diff_find_options",
      "git_merge_options", "git_odb_exists", "git_odb_refresh", "git_odb_object_type",
      "git_odb_object_size", "git_odb_object_data", "git_object_id", "git_reflog_entrycount",
      "git_reflog_entry_byindex", "git_reflog_entry_id_new", "git_reference_symbolic_target",
      "git_repository_path", "git_repository_commondir", "git_repository_workdir",
      "git_repository_is_bare", "git_repository_is_shallow", "git_index_entrycount",
      "git_index_get_byindex", "git_index_get_bypath", "git_index_entry_stage",
      "git_diff_num_deltas", "git_diff_get_delta", "git_reference_target",
    ]
    let interposer = TextFile.read(Checkout.path + "/Tests/CommandTests/Faults/interposer.c")
    var called: Set<String> = []
    for name in TextFile.names(below: Checkout.path + "/Sources")
    where name.hasPrefix("Git/") || name.hasPrefix("CLibgit2/") {
      for match in TextFile.read("\(Checkout.path)/Sources/\(name)").matches(
        of: /\bgit_[a-z0-9_]+\(/)
      {
        called.insert(String(match.output.dropLast()))
      }
    }
    #expect(called.count > 50)
    for name in called where !name.hasSuffix("_free") && !unfailing.contains(name) {
      #expect(interposer.contains("GIT(\(name))"), "\(name)")
    }
  }

  /// Makes each call in turn fail in each of the ways.
  private func disturb(
    _ command: FaultScene.Command, calls: String, kinds: [String], some: Int,
    program: String = "headgate"
  ) throws {
    let scene = try FaultScene(command)
    var generator = SeededGenerator(state: Soak.seed)
    let trial = try scene.prepare()
    let counted = try scene.folder.headgate(trial, Fault(calls: calls, program: program))
    #expect(counted.status == 0, "\(counted.text)")
    #expect(counted.calls > 0)
    try scene.settle(trial, after: counted.run, "without a fault")
    var refused = 0
    var done = 0
    for place in places(counted.calls, some: some, using: &generator) {
      for kind in Soak.isOn && calls == "change" ? kinds : [kinds[place % kinds.count]] {
        let words = try scene.prepare()
        let run = try scene.folder.headgate(
          words, Fault(calls: calls, at: place, kind: kind, program: program))
        let comment = "\(command) \(calls) call \(place) \(kind)"
        #expect(run.status == 0 || run.status == 2, "\(comment): \(run.status) \(run.text)")
        if run.status == 0 { done += 1 } else { refused += 1 }
        if run.status == 2 {
          #expect(run.run.errors.contains("error: "), "\(comment): \(run.text)")
          // Of a call that reads libgit2 does not always say why it failed.
          if calls != "look", let cause = Self.causes[kind] {
            #expect(run.run.errors.contains(cause), "\(comment): \(run.text)")
          }
        }
        try scene.settle(words, after: run.run, comment)
      }
    }
    try scene.finish()
    Soak.tell(
      "\(command), \(calls) calls of \(program): \(counted.calls) calls, \(refused) refused, "
        + "\(done) done all the same, seed \(Soak.seed)")
  }
}

/// Sources, as text.
private enum TextFile {
  static func read(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  static func names(below path: String) -> [String] {
    // An unreadable folder has no names, which the count tells.
    (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
  }
}
