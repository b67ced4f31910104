// Written by scripts/nginx-directives.py; change that, not this.
// Facts from the nginx documentation (nginx.org) and the directive tables of nginx, which are
// Copyright (C) 2002-2021 Igor Sysoev and Copyright (C) 2011-2026 Nginx, Inc.; all rights reserved.
// Used under the BSD 2-Clause licence, whose conditions and disclaimer stand in NOTICE.

extension NginxDirectiveTable {
  /// The directives of the core and of `events`.
  ///
  /// The notation is explained at ``NginxDirectiveTable``.
  static let coreText: StaticString = #"""
    @nginx ;
    thread_stack_size m 1 z! -1.9.0; worker_rlimit_sigpending m 1 n! +0.2.0 -1.9.0; worker_threads m
    1 n! -1.9.0;
    @ngx_core_module ;
    accept_mutex e 1 f! =on ~1.11.3 off; accept_mutex_delay e 1 t! =500ms; daemon m 1 f! =on;
    debug_connection e 1 s*; debug_points m 1 e! +0.1.5; env m 1 s* +0.5.9; error_log mhslHSMN 1+ w*
    =logs/error.log error; events m 0 {*!; include * 1 s*; load_module m 1 s* +1.9.11; lock_file m 1
    s! +0.3.27 =logs/nginx.lock; master_process m 1 f! =on; multi_accept e 1 f! =off; pcre_jit m 1
    f! +1.1.12 =off; pid m 1 s! =logs/nginx.pid; ssl_engine m 1 s +0.6.36;
    ssl_object_cache_inheritable m 1 f! +1.27.4 =on; stall_threshold e 1 s$? =1000ms; thread_pool m
    2-3 w* +1.7.11; timer_resolution m 1 t! +0.3.3; use e 1 s!; user m 1-2 w! =nobody nobody;
    worker_aio_requests e 1 n! +1.0.7 =32; worker_connections e 1 n! +0.2.0 =512;
    worker_cpu_affinity m 1+ w! +0.3.10; worker_priority m 1 s! +0.1.11 =0; worker_processes m 1 s!
    =1; worker_rlimit_core m 1 o! +0.3.16; worker_rlimit_nofile m 1 n! +0.2.0;
    worker_shutdown_timeout m 1 t! +1.11.11; working_directory m 1 s! +0.1.35;
    @ngx_devpoll_module ;
    devpoll_changes e 1 n!; devpoll_events e 1 n!;
    @ngx_epoll_module ;
    epoll_events e 1 n!;
    @ngx_event ;
    connections e 1 s -1.9.1;
    @ngx_eventport_module ;
    eventport_events e 1 n! +0.4.3;
    @ngx_google_perftools_module ;
    google_perftools_profiles m 1 s! +0.6.29;
    @ngx_iocp_module ;
    acceptex_read e 1 f!; iocp_threads e 1 n!; post_acceptex e 1 n!;
    @ngx_kqueue_module ;
    kqueue_changes e 1 n!; kqueue_events e 1 n!;
    @ngx_mgmt_module ;
    enforce_initial_report g 1 f!$? =on; license_token g 1 s$? =license.jwt; mgmt m 0 {*$?; proxy g
    1 s$?; proxy_password g 1 s$?; proxy_username g 1 s$?; resolver g 1+ w!$?; ssl_crl g 1 s$?;
    ssl_trusted_certificate g 1 s$? =system CA bundle; ssl_verify g 1 f!$? =on; state_path g 1 s$?;
    usage_report g 0-2 w$? =endpoint=product.connect.nginx.com interval=1h;
    @ngx_otel_module ;
    otel_exporter h 0 {*?; otel_resource_attr h 2 w*?; otel_service_name h 1 s?
    =unknown_service:nginx; otel_span_attr hsl 2 w*?; otel_span_name hsl 1 s?; otel_trace hsl 1 s?
    =off; otel_trace_context hsl 1 s? =ignore;
    @ngx_rtsig_module ;
    rtsig_overflow_events e 1 n! -1.9.0; rtsig_overflow_test e 1 n! -1.9.0; rtsig_overflow_threshold
    e 1 n! -1.9.0; rtsig_signo e 1 n! -1.9.0;
    """#
}
