/// Files that nginx packages bring, so that repositories leave them out, and what they set.
///
/// Contents as in nginx's own sources and in the packages of Debian and Certbot.
enum NginxStockFile {
  /// The directives that the file of a name sets; `nil` where its content is not known.
  ///
  /// - Parameter path: the argument of `include`.
  static func directives(of path: String) -> Set<NginxNameID>? {
    let below = NginxPath.belowPrefix(path) ?? path[...]
    if let known = byPath[below] { return known }
    return path.split(separator: "/").last.flatMap { byName[$0] }
  }

  /// Known by their last part, wherever they are.
  private static let byName: [Substring: Set<NginxNameID>] = [
    "mime.types": ids(["types"]), "fastcgi_params": ids(["fastcgi_param"]),
    "fastcgi.conf": ids(["fastcgi_param"]), "uwsgi_params": ids(["uwsgi_param"]),
    "scgi_params": ids(["scgi_param"]), "koi-utf": ids(["charset_map"]),
    "koi-win": ids(["charset_map"]), "win-utf": ids(["charset_map"]),
    "fastcgi-php.conf": php, "snakeoil.conf": ids(["ssl_certificate", "ssl_certificate_key"]),
    "options-ssl-nginx.conf": certbot,
  ]

  /// Names that people also give to files of their own: known only where the package puts them.
  private static let byPath: [Substring: Set<NginxNameID>] = [
    // Host, X-Real-IP, X-Forwarded-For and X-Forwarded-Proto; never Connection.
    "proxy_params": ids(["proxy_set_header"]),
    "modules-enabled/*.conf": ids(["load_module"]),
    "/usr/share/nginx/modules/*.conf": ids(["load_module"]),
  ]

  private static let php = ids([
    "fastcgi_split_path_info", "try_files", "set", "fastcgi_param", "fastcgi_index",
  ])

  private static let certbot = ids([
    "ssl_session_cache", "ssl_session_timeout", "ssl_session_tickets", "ssl_protocols",
    "ssl_prefer_server_ciphers", "ssl_ciphers",
  ])

  private static func ids(_ names: [String]) -> Set<NginxNameID> {
    Set(names.map { NginxDirectiveTable.shared.id($0) })
  }
}
