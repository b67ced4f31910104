import Syntax
import Testing

@Suite("Nginx Lua blocks")
struct NginxLuaTests {
  private static func body(_ text: String) -> String? {
    let tree = nginx("content_by_lua_block {\(text)} after;")
    guard tree.errors.isEmpty, tree.directives.count == 2 else { return nil }
    return tree.argumentStrings(of: NginxDirectiveID(0)).last
  }

  @Test(
    "end at the brace that matches, whatever strings and comments hold",
    arguments: [
      "", " a ", "{}", "{ { } }", "\"}\"", "'}'", #""\"}""#, "[[ } ]]", "[==[ } ]] ]==]",
      "-- }\n", "--[[ }\n } ]]", "--[==[ }\n ]] ]==]", "---[[ }\n", "# ; $ \\",
      "it's {}", "a = \"b\nc = {}\n\"", "a[b[1]] = {}", "x = a - b -- it's\n", "--[=x }\n",
      #"'\\'"#, "]] ]=]",
    ])
  func bodies(text: String) {
    #expect(Self.body(text) == text)
  }

  @Test("let a quote without a partner in its line be")
  func quotes() {
    #expect(Self.body("it's { \n }") == "it's { \n }")
    #expect(Self.body("it's }") == nil)
  }

  @Test("keep their arguments, and their body as the last one")
  func arguments() throws {
    let tree = nginx("set_by_lua_block $x\n{ return '\\n' }\nb;")
    #expect(tree.argumentStrings(of: NginxDirectiveID(0)) == ["$x", #" return '\n' "#])
    #expect(tree[NginxDirectiveID(0)].kind == .lua)
    #expect(tree[NginxDirectiveID(1)].line == 3)
    #expect(Array(tree.children(of: NginxDirectiveID(0))) == [])
  }

  private static let end =
    "unexpected end of file, expecting terminating characters for lua code block"

  @Test(
    "are refused in the module's words",
    arguments: [
      ("\na_by_lua_block {\n x\n", end, 2),
      ("\na_by_lua_block {\n x {\n {} \n", end, 4),
      ("a_by_lua_block {\n [[ } ", missing("]]"), 2),
      ("a_by_lua_block {\n\n --[==[ ]] } ", missing("]==]"), 3),
      ("a_by_lua_block {};", #"unexpected ";""#, 1),
      (
        "a_by_lua_block {\n" + String(repeating: "x\n", count: 2400) + "}",
        "too long lua code block, probably missing terminating characters", 1
      ),
    ])
  func errors(text: String, message: String, line: Int) {
    let error = nginx(text).errors.first
    #expect(error?.message == message)
    #expect(error?.line == line)
  }

  private static func missing(_ bracket: String) -> String {
    "Lua code block missing the closing long bracket \"\(bracket)\", "
      + "the inlined Lua code may be too long"
  }

  @Test("may be of any length where tokens come often enough")
  func length() {
    let text = String(repeating: "f { x } -- y\n", count: 10_000)
    #expect(Self.body(text) == text)
  }

  @Test("are read on behind what is too long for nginx's buffer")
  func recovery() {
    let tree = nginx(
      "a_by_lua_block { [[" + String(repeating: "x", count: 5000) + "}]] } b;")
    #expect(tree.errors.count == 1)
    #expect(tree.all.map { tree.name(of: $0).string } == ["a_by_lua_block", "b"])
  }
}
