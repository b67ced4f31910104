/// The vulnerabilities of nginx, newest first.
///
/// Versions and ratings are those of nginx's list of security advisories, triggers those of its
/// change log and of the advisories; entries that no configuration shows (a 32-bit platform, a
/// terminal that interprets a log) are left out.
extension NginxAdvisory {
  static let all = recent + rewriting + protocols + contents + resolving + mail + old

  private static func f5(_ number: String) -> String {
    "https://my.f5.com/manage/s/article/K000\(number)"
  }

  private static func record(_ id: String) -> String { "https://www.cve.org/CVERecord?id=\(id)" }

  private static func announced(_ path: String) -> String {
    "https://mailman.nginx.org/pipermail/nginx-announce/\(path)"
  }

  private static let recent = [
    NginxAdvisory(
      "CVE-2026-123007", .major, "memory corruption by HTTP/2 flow control", since: "1.9.5",
      fixed: "1.31.9 1.30.7", .http2, source: record("CVE-2026-123007")),
    NginxAdvisory(
      "CVE-2026-123633", .medium, "use after free in HTTP/2 when connections run out",
      since: "1.19.7", fixed: "1.31.9 1.30.7", .http2, source: record("CVE-2026-123633")),
    NginxAdvisory(
      "CVE-2026-121810", .medium, "use after free in HTTP/3 when connections run out",
      since: "1.25.0", fixed: "1.31.9 1.30.7", .quic, source: record("CVE-2026-121810")),
    NginxAdvisory(
      "CVE-2026-123634", .medium, "use after free where subrequests look up one name at once",
      since: "0.6.18", fixed: "1.31.9 1.30.7",
      .beside(
        NginxLinePattern("resolver", .not(["off"])),
        .any([
          .line(NginxLinePattern("ssi", .some(["on"]))),
          .line(NginxLinePattern(["add_before_body", "add_after_body", "mirror", "auth_request"])),
          .line(NginxLinePattern("slice", .not(["0"]))),
        ])), source: record("CVE-2026-123634")),
    NginxAdvisory(
      "CVE-2026-113425", .major, "use after free in the mail proxy", since: "0.5.33",
      fixed: "1.31.9 1.30.7", .line(NginxLinePattern("mail", in: .anywhere)),
      source: record("CVE-2026-113425")),
    NginxAdvisory(
      "CVE-2026-118899", .major, "endless loop reading a request body over TLS 1.3",
      since: "1.13.0", fixed: "1.31.9 1.30.7",
      .within(
        NginxLinePattern("listen", .some(["ssl"])),
        [
          NginxLinePattern("ssl_protocols", .some(["tlsv1.3"]))
        ]), source: record("CVE-2026-118899")),
    NginxAdvisory(
      "CVE-2026-120967", .medium, "client certificates of stream bypassed by the server's name",
      since: "1.25.5", fixed: "1.31.9 1.30.7",
      .beside(
        NginxLinePattern("ssl_verify_client", .not(["off"]), in: .stream),
        .line(NginxLinePattern("server_name", in: .stream))), source: record("CVE-2026-120967")),
    NginxAdvisory(
      "CVE-2026-97205", .medium, "use after free with server-side includes and asynchronous files",
      since: "1.30.0", fixed: "1.31.7 1.30.6",
      .within(
        NginxLinePattern("ssi", .some(["on"])), [NginxLinePattern("aio", .not(["off"]))]),
      source: record("CVE-2026-97205")),
    NginxAdvisory(
      "CVE-2026-42530", .major, "use after free in HTTP/3", since: "1.31.0", fixed: "1.31.2",
      .quic, source: f5("161616")),
    NginxAdvisory(
      "CVE-2026-56434", .medium, "use after free by a backend's answer with server-side includes",
      since: "0.8.11", fixed: "1.31.3 1.30.4",
      .within(
        NginxLinePattern(["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass"]),
        [NginxLinePattern("ssi", .some(["on"]))]), source: f5("162098")),
    NginxAdvisory(
      "CVE-2026-42055", .medium, "buffer overflow by long headers to HTTP/2 and gRPC backends",
      since: "1.13.10", fixed: "1.31.2 1.30.3",
      .any([
        .within(NginxLinePattern("grpc_pass"), longHeaders),
        .within(
          NginxLinePattern("proxy_pass"),
          longHeaders + [NginxLinePattern("proxy_http_version", .begins(["2"]))]),
      ]), source: f5("161584")),
    NginxAdvisory(
      "CVE-2026-42926", .medium, "data injected into requests to HTTP/2 backends",
      since: "1.29.4", fixed: "1.31.0 1.30.1",
      .within(
        NginxLinePattern("proxy_set_body"), [NginxLinePattern("proxy_http_version", .begins(["2"]))]
      ),
      source: f5("161131")),
    NginxAdvisory(
      "CVE-2026-42946", .medium, "memory read past its end in answers of scgi and uwsgi",
      since: "0.8.42", fixed: "1.31.0 1.30.1", .pass("scgi_pass", "uwsgi_pass"),
      source: f5("161027")),
    NginxAdvisory(
      "CVE-2026-40460", .medium, "HTTP/3 requests with a forged address", since: "1.25.0",
      fixed: "1.31.0 1.30.1", .quic, source: f5("161068")),
    NginxAdvisory(
      "CVE-2026-40701", .medium, "use after free while a client certificate is checked by OCSP",
      since: "1.19.0", fixed: "1.31.0 1.30.1",
      .line(NginxLinePattern("ssl_ocsp", .some(["on", "leaf"]))), source: f5("161021")),
    NginxAdvisory(
      "CVE-2026-28755", .medium, "revoked client certificates accepted by stream",
      since: "1.27.2", fixed: "1.29.7 1.28.3",
      .line(NginxLinePattern("ssl_ocsp", .some(["on", "leaf"]), in: .stream)),
      source: f5("160368")),
    NginxAdvisory(
      "CVE-2026-1642", .medium, "plain text injected into the answer of a TLS backend",
      since: "1.3.0", fixed: "1.29.5 1.28.2",
      .any([
        .line(
          NginxLinePattern(
            ["proxy_pass", "grpc_pass", "uwsgi_pass"],
            .begins([
              "https://", "grpcs://", "suwsgi://",
            ]))),
        .line(NginxLinePattern("proxy_ssl", .some(["on"]), in: .stream)),
      ]), source: f5("159824")),
    NginxAdvisory(
      "CVE-2025-23419", .medium, "client certificates bypassed by a session of another server",
      since: "1.11.4", fixed: "1.27.4 1.26.3", .hazard(.clientCertificatesOfDefault),
      source: announced("2025/NYEUJX7NCBCGJGXDFVXNMAAMJDFSE45G.html")),
  ]

  /// Headers as long as two megabytes, let through.
  private static let longHeaders = [
    NginxLinePattern("ignore_invalid_headers", .some(["off"])),
    NginxLinePattern("large_client_header_buffers", .size(2 << 20)),
  ]

  private static let rewriting = [
    NginxAdvisory(
      "CVE-2026-42533", .major, "buffer overflow by a map with regular expressions",
      since: "0.9.6", fixed: "1.31.3 1.30.4", .hazard(.captureBeforeMap), source: f5("162097")),
    NginxAdvisory(
      "CVE-2026-60005", .medium, "memory disclosed by $1 in slices and background updates",
      since: "1.15.8", fixed: "1.31.3 1.30.4", .hazard(.captureInSubrequest),
      source: f5("162100")),
    NginxAdvisory(
      "CVE-2026-15176", .medium, "buffer overflow by alias after rewrite", since: "0.1.29",
      fixed: "1.31.7 1.30.6", .hazard(.aliasAfterRewrite), source: record("CVE-2026-15176")),
    NginxAdvisory(
      "CVE-2026-9256", .medium, "buffer overflow by overlapping captures of rewrite",
      since: "0.1.17", fixed: "1.31.1 1.30.2", .hazard(.overlappingCaptures),
      source: f5("161377")),
    NginxAdvisory(
      "CVE-2026-42945", .medium, "buffer overflow by a capture after a rewrite with arguments",
      since: "0.6.27", fixed: "1.31.0 1.30.1", .hazard(.captureAfterArguments),
      source: f5("161019")),
  ]
}
