/// Who somebody is, whatever address of theirs was used.
///
/// Made to recognise one person under two addresses; whether somebody is who they say is what keys
/// are for.
package struct Identity: Sendable, Hashable, CustomStringConvertible {
  /// The address without case and tag.
  package let description: String
  /// Whether it is a program's: their agreement is nobody's.
  package let isBot: Bool

  /// - Parameter id: as in `actor.id`: `user:Alice+work@example.org`, or the address alone.
  package init(_ id: String) {
    var text = id.lowercased()
    let isProgram = text.hasPrefix("ci:") || text.hasPrefix("bot:")
    if text.hasPrefix("user:") { text.removeFirst(5) }
    guard let at = text.lastIndex(of: "@") else {
      description = text
      isBot = isProgram || Self.isBotName(text)
      return
    }
    var name = text[..<at]
    let host = text[text.index(after: at)...]
    if host == "users.noreply.github.com" {
      // Here the number of the account stands before the plus, the name behind it.
      name = name.lastIndex(of: "+").map { name[name.index(after: $0)...] } ?? name
    } else if let plus = name.firstIndex(of: "+"), plus > name.startIndex {
      name = name[..<plus]
    }
    isBot = isProgram || Self.isBotName(String(name))
    let isGoogle = host == "gmail.com" || host == "googlemail.com"
    // Google delivers to one mailbox with and without dots.
    description =
      isGoogle ? name.filter { $0 != "." } + "@gmail.com" : "\(name)@\(host)"
  }

  /// GitHub's applications end with `[bot]`; GitLab's tokens are `project_1_bot_…`.
  private static func isBotName(_ name: String) -> Bool {
    if name.hasSuffix("[bot]") { return true }
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    return parts.count >= 3 && ["project", "group"].contains(parts[0]) && parts[2] == "bot"
      && Int(parts[1]) != nil
  }
}
