import Model

/// The words that directives of a fixed set of words take, and since when.
///
/// From nginx's tables of words in all its releases; letter case does not count.
struct NginxValueTable: Sendable {
  /// One word of a set.
  struct Word: Sendable {
    let text: String
    /// The first version that knows it; `nil` where it is as old as the directive.
    let since: Version?
  }

  /// The words of one directive.
  struct Words: Sendable {
    let list: [Word]
    /// Several words in one line.
    let isList: Bool

    /// The word that `text` is.
    func word(_ text: String) -> Word? {
      list.first { $0.text.utf8.elementsEqual(text.utf8, by: NginxValueTable.isSameLetter) }
    }
  }

  static let shared = NginxValueTable(.shared)

  private let words: [NginxNameID: Words]

  /// The words of a directive; `nil` where its values are no fixed set.
  func words(of id: NginxNameID) -> Words? { words[id] }

  /// The directives that have such words.
  var ids: [NginxNameID] { Array(words.keys) }

  private init(_ table: NginxDirectiveTable) {
    var words: [NginxNameID: Words] = [:]
    for row in Self.rows.split(separator: "\n") {
      let parts = row.split(separator: " ")
      let isList = parts[1] == "several"
      let list = parts.dropFirst(2).map { part in
        let pieces = part.split(separator: "+")
        let since = pieces.count > 1 ? Version(String(pieces[1])) : nil
        return Word(text: String(pieces[0]), since: since)
      }
      for name in parts[0].split(separator: ",") {
        words[table.id(String(name))] = Words(list: list, isList: isList)
      }
    }
    self.words = words
  }

  private static func isSameLetter(_ left: UInt8, _ right: UInt8) -> Bool {
    left == right || left | 0x20 == right | 0x20 && (0x61...0x7A).contains(left | 0x20)
  }

  /// Directives, `one` or `several`, the words and the version since which each is known.
  ///
  /// `denied` is the commercial product's. `server_tokens` is not here: there it takes any text.
  private static let rows = """
    add_header_inherit,add_trailer_inherit one off on merge
    autoindex_format one html json jsonp xml
    client_body_in_file_only one off on clean
    dav_methods several off put delete mkcol copy move
    debug_points one stop abort
    degrade one 204 444
    gzip_http_version one 1.0 1.1
    gzip_proxied several off expired no-cache no-store private no_last_modified no_etag auth any
    gzip_static one off on always+1.3.6
    if_modified_since one off exact before
    imap_auth several plain login cram-md5 external+1.11.6
    pop3_auth several plain apop cram-md5 external+1.11.6
    smtp_auth several plain login cram-md5 external+1.11.6 none
    keepalive_disable several none msie6 safari
    limit_conn_log_level,limit_req_log_level one info notice warn error
    lingering_close one off on always
    proxy_http_version one 1.0 1.1 2+1.29.4
    proxy_protocol one off on v2+1.31.4
    satisfy one all any
    ssl_ocsp one off on leaf
    ssl_verify_client one off on optional optional_no_ca+1.2.5
    userid one off log v1 on
    userid_flags several off secure httponly samesite=strict samesite=lax samesite=none
    ssl_protocols several SSLv2 SSLv3 TLSv1 TLSv1.1+1.0.12 TLSv1.2+1.0.12 TLSv1.3+1.13.0
    proxy_ssl_protocols several SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3+1.13.0
    grpc_ssl_protocols,uwsgi_ssl_protocols several SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3+1.13.0
    proxy_cache_methods,fastcgi_cache_methods,scgi_cache_methods several GET HEAD POST
    uwsgi_cache_methods several GET HEAD POST
    proxy_next_upstream,proxy_cache_use_stale several error timeout invalid_header updating off \
    http_500 http_502 http_503 http_504 http_404 http_403+1.5.1 http_429+1.11.13 \
    non_idempotent+1.9.13 denied
    fastcgi_next_upstream,fastcgi_cache_use_stale,scgi_next_upstream,scgi_cache_use_stale,\
    uwsgi_next_upstream,uwsgi_cache_use_stale several error timeout invalid_header updating off \
    http_500 http_503 http_404 http_403+1.5.1 http_429+1.11.13 non_idempotent+1.9.13 denied
    grpc_next_upstream several error timeout invalid_header non_idempotent http_500 http_502 \
    http_503 http_504 http_403 http_404 http_429 off denied
    memcached_next_upstream several error timeout invalid_response not_found off denied
    tunnel_next_upstream several error timeout off denied
    proxy_ignore_headers,fastcgi_ignore_headers,scgi_ignore_headers,uwsgi_ignore_headers several \
    X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires \
    Cache-Control Set-Cookie Vary+1.7.7
    grpc_ignore_headers several X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate \
    X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary
    """
}
