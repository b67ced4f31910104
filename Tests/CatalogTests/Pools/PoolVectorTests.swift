import Catalog
import Model
import Syntax
import Testing

@Suite(
  "Pools described by tables", .enabled(if: SharedData.areHere, "shared vectors are not here"))
struct PoolVectorTests {
  @Test("run what the Tomcat JDBC pool runs", arguments: SharedData.cases("tomcat-jdbc"))
  func tomcatJDBC(vector: PoolVector) throws {
    try check(vector, vector.read(as: .tomcatJDBC))
  }

  @Test("run what DBCP2 runs", arguments: SharedData.cases("dbcp2"))
  func dbcp2(vector: PoolVector) throws { try check(vector, vector.read(as: .dbcp2)) }

  @Test("run what c3p0 runs", arguments: SharedData.cases("c3p0"))
  func c3p0(vector: PoolVector) throws { try check(vector, vector.read(as: .c3p0)) }

  @Test("there is a vector for each behaviour")
  func counts() {
    #expect(SharedData.cases("tomcat-jdbc").count >= 26)
    #expect(SharedData.cases("dbcp2").count >= 22)
    #expect(SharedData.cases("c3p0").count >= 14)
  }

  private func check(_ vector: PoolVector, _ reading: Reading) throws {
    let pool = try #require(reading.resources.first)
    let refusals = pool.settings.compactMap(\.refusal)
    #expect(refusals.isEmpty == vector.loaded, "\(refusals)")
    guard vector.loaded else { return }
    for member in vector.effective.objectValue ?? [] where !member.name.hasPrefix("observed_") {
      let setting = try #require(pool.setting(member.name), "\(member.name)")
      let expected = member.value.stringValue ?? member.value.text()
      #expect(setting.shown == (expected == "null" ? "" : expected), "\(member.name)")
    }
  }
}
