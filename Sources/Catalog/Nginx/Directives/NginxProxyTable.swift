// Written by scripts/nginx-directives.py; change that, not this.
// Facts from the nginx documentation (nginx.org) and the directive tables of nginx, which are
// Copyright (C) 2002-2021 Igor Sysoev and Copyright (C) 2011-2026 Nginx, Inc.; all rights reserved.
// Used under the BSD 2-Clause licence, whose conditions and disclaimer stand in NOTICE.

extension NginxDirectiveTable {
  /// The directives of proxying and upstreams.
  ///
  /// The notation is explained at ``NginxDirectiveTable``.
  static let proxyText: StaticString = #"""
    @ngx_http_fastcgi_module ;
    fastcgi_allow_upstream hsl 1+ w$?; fastcgi_bind hsl 1-2 w! +0.8.22; fastcgi_bind_dynamic hsl 1
    f!$? =off; fastcgi_buffer_size hsl 1 z! +0.3.12 =4k; fastcgi_buffering hsl 1 f! +1.5.6 =on;
    fastcgi_buffers hsl 2 B! +0.1.25 =8 4k; fastcgi_busy_buffers_size hsl 1 z! +0.1.25 =8k;
    fastcgi_cache hsl 1 s! +0.7.45 =off; fastcgi_cache_background_update hsl 1 f! +1.11.10 =off;
    fastcgi_cache_bypass hsl 1+ w +0.8.46; fastcgi_cache_key hsl 1 s! +0.7.45; fastcgi_cache_lock
    hsl 1 f! +1.1.12 =off; fastcgi_cache_lock_age hsl 1 t! +1.7.8 =5s; fastcgi_cache_lock_timeout
    hsl 1 t! +1.1.12 =5s; fastcgi_cache_max_range_offset hsl 1 o! +1.11.6; fastcgi_cache_methods hsl
    1+ b +0.7.59 =GET HEAD; fastcgi_cache_min_uses hsl 1 n! +0.7.53 =1; fastcgi_cache_path h 2+ w*
    +0.7.45; fastcgi_cache_purge hsl 1+ w$?; fastcgi_cache_revalidate hsl 1 f! +1.5.7 =off;
    fastcgi_cache_use_stale hsl 1+ b +0.7.45 =off; fastcgi_cache_valid hsl 1+ w* +0.7.45;
    fastcgi_catch_stderr hsl 1 k* +0.5.23; fastcgi_connect_timeout hsl 1 t! +0.1.25 =60s;
    fastcgi_force_ranges hsl 1 f! +1.7.7 =off; fastcgi_hide_header hsl 1 k* +0.3.46;
    fastcgi_ignore_client_abort hsl 1 f! +0.3.36 =off; fastcgi_ignore_headers hsl 1+ b +0.7.54;
    fastcgi_index hsl 1 s! +0.1.25; fastcgi_intercept_errors hsl 1 f! +0.3.50 =off;
    fastcgi_keep_conn hsl 1 f! +1.1.4 =off; fastcgi_limit_rate hsl 1 r! +1.7.7 =0;
    fastcgi_max_temp_file_size hsl 1 z! +0.1.25 =1024m; fastcgi_next_upstream hsl 1+ b +0.1.25
    =error timeout; fastcgi_next_upstream_timeout hsl 1 t! +1.7.5 =0; fastcgi_next_upstream_tries
    hsl 1 n! +1.7.5 =0; fastcgi_no_cache hsl 1+ w +0.7.66; fastcgi_param hsl 2-3 w* +0.1.29;
    fastcgi_pass lj 1 s! +0.1.25; fastcgi_pass_header hsl 1 k* +0.3.46; fastcgi_pass_request_body
    hsl 1 f! +0.1.29 =on; fastcgi_pass_request_headers hsl 1 f! +0.1.29 =on; fastcgi_read_timeout
    hsl 1 t! +0.1.25 =60s; fastcgi_request_buffering hsl 1 f! +1.7.11 =on; fastcgi_request_dynamic
    hsl 1 f!$? =off; fastcgi_send_lowat hsl 1 z! +0.1.25 =0; fastcgi_send_timeout hsl 1 t! +0.1.25
    =60s; fastcgi_socket_keepalive hsl 1 f! +1.15.6 =off; fastcgi_socket_rcvbuf hsl 1 z! +1.31.3;
    fastcgi_socket_sndbuf hsl 1 z! +1.31.3; fastcgi_split_path_info hsl 1 s +0.7.31; fastcgi_store
    hsl 1 s! +0.5.31 =off; fastcgi_store_access hsl 1-3 w +0.5.31 =user:rw;
    fastcgi_temp_file_write_size hsl 1 z! +0.1.25 =8k; fastcgi_temp_path hsl 1-4 w! +0.1.25
    =fastcgi_temp;
    @ngx_http_grpc_module ;
    grpc_allow_upstream hsl 1 s$?; grpc_bind hsl 1-2 w! +1.13.10; grpc_bind_dynamic hsl 1 f!$? =off;
    grpc_buffer_size hsl 1 z! +1.13.10 =4k; grpc_connect_timeout hsl 1 t! +1.13.10 =60s;
    grpc_hide_header hsl 1 k* +1.13.10; grpc_ignore_headers hsl 1+ b +1.13.10; grpc_intercept_errors
    hsl 1 f! +1.13.10 =off; grpc_next_upstream hsl 1+ b +1.13.10 =error timeout;
    grpc_next_upstream_timeout hsl 1 t! +1.13.10 =0; grpc_next_upstream_tries hsl 1 n! +1.13.10 =0;
    grpc_pass lj 1 s! +1.13.10; grpc_pass_header hsl 1 k* +1.13.10; grpc_read_timeout hsl 1 t!
    +1.13.10 =60s; grpc_request_dynamic hsl 1 f!$? =off; grpc_send_timeout hsl 1 t! +1.13.10 =60s;
    grpc_set_header hsl 2 k* +1.13.10 =Content-Length $content_length; grpc_socket_keepalive hsl 1
    f! +1.15.6 =off; grpc_socket_rcvbuf hsl 1 z! +1.31.3; grpc_socket_sndbuf hsl 1 z! +1.31.3;
    grpc_ssl_certificate hsl 1 s! +1.13.10; grpc_ssl_certificate_cache hsl 1-3 w +1.27.4 =off;
    grpc_ssl_certificate_key hsl 1 s! +1.13.10; grpc_ssl_ciphers hsl 1 s! +1.13.10 =DEFAULT;
    grpc_ssl_conf_command hsl 2 k* +1.19.4; grpc_ssl_crl hsl 1 s! +1.13.10; grpc_ssl_key_log hsl 1
    s$?; grpc_ssl_name hsl 1 s! +1.13.10; grpc_ssl_password_file hsl 1 s +1.13.10;
    grpc_ssl_protocols hsl 1+ b +1.13.10 =TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1 TLSv1.2
    TLSv1.3 ~1.27.3 TLSv1.2 TLSv1.3; grpc_ssl_server_name hsl 1 f! +1.13.10 =off;
    grpc_ssl_session_reuse hsl 1 f! +1.13.10 =on; grpc_ssl_trusted_certificate hsl 1 s! +1.13.10;
    grpc_ssl_verify hsl 1 f! +1.13.10 =off; grpc_ssl_verify_depth hsl 1 n! +1.13.10 =1;
    @ngx_http_memcached_module ;
    memcached_allow_upstream hsl 1+ w$?; memcached_bind hsl 1-2 w! +0.8.22; memcached_bind_dynamic
    hsl 1 f!$? =off; memcached_buffer_size hsl 1 z! +0.3.12 =4k; memcached_connect_timeout hsl 1 t!
    +0.3.12 =60s; memcached_gzip_flag hsl 1 n! +1.3.6 =; memcached_next_upstream hsl 1+ b +0.3.12
    =error timeout; memcached_next_upstream_timeout hsl 1 t! +1.7.5 =0;
    memcached_next_upstream_tries hsl 1 n! +1.7.5 =0; memcached_pass lj 1 s! +0.3.12;
    memcached_read_timeout hsl 1 t! +0.3.12 =60s; memcached_send_timeout hsl 1 t! +0.3.12 =60s;
    memcached_socket_keepalive hsl 1 f! +1.15.6 =off;
    @ngx_http_proxy_module ;
    proxy_allow_upstream hsl 1+ w$?; proxy_bind hsl 1-2 w! +0.8.22; proxy_bind_dynamic hsl 1 f!$?
    =off; proxy_buffer_size hsl 1 z! +0.3.12 =4k; proxy_buffering hsl 1 f! +0.3.12 =on;
    proxy_buffers hsl 2 B! +0.1.28 =8 4k; proxy_busy_buffers_size hsl 1 z! +0.1.28 =8k; proxy_cache
    hsl 1 s! +0.7.44 =off; proxy_cache_background_update hsl 1 f! +1.11.10 =off; proxy_cache_bypass
    hsl 1+ w +0.8.46; proxy_cache_convert_head hsl 1 f! +1.9.7 =on; proxy_cache_key hsl 1 s! +0.7.48
    =$scheme$proxy_host$request_uri; proxy_cache_lock hsl 1 f! +1.1.12 =off; proxy_cache_lock_age
    hsl 1 t! +1.7.8 =5s; proxy_cache_lock_timeout hsl 1 t! +1.1.12 =5s; proxy_cache_max_range_offset
    hsl 1 o! +1.11.6; proxy_cache_methods hsl 1+ b +0.7.59 =GET HEAD; proxy_cache_min_uses hsl 1 n!
    +0.7.44 =1; proxy_cache_path h 2+ w* +0.7.44; proxy_cache_purge hsl 1+ w$?;
    proxy_cache_revalidate hsl 1 f! +1.5.7 =off; proxy_cache_use_stale hsl 1+ b +0.7.44 =off;
    proxy_cache_valid hsl 1+ w* +0.7.44; proxy_connect_timeout hsl 1 t! +0.1.28 =60s;
    proxy_cookie_domain hsl 1-2 w* +1.1.15 =off; proxy_cookie_flags hsl 1-4 w* +1.19.3 =off;
    proxy_cookie_path hsl 1-2 w* +1.1.15 =off; proxy_force_ranges hsl 1 f! +1.7.7 =off;
    proxy_headers_hash_bucket_size hsl 1 n! +0.5.19 =64; proxy_headers_hash_max_size hsl 1 n!
    +0.5.19 =512; proxy_hide_header hsl 1 k* +0.3.46; proxy_http_version hsl 1 e! +1.1.4 =1.0
    ~1.29.7 1.1; proxy_ignore_client_abort hsl 1 f! +0.3.36 =off; proxy_ignore_headers hsl 1+ b
    +0.7.54; proxy_intercept_errors hsl 1 f! +0.3.50 =off; proxy_limit_rate hsl 1 r! +1.7.7 =0;
    proxy_max_temp_file_size hsl 1 z! +0.1.28 =1024m; proxy_method hsl 1 s! +0.1.29;
    proxy_next_upstream hsl 1+ b +0.1.28 =error timeout; proxy_next_upstream_timeout hsl 1 t! +1.7.5
    =0; proxy_next_upstream_tries hsl 1 n! +1.7.5 =0; proxy_no_cache hsl 1+ w +0.7.66; proxy_pass
    ljx 1 s! +0.1.28; proxy_pass_header hsl 1 k* +0.3.46; proxy_pass_request_body hsl 1 f! +0.1.29
    =on; proxy_pass_request_headers hsl 1 f! +0.1.29 =on; proxy_pass_trailers hsl 1 f! +1.27.2 =off;
    proxy_read_timeout hsl 1 t! +0.1.28 =60s; proxy_redirect hsl 1-2 w* +0.1.29 =default;
    proxy_request_buffering hsl 1 f! +1.7.11 =on; proxy_request_dynamic hsl 1 f!$? =off;
    proxy_send_lowat hsl 1 z! +0.1.28 =0; proxy_send_timeout hsl 1 t! +0.1.28 =60s; proxy_set_body
    hsl 1 s! +0.3.10; proxy_set_header hsl 2 k* +0.1.29 =Host $proxy_host | Connection close ~1.29.7
    Host $proxy_host; proxy_socket_keepalive hsl 1 f! +1.15.6 =off; proxy_socket_rcvbuf hsl 1 z!
    +1.31.3; proxy_socket_sndbuf hsl 1 z! +1.31.3; proxy_ssl_certificate hsl 1 s! +1.7.8;
    proxy_ssl_certificate_cache hsl 1-3 w +1.27.4 =off; proxy_ssl_certificate_key hsl 1 s! +1.7.8;
    proxy_ssl_ciphers hsl 1 s! +1.5.6 =DEFAULT; proxy_ssl_conf_command hsl 2 k* +1.19.4;
    proxy_ssl_crl hsl 1 s! +1.7.0; proxy_ssl_key_log hsl 1 s$?; proxy_ssl_name hsl 1 s! +1.7.0
    =$proxy_host; proxy_ssl_password_file hsl 1 s +1.7.8; proxy_ssl_protocols hsl 1+ b +1.5.6 =SSLv3
    TLSv1 TLSv1.1 TLSv1.2 ~1.9.1 TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 ~1.27.3
    TLSv1.2 TLSv1.3; proxy_ssl_server_name hsl 1 f! +1.7.0 =off; proxy_ssl_session_reuse hsl 1 f!
    +0.7.11 =on; proxy_ssl_trusted_certificate hsl 1 s! +1.7.0; proxy_ssl_verify hsl 1 f! +1.7.0
    =off; proxy_ssl_verify_depth hsl 1 n! +1.7.0 =1; proxy_store hsl 1 s! +0.5.31 =off;
    proxy_store_access hsl 1-3 w +0.5.31 =user:rw; proxy_temp_file_write_size hsl 1 z! +0.1.28 =8k;
    proxy_temp_path hsl 1-4 w! +0.1.28 =proxy_temp;
    @ngx_http_scgi_module ;
    scgi_allow_upstream hsl 1+ w$?; scgi_bind hsl 1-2 w! +0.8.42; scgi_bind_dynamic hsl 1 f!$? =off;
    scgi_buffer_size hsl 1 z! +0.8.42 =4k; scgi_buffering hsl 1 f! +1.0.9 =on; scgi_buffers hsl 2 B!
    +0.8.42 =8 4k; scgi_busy_buffers_size hsl 1 z! +0.8.42 =8k; scgi_cache hsl 1 s! +0.8.42 =off;
    scgi_cache_background_update hsl 1 f! +1.11.10 =off; scgi_cache_bypass hsl 1+ w +0.8.46;
    scgi_cache_key hsl 1 s! +0.8.42; scgi_cache_lock hsl 1 f! +1.1.12 =off; scgi_cache_lock_age hsl
    1 t! +1.7.8 =5s; scgi_cache_lock_timeout hsl 1 t! +1.1.12 =5s; scgi_cache_max_range_offset hsl 1
    o! +1.11.6; scgi_cache_methods hsl 1+ b +0.8.42 =GET HEAD; scgi_cache_min_uses hsl 1 n! +0.8.42
    =1; scgi_cache_path h 2+ w* +0.8.42; scgi_cache_purge hsl 1+ w$?; scgi_cache_revalidate hsl 1 f!
    +1.5.7 =off; scgi_cache_use_stale hsl 1+ b +0.8.42 =off; scgi_cache_valid hsl 1+ w* +0.8.42;
    scgi_connect_timeout hsl 1 t! +0.8.42 =60s; scgi_force_ranges hsl 1 f! +1.7.7 =off;
    scgi_hide_header hsl 1 k* +0.8.42; scgi_ignore_client_abort hsl 1 f! +0.8.42 =off;
    scgi_ignore_headers hsl 1+ b +0.8.42; scgi_intercept_errors hsl 1 f! +0.8.42 =off;
    scgi_limit_rate hsl 1 r! +1.7.7 =0; scgi_max_temp_file_size hsl 1 z! +0.8.42 =1024m;
    scgi_next_upstream hsl 1+ b +0.8.42 =error timeout; scgi_next_upstream_timeout hsl 1 t! +1.7.5
    =0; scgi_next_upstream_tries hsl 1 n! +1.7.5 =0; scgi_no_cache hsl 1+ w +0.8.42; scgi_param hsl
    2-3 w* +0.8.42; scgi_pass lj 1 s! +0.8.42; scgi_pass_header hsl 1 k* +0.8.42;
    scgi_pass_request_body hsl 1 f! +0.8.42 =on; scgi_pass_request_headers hsl 1 f! +0.8.42 =on;
    scgi_read_timeout hsl 1 t! +0.8.42 =60s; scgi_request_buffering hsl 1 f! +1.7.11 =on;
    scgi_request_dynamic hsl 1 f!$? =off; scgi_send_timeout hsl 1 t! +0.8.42 =60s;
    scgi_socket_keepalive hsl 1 f! +1.15.6 =off; scgi_socket_rcvbuf hsl 1 z! +1.31.3;
    scgi_socket_sndbuf hsl 1 z! +1.31.3; scgi_store hsl 1 s! +0.8.42 =off; scgi_store_access hsl 1-3
    w +0.8.42 =user:rw; scgi_temp_file_write_size hsl 1 z! +0.8.42 =8k; scgi_temp_path hsl 1-4 w!
    +0.8.42 =scgi_temp;
    @ngx_http_tunnel_module ;
    tunnel_allow_upstream hsl 1+ w$?; tunnel_bind hsl 1-2 w! +1.31.0; tunnel_bind_dynamic hsl 1 f!$?
    =off; tunnel_buffer_size hsl 1 z! +1.31.0 =16k; tunnel_connect_timeout hsl 1 t! +1.31.0 =60s;
    tunnel_next_upstream hsl 1+ b +1.31.0 =error timeout; tunnel_next_upstream_timeout hsl 1 t!
    +1.31.0 =0; tunnel_next_upstream_tries hsl 1 n! +1.31.0 =0; tunnel_pass slj 0-1 s +1.31.0;
    tunnel_read_timeout hsl 1 t! +1.31.0 =60s; tunnel_send_lowat hsl 1 z! +1.31.0 =0;
    tunnel_send_timeout hsl 1 t! +1.31.0 =60s; tunnel_socket_keepalive hsl 1 f! +1.31.0 =off;
    tunnel_socket_rcvbuf hsl 1 z! +1.31.3; tunnel_socket_sndbuf hsl 1 z! +1.31.3;
    @ngx_http_upstream_module ;
    hash u 1-2 w +1.7.2; ip_hash u 0 0 +0.5.0; keepalive u 1-2 n! +1.1.4 = ~1.29.7 32 local;
    keepalive_requests u 1 n! +1.15.3 =100 ~1.19.10 1000; keepalive_time u 1 t! +1.19.10 =1h;
    keepalive_timeout u 1 t! +1.15.3 =60s; least_conn u 0 0 +1.2.2; least_time u 1-2 w +1.31.0; ntlm
    u 0 0$?; queue u 1-2 w$?; random u 0-2 w +1.15.1; resolver u 1+ w! +1.27.3; resolver_timeout u 1
    t! +1.27.3 =30s; server u 1+ w* +0.3.47; state u 1 s$?; sticky u 2+ w +1.29.6; upstream h 1 {*
    +0.3.47; zone u 1-2 w +1.9.0;
    @ngx_http_uwsgi_module ;
    uwsgi_allow_upstream hsl 1+ w$?; uwsgi_bind hsl 1-2 w! +0.8.40; uwsgi_bind_dynamic hsl 1 f!$?
    =off; uwsgi_buffer_size hsl 1 z! +0.8.40 =4k; uwsgi_buffering hsl 1 f! +1.0.9 =on; uwsgi_buffers
    hsl 2 B! +0.8.40 =8 4k; uwsgi_busy_buffers_size hsl 1 z! +0.8.40 =8k; uwsgi_cache hsl 1 s!
    +0.8.40 =off; uwsgi_cache_background_update hsl 1 f! +1.11.10 =off; uwsgi_cache_bypass hsl 1+ w
    +0.8.46; uwsgi_cache_key hsl 1 s! +0.8.40; uwsgi_cache_lock hsl 1 f! +1.1.12 =off;
    uwsgi_cache_lock_age hsl 1 t! +1.7.8 =5s; uwsgi_cache_lock_timeout hsl 1 t! +1.1.12 =5s;
    uwsgi_cache_max_range_offset hsl 1 o! +1.11.6; uwsgi_cache_methods hsl 1+ b +0.8.40 =GET HEAD;
    uwsgi_cache_min_uses hsl 1 n! +0.8.40 =1; uwsgi_cache_path h 2+ w* +0.8.40; uwsgi_cache_purge
    hsl 1+ w$?; uwsgi_cache_revalidate hsl 1 f! +1.5.7 =off; uwsgi_cache_use_stale hsl 1+ b +0.8.40
    =off; uwsgi_cache_valid hsl 1+ w* +0.8.40; uwsgi_connect_timeout hsl 1 t! +0.8.40 =60s;
    uwsgi_force_ranges hsl 1 f! +1.7.7 =off; uwsgi_hide_header hsl 1 k* +0.8.40;
    uwsgi_ignore_client_abort hsl 1 f! +0.8.40 =off; uwsgi_ignore_headers hsl 1+ b +0.8.40;
    uwsgi_intercept_errors hsl 1 f! +0.8.40 =off; uwsgi_limit_rate hsl 1 r! +1.7.7 =0;
    uwsgi_max_temp_file_size hsl 1 z! +0.8.40 =1024m; uwsgi_modifier1 hsl 1 n! +0.8.40 =0;
    uwsgi_modifier2 hsl 1 n! +0.8.40 =0; uwsgi_next_upstream hsl 1+ b +0.8.40 =error timeout;
    uwsgi_next_upstream_timeout hsl 1 t! +1.7.5 =0; uwsgi_next_upstream_tries hsl 1 n! +1.7.5 =0;
    uwsgi_no_cache hsl 1+ w +0.8.40; uwsgi_param hsl 2-3 w* +0.8.40; uwsgi_pass lj 1 s! +0.8.40;
    uwsgi_pass_header hsl 1 k* +0.8.40; uwsgi_pass_request_body hsl 1 f! +0.8.40 =on;
    uwsgi_pass_request_headers hsl 1 f! +0.8.40 =on; uwsgi_read_timeout hsl 1 t! +0.8.40 =60s;
    uwsgi_request_buffering hsl 1 f! +1.7.11 =on; uwsgi_request_dynamic hsl 1 f!$? =off;
    uwsgi_send_timeout hsl 1 t! +0.8.40 =60s; uwsgi_socket_keepalive hsl 1 f! +1.15.6 =off;
    uwsgi_socket_rcvbuf hsl 1 z! +1.31.3; uwsgi_socket_sndbuf hsl 1 z! +1.31.3;
    uwsgi_ssl_certificate hsl 1 s! +1.7.8; uwsgi_ssl_certificate_cache hsl 1-3 w +1.27.4 =off;
    uwsgi_ssl_certificate_key hsl 1 s! +1.7.8; uwsgi_ssl_ciphers hsl 1 s! +1.5.8 =DEFAULT;
    uwsgi_ssl_conf_command hsl 2 k* +1.19.4; uwsgi_ssl_crl hsl 1 s! +1.7.0; uwsgi_ssl_key_log hsl 1
    s$?; uwsgi_ssl_name hsl 1 s! +1.7.0; uwsgi_ssl_password_file hsl 1 s +1.7.8; uwsgi_ssl_protocols
    hsl 1+ b +1.5.8 =SSLv3 TLSv1 TLSv1.1 TLSv1.2 ~1.9.1 TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1
    TLSv1.2 TLSv1.3 ~1.27.3 TLSv1.2 TLSv1.3; uwsgi_ssl_server_name hsl 1 f! +1.7.0 =off;
    uwsgi_ssl_session_reuse hsl 1 f! +1.5.8 =on; uwsgi_ssl_trusted_certificate hsl 1 s! +1.7.0;
    uwsgi_ssl_verify hsl 1 f! +1.7.0 =off; uwsgi_ssl_verify_depth hsl 1 n! +1.7.0 =1; uwsgi_store
    hsl 1 s! +0.8.40 =off; uwsgi_store_access hsl 1-3 w +0.8.40 =user:rw; uwsgi_string hsl 1 s!
    +0.8.40; uwsgi_temp_file_write_size hsl 1 z! +0.8.40 =8k; uwsgi_temp_path hsl 1-4 w! +0.8.40
    =uwsgi_temp;
    """#
}
