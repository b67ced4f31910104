import Catalog
import Testing

@Suite("What a tree of a file may show")
struct SecretTextTests {
  @Test(
    "texts that carry a secret are masked",
    arguments: [
      "postgres://u:hunter2@db/x", "PGPASSWORD=hunter2 psql", "--token hunter2",
      "host=db PassWord = hunter2", "curl -u me:hunter2 x", "X-Secret: hunter2",
      "proxy_set_header Authorization \"Basic aHVudGVyMg==\";\nlisten 80;",
      "Authorization: Bearer hunter2", "authorization 'bearer hunter2'",
    ])
  func secret(text: String) {
    #expect(SecretText.masked(text, of: "command") == "********")
  }

  @Test(
    "texts that only speak of one are shown",
    arguments: [
      "proxy_set_header Authorization $http_authorization;", "Authorization \"Basic $token_b64\"",
      "location /authorization { auth_basic \"Login\"; }", "secret-db:5432", "host:8080/a@b",
      "--user-agent x", "",
    ])
  func plain(text: String) {
    #expect(SecretText.masked(text, of: "command") == text)
  }

  @Test(
    "names of secrets are told in any case, wherever the word stands",
    arguments: [
      ("DB_PASSWORD", true), ("apiKey", true), ("my.secret.name", true), ("Passwd", true),
      ("passwor", false), ("pass", false), ("", false), ("tokenizer", true), ("keepalive", false),
    ])
  func names(name: String, isSecret: Bool) {
    #expect(SecretText.isSecretName(name) == isSecret)
  }
}
