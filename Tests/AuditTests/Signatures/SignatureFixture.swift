import Testing

/// Signatures made for these tests by ssh-keygen with keys that were thrown away.
struct SignatureFixture: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let key: String
  let fingerprint: String
  let signature: String

  /// What was signed.
  static let message = #"{"kind":"change","v":1}"#

  static let ed25519 = SignatureFixture(
    testDescription: "Ed25519",
    key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICCtsyPmmufB1qnfAhe0TvDrG0t3ItLBd1qWbNIAzJk6",
    fingerprint: "SHA256:NocvzAw0s/nqP97p8xOuuWEc/pNtvojQwcEX+emODc4",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgIK2zI+aa58HWqd8CF7RO8OsbS3
      ci0sF3WpZs0gDMmToAAAAYaGVhZGdhdGUtYXVkaXQtcmVjb3JkQHYxAAAAAAAAAAZzaGE1
      MTIAAABTAAAAC3NzaC1lZDI1NTE5AAAAQPBJRC7gctZuxBaoJsDQ9qcLcjTI3qRJ3Zm+4Z
      mZ6+QYwoDnbdMMv3gcji06o36/p+wt+8lTUSlIrp8RheAgQwc=
      -----END SSH SIGNATURE-----
      """)

  static let p256 = SignatureFixture(
    testDescription: "P-256",
    key: "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPy2jetzxLcm"
      + "lvIyrQ3V7Y3VMVbGHLqkVQVZs6r0s1yw2n6mJarzSHynN/N4XnC0AMC/7BHF1ssiLIMk2+1xNvY=",
    fingerprint: "SHA256:1zmtq5DT5PotXAfSQMDEnr/arUzdxBbApWnxbQhpC4U",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE
      EE/LaN63PEtyaW8jKtDdXtjdUxVsYcuqRVBVmzqvSzXLDafqYlqvNIfKc383hecLQAwL/s
      EcXWyyIsgyTb7XE29gAAABhoZWFkZ2F0ZS1hdWRpdC1yZWNvcmRAdjEAAAAAAAAABnNoYT
      UxMgAAAGQAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAEkAAAAgE2Akpso4Lvy6LZcAfpHF
      SiRQcfb18Y30qaEA24d+4C4AAAAhAOY4k24sFoQWyj9QdntJ/kA60GW3s+tbDzO2awd0a+
      OI
      -----END SSH SIGNATURE-----
      """)

  static let p384 = SignatureFixture(
    testDescription: "P-384",
    key: "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBAvEKIoosblu"
      + "qvbaj7xXcKyQWITkXZBF9srtpHGxQLz4vDUK0rQkzi+50B9cMwMl37PLVWnIrx5vxXa8FC7z47MKKcD0kk4O"
      + "vSA85cxnu8CQJ1Oo0/O7+wzXxcWR8y/ttg==",
    fingerprint: "SHA256:ANaLy5YcffJcpFAUECb7IVLSLwTot80gRwCZdm8PHu0",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAAIgAAAATZWNkc2Etc2hhMi1uaXN0cDM4NAAAAAhuaXN0cDM4NAAAAG
      EEC8QoiiixuW6q9tqPvFdwrJBYhORdkEX2yu2kcbFAvPi8NQrStCTOL7nQH1wzAyXfs8tV
      acivHm/FdrwULvPjswopwPSSTg69IDzlzGe7wJAnU6jT87v7DNfFxZHzL+22AAAAGGhlYW
      RnYXRlLWF1ZGl0LXJlY29yZEB2MQAAAAAAAAAGc2hhNTEyAAAAhAAAABNlY2RzYS1zaGEy
      LW5pc3RwMzg0AAAAaQAAADAOf5GpQIDvYL6pd+YGBunUJ4TG6ENYvApbD2DKb38XV3Zuss
      nkFsmHg3afePtq+wcAAAAxAK8mUls2b2aadiJZDcom+HE08gJ4k6zWj3HL/B0I/iP2+JYT
      c+qdSEzAU2KxMSxUjQ==
      -----END SSH SIGNATURE-----
      """)

  static let p521 = SignatureFixture(
    testDescription: "P-521",
    key: "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAHUy/w1fiAk"
      + "hp8tjkGuFAD09UucTPr7szq0R5lo8l/hXsOh9tuBMozCRVC+gE7UL1niowilFN9rZs+ZDD1gJ2eUAgDRc2Dz"
      + "eHxNSDVW47prShfWxeYdbRxR2D+mn5DE6/bv3QNHw9mUlFLlJijpQTTBf8JtSooyH2fQY816asdescTGOg==",
    fingerprint: "SHA256:YA0oWuraS4tuvn36Ulk9el7z+LaHQMbHl49HaYXravU",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAAKwAAAATZWNkc2Etc2hhMi1uaXN0cDUyMQAAAAhuaXN0cDUyMQAAAI
      UEAdTL/DV+ICSGny2OQa4UAPT1S5xM+vuzOrRHmWjyX+Few6H224EyjMJFUL6ATtQvWeKj
      CKUU32tmz5kMPWAnZ5QCANFzYPN4fE1INVbjumtKF9bF5h1tHFHYP6afkMTr9u/dA0fD2Z
      SUUuUmKOlBNMF/wm1KijIfZ9BjzXpqx16xxMY6AAAAGGhlYWRnYXRlLWF1ZGl0LXJlY29y
      ZEB2MQAAAAAAAAAGc2hhNTEyAAAApgAAABNlY2RzYS1zaGEyLW5pc3RwNTIxAAAAiwAAAE
      IBY015VA5W1DSut9ze9yI3OAi25Vbv7c/Ibm1YLEnS0mgPGDXF0JyfqC7tcw203slV3Vym
      Y2Vr8vlGHKiJIQMC/FEAAABBUkEQMJb7HKz8aTkZBoxof8sVHhn8Pch9VajPA0KonQxA9r
      l3ke8bJUdJzLECoYVD/9RSja7OWlJSzu1yTuaJqdc=
      -----END SSH SIGNATURE-----
      """)

  static let rsa = SignatureFixture(
    testDescription: "RSA",
    key: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCS+H3YLj4/6ef0bCnlnTGXM7TKVC7YC4HFj4pmPDbCCwhi"
      + "OHbZ9vveK+7gkUbWvkbSWTVcXSMegjqt0YVcolme7tLnM2e84z6pjb8AXr+b9RThBHQyaKLmd+hdSDg5TnEL"
      + "VSfgpTIbMHiy959eInoUWbEKkh3Xtv8FOkOcASj7Wtgi3+oS5DafuDdmcSTZmtinuRx051a8ekO/vALBDv8l"
      + "UcstS5d5eduWF6bWuGCBVkCMA8MhJ70a0VXwbEvcJDlOMBUEU1f2F73e/SaVEN1Wyj9JXQtj9kKWnnRVNnrv"
      + "TeM8DazXMeEl0wvBcJGWCU3eOhME3ZbwMC8Ui6PdxN4x",
    fingerprint: "SHA256:nJK1Stco25rrmGh0EMxlS+jEqa3KSBe87LOyh96T8S0",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAARcAAAAHc3NoLXJzYQAAAAMBAAEAAAEBAJL4fdguPj/p5/RsKeWdMZ
      cztMpULtgLgcWPimY8NsILCGI4dtn2+94r7uCRRta+RtJZNVxdIx6COq3RhVyiWZ7u0ucz
      Z7zjPqmNvwBev5v1FOEEdDJoouZ36F1IODlOcQtVJ+ClMhsweLL3n14iehRZsQqSHde2/w
      U6Q5wBKPta2CLf6hLkNp+4N2ZxJNma2Ke5HHTnVrx6Q7+8AsEO/yVRyy1Ll3l525YXpta4
      YIFWQIwDwyEnvRrRVfBsS9wkOU4wFQRTV/YXvd79JpUQ3VbKP0ldC2P2QpaedFU2eu9N4z
      wNrNcx4SXTC8FwkZYJTd46EwTdlvAwLxSLo93E3jEAAAAYaGVhZGdhdGUtYXVkaXQtcmVj
      b3JkQHYxAAAAAAAAAAZzaGE1MTIAAAEUAAAADHJzYS1zaGEyLTUxMgAAAQB+erNFbgZHFM
      K2Z8QPvtxsDcxawIURc228R30WxCAE9AVyKXF0HgJ1GOckQixVnTD13Ss5wHPySMiJU3Se
      kMST1mr3HFW2lkw2YQJUrnAfrA5QQRykZjwzElHlDbFW/wZUjl+MbCoPv5XzmlT2aCxHJC
      onBwSk16830RyzinhinzFa3Apnh/ZgFv7icSKv9CvWcYNpwjfwc35BUw3dtRPTDCECrKVE
      b9ozAjza5mPCYOeMeptbIIzpeExCKe02RezpLTb+OLf6kucJ4ZwBDip8/h6aFUhOaTAk8q
      8rq9qsu5cBxHxgwb56JCPMqf96Lcs0WVN80jkjEB1Aun4QJ6E5
      -----END SSH SIGNATURE-----
      """)

  static let all: [SignatureFixture] = [.ed25519, .p256, .p384, .p521, .rsa]
}
