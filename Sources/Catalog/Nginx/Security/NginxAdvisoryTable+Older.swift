/// Vulnerabilities of protocols, of contents, of name service and of mail.
extension NginxAdvisory {
  private static func f5(_ number: String) -> String {
    "https://my.f5.com/manage/s/article/K000\(number)"
  }

  private static func announced(_ path: String) -> String {
    "https://mailman.nginx.org/pipermail/nginx-announce/\(path)"
  }

  static let protocols = [
    NginxAdvisory(
      "CVE-2024-32760", .medium, "buffer overwrite in HTTP/3", since: "1.25.0",
      fixed: "1.27.0 1.26.1", .quic, source: http3Of2024),
    NginxAdvisory(
      "CVE-2024-31079", .medium, "stack overflow and use after free in HTTP/3", since: "1.25.0",
      fixed: "1.27.0 1.26.1", .quic, source: http3Of2024),
    NginxAdvisory(
      "CVE-2024-35200", .medium, "crash by HTTP/3", since: "1.25.0", fixed: "1.27.0 1.26.1",
      .quic, source: http3Of2024),
    NginxAdvisory(
      "CVE-2024-34161", .medium, "memory disclosed by HTTP/3", since: "1.25.0",
      fixed: "1.27.0 1.26.1", .quic, source: http3Of2024),
    NginxAdvisory(
      "CVE-2024-24989", .major, "crash by HTTP/3", since: "1.25.3", fixed: "1.25.4", .quic,
      source: announced("2024/NW6MNW34VZ6HDIHH5YFBIJYZJN7FGNAV.html")),
    NginxAdvisory(
      "CVE-2024-24990", .major, "use after free in HTTP/3", since: "1.25.0", fixed: "1.25.4",
      .quic, source: announced("2024/NW6MNW34VZ6HDIHH5YFBIJYZJN7FGNAV.html")),
    NginxAdvisory(
      "CVE-2019-9511", .medium, "processor time spent on small windows of HTTP/2",
      since: "1.9.5", fixed: "1.17.3 1.16.1", .http2, source: announced("2019/000249.html")),
    NginxAdvisory(
      "CVE-2019-9513", .low, "processor time spent on priorities of HTTP/2", since: "1.9.5",
      fixed: "1.17.3 1.16.1", .http2, source: announced("2019/000249.html")),
    NginxAdvisory(
      "CVE-2019-9516", .low, "memory spent on empty headers of HTTP/2", since: "1.9.5",
      fixed: "1.17.3 1.16.1", .http2, source: announced("2019/000249.html")),
    NginxAdvisory(
      "CVE-2018-16843", .low, "memory spent by HTTP/2", since: "1.9.5", fixed: "1.15.6 1.14.1",
      .http2, source: announced("2018/000220.html")),
    NginxAdvisory(
      "CVE-2018-16844", .low, "processor time spent by HTTP/2", since: "1.9.5",
      fixed: "1.15.6 1.14.1", .http2, source: announced("2018/000220.html")),
    NginxAdvisory(
      "CVE-2014-0133", .major, "buffer overflow in SPDY", since: "1.3.15", fixed: "1.5.12 1.4.7",
      .spdy, source: announced("2014/000135.html")),
    NginxAdvisory(
      "CVE-2014-0088", .major, "memory corruption in SPDY", since: "1.5.10", fixed: "1.5.11",
      .spdy, source: announced("2014/000132.html")),
    NginxAdvisory(
      "CVE-2014-3616", .medium, "TLS sessions reused across servers", since: "0.5.6",
      fixed: "1.7.5 1.6.2",
      .any([
        .line(NginxLinePattern("ssl_session_ticket_key")),
        .line(NginxLinePattern("ssl_session_cache", .not(["none", "off", "builtin"]))),
      ]), source: announced("2014/000147.html")),
    NginxAdvisory(
      "CVE-2009-3555", .major, "requests injected by TLS renegotiation", since: "0.1.0",
      fixed: "0.8.23 0.7.64", .tls),
  ]

  private static let http3Of2024 = announced("2024/GMY32CSHFH6VFTN76HJNX7WNEX4RLHF6.html")

  static let contents = [
    NginxAdvisory(
      "CVE-2026-27654", .medium, "files outside of the alias written by COPY and MOVE",
      since: "0.5.13", fixed: "1.29.7 1.28.3",
      .within(
        NginxLinePattern("alias"), [NginxLinePattern("dav_methods", .some(["copy", "move"]))]),
      source: f5("160382")),
    NginxAdvisory(
      "CVE-2026-32647", .medium, "buffer overflow by an mp4 file", since: "1.1.19",
      fixed: "1.29.7 1.28.3", .mp4, source: f5("160366")),
    NginxAdvisory(
      "CVE-2026-48142", .low, "memory read past its end while decoding UTF-8", since: "0.3.50",
      fixed: "1.31.2 1.30.3", .line(utf8Map), source: f5("161585")),
    NginxAdvisory(
      "CVE-2026-42934", .low, "memory read past its end while decoding UTF-8 unbuffered",
      since: "0.3.50", fixed: "1.31.0 1.30.1",
      .beside(
        utf8Map,
        .line(
          NginxLinePattern(
            ["proxy_buffering", "fastcgi_buffering", "uwsgi_buffering", "scgi_buffering"],
            .some(["off"])))), source: f5("161028")),
    NginxAdvisory(
      "CVE-2024-7347", .low, "crash by an mp4 file", since: "1.5.13", fixed: "1.27.1 1.26.2",
      .mp4, source: announced("2024/UUOCLLONPR6244YQYU65PO5LB7JDYCWM.html")),
    NginxAdvisory(
      "CVE-2022-41741", .medium, "memory corruption by an mp4 file", since: "1.1.3 1.0.7",
      fixed: "1.23.2 1.22.1", .mp4,
      source: announced("2022/RBRRON6PYBJJM2XIAPQBFBVLR4Q6IHRA.html")),
    NginxAdvisory(
      "CVE-2022-41742", .medium, "memory disclosed by an mp4 file", since: "1.1.3 1.0.7",
      fixed: "1.23.2 1.22.1", .mp4,
      source: announced("2022/RBRRON6PYBJJM2XIAPQBFBVLR4Q6IHRA.html")),
    NginxAdvisory(
      "CVE-2018-16845", .medium, "memory disclosed by an mp4 file", since: "1.1.3 1.0.7",
      fixed: "1.15.6 1.14.1", .mp4, source: announced("2018/000221.html")),
    NginxAdvisory(
      "CVE-2017-7529", .medium, "parts of the cache disclosed by a crafted range",
      since: "0.5.6", fixed: "1.13.3 1.12.1",
      .line(
        NginxLinePattern(
          ["proxy_cache", "fastcgi_cache", "uwsgi_cache", "scgi_cache"], .not(["off"]))),
      source: announced("2017/000200.html")),
    NginxAdvisory(
      "CVE-2012-2089", .major, "buffer overflow by an mp4 file", since: "1.1.3 1.0.7",
      fixed: "1.1.19 1.0.15", .mp4, source: announced("2012/000080.html")),
    NginxAdvisory(
      "CVE-2009-3898", .low, "files outside of the root written by COPY and MOVE",
      since: "0.1.0", fixed: "0.8.17 0.7.63",
      .line(NginxLinePattern("dav_methods", .some(["copy", "move"])))),
  ]

  private static let utf8Map = NginxLinePattern("charset_map", .some(["utf-8"]))

  static let resolving = [
    NginxAdvisory(
      "CVE-2021-23017", .medium, "memory overwritten by a forged answer of the name service",
      since: "0.6.18", fixed: "1.21.0 1.20.1", .resolver, source: announced("2021/000300.html")),
    NginxAdvisory(
      "CVE-2016-0742", .medium, "crash by a forged answer of the name service", since: "0.6.18",
      fixed: "1.9.10 1.8.1", .resolver, source: announced("2016/000169.html")),
    NginxAdvisory(
      "CVE-2016-0746", .medium, "use after free by a CNAME answer", since: "0.6.18",
      fixed: "1.9.10 1.8.1", .resolver, source: announced("2016/000169.html")),
    NginxAdvisory(
      "CVE-2016-0747", .medium, "endless CNAME lookups", since: "0.6.18", fixed: "1.9.10 1.8.1",
      .resolver, source: announced("2016/000169.html")),
    NginxAdvisory(
      "CVE-2011-4315", .medium, "buffer overflow by an answer of the name service",
      since: "0.6.18", fixed: "1.1.8 1.0.10", .resolver),
  ]

  static let mail = [
    NginxAdvisory(
      "CVE-2026-27651", .low, "crash by CRAM-MD5 or APOP and a second try", since: "0.5.15",
      fixed: "1.29.7 1.28.3",
      .line(
        NginxLinePattern(
          ["imap_auth", "pop3_auth", "smtp_auth"], .some(["cram-md5", "apop"]), in: .mail)),
      source: f5("160383")),
    NginxAdvisory(
      "CVE-2026-28753", .medium, "data injected into auth_http and XCLIENT by a PTR record",
      since: "0.6.27", fixed: "1.29.7 1.28.3",
      .line(NginxLinePattern("resolver", .not(["off"]), in: .mail)), source: f5("160367")),
    NginxAdvisory(
      "CVE-2025-53859", .low, "memory disclosed to the authentication server", since: "0.7.22",
      fixed: "1.29.1 1.28.1", .line(NginxLinePattern("smtp_auth", .some(["none"]), in: .mail)),
      source: f5("152786")),
    NginxAdvisory(
      "CVE-2014-3556", .medium, "commands injected before STARTTLS", since: "1.5.6",
      fixed: "1.7.4 1.6.1", .line(NginxLinePattern("starttls", .not(["off"]), in: .mail)),
      source: announced("2014/000144.html")),
  ]

  static let old = [
    NginxAdvisory(
      "CVE-2016-4450", .medium, "crash while a request body is written to a file",
      since: "1.3.9", fixed: "1.11.1 1.10.1",
      .pass("proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "dav_methods"),
      source: announced("2016/000179.html")),
    NginxAdvisory(
      "CVE-2013-4547", .medium, "access rules bypassed by a space in the request line",
      since: "0.8.41", fixed: "1.5.7 1.4.4",
      .line(NginxLinePattern(["deny", "auth_basic", "fastcgi_pass"])),
      source: announced("2013/000125.html")),
    NginxAdvisory(
      "CVE-2013-2070", .medium, "memory disclosed by a backend's answer", since: "1.1.4",
      fixed: "1.5.0 1.4.1 1.2.9", .pass("proxy_pass"), source: announced("2013/000114.html")),
    NginxAdvisory(
      "CVE-2013-2028", .major, "stack overflow by a chunked request", since: "1.3.9",
      fixed: "1.5.0 1.4.1", .http, source: announced("2013/000112.html")),
    NginxAdvisory(
      "CVE-2012-1180", .major, "memory disclosed by a backend's answer", since: "0.1.0",
      fixed: "1.1.17 1.0.14", .pass("proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"),
      source: announced("2012/000076.html")),
    NginxAdvisory(
      "CVE-2011-4963", .medium, "access rules bypassed by names of folders on Windows",
      since: "0.7.52", fixed: "1.3.1 1.2.1", .windows, source: announced("2012/000086.html")),
    NginxAdvisory(
      "CVE-2010-2266", .major, "crash by an invalid UTF-8 path on Windows", since: "0.7.52",
      fixed: "0.8.41 0.7.67", .windows),
    NginxAdvisory(
      "CVE-2010-2263", .major, "source code disclosed by file streams on Windows",
      since: "0.7.52", fixed: "0.8.40 0.7.66", .windows),
    NginxAdvisory(
      "CORE-2010-0121", .major, "access rules bypassed by short file names on Windows",
      since: "0.7.52", fixed: "0.8.33 0.7.65", .windows),
    NginxAdvisory(
      "CVE-2009-2629", .major, "buffer underflow by a crafted path", since: "0.1.0",
      fixed: "0.8.15 0.7.62 0.6.39 0.5.38", .http),
    NginxAdvisory(
      "CVE-2009-3896", .major, "crash by a long path", since: "0.1.0",
      fixed: "0.8.14 0.7.62 0.6.39 0.5.38", .http),
  ]
}
