import Findings
import Syntax
import Testing

@Suite("Secrets in shown lines")
struct SecretMaskTests {
  private func masked(_ text: String, line: Int = 1) -> String {
    let source = SourceText(path: "f", text: text)
    return MaskedLine(line, of: source, lines: LineTable(source.bytes)).text
  }

  @Test(
    "what a secret's name is followed by is hidden, in any format",
    arguments: [
      "password=⟦x⟧", "spring.datasource.password: ⟦hunter2 with spaces⟧", "  DB_PASSWORD: ⟦x⟧",
      #"  "password": "⟦x \" y⟧","#, "export PGPASSWORD='⟦x y⟧'", "- DB_PASS=⟦x⟧",
      "dsn = host=db password=⟦x⟧ port=5432", "app = password='⟦a''b⟧' port=5432",
      "{user: a, password: ⟦x⟧, size: 5}",
      #"<property name="password" value="⟦x⟧"/>"#, #"<Resource username="a" password="⟦x⟧"/>"#,
      "<password>⟦x⟧</password>", #"<property name="jdbc.password">⟦x⟧</property>"#,
      "clientSecret=⟦x⟧", "api_key: ⟦x⟧", "auth.token=⟦x⟧", "AWS_SECRET_ACCESS_KEY=⟦x⟧",
      "password1=⟦x⟧", "# password=⟦x⟧", #"set $db_password "⟦x⟧";"#,
      #"proxy_set_header Authorization "⟦Basic eDp5⟧";"#, "proxy_set_header X-Api-Key ⟦abc⟧;",
      "password=⟦${DB_PASSWORD:x}⟧", "url=jdbc:mysql://h/db?user=a&password=⟦x⟧&ssl=on",
      "init: \"SET ROLE x IDENTIFIED BY '⟦x y⟧'\"", "ALTER USER app PASSWORD '⟦x⟧'",
      "SET PASSWORD = PASSWORD('⟦x⟧')", "GRANT … identified by password '⟦*94BD⟧'",
      "command: mariadbd --max-connections=5 -p⟦x⟧ --user=a", "DSN=https://⟦3f2a⟧@sentry.io/1",
      "postgres://user:⟦x⟧@host:5432/db", "amqp://u:⟦p@ss/w0rd⟧@h/v", "a b://u:⟦1⟧@h c://v:⟦2⟧@h",
    ])
  func hidden(marked: String) {
    let pieces = marked.split(omittingEmptySubsequences: false) { "⟦⟧".contains($0) }
    let starred = pieces.enumerated().map { $0.offset % 2 == 1 ? "********" : $0.element }
    #expect(masked(pieces.joined()) == starred.joined())
  }

  @Test(
    "what is no secret stays",
    arguments: [
      "maximumPoolSize=5", "server_tokens on;", "password_encryption = scram-sha-256",
      "proxy_pass http://backend;", "proxy_pass http://host:8080/a@b;", "user=auth",
      "password=${DB_PASSWORD}", "password: {{ vault.password }}", "password=", "password: null",
      "# the password must be changed", "http://host/path", "tokens=5", "compass=1",
      "bypass: yes", "sorted by 'name'", "nginx -p/etc/nginx",
      "https://host/@scope/package", "postgres://user@host/db", "ssl_password_file /etc/keys;",
    ])
  func shown(line: String) {
    #expect(masked(line) == line)
  }

  @Test("a value is hidden when the line above names it a secret")
  func named() {
    #expect(masked("- name: DB_PASSWORD\n  value: x y\n", line: 2) == "  value: ********")
    #expect(masked("- name: DB_POOL\n  value: 5\n", line: 2) == "  value: 5")
  }
}
