import Catalog
import Model
import Testing

@Suite("nginx directive table")
struct NginxDirectiveTableTests {
  private let table = NginxDirectiveTable.shared

  private func info(_ name: String, _ context: NginxContextKind) -> NginxDirectiveInfo? {
    table.info(table.id(name), in: context)
  }

  @Test("knows every directive of the documentation and of well-known modules")
  func size() {
    #expect(table.nameCount > 1_000)
    #expect(table.id("no_such_directive") == .unknown)
    #expect(table.id("Proxy_Pass") == .unknown)
  }

  @Test(
    "finds every name again by its spelling",
    arguments: [
      "worker_processes", "proxy_pass", "lua_shared_dict", "vhost_traffic_status", "zone",
    ])
  func spelling(name: String) {
    #expect(table.name(table.id(name)) == name)
  }

  @Test(
    "says where a directive may stand",
    arguments: [
      ("worker_processes", NginxContextKind.main, true), ("worker_processes", .http, false),
      ("worker_connections", .events, true), ("proxy_pass", .location, true),
      ("proxy_pass", .ifInLocation, true), ("proxy_pass", .limitExcept, true),
      ("proxy_pass", .server, false), ("proxy_pass", .streamServer, true),
      ("server", .upstream, true), ("server", .http, true), ("limit_req", .ifInLocation, false),
      ("include", .upstream, true), ("error_log", .streamServer, true),
      ("return", .ifInServer, true),
      ("geo", .stream, true), ("protocol", .mailServer, true),
    ])
  func contexts(name: String, context: NginxContextKind, isAllowed: Bool) {
    #expect((info(name, context) != nil) == isAllowed)
  }

  @Test("tells arguments, value kinds and fields apart by context")
  func rows() throws {
    let location = try #require(info("proxy_pass", .location))
    #expect(location.leastArguments == 1 && location.mostArguments == 1)
    #expect(try #require(info("server", .http)).value == .block)
    #expect(try #require(info("server", .upstream)).mostArguments == nil)
    #expect(try #require(info("proxy_read_timeout", .http)).fieldType == .duration)
    #expect(try #require(info("client_max_body_size", .server)).value == .offset)
    #expect(try #require(info("proxy_buffering", .location)).fieldType == .bool)
    #expect(try #require(info("proxy_buffers", .location)).fieldType == .list(.int))
    #expect(try #require(info("add_header", .location)).fieldType == .list(.string))
    #expect(try #require(info("health_check", .location)).isCommercial)
  }

  @Test(
    "knows the default of a version",
    arguments: [
      ("proxy_http_version", NginxContextKind.location, "1.29.6", "1.0"),
      ("proxy_http_version", .location, "1.29.7", "1.1"),
      ("keepalive", .upstream, "1.29.6", nil), ("keepalive", .upstream, "1.29.7", "32 local"),
      ("keepalive_requests", .http, "1.19.9", "100"),
      ("keepalive_requests", .http, "1.19.10", "1000"),
      ("sendfile_max_chunk", .http, "1.21.3", "0"), ("sendfile_max_chunk", .http, "1.21.4", "2m"),
      ("accept_mutex", .events, "1.11.2", "on"), ("accept_mutex", .events, "1.31.4", "off"),
      ("ssl_protocols", .server, "1.22.1", "TLSv1 TLSv1.1 TLSv1.2"),
      ("ssl_protocols", .server, "1.24.0", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"),
      ("ssl_protocols", .server, "1.27.3", "TLSv1.2 TLSv1.3"),
      ("worker_connections", .events, "1.22.1", "512"), ("resolver", .http, "1.22.1", nil),
    ] as [(String, NginxContextKind, String, String?)])
  func defaults(
    name: String, context: NginxContextKind, version: String, expected: String?
  ) throws {
    let version = try #require(Version(version))
    let found = table.defaultText(try #require(info(name, context)), version: version)
    #expect(found?.split { $0 == " " || $0 == "\n" }.joined(separator: " ") == expected)
  }

  @Test("knows when directives came and went")
  func versions() throws {
    #expect(table.since(try #require(info("add_header_inherit", .http))) == Version(1, 29, 3))
    #expect(table.removed(try #require(info("ssl", .server))) == Version(1, 25, 1))
    #expect(table.removed(try #require(info("try_files", .location))) == nil)
    #expect(table.removed(try #require(info("gzip_vary", .location))) == nil)
  }

  @Test(
    "gives every directive of a context a field, and finds it by name", arguments: NginxSchema.all)
  func schema(schema: KindSchema) throws {
    let fields = schema.fields
    #expect(fields.count > 15)
    #expect(Set(fields.map(\.slot)).count == fields.count)
    #expect(Set(fields.map(\.name)).count == fields.count)
    for field in fields {
      let found = try #require(schema.field(named: field.name))
      #expect(found == field)
      #expect(!field.about.isEmpty)
    }
    #expect(schema.field(named: "no_such_field") == nil)
  }
}
