// Written by scripts/nginx-directives.py; change that, not this.
// Facts from the nginx documentation (nginx.org) and the directive tables of nginx, which are
// Copyright (C) 2002-2021 Igor Sysoev and Copyright (C) 2011-2026 Nginx, Inc.; all rights reserved.
// Used under the BSD 2-Clause licence, whose conditions and disclaimer stand in NOTICE.

extension NginxDirectiveTable {
  /// The directives of `stream` and `mail`.
  ///
  /// The notation is explained at ``NginxDirectiveTable``.
  static let streamText: StaticString = #"""
    @ngx_mail ;
    imap m 0 {* +0.5.15 -1.9.1;
    @ngx_mail_auth_http_module ;
    auth_http MN 1 s +0.5.15; auth_http_header MN 2 w* +0.5.15; auth_http_pass_client_cert MN 1 f!
    +1.7.11 =off; auth_http_timeout MN 1 t! +0.5.15 =60s;
    @ngx_mail_core_module ;
    listen N 1+ w* +0.5.15 =*:80; mail m 0 {* +0.5.15; max_errors MN 1 n! +1.21.0 =5; protocol N 1 s
    +0.5.15; resolver MN 1+ w! +0.6.27 =off; resolver_timeout MN 1 t! +0.6.27 =30s; server M 0 {*
    +0.5.15; server_name MN 1 s! +0.5.15; so_keepalive MN 1 f! +0.5.15 -1.9.1; timeout MN 1 t!
    +0.5.15 =60s;
    @ngx_mail_imap_module ;
    imap_auth MN 1+ b +0.5.33 =plain; imap_capabilities MN 1+ w +0.5.33 =IMAP4 IMAP4rev1 UIDPLUS;
    imap_client_buffer MN 1 z! +0.5.33 =4k;
    @ngx_mail_pop3_module ;
    pop3_auth MN 1+ b +0.5.33 =plain; pop3_capabilities MN 1+ w +0.5.33 =TOP USER UIDL;
    @ngx_mail_proxy_module ;
    proxy MN 1 f! +0.5.15; proxy_buffer MN 1 z! +0.5.15 =4k; proxy_pass_error_message MN 1 f!
    +0.5.15 =off; proxy_protocol MN 1 e! +1.19.8 =off; proxy_smtp_auth MN 1 f! +1.19.4 =off;
    proxy_timeout MN 1 t! +0.5.15 =24h; xclient MN 1 f! +0.5.15 =on;
    @ngx_mail_realip_module ;
    set_real_ip_from MN 1 s* +1.19.8;
    @ngx_mail_smtp_module ;
    smtp_auth MN 1+ b +0.5.33 =plain login; smtp_capabilities MN 1+ w +0.5.33; smtp_client_buffer MN
    1 z! +0.5.33 =4k; smtp_greeting_delay MN 1 t! +0.5.33 =0;
    @ngx_mail_ssl_module ;
    ssl MN 1 f! +0.5.15 -1.25.1 =off; ssl_certificate MN 1 k* +0.5.15; ssl_certificate_compression
    MN 1 f! +1.29.1 =off; ssl_certificate_key MN 1 k* +0.5.15; ssl_ciphers MN 1 s! +0.5.15
    =HIGH:!aNULL:!MD5; ssl_client_certificate MN 1 s! +1.7.11; ssl_conf_command MN 2 k* +1.19.4;
    ssl_crl MN 1 s! +1.7.11; ssl_dhparam MN 1 s! +0.7.2; ssl_ecdh_curve MN 1 s! +1.0.6 =prime256v1
    ~1.11.0 auto; ssl_password_file MN 1 s +1.7.3; ssl_prefer_server_ciphers MN 1 f! +0.7.63 =off;
    ssl_protocols MN 1+ b +0.5.15 =SSLv2 SSLv3 TLSv1 ~0.8.19 SSLv3 TLSv1 ~1.1.13 SSLv3 TLSv1 TLSv1.1
    TLSv1.2 ~1.9.1 TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 ~1.27.3 TLSv1.2
    TLSv1.3; ssl_session_cache MN 1-2 w +0.5.15 =none; ssl_session_ticket_key MN 1 k* +1.5.7;
    ssl_session_tickets MN 1 f! +1.5.9 =on; ssl_session_timeout MN 1 T! +0.5.15 =5m;
    ssl_trusted_certificate MN 1 s! +1.7.11; ssl_verify_client MN 1 e! +1.7.11 =off;
    ssl_verify_depth MN 1 n! +1.7.11 =1; starttls MN 1 s +0.5.15 =off;
    @ngx_stream_access_module ;
    allow HS 1 s* +1.9.2; deny HS 1 s* +1.9.2;
    @ngx_stream_core_module ;
    listen S 1+ w* +1.9.0 =*:80; preread_buffer_size HS 1 z! +1.11.5 =16k; preread_timeout HS 1 t!
    +1.11.5 =30s; proxy_protocol_timeout HS 1 t! +1.11.4 =30s; resolver HS 1+ w! +1.11.3;
    resolver_timeout HS 1 t! +1.11.3 =30s; server H 0 {* +1.9.0; server_name S 1+ w +1.25.5;
    server_names_hash_bucket_size H 1 n! +1.25.5 =64; server_names_hash_max_size H 1 n! +1.25.5
    =512; stream m 0 {* +1.9.0; tcp_nodelay HS 1 f! +1.9.4 =on; variables_hash_bucket_size H 1 n!
    +1.11.2 =64; variables_hash_max_size H 1 n! +1.11.2 =1024;
    @ngx_stream_geo_module ;
    geo H 1-2 {* +1.11.3;
    @ngx_stream_geoip_module ;
    geoip_city H 1-2 w +1.11.3; geoip_country H 1-2 w +1.11.3; geoip_org H 1-2 w +1.11.3;
    @ngx_stream_js_module ;
    js_access HS 1 s?; js_context_reuse HS 1 n? =128; js_engine HS 1 s? =njs; js_fetch_buffer_size
    HS 1 z? =16k; js_fetch_ciphers HS 1 s? =HIGH:!aNULL:!MD5; js_fetch_keepalive HS 1 n? =0;
    js_fetch_keepalive_requests HS 1 n? =1000; js_fetch_keepalive_time HS 1 t? =1h;
    js_fetch_keepalive_timeout HS 1 t? =60s; js_fetch_max_response_buffer_size HS 1 z? =1m;
    js_fetch_protocols HS 0-4 w? =TLSv1 TLSv1.1 TLSv1.2; js_fetch_proxy HS 1 s?; js_fetch_timeout HS
    1 t? =60s; js_fetch_trusted_certificate HS 1 s?; js_fetch_verify HS 1 f!? =on;
    js_fetch_verify_depth HS 1 n? =100; js_filter HS 1 s?; js_import HS 1-3 w*?; js_include H 1 s?;
    js_load_stream_native_module m 1-3 w?; js_path HS 1 s?; js_periodic S 1-4 w*?; js_preload_object
    HS 1-3 w*?; js_preread HS 1 s?; js_set HS 2-3 w*?; js_shared_dict_zone H 1-5 w*?; js_var HS 1-2
    w*?;
    @ngx_stream_keyval_module ;
    keyval H 3 w*$?; keyval_zone H 1-5 w*$?;
    @ngx_stream_limit_conn_module ;
    limit_conn HS 2 w* +1.9.3; limit_conn_dry_run HS 1 f! +1.17.6 =off; limit_conn_log_level HS 1 e!
    +1.9.3 =error; limit_conn_zone H 2 w* +1.9.3;
    @ngx_stream_log_module ;
    access_log HS 1+ w* +1.11.4 =off; log_format H 2+ w* +1.11.4; open_log_file_cache HS 1-4 w
    +1.11.4 =off;
    @ngx_stream_map_module ;
    map H 2 {* +1.11.2; map_hash_bucket_size H 1 n! +1.11.2 =64; map_hash_max_size H 1 n! +1.11.2
    =2048;
    @ngx_stream_mqtt_filter_module ;
    mqtt HS 1 f!$? =off; mqtt_buffers HS 2 w$? =100 1k; mqtt_rewrite_buffer_size S 1 s$? =4k;
    mqtt_set_connect S 2 w$?;
    @ngx_stream_mqtt_preread_module ;
    mqtt_preread HS 1 f!$? =off;
    @ngx_stream_num_map_module ;
    num_map H 1-2 {*$?;
    @ngx_stream_pass_module ;
    pass S 1 s +1.25.5;
    @ngx_stream_proxy_module ;
    proxy_bind HS 1-2 w +1.9.2; proxy_bind_dynamic HS 1 f!$? =off; proxy_buffer_size HS 1 z! +1.9.4
    =16k; proxy_connect_timeout HS 1 t! +1.9.0 =60s; proxy_download_rate HS 1 r! +1.9.3 =0;
    proxy_downstream_buffer HS 1 z! +1.9.0; proxy_half_close HS 1 f! +1.21.4 =off;
    proxy_next_upstream HS 1 f! +1.9.0 =on; proxy_next_upstream_timeout HS 1 t! +1.9.0 =0;
    proxy_next_upstream_tries HS 1 n! +1.9.0 =0; proxy_pass S 1 s! +1.9.0; proxy_protocol HS 1 e!
    +1.9.2 =off; proxy_requests HS 1 n! +1.15.7 =0; proxy_responses HS 1 n! +1.9.13;
    proxy_session_drop HS 1 f!$? =off; proxy_socket_keepalive HS 1 f! +1.15.6 =off;
    proxy_socket_rcvbuf HS 1 z! +1.31.3; proxy_socket_sndbuf HS 1 z! +1.31.3; proxy_ssl HS 1 f!
    +1.9.0 =off; proxy_ssl_alpn HS 1+ w +1.31.0; proxy_ssl_certificate HS 1 s! +1.9.0;
    proxy_ssl_certificate_cache HS 1-3 w +1.27.4 =off; proxy_ssl_certificate_key HS 1 s! +1.9.0;
    proxy_ssl_ciphers HS 1 s! +1.9.0 =DEFAULT; proxy_ssl_conf_command HS 2 k* +1.19.4; proxy_ssl_crl
    HS 1 s! +1.9.0; proxy_ssl_key_log HS 1 s$?; proxy_ssl_name HS 1 s! +1.9.0 =$proxy_host;
    proxy_ssl_password_file HS 1 s +1.9.0; proxy_ssl_protocols HS 1+ b +1.9.0 =SSLv3 TLSv1 TLSv1.1
    TLSv1.2 ~1.9.1 TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 ~1.27.3 TLSv1.2
    TLSv1.3; proxy_ssl_server_name HS 1 f! +1.9.0 =off; proxy_ssl_session_reuse HS 1 f! +1.9.0 =on;
    proxy_ssl_trusted_certificate HS 1 s! +1.9.0; proxy_ssl_verify HS 1 f! +1.9.0 =off;
    proxy_ssl_verify_depth HS 1 n! +1.9.0 =1; proxy_timeout HS 1 t! +1.9.0 =10m; proxy_upload_rate
    HS 1 r! +1.9.3 =0; proxy_upstream_buffer HS 1 z! +1.9.0;
    @ngx_stream_realip_module ;
    set_real_ip_from HS 1 s* +1.11.4;
    @ngx_stream_return_module ;
    return S 1 s +1.11.2;
    @ngx_stream_set_module ;
    set S 2 w* +1.19.3;
    @ngx_stream_split_clients_module ;
    split_clients H 2 {* +1.11.3;
    @ngx_stream_ssl_module ;
    ssl_alpn HS 1+ w +1.21.4; ssl_certificate HS 1 k* +1.9.0; ssl_certificate_cache HS 1-3 w +1.27.4
    =off; ssl_certificate_compression HS 1 f! +1.29.1 =off; ssl_certificate_key HS 1 k* +1.9.0;
    ssl_ciphers HS 1 s! +1.9.0 =HIGH:!aNULL:!MD5; ssl_client_certificate HS 1 s! +1.11.8;
    ssl_conf_command HS 2 k* +1.19.4; ssl_crl HS 1 s! +1.11.8; ssl_dhparam HS 1 s! +1.9.0;
    ssl_ecdh_curve HS 1 s! +1.9.0 =auto; ssl_ech_file HS 1 k* +1.29.4; ssl_handshake_timeout HS 1 t!
    +1.9.0 =60s; ssl_key_log HS 1 s$?; ssl_ocsp HS 1 e! +1.27.2 =off; ssl_ocsp_cache HS 1 s +1.27.2
    =off; ssl_ocsp_responder HS 1 s! +1.27.2; ssl_password_file HS 1 s +1.9.0;
    ssl_prefer_server_ciphers HS 1 f! +1.9.0 =off; ssl_protocols HS 1+ b +1.9.0 =SSLv3 TLSv1 TLSv1.1
    TLSv1.2 ~1.9.1 TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 ~1.27.3 TLSv1.2
    TLSv1.3; ssl_reject_handshake HS 1 f! +1.25.5 =off; ssl_session_cache HS 1-2 w +1.9.0 =none;
    ssl_session_ticket_key HS 1 k* +1.9.0; ssl_session_tickets HS 1 f! +1.9.0 =on;
    ssl_session_timeout HS 1 T! +1.9.0 =5m; ssl_stapling HS 1 f! +1.27.2 =off; ssl_stapling_file HS
    1 s! +1.27.2; ssl_stapling_responder HS 1 s! +1.27.2; ssl_stapling_verify HS 1 f! +1.27.2 =off;
    ssl_trusted_certificate HS 1 s! +1.11.8; ssl_verify_client HS 1 e! +1.11.8 =off;
    ssl_verify_depth HS 1 n! +1.11.8 =1;
    @ngx_stream_ssl_preread_module ;
    ssl_preread HS 1 f! +1.11.5 =off;
    @ngx_stream_upstream_hc_module ;
    health_check S 0-1 s*$?; health_check_timeout HS 1 s$? =5s; match H 1 {*$?;
    @ngx_stream_upstream_module ;
    hash U 1-2 w +1.9.0; least_conn U 0 0 +1.9.0; least_time U 1-2 w +1.31.0; random U 0-2 w
    +1.15.1; resolver U 1+ w! +1.27.3; resolver_timeout U 1 t! +1.27.3 =30s; server U 1+ w* +1.9.0;
    state U 1 s$?; upstream H 1 {* +1.9.0; zone U 1-2 w +1.9.0;
    @ngx_stream_zone_sync_module ;
    zone_sync S 0 0$? =; zone_sync_buffers HS 2 w$? =8 4k; zone_sync_connect_retry_interval HS 1 s$?
    =1s; zone_sync_connect_timeout HS 1 s$? =5s; zone_sync_interval HS 1 s$? =1s;
    zone_sync_recv_buffer_size HS 1 s$? =4k; zone_sync_server S 1-2 w*$? =; zone_sync_ssl HS 1 f!$?
    =off; zone_sync_ssl_certificate HS 1 s$?; zone_sync_ssl_certificate_key HS 1 s$?;
    zone_sync_ssl_ciphers HS 1 s$? =DEFAULT; zone_sync_ssl_conf_command HS 2 w*$?; zone_sync_ssl_crl
    HS 1 s$?; zone_sync_ssl_name HS 1 s$?; zone_sync_ssl_password_file HS 1 s$?;
    zone_sync_ssl_protocols HS 0-6 w$? =TLSv1.2 TLSv1.3; zone_sync_ssl_server_name HS 1 f!$? =off;
    zone_sync_ssl_trusted_certificate HS 1 s$?; zone_sync_ssl_verify HS 1 f!$? =off;
    zone_sync_ssl_verify_depth HS 1 s$? =1; zone_sync_timeout HS 1 s$? =5s;
    """#
}
