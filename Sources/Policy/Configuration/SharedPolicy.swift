package import Syntax

/// Rules of another repository that `.headgate.yaml` asks for.
package struct SharedPolicy: Sendable, Hashable {
  /// What the names of its rules begin with: `acme` makes `acme/pool/size-below-house-minimum`.
  package let name: String
  /// The address, as git takes it.
  package let address: String
  /// A tag, a branch or a commit.
  package let ref: String
  /// The folder with the rules, without slashes around it; empty for the root.
  package let path: String
  /// Where `.headgate.yaml` says so.
  package let position: SourcePosition

  package init(
    name: String, address: String, ref: String, path: String, position: SourcePosition
  ) {
    self.name = name
    self.address = address
    self.ref = ref
    self.path = path
    self.position = position
  }
}

/// What may stand in an address, a reference or a path that git gets from a file of a repository.
///
/// Whoever writes `.headgate.yaml` may be a stranger: git starts programs for some addresses, and
/// takes words that begin with `-` for options.
package enum PolicyAddress {
  /// The ways of git that start no program of the address's choice and are safe from listeners.
  package static let schemes = ["https", "ssh", "file"]

  /// Why `address` is not given to git; `nil` where it is.
  package static func refusal(of address: String) -> String? {
    if let common = commonRefusal(of: address) { return common }
    guard let mark = address.firstRange(of: "://") else { return shortFormRefusal(of: address) }
    let scheme = address[..<mark.lowerBound]
    guard schemes.contains(String(scheme)) else {
      return "`\(scheme)` is none of \(schemes.joined(separator: ", "))"
    }
    let authority = address[mark.upperBound...].prefix { $0 != "/" }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    if host.hasPrefix("-") || authority.hasPrefix("-") { return "a host does not begin with `-`" }
    if authority.contains("@"), authority.split(separator: "@").first?.contains(":") == true {
      return "a password does not belong into a file: git asks its credential helper"
    }
    if scheme != "file", host.isEmpty { return "there is no host in it" }
    return nil
  }

  /// `git@example.org:team/policies.git`, as ssh is mostly written.
  private static func shortFormRefusal(of address: String) -> String? {
    if address.contains("::") {
      return "git starts a program of the address's choice for `::`"
    }
    guard let colon = address.firstIndex(of: ":"), !address[..<colon].contains("/") else {
      return "it is no address: write https://…, git@host:path or file:///path"
    }
    let parts = address[..<colon].split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[1].hasPrefix("-") else {
      return "it is not of the form git@host:path"
    }
    return nil
  }

  /// Why `ref` is no tag, branch or commit that is asked for; `nil` where it is.
  package static func refusal(ofRef ref: String) -> String? {
    if let common = commonRefusal(of: ref) { return common }
    let isOdd = ref.contains { "~^:?*[\\".contains($0) } || ref.contains("..") || ref.contains("@{")
    return isOdd ? "it is no name of a tag, a branch or a commit" : nil
  }

  /// Why `path` is no folder inside a repository; `nil` where it is.
  package static func refusal(ofPath path: String) -> String? {
    if path.isEmpty { return nil }
    if let common = commonRefusal(of: path) { return common }
    if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      return "it leads out of the repository"
    }
    return path.contains(":") ? "it is no folder's name" : nil
  }

  private static func commonRefusal(of text: String) -> String? {
    if text.isEmpty { return "it is empty" }
    if text.hasPrefix("-") { return "git takes what begins with `-` for an option" }
    let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
    return isPlain ? nil : "it holds blanks or control characters"
  }

  /// The name for rules from `address` where none is given: the last part, without `.git`.
  package static func defaultName(of address: String) -> String? {
    var name = address.split { $0 == "/" || $0 == ":" }.last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".git") { name.removeLast(4) }
    return isName(name) ? name : nil
  }

  /// Whether a text is of the form of an area's name: `acme-rules`.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
    return text.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
  }
}
