/// Expected reports.
enum Golden {
  /// The report with the number of rules left open: a new rule is no change of the report's form.
  static func withoutCounts(_ report: String) -> String {
    report.replacing(/with [0-9]+ rules/, with: "with all rules")
  }
}

/// Configuration of the service whose pool was too small.
enum Fixtures {
  /// A pool of five connections, in line 7.
  static let smallPool = pool(size: "5")
  static let soundPool = pool(size: "24")

  static func pool(size: String) -> String {
    """
    # The logins' pool.
    spring:
      datasource:
        url: jdbc:postgresql://db:5432/auth?socketTimeout=8
        hikari:
          pool-name: auth
          maximum-pool-size: \(size)
          leak-detection-threshold: 10000
      jpa:
        open-in-view: false

    """
  }

  /// The line of the size, in bytes from 1.
  static let sizeLine = 7

  static let soundProperties = "poolName=auth\nmaximumPoolSize=24\nleakDetectionThreshold=10000\n"
  static let smallProperties = "poolName=auth\nmaximumPoolSize=5\nleakDetectionThreshold=10000\n"

  static let soundNginx = """
    worker_processes auto;
    worker_rlimit_nofile 4096;
    events { worker_connections 1024; }
    http {
      server {
        listen 80;
        location / { return 204; }
      }
    }

    """

  static let brokenNginx = "events {}\nhttp {\n  server {\n    listen 80\n  }\n"
}
