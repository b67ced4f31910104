import Model
import Testing

@testable import Catalog

@Suite("nginx: TLS of a server")
struct NginxTLSFactTests {
  @Test(
    "the words of a cipher list that let broken ciphers in",
    arguments: [
      ("HIGH:!aNULL:!MD5", []), ("ALL:!ADH:!EXPORT56:RC4+RSA:+HIGH:+MEDIUM:+LOW", ["RC4+RSA"]),
      ("RC4-SHA:!RC4", []), ("RC4-SHA:-RC4:RC4-MD5", ["RC4-MD5"]), ("-RC4:RC4-SHA", ["RC4-SHA"]),
      ("ECDHE-RSA-DES-CBC3-SHA:!DES", ["ECDHE-RSA-DES-CBC3-SHA"]),
      ("ECDHE-RSA-DES-CBC3-SHA:!3DES", []), ("EDH+3DES EECDH+3DES", ["EDH+3DES", "EECDH+3DES"]),
      ("aNULL,eNULL", ["aNULL", "eNULL"]), ("ADH-AES256-SHA:!aNULL", []), ("ADH:!ADH", []),
      ("EXP-RC4-MD5:!EXPORT", []), ("DES-CBC-SHA", ["DES-CBC-SHA"]), ("+RC4:@STRENGTH:!NULL", []),
      ("ECDHE-ECDSA-CHACHA20-POLY1305:DHE-RSA-AES128-SHA256", []), ("", []),
    ] as [(String, [String])])
  func ciphers(_ text: String, _ weak: [String]) {
    #expect(NginxCipherList(text).weak == weak)
  }

  @Test("whose settings count")
  func defaults() {
    let sample = NginxSample(
      http: """
        server { listen 443 ssl; server_name a; }
        server { listen 443 ssl; listen 8443 ssl; server_name b; }
        server { listen 8443 ssl default_server; server_name c; }
        """)
    #expect(sample.value("default_servers", of: .server, "a") == "")
    #expect(sample.value("default_servers", of: .server, "b") == "a, c")
    #expect(sample.value("default_servers", of: .server, "c") == "")
    let partial = NginxSample(http: "include sites/*; server { listen 443 ssl; }")
    #expect(partial.value("default_servers", of: .server) == "")
    let open = NginxSample(http: "include sites/a.conf; server { listen 443 ssl; }")
    #expect(open.value("default_servers", of: .server) == "unknown")
  }

  @Test("groups without their marks")
  func groups() {
    let sample = NginxSample(http: "server { ssl_ecdh_curve ?X25519MLKEM768:*X25519/P-256; }")
    #expect(sample.value("key_exchange_groups", of: .server) == "x25519mlkem768, x25519, p-256")
    #expect(NginxSample(http: "server { }").value("key_exchange_groups", of: .server) == "")
  }

  @Test("the header that makes browsers remember, as far as it is inherited")
  func transportSecurity() {
    let sample = NginxSample(
      http: """
        add_header strict-transport-security max-age=1;
        server { server_name a; location /x { add_header X y; } location /y { } }
        server { server_name b; add_header X y; }
        """)
    #expect(sample.value("transport_security", of: .server, "a") == "max-age=1")
    #expect(sample.value("transport_security", of: .server, "b") == "")
    #expect(sample.value("transport_security", of: .location, "/x") == "")
    #expect(sample.value("transport_security", of: .location, "/y") == "max-age=1")
    let hidden = NginxSample(http: "server { include headers.conf; }")
    #expect(hidden.value("transport_security", of: .server) == "unknown")
  }

  @Test("status codes, tested variables, files")
  func others() {
    let sample = NginxSample(
      http: """
        map $ssl_early_data $x { 1 2; }
        server { return 444; location / { return 421; if ($uri ~ a) { set $b c; } } }
        """)
    #expect(sample.value("status_codes", of: .server) == "444, 421")
    #expect(sample.value("tested_variables", of: .nginx) == "ssl_early_data, uri, x")
    #expect(sample.value("sends_files", of: .nginx) == "false")
    let files = NginxSample(http: "server { location / { sendfile on; } }")
    #expect(files.value("sends_files", of: .nginx) == "true")
  }
}
