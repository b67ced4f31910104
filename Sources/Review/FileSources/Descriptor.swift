import Catalog

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why one step down a path failed.
enum StepError: Error {
  /// A symbolic link stands where a file or folder was expected.
  case symbolicLink
  case refused(FileRefusal)
}

/// What a name in a folder stands for, links not followed.
enum EntryKind: Sendable {
  case file, folder, symbolicLink, other
}

/// An open file or folder; the only code that calls the system about files.
///
/// Every name is looked up in an open folder and never through a path, so that nobody can put a
/// link in between after it was looked at.
struct Descriptor: ~Copyable {
  private let number: Int32

  private init(_ number: Int32) { self.number = number }

  deinit { _ = close(number) }

  /// Opens the folder at `path`, following links: where to start is the caller's word.
  static func folder(at path: String) throws(StepError) -> Descriptor {
    let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .refused(refusal(errno)) }
    return Descriptor(number)
  }

  /// Opens the folder `name` in this one.
  func folder(_ name: String) throws(StepError) -> Descriptor {
    let number = openat(self.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number < 0 else { return Descriptor(number) }
    let cause = errno
    // Systems disagree on the error for a link here, so the name is asked.
    if cause == ELOOP || cause == ENOTDIR, case .symbolicLink = kind(of: name) {
      throw .symbolicLink
    }
    throw .refused(cause == ENOTDIR ? .notFound : Self.refusal(cause))
  }

  /// Reads the regular file `name` in this folder, `limit` bytes at most.
  ///
  /// The kind is looked at before opening, since opening a device can do something, and again
  /// after, since the name may have come to stand for something else.
  func contents(of name: String, limit: Int) throws(StepError) -> [UInt8] {
    switch kind(of: name) {
    case .file: break
    case .folder: throw .refused(.isDirectory)
    case .symbolicLink: throw .symbolicLink
    case .other: throw .refused(.notRegular)
    case nil: throw .refused(Self.refusal(errno))
    }
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let number = openat(self.number, name, flags)
    guard number >= 0 else {
      throw errno == ELOOP ? .symbolicLink : .refused(Self.refusal(errno))
    }
    return try Descriptor(number).contents(limit: limit)
  }

  /// What `name` stands for in this folder; `nil`, with `errno`, when that cannot be told.
  func kind(of name: String) -> EntryKind? {
    var status = stat()
    guard fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    return Self.kind(status)
  }

  /// The names in this folder and what they stand for, unsorted.
  ///
  /// Names that are not UTF-8 are left out: no path of ours could name them.
  func entries() throws(StepError) -> [(name: String, kind: EntryKind)] {
    // The stream owns and closes the descriptor it is given.
    let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw .refused(Self.refusal(errno)) }
    guard let stream = fdopendir(copy) else {
      let cause = errno
      _ = close(copy)
      throw .refused(Self.refusal(cause))
    }
    defer { closedir(stream) }
    var entries: [(name: String, kind: EntryKind)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(validatingCString: $0) }
      }
      guard let name, name != ".", name != ".." else { continue }
      // A name that vanished since is no entry any more.
      guard let kind = Self.kind(entry.pointee.d_type) ?? self.kind(of: name) else { continue }
      entries.append((name, kind))
    }
    return entries
  }

  private consuming func contents(limit: Int) throws(StepError) -> [UInt8] {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .refused(Self.refusal(errno)) }
    guard case .file = Self.kind(status) else { throw .refused(.notRegular) }
    guard status.st_size <= limit else { throw .refused(.tooLarge(limit: limit)) }
    // One byte more than the file has, to see its end without another call.
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
    var count = 0
    while true {
      let got = bytes.withUnsafeMutableBytes { buffer in
        read(number, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      }
      if got < 0 {
        guard errno == EINTR else { throw .refused(Self.refusal(errno)) }
        continue
      }
      if got == 0 { break }
      count += got
      guard count <= limit else { throw .refused(.tooLarge(limit: limit)) }
      // It grew while it was read.
      if count == bytes.count { bytes += [UInt8](repeating: 0, count: count) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}

// MARK: - The system's words in ours

extension Descriptor {
  /// The path without links, `.` and `..`; `nil` when it does not exist.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  private static func kind(_ status: stat) -> EntryKind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .symbolicLink
    default: .other
    }
  }

  /// - Returns: `nil` where the file system does not say it with the name.
  private static func kind(_ type: UInt8) -> EntryKind? {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .symbolicLink
    case Int(DT_UNKNOWN): nil
    default: .other
    }
  }

  private static func refusal(_ cause: Int32) -> FileRefusal {
    switch cause {
    case ENOENT, ENOTDIR: .notFound
    case EACCES, EPERM: .unreadable("permission denied")
    case ENXIO, ENODEV: .notRegular
    case ENAMETOOLONG: .unreadable("the name is too long")
    case EMFILE, ENFILE: .unreadable("too many files are open")
    case EIO: .unreadable("the disk reports an error")
    default: .unreadable("system error \(cause)")
    }
  }
}
