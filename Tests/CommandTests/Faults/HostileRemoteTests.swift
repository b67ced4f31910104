import Testing

/// Remotes that somebody prepared: nothing of theirs is run or taken over.
@Suite("Hostile remotes", .timeLimit(.minutes(30)))
struct HostileRemoteTests {
  private func shared() throws -> (folder: TemporaryFolder, remote: TemporaryFolder) {
    let remote = try TemporaryFolder()
    try remote.git("init", "-q", "--bare", "-b", "main", ".")
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("remote", "add", "origin", remote.path)
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    return (folder, remote)
  }

  @Test("S12 a remote whose address would start a program is not followed")
  func addresses() throws {
    let (folder, remote) = try shared()
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    for address in [
      "ext::sh -c touch% \(remote.path)/was-run", "--upload-pack=touch \(remote.path)/was-run",
      "ssh://-oProxyCommand=touch%20\(remote.path)/was-run/x",
    ] {
      try folder.git("config", "remote.origin.url", address)
      let run = try folder.headgate("audit", "sync")
      #expect(run.status == 2, "\(address): \(run.text)")
      #expect(!remote.exists("was-run"), "\(address)")
    }
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test("a remote that was made anew is told, whether it is empty or has another log")
  func madeAnew() throws {
    let (folder, remote) = try shared()
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    #expect(try folder.headgate("audit", "sync").status == 0)
    try Program.shell("rm -rf ./* && git init -q --bare -b main .", in: remote.path)
    let empty = try folder.headgate("audit", "sync")
    #expect(empty.status == 4, "\(empty.text)")
    #expect(empty.text.contains("E_LOG_DELETED"))
    let (other, _) = try shared()
    #expect(try other.headgate("record", "--reason", "another log").status == 0)
    try other.git("push", "-q", remote.path, "refs/audit/log")
    let replaced = try folder.headgate("audit", "sync")
    #expect(replaced.status == 4, "\(replaced.text)")
    #expect(try folder.headgate("audit", "verify", "--full").status == 0)
    #expect(try folder.git("rev-list", "--count", "refs/audit/log") == "2\n")
  }
}
