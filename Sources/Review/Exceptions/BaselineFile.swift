package import Catalog
import Findings
package import Policy
import Syntax

/// Where a repository keeps its baseline.
package struct BaselineFile: Sendable {
  /// The file, from the root or as it was typed.
  package let path: String
  /// What it holds; `nil` where it does not exist yet.
  package let baseline: Baseline?

  /// The baseline of one version of the files.
  ///
  /// - Throws: `Failure` when the file named in `.headgate.yaml` is not there, or is no baseline.
  package init(in files: any FileSource, _ configuration: Configuration) throws(Failure) {
    path = configuration.baseline ?? Baseline.fileName
    guard let source = try Self.source(path, in: files) else {
      baseline = nil
      return
    }
    baseline = try Self.read(source)
  }

  private static func source(
    _ path: String, in files: any FileSource
  ) throws(Failure) -> SourceText? {
    do throws(FileRefusal) { return try files.read(path) } catch .notFound { return nil } catch {
      throw Failure("\(path) \(error.reason)")
    }
  }

  /// The file at `path`, wherever somebody named it.
  package init(named path: String, mustExist: Bool) throws(Failure) {
    self.path = path
    do throws(Failure) {
      baseline = try Self.read(try WorkTree.readFile(path))
    } catch {
      guard !mustExist, error.message.hasSuffix(FileRefusal.notFound.reason) else { throw error }
      baseline = nil
    }
  }

  private static func read(_ source: SourceText) throws(Failure) -> Baseline {
    do throws(BaselineError) { return try Baseline(reading: source) } catch {
      throw Failure(error.message, help: "restore it from git, or remove it and adopt again")
    }
  }
}

extension BaselineFile {
  /// What became of a baseline.
  package struct Update: Sendable {
    /// What is to be written; `nil` where nothing changes.
    package let bytes: [UInt8]?
    /// One sentence for people.
    package let summary: String
  }

  /// The baseline after a check of the whole repository: as it is found where there was none,
  /// afterwards only smaller.
  ///
  /// - Parameter mayAdopt: whether a new file may be begun.
  package func updated(
    by verdict: Verdict, mayAdopt: Bool, rootPath: (String) -> String = { $0 }
  ) throws(Failure) -> Update {
    guard let baseline else {
      guard mayAdopt else {
        throw Failure(
          "\(path) is not there", help: "`headgate check --update-baseline` begins one")
      }
      let adopted = Baseline(adopting: verdict.report.findings, rootPath: rootPath)
      let count = adopted.entries.count
      return Update(
        bytes: adopted.bytes,
        summary: "\(path): adopted \(count) \(count == 1 ? "finding" : "findings")")
    }
    let gone = Set(verdict.unneeded)
    guard !gone.isEmpty else {
      return Update(bytes: nil, summary: "\(path): every entry is still needed")
    }
    let kept = baseline.keeping { !gone.contains($0) }
    let entries = gone.count == 1 ? "1 entry" : "\(gone.count) entries"
    return Update(
      bytes: kept.bytes, summary: "\(path): removed \(entries), \(kept.entries.count) left")
  }
}
