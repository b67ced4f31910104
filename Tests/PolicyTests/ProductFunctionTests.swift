import CEL
import Catalog
import Model
import Policy
import Testing

/// What rules can ask of any text, by the functions that products bring.
@Suite("Functions of products in rules")
struct ProductFunctionTests {
  private func value(_ expression: String) throws -> String {
    let environment = Environment(functions: RuleFunctions.all(Catalog.schema))
    return switch try environment.compile(expression).evaluate([]) {
    case .value(let value): "\(value)"
    case .unknown(let reasons): "unknown: \(reasons.joined(separator: ", "))"
    case .error(let error): "error: \(error.message)"
    }
  }

  @Test(
    "answer for regular expressions, paths and values of nginx",
    arguments: [
      (#"regex_can_match("^/a/([^/]+)$", "\n")"#, true),
      (#"regex_can_match("^/a/[^/\n]+$", "\n")"#, false),
      (#"regex_can_match("^/[a-z]+$", "/")"#, true), (#"regex_can_match("[a-z]+", "/")"#, false),
      (#"regex_group_can_match("^/([^/]+)/([a-z]+)$", 1, "\r\n")"#, true),
      (#"regex_group_can_match("^/([^/]+)/([a-z]+)$", 2, "\r\n")"#, false),
      (#"regex_group_can_match("a", 1, "a")"#, false),
      (#"regex_is_anchored_at_start("^/a|^/b")"#, true),
      (#"regex_is_anchored_at_end("/a$|/b")"#, false),
      (#"regex_literal("^/a\\.php$") == "/a.php""#, true),
      (#"regex_literal("a|b") == """#, true),
      (#"regex_groups("(?<lang>en|de)/(\\d+)") == ["lang", ""]"#, true),
      (#"regex_refusal("(a") != "" && regex_refusal("a") == """#, true),
      (#"regex_slow_text("^(a+)+$") != "" && regex_slow_text("^a+$") == """#, true),
      (#"nginx_path("/a//b/%2e%2E/c?d") == "/a/c""#, true), (#"nginx_path("/../a") == """#, true),
      (#"path_goes_up("/a/%2e%2e%2Fb") && path_goes_up("..")"#, true),
      (#"path_goes_up("/a..b/...")"#, false),
      (#"nginx_variables("http://$Host${uri}x$1") == ["host", "uri", "1"]"#, true),
      (#"nginx_time(duration("900s")) == "15m" && nginx_time(duration("60s")) == "60s""#, true),
      (#"nginx_time(duration("0.5s")) == "500ms" && nginx_time(duration("36h")) == "36h""#, true),
    ])
  func answers(expression: String, expected: Bool) throws {
    #expect(try value(expression) == "\(Value.bool(expected))", "\(expression)")
  }

  @Test(
    "do not guess what they do not follow",
    arguments: [
      #"regex_can_match("(a(?1)?b)", "/")"#, #"regex_literal("^/${PATH}$")"#,
      #"regex_is_anchored_at_end("(a")"#, #"nginx_time(duration("0.0001s"))"#,
    ])
  func unknown(expression: String) throws {
    #expect(try value(expression).hasPrefix("unknown: "), "\(expression)")
  }

  @Test("are known to the check of a rule, and their types are")
  func checked() {
    #expect(throws: CELError.self) { try value("regex_literal(1)") }
    #expect(throws: CELError.self) { try value(#"regex_litera("a")"#) }
  }

  @Test("say what they give, in names that are told apart")
  func described() {
    let functions = Catalog.schema.functions
    #expect(Set(functions.map(\.name)).count == functions.count)
    for function in functions {
      #expect(function.about.utf8.count > 20 && !function.about.hasSuffix("."), "\(function.name)")
    }
  }
}
