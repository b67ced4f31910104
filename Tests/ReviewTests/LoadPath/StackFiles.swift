import Capacity
import Catalog
import Findings
import FoundationEssentials
import Model
import Policy
import Review
import Syntax

/// The system of the outage, before and after, as its files say it.
enum StackFiles {
  static let directory =
    ProcessInfo.processInfo.environment["HEADGATE_SHARED"] ?? "\(PathRuleTests.root)/../shared"

  static var isHere: Bool { FileManager.default.fileExists(atPath: "\(directory)/corpora/stack") }

  static func sources(_ name: String) throws -> [SourceText] {
    let folder = "\(directory)/corpora/stack/\(name)"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { file in
      SourceText(
        path: file, text: try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8))
    }
  }

  /// The files of a system with what the stack's own arithmetic assumes declared.
  static func review(
    _ name: String, traffic: Traffic? = nil, changes: [WhatIf] = []
  ) throws -> (LoadPathReview, Collection) {
    let sources = try sources(name)
    let project = try Project(
      configuration: SourceText(path: ".headgate.yaml", text: "load_path: {margin: 10}\n"),
      files: MemoryFiles(sources))
    let collection = project.collector.collect([
      Workspace(files: MemoryFiles(sources), paths: sources.map(\.path))
    ])
    let review = LoadPathReview(
      collection, declaration: project.configuration.loadPath, changes: changes,
      traffic: traffic)
    return (review, collection)
  }

  /// What `check` says of a system, without any declaration.
  static func findings(_ name: String) throws -> [Finding] {
    let sources = try sources(name)
    let files = MemoryFiles(sources)
    let project = try Project(configuration: nil, files: files)
    return project.checker.check([Workspace(files: files, paths: sources.map(\.path))]).report
      .findings
  }
}
