/// nginx's messages: which of them are the grammar's, and which are not and why.
enum FuzzMessages {
  /// From this length on nginx cuts its messages off.
  static let cutLength = 900

  /// Refusals of ours that nginx makes only after it has read everything.
  static func isLate(_ message: String) -> Bool {
    message.hasPrefix("zero size shared memory zone") || message.contains("no \"events\" section")
      || message.hasPrefix("0 worker_connections")
  }

  /// Refusals that nginx makes at the end of a block and not where the statement stands.
  static func isDeferred(_ message: String) -> Bool {
    isLate(message) || deferred.contains { message.hasPrefix($0) }
  }

  private static let deferred = [
    "no servers are inside upstream", "duplicate location", "percent total is greater",
  ]

  /// The class of a refusal, for the count.
  static func kind(of message: String) -> String {
    if message.contains("directive is not allowed here") { return "wrong place" }
    if message.contains("invalid number of") { return "number of arguments" }
    if message.contains("is not terminated by") || message.contains("has no opening") {
      return "block or not"
    }
    if message.contains("duplicate") { return "duplicate" }
    if message.hasPrefix("unexpected") { return "reader's error" }
    return "value"
  }

  /// A message without what it quotes, so that messages of one origin are alike.
  static func shape(of message: String) -> String {
    message.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset % 2 == 0 ? String($0.element) : "…" }.joined(separator: "\"")
  }

  /// Why a refusal is none of the grammar's; `nil` where it is.
  static func exclusion(of message: String) -> String? {
    exclusions.first { message.hasPrefix($0.prefix) && message.contains($0.part) }?.reason
  }

  private static let files = "files are opened"
  private static let ssl = "OpenSSL decides"
  private static let regex = "PCRE decides"
  private static let own = "a function of one directive reads the value"
  private static let whole = "judged over the whole configuration"

  private static let exclusions: [(prefix: String, part: String, reason: String)] = [
    ("host not found in", "", "names are looked up"),
    ("open() \"", "failed", files), ("cannot load certificate", "", ssl),
    ("BIO_new_file", "", ssl), ("PEM_read", "", ssl), ("SSL_CTX", "", ssl),
    ("ENGINE_by_id", "", ssl), ("invalid OCSP cache", "", ssl),
    ("dlopen()", "", "modules are loaded"), ("module \"", "", "modules are loaded"),
    ("pcre2_compile() failed", "", regex), ("regex \"", "", regex),
    ("getpwnam(", "failed", "accounts are looked up"),
    ("getgrnam(", "failed", "accounts are looked up"),
    ("invalid character \"", "in \"worker_cpu_affinity\"", own),
    ("invalid address \"", "", own), ("invalid URL prefix", "", own),
    ("no port in upstream", "", own), ("invalid port in ", "", own), ("invalid host in ", "", own),
    ("no host in ", "", own), ("invalid threads value", "", own),
    ("invalid time value \"", "", own), ("invalid variable name", "", own),
    ("the closing bracket in", "", own), ("pattern \"", "captures", own),
    ("no \"ssl_certificate\" is defined", "", whole), ("no \"listen\" is defined", "", whole),
    ("no handler for server", "", whole), ("unknown \"", "variable", whole),
    ("\"", "must be equal to or greater than", whole), ("\"", "conflicts with", whole),
    ("\"", "must be less than the size", whole), ("no \"ssl_certificate_key\"", "", whole),
    ("invalid parameter \"route=", "", "the commercial product knows it"),
    ("value must be ", "", own), ("\"", "must be a power of two", own),
    ("\"", "value is too small", own), ("invalid range \"", "", own),
    ("the duplicate \"", "variable", own), ("duplicate \"log_format\"", "", whole),
    ("duplicate thread pool", "", whole), ("\"", "is unknown", whole),
    ("index \"", "is invalid", own), ("unknown syslog", "", own), ("duplicate parameters", "", own),
    ("\"limit_req\" directive is duplicate", "", own),
    ("\"limit_conn\" directive is duplicate", "", own),
    ("no servers in upstream", "", whole), ("no \"auth_http\"", "", whole),
    ("the pool size must be", "", own), ("could not build ", "", whole),
    ("invalid parameter: ", "", own), ("read() \"", "", files),
  ]

  /// Directives of one argument in nginx 1.22.1 that take more in later versions.
  static func hasNewCount(_ name: String) -> Bool { name == "keepalive" }

  /// Directives whose values only their own function knows, and which Headgate does not judge.
  static func isOwnFunction(_ name: String) -> Bool {
    owners.contains(name) || ownerEndings.contains { name.hasSuffix($0) }
  }

  private static let owners: Set<String> = [
    "directio", "starttls", "gzip_hash", "gzip_window", "modern_browser", "access_log", "aio",
    "disable_symlinks",
    "open_log_file_cache", "open_file_cache", "zone",
    "log_format", "resolver", "random", "userid_mark", "server_tokens", "expires", "charset",
    "large_client_header_buffers", "proxy_redirect", "ancient_browser", "set",
    "connection_pool_size", "request_pool_size", "image_filter", "gzip_buffers", "status",
    "auth_http_header", "limit_req_status", "limit_conn_status", "js_import",
    "set_real_ip_from", "debug_connection", "proxy_pass", "ssl_session_cache", "ssl_ocsp_cache",
    "try_files",
    "http2_chunk_size", "proxy_cache", "mirror", "sub_filter", "valid_referers", "userid_expires",
    "geoip_proxy", "dav_access", "smtp_capabilities", "imap_capabilities", "pop3_capabilities",
    "userid_p3p", "auth_delay",
    "server_name",
  ]
  private static let ownerEndings = [
    "_cache_path", "_temp_path", "_store_access", "_cookie_path", "_cookie_domain",
    "_cookie_flags", "_cache_valid", "_bind", "_pass", "_split_path_info", "_buffers", "_store",
    "_client_buffer", "_limit_rate",
  ]
}
