package import Model
import Syntax

/// Where a request ends up, and the lines that lead it there.
package struct NginxRoute: Sendable {
  /// One line that has a part in it.
  package struct Step: Sendable, Hashable {
    /// The directive, such as `listen`, `server`, `location` or `rewrite`.
    package let directive: String
    /// What stands behind it.
    package let text: String
    /// Why it applies, or what it may do.
    package let reason: String
    /// `nil` where nothing is written: a server without `listen`.
    package let origin: Origin?
  }

  /// The addresses that lead here, as the lines that open them.
  package internal(set) var listens: [Step]
  /// What had to be assumed, because nobody can judge it here.
  package let assumptions: [Step]
  /// The server, then the locations inwards, with what changed the path between them.
  package let steps: [Step]
  /// What may still send the request elsewhere, or answer it otherwise.
  package let detours: [Step]
  /// What was not read and may decide.
  package let doubts: [String]
  package let server: NginxResource
  /// `nil` where no location matches: the server's own settings count then.
  package let location: NginxResource?
  /// Why nothing is known of a location, or none is asked; `nil` where it is.
  package let ending: String?
  /// One of the sockets; the others are alike in all that matters.
  let socket: Int

  /// Every setting in force for the request.
  ///
  /// - Parameter all: whether directives that nobody wrote are listed with their defaults.
  package func settings(all: Bool) -> [Setting] {
    let holder = location ?? server
    return holder.configuration.settings(
      in: holder.context, all: all, of: server.context, on: [socket])
  }

  /// What is in force for a directive; empty where it has no meaning there.
  package func settings(named name: String) -> [Setting] {
    let holder = location ?? server
    return holder.configuration.settings(
      named: name, in: holder.context, of: server.context, on: [socket])
  }

  /// Whether another way is the same from the server on.
  func isSameWay(as other: Self) -> Bool {
    let configuration = server.configuration
    let sockets = configuration.index.sockets
    return steps == other.steps && assumptions == other.assumptions && ending == other.ending
      && sockets[socket].defaultServer == sockets[other.socket].defaultServer
      && configuration.speaksTLS(socket) == configuration.speaksTLS(other.socket)
  }
}

extension NginxResource {
  /// Every way that a request may take through the configuration.
  ///
  /// One for most questions; several where addresses differ or something cannot be judged, and none
  /// where nobody listens.
  ///
  /// - Throws: ``NginxRequestRefusal`` where nginx answers before it asks any server.
  package func routes(of request: NginxRequest) throws(NginxRequestRefusal) -> [NginxRoute] {
    try NginxRouting(configuration, request).routes()
  }
}
