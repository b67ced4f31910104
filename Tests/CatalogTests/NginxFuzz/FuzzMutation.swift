import FoundationEssentials

/// Real configurations with some bytes, words or lines changed.
enum FuzzMutation {
  /// Configurations in one file, small enough to be read thousands of times.
  private static let texts: [[UInt8]] = {
    let folder = SharedNginx.folder + "/corpora/nginx"
    // Without the shared files the few below have to do.
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    let files = paths.filter { $0.hasSuffix(".conf") }.sorted().compactMap {
      FileManager.default.contents(atPath: folder + "/" + $0).map { [UInt8]($0) }
    }
    return own.map { Array($0.utf8) }
      + files.filter { $0.count < 8_000 && !$0[...].contains("_by_lua") }.map(withoutPid)
  }()

  private static let own = [
    "user a;\nevents { worker_connections 10; }\nhttp {\n  # c\n  server { listen 80; }\n}\n",
    "events {}\nhttp { map $a $b { ~x 1; default \"\"; }\nserver { location ~ \"^/a{2}$\" { } } }\n",
    """
    worker_processes auto;
    events { worker_connections 1024; multi_accept on; }
    http {
      include absent/*.conf;
      types { text/html html htm; }
      log_format main '$remote_addr "$request" '
                      '$status';
      upstream backend { server 127.0.0.1:8080 max_fails=2; keepalive 16; }
      limit_req_zone $binary_remote_addr zone=one:10m rate=10r/s;
      geo $block { default 0; 10.0.0.0/8 1; }
      server {
        listen 8080 default_server;
        server_name a.example *.b.example ~^c\\d+$;
        if ($http_user_agent ~* "bot|crawl") { return 403; }
        location = / { return 200 "ok\\n"; }
        location ~ \\.php$ { fastcgi_pass 127.0.0.1:9000; fastcgi_param A $uri; }
        location / {
          limit_req zone=one burst=5 nodelay;
          proxy_pass http://backend;
          proxy_set_header Host $host;
          proxy_read_timeout 30s;
          error_page 502 = @down;
        }
        location @down { return 503; }
      }
    }

    """,
  ]

  /// A second `pid` would be refused as a duplicate of the first line's.
  private static func withoutPid(_ text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let kept = lines.map { line in
      line.drop { $0 == UInt8(ascii: " ") }.starts(with: Array("pid ".utf8)) ? [] : line
    }
    return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
  }

  private static let scraps = [
    "\"", "'", "\\", "{", "}", ";", "#", "$", " ", "\n", "\u{A0}", "};", "on", "off", "1k", "1g",
    "5s", "0", "-1", "$x", "if", "server", "location / {", "\u{FEFF}", "=", "~", "\u{201C}",
    "listen",
  ]

  static func file(_ dice: inout FuzzDice) -> [UInt8] {
    var text = dice.pick(texts)
    for _ in 0..<dice.number(0...3) {
      guard !text.isEmpty else { break }
      let place = dice.number(0...text.count - 1)
      switch dice.number(0...6) {
      case 0: text.remove(at: place)
      case 1, 2: text.insert(contentsOf: Array(dice.pick(scraps).utf8), at: place)
      case 3: change(&text, &dice, Array(dice.pick(scraps).utf8))
      case 4: change(&text, &dice, [])
      case 5: dropLine(&text, place)
      default: text.removeSubrange(max(place, 1)...)
      }
    }
    return text
  }

  /// Puts something else in the place of a word.
  private static func change(_ text: inout [UInt8], _ dice: inout FuzzDice, _ new: [UInt8]) {
    let place = dice.number(0...text.count - 1)
    let isInside = { (byte: UInt8) in byte > UInt8(ascii: " ") && byte != UInt8(ascii: ";") }
    guard let start = text[place...].firstIndex(where: isInside) else { return }
    let end = text[start...].firstIndex { !isInside($0) } ?? text.count
    text.replaceSubrange(start..<end, with: new)
  }

  private static func dropLine(_ text: inout [UInt8], _ place: Int) {
    let feed = UInt8(ascii: "\n")
    let start = text[..<place].lastIndex(of: feed).map { $0 + 1 } ?? 0
    let end = text[place...].firstIndex(of: feed) ?? text.count
    text.removeSubrange(start..<end)
  }
}
