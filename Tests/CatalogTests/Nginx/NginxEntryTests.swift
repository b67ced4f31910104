import Catalog
import Model
import Syntax
import Testing

@Suite("nginx entries")
struct NginxEntryTests {
  private func recognition(_ path: String, _ text: String) -> Recognition {
    Technology.nginx.recognises(FileCandidate(path: path, head: Array(text.utf8)))
  }

  @Test(
    "are recognised by name and content",
    arguments: [
      ("nginx.conf", "events {}\nhttp {}\n", Recognition.byName),
      ("docker/nginx.prod.conf", "server {\n listen 80;\n}\n", .byName),
      ("nginx.conf", "# nothing but a comment\n", .byName),
      ("nginx.conf", "worker_processes auto\nevents {}\n", .byName),
      ("conf.d/default.conf", "server {\n listen 80;\n}\n", .byContent),
      ("sites-available/example.com", "server {\n listen 80;\n}\n", .byContent),
      ("sites-enabled/default", "upstream a { server 10.0.0.1; }", .byContent),
      ("mime.types", "types { text/html html; }", .byContent),
      ("fastcgi_params", "fastcgi_param QUERY_STRING $query_string;", .byContent),
      ("site.conf", "\u{FEFF}events {};\nhttp { srever { listen 80; } }", .byContent),
      ("proxy.conf", "proxy_set_header Host $host;\nproxy_read_timeout 5s;\n", .byContent),
    ])
  func recognised(path: String, text: String, expected: Recognition) {
    #expect(recognition(path, text) == expected)
  }

  @Test(
    "are not confused with other products",
    arguments: [
      ("postgresql.conf", "max_connections = 100\nshared_buffers = 128MB\nport = 5432\n"),
      ("redis.conf", "bind 127.0.0.1\nport 6379\ntimeout 0\n"),
      ("httpd.conf", "Listen 80\n<VirtualHost *:80>\n ServerName a\n</VirtualHost>\n"),
      ("conf.d/nginx.conf", "[program:nginx]\ncommand=nginx -g 'daemon off;'\n"),
      ("haproxy.cfg", "global\n daemon\ndefaults\n timeout connect 5s\nfrontend a\n bind :80\n"),
      (
        "odyssey.conf",
        "storage \"a\" {\n type \"remote\"\n host \"b\"\n}\nlisten {\n host \"*\"\n}\n"
      ),
      ("pgpool.conf", "listen_addresses = '*'\nport = 9999\n"),
      ("named.conf", "options { directory \"/var\"; };\nzone \"a\" { type master; };\n"),
      (
        "dhcpd.conf",
        "default-lease-time 600;\nsubnet 10.0.0.0 netmask 255.0.0.0 { range 10.0.0.1; }"
      ),
      ("dovecot.conf", "protocols = imap\nservice imap-login {\n inet_listener imap {\n }\n}\n"),
      ("nginx.yml", "server:\n  listen: 80\n"), ("notes.txt", "server { listen 80; }"),
      ("logrotate.d/nginx", "/var/log/nginx/*.log {\n weekly\n rotate 4\n}\n"),
      ("app.conf", "{ \"listen\": 80 }"), ("empty.conf", ""),
    ])
  func refused(path: String, text: String) {
    #expect(recognition(path, text) == .no)
  }

  @Test(
    "that are parts are placed by what they hold",
    arguments: [
      ("events {} http {}", "main", "true"), ("load_module a.so;", "main", "false"),
      ("server { listen 80; }", "http", "false"), ("upstream a { server b; }", "http", "false"),
      ("location / { return 200; }", "server", "false"), ("listen 80;", "server", "false"),
      ("proxy_set_header Host $host;", "location", "false"),
      ("server 10.0.0.1;", "upstream", "false"),
      ("map $a $b { default 1; }", "http", "false"),
      ("server { listen 5432; proxy_pass db; }", "stream", "false"),
      ("server { listen 25; protocol smtp; }", "mail", "false"),
    ])
  func parts(text: String, context: String, isComplete: String) {
    let configuration = NginxSample(["part.conf": text], entry: "part.conf")
    #expect(configuration.value("context", of: .nginx) == context)
    #expect(configuration.value("is_complete", of: .nginx) == isComplete)
    #expect(configuration.problems == [])
  }

  @Test("that are parts say nothing of the main level")
  func partWithoutMain() {
    let part = NginxSample(["a.conf": "server { listen 80; }"], entry: "a.conf")
    #expect(part.value("worker_processes", of: .nginx) == "absent")
    #expect(part.value("worker_connections", of: .nginx) == "absent")
    #expect(part.value("workers", of: .nginx) == "absent")
    #expect(part.value("keepalive_timeout", of: .nginx) == "75000ms")
  }

  @Test("that are parts of a server do not know what the server sets")
  func partOfServer() {
    let part = NginxSample(
      ["l.conf": "location /login { proxy_pass http://a; proxy_read_timeout 3s; }"], entry: "l.conf"
    )
    #expect(part.value("proxy_http_version", of: .location) == "unknown")
    #expect(part.value("request_limits", of: .location) == "unknown")
    #expect(part.value("proxy_read_timeout", of: .location) == "3000ms")
    #expect(part.value("server", of: .location) == "absent")
  }

  @Test("among many files are those that no other one includes")
  func entries() {
    let files = [
      "a/nginx.conf": "events {} http { include conf.d/*.conf; }",
      "a/conf.d/site.conf": "server { include snippets/tls.conf; }",
      "a/snippets/tls.conf": "ssl_protocols TLSv1.3;",
      "b/site.conf": "server { include b/ssl.conf; }", "b/ssl.conf": "ssl_protocols TLSv1.2;",
      "c/alone.conf": "upstream x { server y; }",
    ]
    let source = NginxFiles(texts: files)
    let candidates = files.sorted { $0.key < $1.key }.map {
      SourceText(path: $0.key, text: $0.value)
    }
    let entries = NginxReadings.entries(among: candidates) { texts in
      texts.map { Technology.nginx.read($0, ReadingContext(files: source)) }
    }
    #expect(entries.map(\.entry.path) == ["a/nginx.conf", "b/site.conf", "c/alone.conf"])
    #expect(entries[0].reading.included == ["a/conf.d/site.conf", "a/snippets/tls.conf"])
    #expect(entries[1].reading.included == ["b/ssl.conf"])
  }

  @Test("that include each other leave one to check")
  func mutual() {
    let files = ["a.conf": "include b.conf;\nproxy_buffering on;", "b.conf": "include a.conf;"]
    let source = NginxFiles(texts: files)
    let candidates = files.sorted { $0.key < $1.key }.map {
      SourceText(path: $0.key, text: $0.value)
    }
    let entries = NginxReadings.entries(among: candidates) { texts in
      texts.map { Technology.nginx.read($0, ReadingContext(files: source)) }
    }
    #expect(entries.map(\.entry.path) == ["a.conf"])
  }
}
