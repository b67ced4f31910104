import Catalog
import Model
import Syntax
import Testing

/// Compares the server and location that we find with those that nginx finds.
@Suite(
  "A request's server and location",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(20)))
struct MatchingTests {
  @Test("are the ones that nginx chooses", arguments: [1, 2, 3, 4] as [UInt64])
  func asNginx(seed: UInt64) throws { try compare(seed: seed, servers: 14, requests: 700) }

  @Test("are the ones that nginx chooses, at length", .enabled(if: Soak.isOn, Soak.absence))
  func asNginxAtLength() throws {
    for seed in 100..<300 as Range<UInt64> {
      try compare(seed: seed, servers: Int(4 + seed % 30), requests: 500)
    }
  }

  /// The block that answers, the status where there is none, or the redirect.
  private struct Answer: Equatable, CustomStringConvertible {
    let description: String

    /// What we can't tell; that must be rare.
    static let several = Self(description: "one of several")
  }

  private func compare(seed: UInt64, servers: Int, requests: Int) throws {
    let text = GeneratedServers(seed: seed, servers: servers).text
    let nginx = try RunningNginx(http: text)
    let model = try #require(Self.model(text))
    var dice = Dice(seed: seed ^ 0xFFFF)
    var open = 0
    for _ in 0..<requests {
      let socket = dice.number(0...GeneratedServers.sockets.count - 1)
      let host = dice.happens(5) ? nil : dice.one(of: GeneratedServers.hosts)
      let target = GeneratedServers.target(&dice)
      let theirs = try self.theirs(nginx, socket, host, target)
      let ours = self.ours(model, socket, host, target)
      if ours == .several {
        open += 1
        continue
      }
      let question = GeneratedServers.sockets[socket].question
      #expect(
        ours == theirs, "seed \(seed): \(target) at \(host ?? "no host") on \(question)")
    }
    #expect(open * 20 < requests)
  }

  /// The model has ports of its own: which are free, only the running nginx knows.
  private static func withPorts(_ text: String) -> String {
    text.split(separator: "PORT", omittingEmptySubsequences: false).joined(separator: "810")
  }

  static func model(_ http: String) -> NginxResource? {
    let http = withPorts(http)
    let reading = Technology.nginx.read(
      SourceText(path: "nginx.conf", text: "events {}\nhttp {\n\(http)\n}\n"),
      ReadingContext(
        files: NoFiles(), versions: Version("1.22.1").map { ["nginx": $0] } ?? [:]))
    return reading.resources.lazy.compactMap { $0 as? NginxResource }.first
  }

  private func theirs(
    _ nginx: RunningNginx, _ socket: Int, _ host: String?, _ target: String
  ) throws -> Answer {
    let address: SocketAddress =
      switch socket {
      case 0: nginx.socket()
      case 1: nginx.socket("other.sock")
      case 2: .port(nginx.port(1))
      case 3: .otherPort(nginx.port(1))
      default: .port(nginx.port(2))
      }
    let connection = try RawConnection(to: address)
    let lines = ["GET \(target) HTTP/1.0"] + (host.map { ["Host: \($0)"] } ?? []) + ["", ""]
    try connection.send(lines.joined(separator: "\r\n"))
    let answer = connection.answer()
    // An answer that nginx gives before it asks a location, or instead of one, has no name.
    if [400, 500].contains(answer.status) { return Answer(description: "\(answer.status)") }
    let kind = (300..<400).contains(answer.status) ? "redirect from " : ""
    return Answer(description: kind + (answer.header("X-Id") ?? "nobody, \(answer)"))
  }

  private func ours(
    _ model: NginxResource, _ socket: Int, _ host: String?, _ target: String
  ) -> Answer {
    let request = NginxRequest(
      target: target, host: host,
      address: Self.withPorts(GeneratedServers.sockets[socket].question))
    do throws(NginxRequestRefusal) {
      let routes = try model.routes(of: request)
      guard routes.count == 1, let route = routes.first else { return .several }
      if route.ending?.hasPrefix("nginx answers 500") == true { return Answer(description: "500") }
      let isRedirect =
        route.ending?.hasPrefix("nginx answers 301") == true
        || route.ending != nil && route.steps.last?.directive == "rewrite"
      let header = route.settings(named: "add_header").first?.written ?? ""
      let id = header.split(separator: " ").dropFirst().first ?? "nobody"
      return Answer(description: (isRedirect ? "redirect from " : "") + id)
    } catch {
      return Answer(description: "\(error.status)")
    }
  }
}
