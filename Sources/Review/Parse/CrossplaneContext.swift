import Catalog
import Syntax

/// The block that crossplane takes a statement to stand in.
///
/// Blocks it has no name for are not judged; below `http` a location is a location, however deep.
struct CrossplaneContext: Hashable {
  /// What nginx calls it; `nil` where statements are not judged.
  let kind: NginxContextKind?
  private let isHTTP: Bool

  static let main = CrossplaneContext(kind: .main, isHTTP: false)

  private init(kind: NginxContextKind?, isHTTP: Bool) {
    self.kind = kind
    self.isHTTP = isHTTP
  }

  /// The context inside a block.
  func inside(_ name: String) -> CrossplaneContext {
    if isHTTP, name == "location" { return CrossplaneContext(kind: .location, isHTTP: true) }
    let inner: NginxContextKind? =
      switch (kind, name) {
      case (.main, "events"): .events
      case (.main, "http"): .http
      case (.main, "stream"): .stream
      case (.main, "mail"): .mail
      case (.http, "server"): .server
      case (.http, "upstream"): .upstream
      case (.server, "if"): .ifInServer
      case (.location, "if"): .ifInLocation
      case (.location, "limit_except"): .limitExcept
      case (.stream, "server"): .streamServer
      case (.stream, "upstream"): .streamUpstream
      case (.mail, "server"): .mailServer
      default: nil
      }
    return CrossplaneContext(kind: inner, isHTTP: isHTTP || inner == .http)
  }
}
