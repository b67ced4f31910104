import Catalog
import FoundationEssentials
import Model
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Compares what we say a server runs with, where its socket's default server has a say.
@Suite(
  "A server that is not the default one of its socket",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct SocketScopeTests {
  private static let plain = """
    server { listen unix:front.sock default_server; return 200 "$uri"; }
    server {
      listen unix:front.sock; server_name named; merge_slashes off; underscores_in_headers on;
      return 200 "$uri $http_a_b";
    }
    """

  @Test("merges slashes as the default one does, and judges later header lines itself")
  func plainText() throws {
    let nginx = try RunningNginx(http: Self.plain)
    let answer = try nginx.get("//x", headers: ["Host: named", "A_B: yes"])
    #expect(answer.body == "/x yes")
    let request = NginxRequest(target: "//x", host: "named")
    let route = try #require(try MatchingTests.model(Self.plain)?.routes(of: request).first)
    #expect(route.settings(named: "merge_slashes").map(\.effective) == [.bool(true)])
    #expect(route.settings(named: "merge_slashes").map(\.provenance) == [.clamped])
    #expect(route.settings(named: "underscores_in_headers").map(\.effective) == [.bool(true)])
  }

  private static let tls = """
    server {
      listen 127.0.0.1:PORT1 ssl; server_name first; ssl_certificate a.crt;
      ssl_certificate_key a.key; ssl_protocols TLSv1.2; ssl_ecdh_curve prime256v1;
      ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256; return 200 "first $uri";
    }
    server {
      listen 127.0.0.1:PORT1 ssl; server_name second; ssl_certificate a.crt;
      ssl_certificate_key a.key; ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve X25519;
      ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384; merge_slashes off; return 200 "second $uri";
    }
    """

  private static let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    "has the default one's TLS versions and curve, and its own ciphers and slashes",
    .enabled(if: openssl != nil, "openssl is not installed"))
  func encrypted() throws {
    let openssl = try #require(Self.openssl)
    let folder = try TemporaryFolder()
    try Self.run(
      [
        openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-keyout", "a.key", "-out", "a.crt", "-days", "2", "-subj", "/CN=localhost",
      ], in: folder)
    let nginx = try RunningNginx(http: Self.tls, folder: folder)
    let script = """
      printf 'GET //x HTTP/1.0\\r\\nHost: second\\r\\n\\r\\n' | \
      \(openssl) s_client -connect 127.0.0.1:\(nginx.port(1)) -servername second -ign_eof
      """
    let said = try Self.run(["/bin/sh", "-c", script], in: folder)
    #expect(said.contains("Protocol  : TLSv1.2"), "\(said)")
    #expect(said.contains("prime256v1"), "\(said)")
    #expect(said.contains("ECDHE-ECDSA-AES256-GCM-SHA384"), "\(said)")
    #expect(said.contains("second //x"), "\(said)")
    let request = NginxRequest(target: "//x", host: "second", isTLS: true)
    let route = try #require(try MatchingTests.model(Self.tls)?.routes(of: request).first)
    func effective(_ name: String) -> [Scalar?] { route.settings(named: name).map(\.effective) }
    #expect(effective("ssl_protocols") == [.string("TLSv1.2")])
    #expect(effective("ssl_ecdh_curve") == [.string("prime256v1")])
    #expect(effective("ssl_ciphers") == [.string("ECDHE-ECDSA-AES256-GCM-SHA384")])
    #expect(effective("merge_slashes") == [.bool(false)])
  }

  @discardableResult
  private static func run(_ words: [String], in folder: TemporaryFolder) throws -> String {
    let process = try GuardedProcess(words, in: folder)
    for _ in 0..<2_000 where !process.isOver { usleep(5_000) }
    process.stop()
    return folder.text("output")
  }
}
