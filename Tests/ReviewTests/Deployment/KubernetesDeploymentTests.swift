import Catalog
import Model
import Review
import Testing

@Suite("Files that Kubernetes runs")
struct KubernetesDeploymentTests {
  private static func pod(_ name: String, _ lines: String) -> String {
    let rest = lines.split(separator: "\n").map { "      \($0)\n" }.joined()
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: \(name)}\nspec:\n  containers:\n"
      + "    - name: \(name)\n" + rest
  }

  private static let small = pod(
    "auth",
    """
    image: example/auth:4
    env:
      - {name: SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE, value: "5"}
    """)

  @Test("a file is run by the compose and the Kubernetes variant of a system")
  func variants() {
    let found = collected([
      "application.yml": DeploymentTests.spring, "k8s.yaml": Self.small,
      "compose.yml": DeploymentTests.compose("    volumes: ['./application.yml:/a.yml']\n"),
    ])
    let pools = found.pools("application.yml").filter { $0.hasPrefix("auth") }
    #expect(pools.sorted() == ["auth: 10", "auth: 5"])
  }

  @Test("the size of the file is known where the environment says another")
  func sizes() throws {
    let found = collected(["application.yml": DeploymentTests.spring, "k8s.yaml": Self.small])
    let pool = try #require(
      found.readings.flatMap(\.resources).first {
        $0.identity.service?.name == "auth" && $0.kind == .pool
      })
    let field = try #require(KindSchema.pool.field(named: "size_in_file"))
    guard case .int(let size) = pool.value(of: field) else {
      Issue.record("no size")
      return
    }
    #expect(size == 10)
    #expect(pool.setting(for: field)?.origin?.path == "application.yml")
    let other = collected(["application.yml": DeploymentTests.spring])
    for resource in other.readings.flatMap(\.resources) where resource.kind == .pool {
      guard case .absent = resource.value(of: field) else {
        Issue.record("a size without a service")
        continue
      }
    }
  }

  @Test("a server whose file stands in a ConfigMap is one server")
  func server() {
    let map = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: conf}
      data:
        postgresql.conf: |
          max_connections = 150
      ---

      """
    let pod = Self.pod("db", "image: postgres:15\nvolumeMounts: [{name: c, mountPath: /c}]\n")
    let found = collected([
      "k8s.yaml": map + pod + "  volumes: [{name: c, configMap: {name: conf}}]\n"
    ])
    let servers = found.readings.flatMap(\.resources).filter { $0.kind == .databaseServer }
    #expect(servers.map { $0.identity.service?.name ?? "-" } == ["db"])
    #expect(servers.first?.settings.first { $0.key == "max_connections" }?.effective == .int(150))
  }
}
