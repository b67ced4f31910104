/// What of a text a client decides.
struct NginxTaint: Sendable {
  /// The bytes that a client can put into it; empty where it decides nothing.
  var bytes = ByteSet.empty
  /// The bytes that the text can begin with, whoever decides.
  var first = ByteSet.empty
  /// Whether the text can be empty.
  var canBeEmpty = true
  /// How the client's bytes get there, as people read it: `` `set $a $uri` ``, then the next.
  var way: [String] = []
  /// Why it cannot be told.
  var unknown: String?
  /// The bytes that a client may be able to put there where it cannot be told.
  var possible = ByteSet.empty

  /// A text that no client decides.
  static let none = NginxTaint(first: .all)

  /// A text of which it cannot be told who decides it.
  static func unknown(_ reason: String, possible: ByteSet = .all) -> NginxTaint {
    NginxTaint(first: .all, unknown: reason, possible: possible)
  }

  var isClients: Bool { !bytes.isEmpty }

  /// The same as if a client decided all that it may be able to.
  var atWorst: NginxTaint {
    NginxTaint(bytes: bytes.union(possible), first: first, canBeEmpty: canBeEmpty, way: way)
  }

  /// Either of two texts.
  func or(_ other: NginxTaint) -> NginxTaint {
    NginxTaint(
      bytes: bytes.union(other.bytes), first: first.union(other.first),
      canBeEmpty: canBeEmpty || other.canBeEmpty, way: isClients ? way : other.way,
      unknown: unknown ?? other.unknown, possible: possible.union(other.possible))
  }

  /// One text and another behind it.
  func then(_ other: NginxTaint) -> NginxTaint {
    NginxTaint(
      bytes: bytes.union(other.bytes), first: canBeEmpty ? first.union(other.first) : first,
      canBeEmpty: canBeEmpty && other.canBeEmpty, way: isClients ? way : other.way,
      unknown: unknown ?? other.unknown, possible: possible.union(other.possible))
  }

  /// A text that is written out.
  static func constant(_ text: [UInt8]) -> NginxTaint {
    NginxTaint(first: text.first.map { ByteSet($0) } ?? .empty, canBeEmpty: text.isEmpty)
  }
}

/// The variables of nginx itself that hold what a client sends.
enum NginxClientVariable {
  /// The decoded path: `%0a` is a newline in it.
  static let decoded = ByteSet.all.subtracting(ByteSet(0))
  /// Parts of a request line as they were sent: nginx refuses control characters and spaces.
  static let raw = ByteSet(0x21...0x7E).union(ByteSet(0x80...0xFF))
  /// A header: its end of line is no part of it.
  static let header = decoded.subtracting(.lineBreaks)
  /// A valid Host: no slash, no control characters, no space.
  static let host = raw.subtracting(ByteSet("/"))

  /// What a variable holds of the client's; `nil` for a name that is not nginx's own or holds
  /// nothing of a client's.
  static func taint(of name: String) -> NginxTaint? {
    if let known = named[name] { return known }
    if name.hasPrefix("arg_") { return taint(raw) }
    if name.hasPrefix("http_") || name.hasPrefix("cookie_") { return taint(header) }
    return nil
  }

  /// The first bytes of the names that hold newlines.
  static let newlineInitials: ByteSet = {
    var set = ByteSet.empty
    for (name, taint) in named where taint.bytes.contains(0x0A) {
      if let first = name.utf8.first { set.insert(first) }
    }
    return set
  }()

  private static let named: [String: NginxTaint] = {
    var table: [String: NginxTaint] = [:]
    for name in [
      "uri", "document_uri", "fastcgi_script_name",
    ] { table[name] = NginxTaint(bytes: decoded, first: ByteSet("/"), canBeEmpty: false) }
    for name in ["fastcgi_path_info", "request_filename"] { table[name] = taint(decoded) }
    table["request_uri"] = NginxTaint(bytes: raw, first: ByteSet("/"), canBeEmpty: false)
    // Empty unless arguments follow, and a question mark before those.
    table["is_args"] = NginxTaint(first: ByteSet("?"), canBeEmpty: true)
    for name in ["args", "query_string"] { table[name] = taint(raw) }
    table["request"] = taint(header)
    table["host"] = NginxTaint(bytes: host, first: host, canBeEmpty: false)
    table["proxy_add_x_forwarded_for"] = taint(header)
    // Decoded from Base64, up to the colon.
    table["remote_user"] = taint(decoded.subtracting(ByteSet(":")))
    table["request_body"] = taint(.all)
    table["ssl_server_name"] = taint(host)
    return table
  }()

  private static func taint(_ bytes: ByteSet) -> NginxTaint {
    NginxTaint(bytes: bytes, first: bytes, canBeEmpty: true)
  }
}
