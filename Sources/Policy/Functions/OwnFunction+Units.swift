import CEL

/// Sizes and times as people write them.
extension OwnFunction {
  static let units: [OwnFunction] = [
    OwnFunction(
      signature: "bytes_of(text)",
      about: "the bytes of a size such as `512MB`, `8GiB` or `10m`; units count in 1,024",
      function: Function(
        "bytes_of",
        [
          Overload([.string], .int) { arguments throws(EvaluationFailure) in
            guard case .string(let text) = arguments[0], let bytes = ParameterText.size(text)
            else { throw .error("bytes_of takes a size such as 512MB") }
            return .int(bytes)
          }
        ])),
    OwnFunction(
      signature: "time_of(text)",
      about: "the duration of a time such as `90s`, `1h30m`, `10m` or `7d`",
      function: Function(
        "time_of",
        [
          Overload([.string], .duration) { arguments throws(EvaluationFailure) in
            guard case .string(let text) = arguments[0], let time = ParameterText.duration(text)
            else { throw .error("time_of takes a time such as 90s") }
            return .duration(TimeSpan(microseconds: time))
          }
        ])),
  ]
}
