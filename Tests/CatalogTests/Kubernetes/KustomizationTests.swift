import Catalog
import Model
import Syntax
import Testing

@Suite("What kustomize does and is not applied")
struct KustomizationTests {
  private func read(_ path: String, _ files: [String: String]) throws -> Reading {
    let source = SourceText(path: path, text: try #require(files[path]))
    let technology = try #require(
      Catalog.recognise(FileCandidate(path: path, head: source.bytes)))
    #expect(technology.name == "kubernetes")
    return technology.read(source, ReadingContext(files: TreeFiles(files)))
  }

  private static let patch = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: auth}
    spec: {replicas: 9}

    """

  @Test("patches are said at their line, and their files are no deployments")
  func patches() throws {
    let files = [
      "over/kustomization.yaml": "resources: [../base]\npatches:\n  - path: more.yaml\n"
        + "patchesStrategicMerge: [memory.yaml]\n",
      "over/more.yaml": Self.patch, "over/memory.yaml": Self.patch,
    ]
    let reading = try read("over/kustomization.yaml", files)
    #expect(reading.problems.map(\.kind) == [.unknown, .unknown])
    #expect(
      reading.problems.first?.message == "kustomize: patches are not applied, so that what it "
        + "deploys may be other than what is read")
    #expect(reading.line(reading.problems.first?.origin) == 3)
    for path in ["over/more.yaml", "over/memory.yaml"] {
      #expect(try read(path, files).workloads.isEmpty)
    }
  }

  @Test("what an overlay sets for the objects of its base is said, a name prefix is not")
  func overlay() throws {
    let text = "resources: [../base]\nreplicas: [{name: auth, count: 3}]\nimages: [{name: a}]\n"
    let reading = try read("o/kustomization.yaml", ["o/kustomization.yaml": text])
    #expect(reading.problems.map(\.message).count == 2)
    #expect(reading.problems.first?.message.contains("objects of ../base") == true)
    let plain = "resources: [../base]\nnamePrefix: x-\n"
    #expect(try read("kustomization.yaml", ["kustomization.yaml": plain]).problems.isEmpty)
    let own = "resources: [a.yaml]\nreplicas: [{name: auth, count: 3}]\n"
    #expect(try read("kustomization.yaml", ["kustomization.yaml": own]).problems.isEmpty)
  }
}
