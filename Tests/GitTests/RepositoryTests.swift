import FoundationEssentials
import Testing

@testable import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Repository", .timeLimit(.minutes(15)))
struct RepositoryTests {
  @Test func findsItsDirectoriesFromBelow() throws {
    let space = try Workspace()
    try space.commit(["a/b/c.txt": "x"])
    let repository = try Repository(at: space.path + "/a/b")
    let directories = (
      repository.workTree, repository.gitDirectory, repository.commonDirectory
    )
    #expect(directories.0?.hasSuffix(space.path + "/") == true)
    #expect(directories.1.hasSuffix(space.path + "/.git/"))
    #expect(directories.2 == directories.1)
    let (isBare, isShallow) = (repository.isBare, repository.isShallow)
    #expect(!isBare)
    #expect(!isShallow)
  }

  @Test func linkedWorktreeSharesTheCommonDirectory() throws {
    let space = try Workspace()
    try space.commit(["a": "x"])
    try space.git("worktree", "add", "-q", "side")
    let repository = try Repository(at: space.path + "/side")
    let directories = (repository.gitDirectory, repository.commonDirectory)
    #expect(directories.0.hasSuffix("/.git/worktrees/side/"))
    #expect(directories.1.hasSuffix(space.path + "/.git/"))
  }

  @Test func reportsWhereHeadPoints() throws {
    let space = try Workspace()
    let repository = try Repository(at: space.path)
    #expect(try repository.head() == .unborn("main"))
    let id = try #require(ObjectID(hex: space.commit(["a": "x"])))
    #expect(try repository.head() == .branch("main", id))
    try space.git("checkout", "-q", "--detach")
    #expect(try repository.head() == .detached(id))
    #expect(try repository.head().commit == id)
  }

  @Test func readsTheConfiguredUser() throws {
    let space = try Workspace()
    try space.git("config", "user.name", "An Author")
    try space.git("config", "user.email", "author@example.org")
    let user = try Repository(at: space.path).configuredUser()
    #expect(user?.name == "An Author")
    #expect(user?.email == "author@example.org")
    #expect(try Repository(at: space.path).configuration("headgate.absent") == nil)
  }

  @Test func directoryWithoutRepositoryIsNamed() throws {
    #expect(failure { _ = try Repository(at: "/proc/self") }?.code == .notARepository)
    #expect(failure { _ = try Repository(at: "/nonexistent/at/all") }?.code == .notARepository)
  }

  @Test func repositoryWithLongIdsIsUnsupported() throws {
    let space = try Workspace("--object-format=sha256")
    let error = failure { _ = try Repository(at: space.path) }
    #expect(error?.code == .unsupportedFormat)
    #expect(error?.description.contains("SHA-256") == true)
    #expect(error?.remedy != nil)
  }

  @Test func worktreeConfigurationIsAccepted() throws {
    let space = try Workspace()
    try space.git("config", "core.repositoryFormatVersion", "1")
    try space.git("config", "extensions.worktreeConfig", "true")
    _ = try Repository(at: space.path)
  }

  @Test(.enabled(if: geteuid() == 0, "needs to be root to give a directory away"))
  func repositoryOfAnotherUserIsRefused() throws {
    let space = try Workspace()
    chown(space.path, 12_345, 12_345)
    chown(space.path + "/.git", 12_345, 12_345)
    let error = failure { _ = try Repository(at: space.path) }
    #expect(error?.code == .foreignOwner)
    #expect(error?.remedy?.contains("safe.directory") == true)
  }

  @Test func bareRepositoryHasNoIndex() throws {
    let space = try Workspace("--bare")
    let repository = try Repository(at: space.path)
    let (isBare, workTree) = (repository.isBare, repository.workTree)
    #expect(isBare)
    #expect(workTree == nil)
    #expect(failure { _ = try repository.index() }?.code == .bareRepository)
  }

  @Test func partialCloneIsRecognised() throws {
    let space = try Workspace()
    try space.commit(["a": "x"])
    #expect(try !Repository(at: space.path).isPartialClone())
    try space.git("config", "uploadpack.allowFilter", "true")
    try space.git(
      "clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + space.path, "partial")
    #expect(try Repository(at: space.path + "/partial").isPartialClone())
  }
}

/// The git error that `body` throws.
func failure(_ body: () throws -> Void) -> GitError? {
  do {
    try body()
    return nil
  } catch { return error as? GitError }
}
