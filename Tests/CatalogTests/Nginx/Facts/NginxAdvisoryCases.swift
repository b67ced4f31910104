import Testing

/// A vulnerability, a configuration that opens it, and versions on both sides of its borders.
struct NginxAdvisoryCase: Sendable, CustomTestStringConvertible {
  let id: String
  let affected: [String]
  let repaired: [String]
  let text: String

  var testDescription: String { id }

  private static func http(_ text: String) -> String { "events {}\nhttp {\n\(text)\n}\n" }
  static func server(_ text: String) -> String { http("server { \(text) }") }
  private static func mail(_ text: String) -> String {
    "events {}\nmail { auth_http 127.0.0.1:9000/; server { listen 25; protocol smtp; \(text) } }\n"
  }
  private static let map = """
    map $uri $part { volatile; ~^/(?<piece>a)$ $piece; default ""; }
    """

  /// The vulnerabilities by what opens them: every entry of the list stands here.
  static let all: [Self] = [
    quic, http2, spdy, mp4, names, contents, rewriting, backends, certificates, mails, old,
  ].flatMap { $0 }

  private static let quic: [Self] = [
    Self(
      id: "CVE-2026-121810", affected: ["1.25.0", "1.30.6", "1.31.8"],
      repaired: ["1.24.0", "1.30.7", "1.31.9"], text: server("listen 443 quic;")),
    Self(
      id: "CVE-2026-42530", affected: ["1.31.0", "1.31.1"], repaired: ["1.30.3", "1.31.2"],
      text: server("listen 443 quic;")),
    Self(
      id: "CVE-2026-40460", affected: ["1.25.0", "1.28.3", "1.30.0"],
      repaired: ["1.24.0", "1.30.1", "1.31.0"], text: server("listen 443 quic;")),
    Self(
      id: "CVE-2024-32760", affected: ["1.25.5", "1.26.0"], repaired: ["1.26.1", "1.27.0"],
      text: server("listen 443 quic;")),
    Self(
      id: "CVE-2024-31079", affected: ["1.25.0", "1.26.0"], repaired: ["1.26.1", "1.27.0"],
      text: server("listen 443 quic;")),
    Self(
      id: "CVE-2024-35200", affected: ["1.25.0", "1.26.0"], repaired: ["1.26.1", "1.27.0"],
      text: server("listen 443 quic;")),
    Self(
      id: "CVE-2024-34161", affected: ["1.25.0", "1.26.0"], repaired: ["1.26.1", "1.27.0"],
      text: server("listen 443 quic;")),
    Self(
      id: "CVE-2024-24989", affected: ["1.25.3"], repaired: ["1.25.2", "1.25.4"],
      text: server("listen 443 quic;")),
    Self(
      id: "CVE-2024-24990", affected: ["1.25.0", "1.25.3"], repaired: ["1.25.4"],
      text: server("listen 443 quic;")),
  ]

  private static let http2: [Self] = [
    Self(
      id: "CVE-2026-123007", affected: ["1.9.5", "1.29.8", "1.30.6"],
      repaired: ["1.9.4", "1.30.7", "1.31.9"], text: server("listen 443 ssl http2;")),
    Self(
      id: "CVE-2026-123633", affected: ["1.19.7", "1.28.0"], repaired: ["1.18.0", "1.31.9"],
      text: server("listen 443 ssl; http2 on;")),
    Self(
      id: "CVE-2019-9511", affected: ["1.9.5", "1.17.2", "1.16.0"], repaired: ["1.16.1", "1.17.3"],
      text: server("listen 443 ssl http2;")),
    Self(
      id: "CVE-2019-9513", affected: ["1.17.2"], repaired: ["1.16.1", "1.17.3"],
      text: server("listen 443 ssl http2;")),
    Self(
      id: "CVE-2019-9516", affected: ["1.17.2"], repaired: ["1.16.1", "1.17.3"],
      text: server("listen 443 ssl http2;")),
    Self(
      id: "CVE-2018-16843", affected: ["1.14.0", "1.15.5"], repaired: ["1.14.1", "1.15.6"],
      text: server("listen 443 ssl http2;")),
    Self(
      id: "CVE-2018-16844", affected: ["1.14.0", "1.15.5"], repaired: ["1.14.1", "1.15.6"],
      text: server("listen 443 ssl http2;")),
  ]

  private static let spdy: [Self] = [
    Self(
      id: "CVE-2014-0133", affected: ["1.3.15", "1.5.11"], repaired: ["1.4.7", "1.5.12"],
      text: server("listen 443 ssl spdy;")),
    Self(
      id: "CVE-2014-0088", affected: ["1.5.10"], repaired: ["1.5.9", "1.5.11"],
      text: server("listen 443 ssl spdy;")),
  ]

  private static let mp4: [Self] = [
    Self(
      id: "CVE-2026-32647", affected: ["1.1.19", "1.29.6"], repaired: ["1.28.3", "1.29.7"],
      text: server("location /v/ { mp4; }")),
    Self(
      id: "CVE-2024-7347", affected: ["1.5.13", "1.26.1"], repaired: ["1.26.2", "1.27.1"],
      text: server("location /v/ { mp4; }")),
    Self(
      id: "CVE-2022-41741", affected: ["1.1.3", "1.0.7", "1.22.0", "1.23.1"],
      repaired: ["1.0.6", "1.22.1", "1.23.2"], text: server("location /v/ { mp4; }")),
    Self(
      id: "CVE-2022-41742", affected: ["1.22.0"], repaired: ["1.1.2", "1.22.1"],
      text: server("location /v/ { mp4; }")),
    Self(
      id: "CVE-2018-16845", affected: ["1.15.5"], repaired: ["1.14.1", "1.15.6"],
      text: server("location /v/ { mp4; }")),
    Self(
      id: "CVE-2012-2089", affected: ["1.1.18", "1.0.14"], repaired: ["1.1.19", "1.0.15"],
      text: server("location /v/ { mp4; }")),
  ]

  private static let names: [Self] = [
    Self(
      id: "CVE-2021-23017", affected: ["0.6.18", "1.20.0"], repaired: ["1.20.1", "1.21.0"],
      text: http("resolver 10.0.0.2;")),
    Self(
      id: "CVE-2016-0742", affected: ["1.8.0", "1.9.9"], repaired: ["1.8.1", "1.9.10"],
      text: http("resolver 10.0.0.2;")),
    Self(
      id: "CVE-2016-0746", affected: ["1.9.9"], repaired: ["1.8.1", "1.9.10"],
      text: http("resolver 10.0.0.2;")),
    Self(
      id: "CVE-2016-0747", affected: ["1.9.9"], repaired: ["1.8.1", "1.9.10"],
      text: "events {}\nstream { resolver 10.0.0.2; }\n"),
    Self(
      id: "CVE-2011-4315", affected: ["1.1.7"], repaired: ["1.0.10", "1.1.8"],
      text: http("resolver 10.0.0.2;")),
    Self(
      id: "CVE-2026-123634", affected: ["0.6.18", "1.30.6"], repaired: ["1.30.7", "1.31.9"],
      text: http("resolver 10.0.0.2; server { location / { auth_request /auth; } }")),
  ]

  private static let contents: [Self] = [
    Self(
      id: "CVE-2026-27654", affected: ["0.5.13", "1.29.6"], repaired: ["1.28.3", "1.29.7"],
      text: server("dav_methods COPY; location /f/ { alias /srv/; }")),
    Self(
      id: "CVE-2026-48142", affected: ["0.3.50", "1.31.1"], repaired: ["1.30.3", "1.31.2"],
      text: http("charset_map koi8-r utf-8 { C0 D18E; }")),
    Self(
      id: "CVE-2026-42934", affected: ["1.30.0"], repaired: ["1.30.1", "1.31.0"],
      text: http("charset_map koi8-r utf-8 { C0 D18E; }\nproxy_buffering off;")),
    Self(
      id: "CVE-2017-7529", affected: ["0.5.6", "1.13.2"], repaired: ["1.12.1", "1.13.3"],
      text: server("location / { proxy_cache c; }")),
    Self(
      id: "CVE-2009-3898", affected: ["0.8.16"], repaired: ["0.7.63", "0.8.17"],
      text: server("location / { dav_methods PUT MOVE; }")),
    Self(
      id: "CVE-2026-97205", affected: ["1.30.5", "1.31.6"], repaired: ["1.30.6", "1.31.7"],
      text: server("aio threads; location / { ssi on; }")),
    Self(
      id: "CVE-2026-56434", affected: ["0.8.11", "1.31.2"], repaired: ["1.30.4", "1.31.3"],
      text: server("ssi on; location / { proxy_pass http://10.0.0.1; }")),
  ]

  private static let rewriting: [Self] = [
    Self(
      id: "CVE-2026-42533", affected: ["0.9.6", "1.31.2"], repaired: ["1.30.4", "1.31.3"],
      text: http("\(map)\nserver { location ~ ^/(.+)$ { return 200 $1:$part; } }")),
    Self(
      id: "CVE-2026-60005", affected: ["1.15.8", "1.31.2"], repaired: ["1.30.4", "1.31.3"],
      text: http(
        "\(map)\nserver { location ~(.*) { slice 1m; proxy_set_header A $1; } }")),
    Self(
      id: "CVE-2026-15176", affected: ["0.1.29", "1.31.6"], repaired: ["1.30.6", "1.31.7"],
      text: server(
        "location /long/ { alias /srv/; rewrite ^ /x; if (-f $request_filename) { set $a b; } }")),
    Self(
      id: "CVE-2026-9256", affected: ["0.1.17", "1.31.0"], repaired: ["1.30.2", "1.31.1"],
      text: server("rewrite ^/((.*))$ /?$1$2;")),
    Self(
      id: "CVE-2026-42945", affected: ["0.6.27", "1.30.0"], repaired: ["1.30.1", "1.31.0"],
      text: server("rewrite ^(.*) /new?c=1; if ($uri ~ b) { set $a $1; }")),
  ]

  private static let backends: [Self] = [
    Self(
      id: "CVE-2026-42055", affected: ["1.13.10", "1.31.1"], repaired: ["1.30.3", "1.31.2"],
      text: server(
        """
        ignore_invalid_headers off; large_client_header_buffers 4 4m;
        location / { grpc_pass grpc://10.0.0.1; }
        """)),
    Self(
      id: "CVE-2026-42926", affected: ["1.29.4", "1.30.0"],
      repaired: ["1.28.3", "1.30.1", "1.31.0"],
      text: server("proxy_http_version 2; location / { proxy_set_body x; }")),
    Self(
      id: "CVE-2026-42946", affected: ["0.8.42", "1.30.0"], repaired: ["1.30.1", "1.31.0"],
      text: server("location / { uwsgi_pass 10.0.0.1:9000; }")),
    Self(
      id: "CVE-2026-1642", affected: ["1.3.0", "1.29.4"], repaired: ["1.28.2", "1.29.5"],
      text: "events {}\nstream { server { listen 1; proxy_pass 10.0.0.1:2; proxy_ssl on; } }\n"),
    Self(
      id: "CVE-2016-4450", affected: ["1.3.9", "1.11.0"], repaired: ["1.10.1", "1.11.1"],
      text: server("location / { proxy_pass http://10.0.0.1; }")),
    Self(
      id: "CVE-2013-2070", affected: ["1.1.4", "1.2.8", "1.4.0"],
      repaired: ["1.2.9", "1.4.1", "1.5.0"],
      text: server("location / { proxy_pass http://10.0.0.1; }")),
    Self(
      id: "CVE-2012-1180", affected: ["0.1.0", "1.1.16"], repaired: ["1.0.14", "1.1.17"],
      text: server("location / { fastcgi_pass 10.0.0.1:9000; }")),
  ]

  private static let certificates: [Self] = [
    Self(
      id: "CVE-2026-118899", affected: ["1.23.4", "1.30.6"], repaired: ["1.30.7", "1.31.9"],
      text: server("listen 443 ssl;")),
    Self(
      id: "CVE-2026-40701", affected: ["1.19.0", "1.30.0"], repaired: ["1.30.1", "1.31.0"],
      text: server("ssl_ocsp on;")),
    Self(
      id: "CVE-2026-28755", affected: ["1.27.2", "1.29.6"],
      repaired: ["1.26.0", "1.28.3", "1.29.7"],
      text: "events {}\nstream { server { listen 1 ssl; ssl_ocsp on; } }\n"),
    Self(
      id: "CVE-2026-120967", affected: ["1.25.5", "1.30.6"], repaired: ["1.24.0", "1.30.7"],
      text: "events {}\nstream { server { listen 1 ssl; server_name a; ssl_verify_client on; } }\n"),
    Self(
      id: "CVE-2025-23419", affected: ["1.27.3", "1.26.2"], repaired: ["1.26.3", "1.27.4"],
      text: http(
        """
        server { listen 443 ssl; ssl_protocols TLSv1.3; ssl_verify_client on; }
        server { listen 443 ssl; server_name b; }
        """)),
    Self(
      id: "CVE-2014-3616", affected: ["0.5.6", "1.7.4"], repaired: ["1.6.2", "1.7.5"],
      text: http("ssl_session_cache shared:a:1m;")),
    Self(
      id: "CVE-2009-3555", affected: ["0.8.22"], repaired: ["0.7.64", "0.8.23"],
      text: server("ssl on;")),
  ]

  private static let mails: [Self] = [
    Self(
      id: "CVE-2026-113425", affected: ["0.5.33", "1.30.6"], repaired: ["1.30.7", "1.31.9"],
      text: mail("")),
    Self(
      id: "CVE-2026-27651", affected: ["0.5.15", "1.29.6"], repaired: ["1.28.3", "1.29.7"],
      text: mail("smtp_auth plain cram-md5;")),
    Self(
      id: "CVE-2026-28753", affected: ["0.6.27", "1.29.6"], repaired: ["1.28.3", "1.29.7"],
      text: mail("resolver 10.0.0.2;")),
    Self(
      id: "CVE-2025-53859", affected: ["0.7.22", "1.29.0"], repaired: ["1.28.1", "1.29.1"],
      text: mail("smtp_auth none;")),
    Self(
      id: "CVE-2014-3556", affected: ["1.5.6", "1.7.3"], repaired: ["1.6.1", "1.7.4"],
      text: mail("starttls on;")),
  ]

  private static let old: [Self] = [
    Self(
      id: "CVE-2013-4547", affected: ["0.8.41", "1.5.6"], repaired: ["1.4.4", "1.5.7"],
      text: server("location /a/ { deny all; }")),
    Self(
      id: "CVE-2013-2028", affected: ["1.3.9", "1.4.0"], repaired: ["1.2.9", "1.4.1", "1.5.0"],
      text: server("")),
    Self(
      id: "CVE-2009-2629", affected: ["0.8.14", "0.7.61"],
      repaired: ["0.5.38", "0.6.39", "0.7.62", "0.8.15"], text: server("")),
    Self(
      id: "CVE-2009-3896", affected: ["0.8.13"], repaired: ["0.7.62", "0.8.14"], text: server("")),
    Self(
      id: "CVE-2011-4963", affected: ["0.7.52", "1.3.0"], repaired: ["1.2.1", "1.3.1"],
      text: server("root C:/www;")),
    Self(
      id: "CVE-2010-2266", affected: ["0.8.40"], repaired: ["0.7.67", "0.8.41"],
      text: server("root C:/www;")),
    Self(
      id: "CVE-2010-2263", affected: ["0.8.39"], repaired: ["0.7.66", "0.8.40"],
      text: server("root C:/www;")),
    Self(
      id: "CORE-2010-0121", affected: ["0.8.32"], repaired: ["0.7.65", "0.8.33"],
      text: server("root C:/www;")),
  ]
}
