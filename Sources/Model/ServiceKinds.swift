/// The fields of what deployments run and of what holds between its parts.
extension KindSchema {
  package static let service = KindSchema(
    kind: .service,
    fields: common(.service)
      + rows(
        .service, from: common(.service).count,
        [
          ("image", .string, .none, "The container image with its tag"),
          ("replicas", .int, .process, "Replicas as written"),
          (
            "max_replicas", .int, .process,
            "Most replicas that the autoscaler starts; the written ones where there is none"
          ),
          (
            "surge", .int, .process,
            "Further replicas that run during a roll-out, at the most replicas"
          ),
          ("peak_replicas", .int, .process, "Most replicas that run at once: max_replicas + surge"),
          ("memory_limit", .int, .byte, "Memory that the container may use"),
          ("cpu_limit", .double, .none, "Processors that the container may use"),
          ("file_limit", .int, .none, "Files that a process may open (RLIMIT_NOFILE)"),
          ("processes", .int, .process, "Worker processes in one replica, each with its own pool"),
          ("request_threads", .int, .thread, "Threads of one process that ask for connections"),
          ("liveness_path", .string, .none, "Address that the liveness probe asks"),
          ("liveness_timeout", .duration, .none, "Longest wait of the liveness probe"),
          ("liveness_failures", .int, .none, "Failed liveness probes after which it is restarted"),
          ("variables", .list(.string), .none, "Names of the environment variables it is given"),
          (
            "hosts", .list(.string), .none,
            "Names by which others reach it besides its own: aliases, Kubernetes Services"
          ),
        ]))

  package static let invariant = KindSchema(
    kind: .invariant,
    fields: common(.invariant)
      + rows(
        .invariant, from: common(.invariant).count,
        [
          ("id", .string, .none, "Which comparison it is: I1 to I20"),
          ("deployment", .string, .none, "The deployment that it was worked out for"),
          ("subject", .string, .none, "What the comparison is about, as people call it"),
          ("holds", .bool, .none, "Whether it holds; unknown where a term is"),
          ("left", .double, .none, "The side that must not be the larger one"),
          ("right", .double, .none, "The bound"),
          ("left_terms", .string, .none, "The left side as a sum of terms"),
          ("right_terms", .string, .none, "The right side as a sum of terms"),
          ("sum", .string, .none, "Both sides with their sums, as people write them"),
          ("consequence", .string, .none, "What follows where it does not hold"),
          (
            "is_explicit", .bool, .none,
            "Whether numbers that somebody wrote or declared break it, and no default"
          ),
          (
            "is_as_written", .bool, .none,
            "Whether it counts what is written where the product runs something else"
          ),
          (
            "is_only_in_rollout", .bool, .none,
            "Whether only the further replicas of a roll-out break it"
          ),
        ]))
}
