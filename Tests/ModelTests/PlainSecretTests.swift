import Model
import Testing

/// Whether a file holds a secret itself, or a word about where it comes from.
@Suite("Plain secrets")
struct PlainSecretTests {
  private func setting(
    _ written: String, isSecret: Bool = true, provenance: Provenance = .explicit
  ) -> Setting {
    Setting(
      key: "password", written: written, effective: .string(written), provenance: provenance,
      origin: Origin(path: "a", range: 0..<1), isSecret: isSecret)
  }

  @Test(
    "are passwords, alone or in an address",
    arguments: [
      "Wq8-rest-tangle", "'Wq8 rest'", "123456", "postgresql://app:Wq8@db:5432/app?pool_timeout=5",
      "jdbc:mysql://db/app?user=app&password=Wq8", "Host=db;Password=Wq8;Timeout=5",
    ])
  func plain(written: String) { #expect(setting(written).isPlainSecret) }

  @Test(
    "are not references, masks and samples",
    arguments: [
      "", "''", "${DB_PASSWORD}", "${DB_PASSWORD:secret}", "<%= ENV[\"DB_PASSWORD\"] %>",
      "{{ .Values.password }}", "$(cat password)", "********", "xxxxxx", "REDACTED",
      "YOUR_PASSWORD", "change_me", "your-password-here", "<password>", "[place password here]",
      "ENC(abc=)",
      "{cipher}abc", "__DB_PASSWORD__", "postgresql://app@db:5432/app?application_name=app",
      "postgresql://app:${PASSWORD}@db/app", "jdbc:mysql://db/app?password=${PASSWORD}",
      "Host=db;Password=${PASSWORD};Timeout=5", "null",
    ])
  func reference(written: String) { #expect(!setting(written).isPlainSecret) }

  @Test("are only in what is secret and decided in the file")
  func elsewhere() {
    #expect(!setting("Wq8", isSecret: false).isPlainSecret)
    #expect(!setting("Wq8", provenance: .inherited).isPlainSecret)
    #expect(!setting("Wq8", provenance: .unknown).isPlainSecret)
  }
}
