import Catalog
import Model
import Syntax
import Testing

@Suite("A mapping is read strictly")
struct MappingReaderTests {
  private static let head = "name: acme\nfiles: '*.pool'\nformat: yaml\nresources:\n"

  @Test(
    "its own keys",
    arguments: [
      ("", ["1:1 the file is empty"]), ("- a\n", ["1:1 a block of keys and values is expected"]),
      ("name: [", ["1:8"]),
      ("nmae: acme\n" + head, ["1:1 unknown key `nmae` in a format -> name", "5:11"]),
      (
        "name: nginx\nfiles: '*.x'\nformat: yml\nresources: []\n",
        [
          "2", "3:9 format is one of yaml, json, toml, ini, properties, dotenv, xml -> yaml",
          "1:7 `nginx` is a product that Headgate knows: choose another name",
          "4:12 resources is empty",
        ]
      ),
      (
        "name: Acme\nversion: 2\nfiles: ['[a']\nformat: ini\nkilo: 12\nstrict: maybe\n"
          + "placeholders: x\nproduct_version: new\nresources: 5\n",
        [
          "2:10 version 1 is the only one", "8:18 product_version is a version such as 3.2",
          "5:7 kilo is one of 1000, 1024", "3:9 `[a` is no pattern of paths",
          "1:7 name is made of small letters, digits and `-`",
          "6:9 strict is one of false, resources, true",
          "7:15 placeholders is one of ${NAME:-default}, ${NAME:default}, none",
          "9:12 resources is a list",
        ]
      ),
      ("name: a\nname: b\n", ["2:1 key `name` stands twice"]),
    ])
  func own(text: String, expected: [String]) {
    let problems = FormatMapping.problems(in: text)
    #expect(!problems.isEmpty)
    for message in expected where message.count > 2 {
      #expect(problems.contains { $0.hasPrefix(message) }, "\(message) is not in \(problems)")
    }
  }

  @Test(
    "its resources and their keys",
    arguments: [
      ("- {kind: pol, keys: {a: max_size}}", "5:10 kind is one of pool, pooler, "),
      ("- {kind: nginx, keys: {a: {}}}", "5:10 kind is one of pool, pooler, "),
      ("- {kind: pool}", "5:3 a resource needs `keys`"),
      ("- {kind: pool, keys: {a: max_sise}}", "5:26 pool has no field `max_sise` -> max_size"),
      ("- {kind: pooler, keys: {a: max_size}}", "5:28 pooler has no field `max_size`"),
      ("- {kind: pool, keys: {a: environment}}", "5:26 `environment` is no field of a key"),
      (
        "- {kind: pool, keys: {a: {feild: max_size}}}", "5:27 unknown key `feild` in a key -> field"
      ),
      ("- {kind: pool, keys: {a: {field: max_size, unit: ms}}}", "5:50 unit is one of connection"),
      (
        "- {kind: pool, keys: {a: {field: idle_timeout, unit: sec}}}",
        "5:54 unit is one of us, ms, s, min, h, d"
      ),
      ("- {kind: pool, keys: {a: {type: text, unit: s}}}", "5:45 a key of type text has no unit"),
      (
        "- {kind: pool, keys: {a: {field: idle_timeout, type: count}}}",
        "5:54 field `idle_timeout` is of type time"
      ),
      ("- {kind: pool, at: a..b, keys: {a: {}}}", "5:20 at: a key between two dots is empty"),
      ("- {kind: pool, at: 'a.{nam}', keys: {a: {}}}", "5:20 at: `{nam}` is no wildcard: {name}"),
      ("- {kind: pool, at: 'a*b*', keys: {a: {}}}", "5:20 at: a key between two dots has at most"),
      ("- {kind: pool, keys: {'o.*': max_size}}", "5:23 `o.*` can be several keys"),
      ("- {kind: pool, keys: {a: max_size, b: max_size}}", "5:36 field `max_size` has two keys"),
      (
        "- {kind: pool, keys: {a: {aliases: [b]}, b: {}}}",
        "5:42 `b` stands twice among the keys of a resource"
      ),
      (
        "- {kind: pool, keys: {a: {field: max_size, default: many}}}", "5:53 default is a count"
      ),
      (
        "- {kind: pool, keys: {a: {field: idle_timeout, unit: s, default: 1500ms}}}",
        "5:66 default is a time, whole in s"
      ),
      (
        "- {kind: pool, keys: {a: {field: idle_timeout, default: 30}}}",
        "5:57 default is a time, whole in ms"
      ),
      (
        "- {kind: pool, keys: {a: {field: max_size, zero: never}}}",
        "5:50 zero is one of unlimited, forever, disabled, immediate, default, refused"
      ),
      ("- {kind: pool, keys: {a: {type: text, zero: disabled}}}", "5:45 `zero` is for counts"),
      (
        "- {kind: pool, keys: {a: {type: count, minimum: 5, maximum: 4}}}",
        "5:61 `maximum` is below `minimum`"
      ),
      ("- {kind: pool, keys: {a: {type: count, outside: clamp}}}", "5:49 `outside` needs"),
      ("- {kind: pool, keys: {a: {since: 3}}}", "5:34 `since` needs `product_version`"),
      (
        "- {kind: pool, keys: {a: {type: count, default: {key: bb}}, b: {type: count}}}",
        "5:23 `a` follows `bb`, which is no key of the resource -> b"
      ),
      (
        "- {kind: pool, keys: {a: {type: count, default: {key: b}}, b: {type: time}}}",
        "5:23 `a` follows `b`, which is of another type"
      ),
      (
        "- {kind: pool, keys: {a: {type: count, default: {key: a}}}}",
        "5:23 `a` follows `a`, which follows another"
      ),
      ("- {kind: pool, keys: {a: {secret: perhaps}}}", "5:35 secret is true or false"),
      ("- {kind: pool, name: {path: a}, keys: {a: {}}}", "5:23 unknown key `path` in name"),
    ])
  func resources(text: String, expected: String) {
    let problems = FormatMapping.problems(in: Self.head + text + "\n")
    #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
  }

  @Test("and a sound one has no mistake")
  func sound() {
    #expect(FormatMapping.problems(in: Self.head + "- {kind: pool, keys: {a: max_size}}\n") == [])
  }

  @Test("names of variables do not nest")
  func variables() {
    let head = Self.head.replacing("yaml", with: "dotenv")
    let problems = FormatMapping.problems(in: head + "- {kind: pool, keys: {a.b: max_size}}\n")
    #expect(problems.map { $0.prefix(4) } == ["5:23"])
  }

  @Test("what is not sane is refused at once")
  func limits() {
    let many = (0...1_000).map { "k\($0): {}" }.joined(separator: ", ")
    #expect(
      FormatMapping.problems(in: Self.head + "- {kind: pool, keys: {\(many)}}\n")
        .contains { $0.contains("more than 1000 keys") })
    let all = Array(repeating: "- {kind: pool, keys: {a: {}}}", count: 101).joined(separator: "\n")
    #expect(
      FormatMapping.problems(in: Self.head + all + "\n").contains { $0.contains("more than 100 ") })
    let deep = Array(repeating: "a", count: 33).joined(separator: ".")
    #expect(
      FormatMapping.problems(in: Self.head + "- {kind: pool, keys: {\(deep): {}}}\n")
        .contains { $0.contains("at most 32 levels") })
    let wrong = Array(repeating: "- {kind: x}", count: 99).joined(separator: "\n")
    #expect(FormatMapping.problems(in: Self.head + wrong + "\n").count == 100)
  }
}
