import Catalog
import FoundationEssentials
import Model
import Syntax
import Testing

@Suite("nginx refusals")
struct NginxCheckTests {
  /// Text, what is said of it, and the help.
  private static let refused: [(String, String, String?)] = [
    (
      "events {} http { server { proxy_pass http://a; } }",
      "\"proxy_pass\" directive is not allowed here", "it may stand in"
    ),
    ("events {} http { sendfile yes; }", "invalid value \"yes\" in \"sendfile\" directive", nil),
    ("events {} http { send_timeout 1x; }", "\"send_timeout\" directive invalid value", "a time"),
    (
      "events {} http { proxy_buffer_size 1g; }", "\"proxy_buffer_size\" directive invalid value",
      nil
    ),
    (
      "events {} http { keepalive_requests 1k; }",
      "\"keepalive_requests\" directive invalid number", nil
    ),
    ("events {} http { proxy_buffers 8 4kb; }", "\"proxy_buffers\" directive invalid value", nil),
    (
      "events {} http { proxy_read_timeout 1s 2s; }",
      "invalid number of arguments in \"proxy_read_timeout\" directive", "it takes 1 argument"
    ),
    ("events {} http { sendfile on; sendfile on; }", "\"sendfile\" directive is duplicate", nil),
    ("events {} events {} http {}", "\"events\" directive is duplicate", nil),
    (
      "worker_processes 1; worker_processes 2; events {}",
      "\"worker_processes\" directive is duplicate", nil
    ),
    (
      "events {} http { limit_rate 1k; limit_rate $a; }", "\"limit_rate\" directive is duplicate",
      nil
    ),
    ("events {} http { proxy_pas_x a; }", "", nil),
    (
      "events {} http { proxy_conect_timeout 1s; }", "unknown directive \"proxy_conect_timeout\"",
      "did you mean \"proxy_connect_timeout\"?"
    ),
    ("events {} http { server; }", "directive \"server\" has no opening \"{\"", nil),
    ("events {} http { sendfile { } }", "directive \"sendfile\" is not terminated by \";\"", nil),
    (
      "events {} http { server { location ~ ^/a{2}$ { return 200; } } }",
      "unknown directive \"2}$\"", "put the regular expression in quotes"
    ),
    ("worker_processes abc; events {}", "\"worker_processes\" directive invalid value", nil),
    ("worker_processes -1; events {}", "\"worker_processes\" directive invalid value", nil),
    ("events { worker_connections abc; }", "invalid number \"abc\"", nil),
    ("events { worker_connections -1; }", "invalid number \"-1\"", nil),
    ("events { worker_connections 0; } http {}", "0 worker_connections are not enough", nil),
    ("worker_rlimit_nofile 9; user root; http {}", "no \"events\" section in configuration", nil),
    ("events {} http { upstream u { } }", "no servers are inside upstream", nil),
    ("events {} http { upstream u { keepalive 8; } }", "no servers are inside upstream", nil),
    ("events {} http { upstream u { keepalive_time 8s; } }", "no servers are inside upstream", nil),
    (
      "events {} http { upstream u { server 10.0.0.1; } upstream U { server 10.0.0.1; } }",
      "duplicate upstream \"U\"", nil
    ),
    (
      "events {} http { server { location /a {} location ^~ /a {} } }",
      "duplicate location \"/a\"", nil
    ),
    (
      "events {} http { server { location = /a {} location =/a {} } }",
      "duplicate location \"/a\"", nil
    ),
    (
      "events {} http { server { location /a { location /a/b {} location /a/b {} } } }",
      "duplicate location \"/a/b\"", nil
    ),
    (
      "events {} http { server { limit_req zone=x; } }", "zero size shared memory zone \"x\"",
      "declares"
    ),
    ("events {} http { server { limit_conn x 1; } }", "zero size shared memory zone \"x\"", nil),
    (
      "events {} http { upstream u { server 10.0.0.1; keepalive x; } }",
      "invalid value \"x\" in \"keepalive\" directive", nil
    ),
  ]

  /// What the tables of words and parameters, and the blocks of a grammar of their own, refuse.
  private static let more: [(String, String, String?)] = [
    ("events {} http { satisfy some; }", "invalid value \"some\"", "one of all, any"),
    (
      "events {} http { proxy_next_upstream error http_400; }", "invalid value \"http_400\"",
      "did you mean \"http_"
    ),
    ("error_log a warning; events {}", "invalid log level \"warning\"", "one of"),
    ("error_log a wrn; events {}", "invalid log level \"wrn\"", "did you mean \"warn\"?"),
    (
      "events {} http { server { listen 80 default-server; } }",
      "invalid parameter \"default-server\"", "did you mean \"default_server\"?"
    ),
    (
      "events {} http { server { listen 80 backlog=0; } }", "invalid backlog \"backlog=0\"",
      "at least"
    ),
    (
      "events {} http { upstream u { server 10.0.0.1 weight=x; } }",
      "invalid parameter \"weight=x\"", "number"
    ),
    (
      "events {} http { limit_req_zone $uri zone=a:1g rate=1r/s; }",
      "invalid zone size \"zone=a:1g\"", "zone=name:10m"
    ),
    (
      "events {} http { limit_req_zone $uri zone=a:1k rate=1r/s; }",
      "zone \"zone=a:1k\" is too small", nil
    ),
    (
      "events {} http { limit_req_zone $uri zone=a:1m rate=1r/h; }", "invalid rate \"rate=1r/h\"",
      "r/m"
    ),
    (
      "events {} http { limit_req_zone $uri rate=1r/s rate=1r/s; }",
      "\"limit_req_zone\" must have \"zone\" parameter", nil
    ),
    (
      "events {} http { server { limit_req zone=a burst=0; } }", "invalid burst value \"burst=0\"",
      nil
    ),
    (
      "events {} http { server { limit_conn a 0; } }", "invalid number of connections \"0\"",
      nil
    ),
    ("events {} http { server { return /a; } }", "invalid return code \"/a\"", "http://"),
    ("events {} http { server { rewrite a b lst; } }", "invalid parameter \"lst\"", "\"last\"?"),
    (
      "events {} http { error_page 200 /a; }", "value \"200\" must be between 300 and 599", nil
    ),
    ("events {} http { allow localhost; }", "invalid parameter \"localhost\"", "an address"),
    (
      "events {} http { server { location == /a { } } }", "invalid location modifier \"==\"", "`=`"
    ),
    (
      "events {} http { server { location /a { location /b { } } } }",
      "location \"/b\" is outside location \"/a\"", nil
    ),
    (
      "events {} http { server { location = /a { location /a/b { } } } }",
      "location \"/a/b\" cannot be inside the exact location \"/a\"", nil
    ),
    (
      "events {} http { server { location /a { location @b { } } } }",
      "named location \"@b\" can be on the server level only", nil
    ),
    (
      "events {} http { server { if ($uri == /a) { return 403; } } }",
      "unexpected \"==\" in condition", "`=`"
    ),
    (
      "events {} http { server { if (! -f $uri) { return 403; } } }", "invalid condition \"!\"",
      "no blank"
    ),
    (
      "events {} http { server { if ($uri && $host) { return 403; } } }",
      "unexpected \"&&\" in condition", nil
    ),
    (
      "events {} http { server { if ($uri = a && $host = b) { return 403; } } }",
      "invalid condition \"$uri\"", "neither and nor or"
    ),
    (
      "events {} http { server { location / { limit_except GTE { deny all; } } } }",
      "invalid method \"GTE\"", "did you mean"
    ),
    ("events {} http { server { if (uri) { return 403; } } }", "invalid condition \"uri\"", nil),
    ("events {} http { server { if $uri { return 403; } } }", "invalid condition \"$uri\"", nil),
    ("events {} http { map $uri $b { a b c; } }", "invalid number of the map parameters", nil),
    (
      "events {} http { map $uri $b { a b; A c; } }", "conflicting parameter \"a\"", "letter case"
    ),
    (
      "events {} http { map $uri $b { default b; default c; } }",
      "duplicate default map parameter", nil
    ),
    ("events {} http { map $uri $b { include; } }", "invalid number of the map parameters", nil),
    (
      "events {} http { fastcgi_param a b c; }", "invalid parameter \"c\"", "if_not_empty"
    ),
    (
      "events {} http { keepalive_timeout 75s 1ms; }",
      "\"keepalive_timeout\" directive invalid value", "a time"
    ),
    (
      "worker_priority 1; worker_priority 1; events {}", "\"worker_priority\" directive is dup", nil
    ),
    ("events {} http { map $uri $b { ~x{2} 1; } }", "unexpected \"{\"", "quotes"),
    ("events {} http { geo $b { 10.0.0.0/33 1; } }", "invalid network \"10.0.0.0/33\"", nil),
    (
      "events {} http { geo $b { 10.0.0.0/8 1; ranges; } }",
      "the \"ranges\" directive must be the first directive inside \"geo\" block", nil
    ),
    (
      "events {} http { split_clients $uri $b { 60% a; 50% c; } }",
      "percent total is greater than 100%", nil
    ),
    ("events {} http { split_clients $uri $b { 60 a; } }", "invalid percent value \"60\"", nil),
    ("events {} http { limit_rate 1g; }", "\"limit_rate\" directive invalid value", nil),
    ("events {} http { add_header A b c; }", "invalid parameter \"c\"", "always"),
    ("events {} http { server { listen 80 spdy; } }", "invalid parameter \"spdy\"", "removed"),
    ("resolver 127.0.0.1; events {}", "\"resolver\" directive is not allowed here", "this is main"),
  ]

  @Test("a brace that is never closed is told once, at the brace")
  func openBrace() throws {
    let text = "events {}\nhttp { server {\n rewrite ^/x{1 /y last;\n} }\n"
    let problems = NginxSample(text).reading.problems.filter {
      $0.kind == .refused || $0.kind == .syntax
    }
    #expect(problems.map(\.message) == ["unexpected end of file, expecting \"}\""])
    #expect(problems.first?.help?.contains("quote the regular expression") == true)
  }

  @Test("are nginx's own, word for word", arguments: refused + more)
  func messages(text: String, message: String, help: String?) {
    let problems = NginxSample(text).reading.problems.filter { $0.kind == .refused }
    guard !message.isEmpty else {
      #expect(problems == [])
      return
    }
    #expect(problems.contains { $0.message.hasPrefix(message) }, "\(problems)")
    if let help { #expect(problems.contains { $0.help?.contains(help) == true }, "\(problems)") }
  }

  @Test(
    "leave alone what is fine or not nginx's own",
    arguments: [
      "events {} http { more_set_headers \"a: b\"; lua_shared_dict a 1m; brotli on; }",
      "events {} http { server { location / { content_by_lua_block { ngx.say(1) } } } }",
      "events {} http { map $a $b { default x; sendfile y; } types { text/html html; } }",
      "events {} http { keepalive_timeout 75s 60s; proxy_buffers 8 16K; SENDFILE_ {} }",
      "events {} stream { upstream a { server b:1; } server { listen 1; proxy_pass a; } }",
      "rtmp { server { listen 1935; application live { live on; } } } events {}",
      "worker_processes 0; events {}", "worker_processes $n; events {}",
      "user a; include /etc/nginx/e.conf; http {}", "http {}",
      "events {} http { upstream u { include /etc/nginx/u.conf; } }",
      "events {} http { upstream u { zone u 1m; state /u; } }",
      "events {} http { server { location = /a {} location /a {} location ~ /a {} location /A {} } }",
      "events {} http { server { location ~ /a {} location ~ /a {} location /a { location /a {} } } }",
      "events {} http { server { location /a {} } server { location /a {} } }",
      "events {} http { server { limit_req zone=x; } limit_req_zone $a zone=x:1m rate=1r/s; }",
      "events {} http { include /etc/nginx/z.conf; server { limit_req zone=x; } }",
      "events {} http { server { limit_req zone=${z}; } }",
      "events {} http { upstream u { server 10.0.0.1; } } stream { upstream u { server a:1; } }",
      "events {} http { gzip_types a/b; gzip_types c/d; error_log a; error_log b; }",
      "events {} http { server { proxy_read_timeout 1s; location / { proxy_read_timeout 1s; } } }",
    ])
  func accepted(text: String) {
    #expect(NginxSample(text).reading.problems.filter { $0.kind == .refused } == [])
  }

  @Test("count what nobody knows without failing")
  func unknown() {
    let problems = NginxSample("events {} http { passenger_root /x; client_max_body_size ${B}; }")
      .problems
    #expect(problems.contains("unknown: unknown directive \"passenger_root\""))
    #expect(problems.contains { $0.hasPrefix("unknown: \"client_max_body_size\" is \"${B}\"") })
  }

  @Test(
    "say nothing of a template that is not nginx yet",
    arguments: [
      "events {}\n{% if x %}\nhttp {}\n{% endif %}\n", "http { listen {{ port }}; }",
      "{{ range .Servers }}\nserver { listen 80; }\n{{ end }}",
      "events {}\nhttp { server { server_name {{ a }} b; listen \"{{ port }}\"; } }",
      "events {}\nhttp {\n{% for u in us %}\n  upstream {{ u }} { server a; }\n{% endfor %}\n}",
      "events {}\nhttp {\n{%- if a == 'x' -%}\n  server { listen 80; }\n{% endif %}\n}",
      "events {}\nhttp {\n  {# it's one #}\n  server { listen {{ port }}; }\n}",
      "events {}\nhttp {\n<% if x %>\n  server { listen <%= port %>; }\n<% end %>\n}",
      "worker_processes <%= n %>;\nevents {}",
      "events {\n<%- if x -%>\n}\n<% end %>",
    ])
  func templates(text: String) {
    let configuration = NginxSample(text)
    #expect(configuration.problems == ["unknown: a template: what nginx will read is not known"])
    #expect(configuration.reading.resources.isEmpty)
    let including = NginxSample(["nginx.conf": "events {} http { include t; }", "t": text])
    #expect(including.problems == configuration.problems)
    #expect(!including.reading.resources.isEmpty)
  }

  @Test(
    "take marks in quotes, comments and Lua for text",
    arguments: [
      "events {} http { log_format a '{{x}} {%y%}'; # {% z %}\n server { }",
      "events {} http { server { return 200 \"<%= a %>\"; }",
      "events {} http { server { location / { content_by_lua_block { x = {{1}} } } }",
      "events {} http {{ server { } }",
    ])
  func marksAsText(text: String) {
    #expect(NginxSample(text).reading.problems.contains { $0.kind == .syntax })
    #expect(!NginxSample(text).problems.contains { $0.contains("template") })
  }

  @Test("see a byte order mark")
  func byteOrderMark() {
    let problems = NginxSample("\u{FEFF}events {}").reading.problems
    #expect(problems.map(\.kind) == [.refused])
    #expect(problems.first?.help?.contains("byte order mark") == true)
  }

  @Test("know what a version has")
  func versions() {
    let text = "events {} http { server { http2 on; } }"
    #expect(NginxSample(text).problems == [])
    #expect(
      NginxSample(text, version: Version(1, 22, 1)).problems == [
        "refused: unknown directive \"http2\" in nginx 1.22.1"
      ])
    let ssl = "events {} http { server { ssl on; } }"
    #expect(NginxSample(ssl, version: Version(1, 24, 0)).problems == [])
    #expect(NginxSample(ssl, version: Version(1, 26, 0)).problems.count == 1)
  }

  @Test("report broken grammar of every file that is read")
  func grammar() {
    let configuration = NginxSample([
      "nginx.conf": "events {} http { include a.conf; }", "a.conf": "server {\n",
    ])
    #expect(configuration.reading.problems.map(\.kind) == [.syntax])
    #expect(configuration.reading.problems.first?.origin.path == "a.conf")
  }

  @Test("come once for a snippet that many include")
  func once() {
    let configuration = NginxSample([
      "nginx.conf": """
      events {} http { server { location /a { include p; } location /b { include p; } } }
      """,
      "p": "proxy_read_timeout x;",
    ])
    #expect(configuration.problems == ["refused: \"proxy_read_timeout\" directive invalid value"])
  }

  @Test("stop at blocks that are nested too deeply")
  func depth() {
    let text =
      String(repeating: "location / { ", count: 5_000)
      + String(repeating: "}", count: 5_000)
    let configuration = NginxSample(http: "server { \(text) }")
    #expect(configuration.problems == ["unreadable: blocks are nested deeper than 100"])
    #expect(configuration.resources(.location).count == 98)
  }

  @Test("stay few in a file of another format")
  func flood() {
    let text = (0..<20_000).map { "word\($0) a;\n" }.joined()
    let problems = NginxSample("events {}\n" + text).reading.problems
    #expect(problems.count == 1_000)
  }

  private static let nginx = "/usr/sbin/nginx"

  @Test(
    "are refused by nginx itself as well",
    .enabled(if: FileManager.default.isExecutableFile(atPath: nginx), "nginx is not installed"),
    .timeLimit(.minutes(15)), arguments: (refused + more).filter { !$0.1.isEmpty })
  func againstNginx(text: String, message: String, help: String?) throws {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/headgate-nginx-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }  // a leftover harms nobody
    let path = folder + "/nginx.conf"
    try Data("pid \(folder)/pid; error_log stderr;\n\(text)\n".utf8).write(to: URL(filePath: path))
    let output = try nginxOutput([Self.nginx, "-t", "-p", folder, "-c", path])
    #expect(output.contains(message), "\(output)")
  }
}
