package import Audit
package import Syntax

/// Adds and revokes the keys that may sign, and lists them.
package struct KeyKeeper: Sendable {
  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Adds the key of a `.pub` file.
  ///
  /// - Parameters:
  ///   - line: the file's content.
  ///   - principal: whose it is; the recorder's own where `nil`.
  /// - Throws: `Failure` when the record would have no effect.
  package func add(
    _ line: String, principal: String?, roles: [String], _ statement: Statement
  ) throws(Failure) -> Recorded {
    let key = try Self.key(line)
    return try append(statement) { recorder in
      (
        .keyAdd,
        .keyGrant(
          .init(principal: principal ?? recorder, key: key.text, roles: roles))
      )
    }
  }

  /// Revokes the key in force with this fingerprint, in this `.pub` line, or of this person.
  package func revoke(
    _ name: String, _ statement: Statement
  ) throws(Failure) -> Recorded {
    let found = try keys().filter { key in
      key.revoked == nil
        && (key.fingerprint == name || Identity(key.principal) == Identity(name)
          || name.hasPrefix(key.text))
    }
    guard let key = found.first else {
      throw Failure("no key in force is \(name)", help: "`headgate audit keys list` shows them")
    }
    guard found.count == 1 else {
      throw Failure(
        "\(name) has \(found.count) keys", help: "give the fingerprint of the one to revoke")
    }
    return try append(statement) { _ in
      (.keyRevoke, .keyRevocation(.init(principal: key.principal, key: key.text)))
    }
  }

  /// Every key that was ever accepted.
  package func keys() throws(Failure) -> [KeyLedger.Key] {
    let log = AuditLog(try RepositoryAccess.open(folder))
    do { return try log.reviews(of: .zero).keys.keys } catch { throw Failure(error) }
  }

  private static func key(_ line: String) throws(Failure) -> SSHPublicKey {
    do throws(SignatureFault) { return try SSHPublicKey(openSSH: line) } catch {
      throw Failure("no public key: \(error)", help: "give the file that ends with .pub")
    }
  }

  private func append(
    _ statement: Statement, _ details: (String) -> (RecordKind, RecordDetails)
  ) throws(Failure) -> Recorded {
    let log = AuditLog(try RepositoryAccess.open(folder))
    let writer = try LogWriter(statement, in: log.repository)
    let (kind, details) = details(writer.recorder.id)
    do throws(AuditError) {
      let prepared = try writer.prepare(writer.body(kind, details: details), for: log)
      var ledger = try log.reviews(of: .zero)
      if let refusal = ledger.add(prepared.reviewed(at: .max)) {
        throw AuditError(
          refusal.code, refusal.description,
          remedy: refusal.code == .signatureMissing
            ? "sign it with --key FILE, a key in role root" : refusal.remedy)
      }
      return try writer.append(prepared, to: log)
    } catch {
      throw Failure(error)
    }
  }
}

extension KeyLedger.Key {
  /// The key as `audit keys list --format json` prints it: fields may be added, never changed.
  package var json: JSON {
    .object(present: [
      ("principal", .string(principal)), ("fingerprint", .string(fingerprint)),
      ("key", .string(text)), ("roles", .array(roles.sorted().map { .string($0) })),
      ("added", .number(added)), ("revoked", revoked.map { .number($0) }),
      ("validFrom", validFrom.map { .string($0.description) }),
    ])
  }
}
