/// Paths as `include` sees them: text with `/`, relative to the directory of the main file.
enum NginxPath {
  /// The directory of a path without the last `/`; empty for a file at the root of the tree.
  static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `name` in `directory`, with `.` and `..` resolved as far as the text tells.
  ///
  /// A relative path may begin with `..` then: whoever has the files knows what is above.
  static func join(_ directory: String, _ name: some StringProtocol) -> String {
    let isAbsolute = name.utf8.first == UInt8(ascii: "/")
    let whole = isAbsolute || directory.isEmpty ? String(name) : directory + "/" + name
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || whole.utf8.first != UInt8(ascii: "/") {
        parts.append(part)
      }
    }
    let path = parts.joined(separator: "/")
    return whole.utf8.first == UInt8(ascii: "/") ? "/" + path : path
  }

  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  /// Where distributions and builds put nginx's configuration; the entry's own directory plays it.
  static let prefixes = [
    "/etc/nginx/", "/usr/local/nginx/conf/", "/usr/local/etc/nginx/", "/opt/homebrew/etc/nginx/",
    "/usr/local/openresty/nginx/conf/", "/etc/openresty/", "/opt/nginx/conf/",
    "/opt/bitnami/nginx/conf/", "/usr/share/nginx/conf/", "/etc/angie/", "/etc/tengine/",
  ]

  /// The path below nginx's configuration directory; `nil` for one elsewhere.
  static func belowPrefix(_ path: String) -> Substring? {
    for prefix in prefixes where path.hasPrefix(prefix) {
      return path[path.index(path.startIndex, offsetBy: prefix.count)...]
    }
    return nil
  }

  /// Whether a file is one that every nginx package brings, so that repositories leave it out.
  static func isStock(_ path: String) -> Bool {
    path.split(separator: "/").last.map { stockFiles.contains($0) } == true
  }

  private static let stockFiles: Set<Substring> = [
    "mime.types", "fastcgi_params", "fastcgi.conf", "scgi_params", "uwsgi_params", "koi-utf",
    "koi-win", "win-utf", "proxy_params", "fastcgi-php.conf", "snakeoil.conf",
  ]
}
