import Syntax

/// A message of JSON-RPC 2.0, as an editor sends it.
enum EditorMessage: Sendable {
  case request(id: JSON, method: String, params: JSON)
  case notification(method: String, params: JSON)
  /// An answer to a request of ours; there are none to be answered.
  case response
  /// What is no message, with the error to answer it with.
  case invalid(id: JSON, RPCError)

  init(_ bytes: [UInt8]) {
    guard let message = JSONDocument(SourceText(path: "message", bytes: bytes)).root?.json else {
      self = .invalid(id: .null, .parse)
      return
    }
    let id = message["id"]
    let isID = id.map { $0.stringValue != nil || $0.intValue != nil } ?? false
    let params = message["params"] ?? .null
    switch (message["method"]?.stringValue, id) {
    case (let method?, nil): self = .notification(method: method, params: params)
    case (let method?, let id?) where isID:
      self = .request(id: id, method: method, params: params)
    case (nil, _?) where message["result"] != nil || message["error"] != nil: self = .response
    default: self = .invalid(id: isID ? id ?? .null : .null, .invalidRequest)
    }
  }

  static func result(_ result: JSON, to id: JSON) -> JSON {
    ["jsonrpc": "2.0", "id": id, "result": result]
  }

  static func error(_ error: RPCError, to id: JSON) -> JSON {
    [
      "jsonrpc": "2.0", "id": id,
      "error": ["code": .int(error.code), "message": .string(error.message)],
    ]
  }

  static func notification(_ method: String, _ params: JSON) -> JSON {
    ["jsonrpc": "2.0", "method": .string(method), "params": params]
  }
}

/// Why a request has no result.
struct RPCError: Error, Sendable {
  let code: Int64
  let message: String

  static let parse = RPCError(code: -32_700, message: "the message is not JSON")
  static let invalidRequest = RPCError(code: -32_600, message: "not a message of JSON-RPC 2.0")
  static let notInitialized = RPCError(code: -32_002, message: "initialize comes first")
  static let isShutDown = RPCError(code: -32_600, message: "the server was shut down")
  static let invalidParams = RPCError(
    code: -32_602, message: "the parameters do not say which document and where")

  static func unknown(_ method: String) -> RPCError {
    RPCError(code: -32_601, message: "no method is called \(method)")
  }
}
