import Capacity
import Catalog
import Model
import Review
import Testing

@Suite("Where the files of a deployment stand")
struct PlaceTests {
  private static let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: auth}
    spec:
      template:
        metadata: {labels: {app: auth}}
        spec:
          containers: [{name: auth, image: example/auth:4}]

    """
  private static let pool =
    "spring:\n  datasource:\n    url: jdbc:postgresql://db/a\n"
    + "    hikari: {maximum-pool-size: 7}\n"

  @Test("a program beside the folder of its deployment is known by its own name")
  func byName() {
    let found = collected([
      "deploy/k8s/auth.yaml": Self.deployment,
      "auth/src/main/resources/application.yml": DeploymentTests.spring,
    ])
    #expect(
      found.bindings("auth/src/main/resources/application.yml")
        == ["auth: inferred from spring.application.name"])
  }

  @Test("or by the name of its folder, where only one has it")
  func byFolder() {
    let path = "services/auth/src/main/resources/application.yml"
    let found = collected(["deploy/auth.yaml": Self.deployment, path: Self.pool])
    #expect(found.bindings(path) == ["auth: inferred from the name of its folder"])
    let two = collected([
      "deploy/auth.yaml": Self.deployment, path: Self.pool, "old/auth/application.yml": Self.pool,
    ])
    #expect(two.bindings(path) == [])
  }

  @Test("a deployment in a folder of another name runs nothing outside of it")
  func others() {
    let found = collected([
      "billing/auth.yaml": Self.deployment, "auth/application.yml": Self.pool,
    ])
    #expect(found.bindings("auth/application.yml") == [])
  }

  @Test("nginx in a ConfigMap hands on to the service of its path")
  func configMap() throws {
    let found = collected([
      "k8s.yaml": """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: web}
      data:
        nginx.conf: |
          events {}
          http {
            upstream auth { server auth:8080; }
            server { location / { proxy_pass http://auth; } }
          }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        template:
          spec:
            containers:
              - name: web
                image: nginx:1.27
                volumeMounts: [{name: conf, mountPath: /etc/nginx}]
            volumes: [{name: conf, configMap: {name: web}}]
      ---
      \(Self.deployment)
      """
    ])
    let review = LoadPathReview(found, declaration: nil)
    let edges = review.deployments.flatMap(\.edges)
    #expect(edges.map(\.from) == ["web"])
    #expect(edges.map(\.target) == [.service("auth")])
  }
}
