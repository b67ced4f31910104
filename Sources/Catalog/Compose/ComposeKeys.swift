import Model

extension ComposeService {
  /// The keys of a service, for the page in the documentation.
  static var keys: [TechnologyReference.Key] {
    [
      .init(
        "image", value: "text; of some images the tag is the product's version", field: "image"),
      .init("deploy.replicas", value: "integer", field: "replicas", standard: "1"),
      .init("scale", value: "integer, the same", field: "replicas", standard: "1"),
      .init(
        "deploy.resources.limits.memory", value: "size: `512m`, `1.5g`; 0 is unlimited",
        field: "memory_limit"),
      .init("mem_limit", value: "the same", field: "memory_limit"),
      .init("deploy.resources.limits.cpus", value: "number of processors", field: "cpu_limit"),
      .init("cpus", value: "the same", field: "cpu_limit"),
      .init(
        "ulimits.nofile", value: "integer, or `soft` and `hard`; -1 is unlimited",
        field: "file_limit"),
      .init(
        "command, entrypoint",
        value: "text or list; `--workers` of gunicorn, uvicorn, Puma, uWSGI, PM2",
        field: "processes"),
      .init("environment.NAME", value: "text; `WEB_CONCURRENCY` is the number of processes"),
    ]
  }
}
