// Written by scripts/nginx-directives.py; change that, not this.
// Facts from the nginx documentation (nginx.org) and the directive tables of nginx, which are
// Copyright (C) 2002-2021 Igor Sysoev and Copyright (C) 2011-2026 Nginx, Inc.; all rights reserved.
// Used under the BSD 2-Clause licence, whose conditions and disclaimer stand in NOTICE.

extension NginxDirectiveTable {
  /// The directives of `http`, without proxying.
  ///
  /// The notation is explained at ``NginxDirectiveTable``.
  static let httpText: StaticString = #"""
    @ngx_http_access_module ;
    allow hslx 1 s* +0.1.25; deny hslx 1 s* +0.1.25;
    @ngx_http_acme_module ;
    accept_terms_of_service A 0 0?; account_key A 1 s?; acme_certificate s 1+ w?; acme_issuer h 1
    {*?; acme_shared_zone h 1 s? =zone=ngx_acme_shared:256k; challenge A 1 s? =http-01;
    common_name_in_csr A 1 f!? =off; contact A 1 s?; external_account_key A 2 w?; preferred_chain A
    1 s?; profile A 1-2 w?; ssl_trusted_certificate A 1 s?; ssl_verify A 1 f!? =on; state_path A 1
    s?; uri A 1 s?;
    @ngx_http_addition_module ;
    add_after_body hsl 1 s! +0.3.36; add_before_body hsl 1 s! +0.3.36; addition_types hsl 1+ w
    +0.7.65 =text/html;
    @ngx_http_api_module ;
    api l 0-1 s$?; status_zone slj 1 s$?;
    @ngx_http_api_module_head ;
    api l 0-1 s$?; status_zone slj 1 s$?;
    @ngx_http_auth_basic_module ;
    auth_basic hslx 1 s! +0.1.26 =off; auth_basic_user_file hslx 1 s! +0.1.26;
    @ngx_http_auth_jwt_module ;
    auth_jwt hslx 1-2 w$? =off; auth_jwt_claim_set h 2+ w$?; auth_jwt_header_set h 2+ w$?;
    auth_jwt_key_cache hsl 1 s$? =0; auth_jwt_key_file hslx 1 s*$?; auth_jwt_key_request hslx 1
    s*$?; auth_jwt_leeway hsl 1 s$? =0s; auth_jwt_require hslx 1+ w*$?; auth_jwt_type hslx 1 s$?
    =signed;
    @ngx_http_auth_request_module ;
    auth_request hsl 1 s! +1.5.4 =off; auth_request_set hsl 2 w* +1.5.4;
    @ngx_http_auth_require_module ;
    auth_require hslx 1+ w$? =off;
    @ngx_http_autoindex_module ;
    autoindex hsl 1 f! +0.1.25 =off; autoindex_exact_size hsl 1 f! +0.1.38 =on; autoindex_format hsl
    1 e! +1.7.9 =html; autoindex_localtime hsl 1 f! +0.1.34 =off;
    @ngx_http_browser_module ;
    ancient_browser hsl 1+ w +0.4.3; ancient_browser_value hsl 1 s +0.4.3 =1; modern_browser hsl 1-2
    w +0.4.3; modern_browser_value hsl 1 s +0.4.3 =1;
    @ngx_http_charset_module ;
    charset hslj 1 s! +0.1.25 =off; charset_map h 2 {* +0.1.25; charset_types hsl 1+ w +0.7.9
    =text/html text/xml text/plain text/vnd.wap.wml application/javascript application/rss+xml;
    override_charset hslj 1 f! +0.3.39 =off; source_charset hslj 1 s +0.1.25;
    @ngx_http_core_module ;
    absolute_redirect hsl 1 f! +1.11.8 =on; aio hsl 1 s! +0.8.11 =off; aio_write hsl 1 f! +1.9.13
    =off; alias l 1 s!; auth_delay hsl 1 t! +1.17.10 =0s; chunked_transfer_encoding hsl 1 f! +0.7.66
    =on; client_body_buffer_size hsl 1 z! =8k; client_body_in_file_only hsl 1 e! +0.3.38 =off;
    client_body_in_single_buffer hsl 1 f! +0.7.58 =off; client_body_temp_path hsl 1-4 w! +0.1.14
    =client_body_temp; client_body_timeout hsl 1 t! =60s; client_header_buffer_size hs 1 z! =1k;
    client_header_timeout hs 1 t! =60s; client_max_body_size hsl 1 o! =1m; connection_pool_size hs 1
    z! =512; default_type hsl 1 s! =text/plain; directio hsl 1 s +0.7.7 =off; directio_alignment hsl
    1 o! +0.8.11 =512; disable_symlinks hsl 1-2 w +1.1.15 =off; early_hints hsl 1+ w +1.29.0;
    error_log_tag hsl 2 w$?; error_page hslj 2+ w*; etag hsl 1 f! +1.3.3 =on; http m 0 {*!;
    if_modified_since hsl 1 e! +0.6.36 =exact; ignore_invalid_headers hs 1 f! +0.1.30 =on; internal
    l 0 0 +0.1.29; keepalive_disable hsl 1-2 b +0.9.0 =msie6; keepalive_min_timeout hsl 1 t! +1.27.4
    =0; keepalive_requests hsl 1 n! +0.6.38 =100 ~1.19.10 1000; keepalive_time hsl 1 t! +1.19.10
    =1h; keepalive_timeout hsl 1-2 t! =75s; large_client_header_buffers hs 2 B! =4 8k; limit_except
    l 1+ {* +0.3.37; limit_rate hslj 1 r! =0; limit_rate_after hslj 1 r! +0.7.63 =0; lingering_close
    hsl 1 e! +1.0.6 =on; lingering_time hsl 1 t! =30s; lingering_timeout hsl 1 t! =5s; listen s 1+
    w* +0.3.3 =*:80; location sl 1-2 {*; log_not_found hsl 1 f! +0.1.38 =on; log_subrequest hsl 1 f!
    +0.7.18 =off; max_headers hs 1 n! +1.29.8 =1000; max_ranges hsl 1 n! +1.0.7; merge_slashes hs 1
    f! +0.5.34 =on; msie_padding hsl 1 f! =on; msie_refresh hsl 1 f! +0.3.61 =off; open_file_cache
    hsl 1-2 w! =off; open_file_cache_errors hsl 1 f! +0.6.10 =off; open_file_cache_events hsl 1 f!
    +0.6.10; open_file_cache_min_uses hsl 1 n! +0.6.23 =1; open_file_cache_retest hsl 1 T! +0.6.10
    -1.9.1; open_file_cache_valid hsl 1 T* +0.6.23 =60s; optimize_server_names hs 1 f! +0.3.26
    -1.9.1; output_buffers hsl 2 B! +0.1.25 =1 32k ~1.9.5 2 32k; port_in_redirect hsl 1 f! +0.1.35
    =on; post_action hslj 1 s! +0.3.10; postpone_output hsl 1 z! =1460; read_ahead hsl 1 z! +0.8.18
    =0; recursive_error_pages hsl 1 f! +0.3.61 =off; request_pool_size hs 1 z! =4k;
    reset_timedout_connection hsl 1 f! =off; resolver hsl 1+ w! +0.6.18; resolver_timeout hsl 1 t!
    +0.6.18 =30s; root hslj 1 s! =html; satisfy hsl 1 e! +0.6.25 =all; satisfy_any hsl 1 f! +0.2.0
    -1.9.1; send_lowat hsl 1 z! =0; send_timeout hsl 1 t! =60s; sendfile hslj 1 f! =off;
    sendfile_max_chunk hsl 1 z! +0.5.20 =0 ~1.21.4 2m; server h 0 {*; server_name s 1+ w;
    server_name_in_redirect hsl 1 f! +0.6.25 =off; server_names_hash_bucket_size h 1 n! +0.3.18 =64;
    server_names_hash_max_size h 1 n! +0.3.18 =512; server_tokens hsl 1 e! +0.5.34 =on;
    subrequest_output_buffer_size hsl 1 z! +1.13.10 =4k; tcp_nodelay hsl 1 f! +0.1.1 =on; tcp_nopush
    hsl 1 f! =off; try_files sl 2+ w! +0.6.36; types hsl 0 {*; types_hash_bucket_size hsl 1 n!
    +0.3.16 =64; types_hash_max_size hsl 1 n! +0.3.16 =1024; underscores_in_headers hs 1 f! +0.7.18
    =off; variables_hash_bucket_size h 1 n! +0.3.27 =64; variables_hash_max_size h 1 n! +0.3.27 =512
    ~1.5.13 1024;
    @ngx_http_dav_module ;
    create_full_put_path hsl 1 f! +0.3.40 =off; dav_access hsl 1-3 w +0.3.56 =user:rw; dav_methods
    hsl 1+ b +0.3.38 =off; min_delete_depth hsl 1 n! +0.6.25 =0;
    @ngx_http_degradation_module ;
    degradation h 1 s +0.8.25; degrade hsl 1 e! +0.8.25;
    @ngx_http_empty_gif_module ;
    empty_gif l 0 0 +0.3.10;
    @ngx_http_f4f_module ;
    f4f l 0 0$?; f4f_buffer_size hsl 1 s$? =512k;
    @ngx_http_flv_module ;
    flv l 0 0 +0.4.7;
    @ngx_http_geo_module ;
    geo h 1-2 {* +0.1.17;
    @ngx_http_geoip_module ;
    geoip_city h 1-2 w +0.7.63; geoip_country h 1-2 w +0.7.63; geoip_org h 1-2 w +1.0.3; geoip_proxy
    h 1 s* +1.2.2; geoip_proxy_recursive h 1 f! +1.2.2 =off;
    @ngx_http_gunzip_module ;
    gunzip hsl 1 f! +1.3.6 =off; gunzip_buffers hsl 2 B! +1.3.6 =32 4k;
    @ngx_http_gzip_filter_module ;
    gzip_hash hsl 1 z! +0.1.25; gzip_no_buffer hsl 1 f! +0.1.25; gzip_window hsl 1 z! +0.1.25;
    postpone_gzipping hsl 1 z! +0.7.39;
    @ngx_http_gzip_module ;
    gzip hslj 1 f! +0.1.25 =off; gzip_buffers hsl 2 B! +0.1.25 =32 4k; gzip_comp_level hsl 1 n!
    +0.1.25 =1; gzip_disable hsl 1+ w +0.6.23; gzip_http_version hsl 1 e! +0.1.25 =1.1;
    gzip_min_length hsl 1 z! +0.1.25 =20; gzip_proxied hsl 1+ b +0.1.25 =off; gzip_types hsl 1+ w
    +0.1.25 =text/html; gzip_vary hsl 1 f! +0.5.34 =off;
    @ngx_http_gzip_static_module ;
    gzip_static hsl 1 e! +0.6.23 =off;
    @ngx_http_headers_module ;
    add_header hslj 2-3 w* +0.3.8; add_header_inherit hslj 1 e! +1.29.3 =on; add_trailer hslj 2-3 w*
    +1.13.2; add_trailer_inherit hslj 1 e! +1.29.3 =on; expires hslj 1-2 w! +0.1.25 =off;
    @ngx_http_hls_module ;
    hls l 0 0$?; hls_buffers hsl 2 w$? =8 2m; hls_forward_args hsl 1 f!$? =off; hls_fragment hsl 1
    s$? =5s; hls_mp4_buffer_size hsl 1 s$? =512k; hls_mp4_max_buffer_size hsl 1 s$? =10m;
    @ngx_http_image_filter_module ;
    image_filter l 1-3 w +0.7.54 =off; image_filter_buffer hsl 1 z! +0.7.54 =1M;
    image_filter_interlace hsl 1 f! +1.3.15 =off; image_filter_jpeg_quality hsl 1 s +0.7.58 =75;
    image_filter_sharpen hsl 1 s +1.0.11 =0; image_filter_transparency hsl 1 f! +0.7.63 =on;
    image_filter_webp_quality hsl 1 s +1.11.6 =80;
    @ngx_http_index_module ;
    index hsl 1+ w +0.1.25 =index.html;
    @ngx_http_internal_redirect_module ;
    internal_redirect sl 1 s$?;
    @ngx_http_js_module ;
    js_access ljx 1 s?; js_body_filter ljx 1-2 w?; js_content ljx 1 s?; js_context_reuse hsl 1 n?
    =128; js_engine hsl 1 s? =njs; js_fetch_buffer_size hsl 1 z? =16k; js_fetch_ciphers hsl 1 s?
    =HIGH:!aNULL:!MD5; js_fetch_keepalive hsl 1 n? =0; js_fetch_keepalive_requests hsl 1 n? =1000;
    js_fetch_keepalive_time hsl 1 t? =1h; js_fetch_keepalive_timeout hsl 1 t? =60s;
    js_fetch_max_response_buffer_size hsl 1 z? =1m; js_fetch_protocols hsl 0-4 w? =TLSv1 TLSv1.1
    TLSv1.2; js_fetch_proxy hsl 1 s?; js_fetch_timeout hsl 1 t? =60s; js_fetch_trusted_certificate
    hsl 1 s?; js_fetch_verify hsl 1 f!? =on; js_fetch_verify_depth hsl 1 n? =100; js_header_filter
    ljx 1 s?; js_import hsl 1-3 w*?; js_include h 1 s?; js_load_http_native_module m 1-3 w?; js_path
    hsl 1 s?; js_periodic l 1-4 w*?; js_preload_object hsl 1-3 w*?; js_set hsl 2-3 w*?;
    js_shared_dict_zone h 1-5 w*?; js_var hsl 1-2 w*?;
    @ngx_http_keyval_module ;
    keyval h 3 w*$?; keyval_zone h 1-5 w*$?;
    @ngx_http_limit_conn_module ;
    limit_conn hsl 2 w* +1.1.8; limit_conn_dry_run hsl 1 f! +1.17.6 =off; limit_conn_log_level hsl 1
    e! +1.1.8 =error; limit_conn_status hsl 1 n! +1.3.15 =503; limit_conn_zone h 2 w* +1.1.8;
    limit_zone h 3 w* +1.1.8 -1.7.6;
    @ngx_http_limit_req_module ;
    limit_req hsl 1-3 w* +0.7.20; limit_req_dry_run hsl 1 f! +1.17.1 =off; limit_req_log_level hsl 1
    e! +0.7.63 =error; limit_req_status hsl 1 n! +1.3.15 =503; limit_req_zone h 3 w* +0.7.20;
    @ngx_http_limit_zone_module ;
    limit_zone h 3 w* +0.5.6 -1.1.8;
    @ngx_http_log_module ;
    access_log hsljx 1+ w* +0.1.25 =logs/access.log combined; log_format h 2+ w* +0.1.25;
    open_log_file_cache hsl 1-4 w +0.7.4 =off;
    @ngx_http_map_module ;
    map h 2 {* +0.3.16; map_hash_bucket_size h 1 n! +0.3.16 =64; map_hash_max_size h 1 n! +0.3.16
    =2048;
    @ngx_http_mirror_module ;
    mirror hsl 1 s* +1.13.4 =off; mirror_request_body hsl 1 f! +1.13.4 =on;
    @ngx_http_mp4_module ;
    mp4 l 0 0 +1.0.7; mp4_buffer_size hsl 1 z! +1.0.7 =512K; mp4_limit_rate hsl 1 s$? =off;
    mp4_limit_rate_after hsl 1 s$? =60s; mp4_max_buffer_size hsl 1 z! +1.0.7 =10M;
    mp4_start_key_frame hsl 1 f! +1.21.4 =off;
    @ngx_http_num_map_module ;
    num_map h 1-2 {*$?;
    @ngx_http_oidc_module ;
    auth_oidc hsl 1 s$? =off; client_id o 1 s$?; client_secret o 1 s$?; config_url o 1 s$?;
    cookie_name o 1 s$? =NGX_OIDC_SESSION; extra_auth_args o 1 s$?; frontchannel_logout_uri o 1 s$?;
    issuer o 1 s$?; logout_token_hint o 1 f!$? =off; logout_uri o 1 s$?; oidc_provider h 1 {*$?;
    pkce o 1 f!$?; post_logout_uri o 1 s$?; redirect_uri o 1 s$? =/oidc_callback; scope o 1+ w$?
    =openid; session_store o 1 s$?; session_timeout o 1 s$? =8h; ssl_crl o 1 s$?;
    ssl_trusted_certificate o 1 s$? =system CA bundle; userinfo o 1 f!$? =off;
    @ngx_http_perl_module ;
    perl lx 1 s +0.3.21; perl_modules h 1 k* +0.3.21; perl_require h 1 k* +0.3.21; perl_set h 2 w*
    +0.3.21;
    @ngx_http_random_index_module ;
    random_index l 1 f! +0.7.15 =off;
    @ngx_http_realip_module ;
    real_ip_header hsl 1 s! +0.3.8 =X-Real-IP; real_ip_recursive hsl 1 f! +1.2.2 =off;
    set_real_ip_from hsl 1 s* +0.3.8;
    @ngx_http_referer_module ;
    referer_hash_bucket_size sl 1 n! +1.0.5 =64; referer_hash_max_size sl 1 n! +1.0.5 =2048;
    valid_referers sl 1+ w +0.3.10;
    @ngx_http_rewrite_module ;
    break slij 0 0 +0.1.38; if sl 1+ {* +0.1.25; return slij 1-2 w +0.1.25; rewrite slij 2-3 w*
    +0.1.25; rewrite_log hslij 1 f! +0.1.25 =off; set slij 2 w* +0.1.25; uninitialized_variable_warn
    hslij 1 f! +0.3.39 =on;
    @ngx_http_secure_link_module ;
    secure_link hsl 1 s! +0.8.50; secure_link_md5 hsl 1 s! +0.8.50; secure_link_secret hsl 1 s!
    +0.7.18;
    @ngx_http_session_log_module ;
    session_log hsl 1 s$? =off; session_log_format h 2+ w$?; session_log_zone h 2-6 w$?;
    @ngx_http_slice_module ;
    slice hsl 1 z! +1.9.8 =0;
    @ngx_http_spdy_module ;
    spdy_chunk_size hsl 1 z! +1.5.9 -1.9.5; spdy_headers_comp hs 1 n! +1.3.15 -1.9.5;
    spdy_keepalive_timeout hs 1 t! +1.3.15 -1.9.5; spdy_max_concurrent_streams hs 1 n! +1.3.15
    -1.9.5; spdy_pool_size hs 1 z! +1.3.15 -1.9.5; spdy_recv_buffer_size h 1 z! +1.3.15 -1.9.5;
    spdy_recv_timeout hs 1 t! +1.3.15 -1.9.5; spdy_streams_index_size hs 1 n! +1.3.15 -1.9.5;
    @ngx_http_split_clients_module ;
    split_clients h 2 {* +0.8.37;
    @ngx_http_ssi_filter_module ;
    ssi_ignore_recycled_buffers hsl 1 f! +0.1.29;
    @ngx_http_ssi_module ;
    ssi hslj 1 f! +0.1.25 =off; ssi_last_modified hsl 1 f! +1.5.1 =off; ssi_min_file_chunk hsl 1 z!
    +0.1.25 =1k; ssi_silent_errors hsl 1 f! +0.1.25 =off; ssi_types hsl 1+ w +0.1.38 =text/html;
    ssi_value_length hsl 1 z! +0.3.16 =256;
    @ngx_http_ssl_module ;
    ssl hs 1 f! -1.25.1 =off; ssl_buffer_size hs 1 z! +1.5.9 =16k; ssl_certificate hs 1 k*;
    ssl_certificate_cache hs 1-3 w +1.27.4 =off; ssl_certificate_compression hs 1 f! +1.29.1 =off;
    ssl_certificate_key hs 1 k*; ssl_ciphers hs 1 s! +0.1.14 =HIGH:!aNULL:!MD5;
    ssl_client_certificate hs 1 s! +0.3.45; ssl_conf_command hs 2 k* +1.19.4; ssl_crl hs 1 s!
    +0.7.63; ssl_dhparam hs 1 s! +0.7.2; ssl_early_data hs 1 f! +1.15.3 =off; ssl_ecdh_curve hs 1 s!
    +1.0.6 =prime256v1 ~1.11.0 auto; ssl_ech_file hs 1 k* +1.29.4; ssl_key_log hs 1 s$?; ssl_ocsp hs
    1 e! +1.19.0 =off; ssl_ocsp_cache hs 1 s +1.19.0 =off; ssl_ocsp_responder hs 1 s! +1.19.0;
    ssl_password_file hs 1 s +1.7.3; ssl_prefer_server_ciphers hs 1 f! +0.2.2 =off; ssl_protocols hs
    1+ b +0.2.2 =SSLv2 SSLv3 TLSv1 ~0.8.19 SSLv3 TLSv1 ~1.1.13 SSLv3 TLSv1 TLSv1.1 TLSv1.2 ~1.9.1
    TLSv1 TLSv1.1 TLSv1.2 ~1.23.4 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3 ~1.27.3 TLSv1.2 TLSv1.3;
    ssl_reject_handshake hs 1 f! +1.19.4 =off; ssl_session_cache hs 1-2 w +0.5.6 =none;
    ssl_session_ticket_key hs 1 k* +1.5.7; ssl_session_tickets hs 1 f! +1.5.9 =on;
    ssl_session_timeout hs 1 T! +0.3.8 =5m; ssl_stapling hs 1 f! +1.3.7 =off; ssl_stapling_file hs 1
    s! +1.3.7; ssl_stapling_responder hs 1 s! +1.3.7; ssl_stapling_verify hs 1 f! +1.3.7 =off;
    ssl_trusted_certificate hs 1 s! +1.3.7; ssl_verify_client hs 1 e! +0.3.45 =off; ssl_verify_depth
    hs 1 n! +0.3.45 =1;
    @ngx_http_status_module ;
    status sl 1 s$? +0.1.25; status_format hsl 1-2 w? =json; status_zone s 1 s?;
    @ngx_http_stub_status_module ;
    stub_status sl 0-1 0 +0.1.18;
    @ngx_http_sub_module ;
    sub_filter hsl 2 w* +0.5.18; sub_filter_last_modified hsl 1 f! +1.5.1 =off; sub_filter_once hsl
    1 f! +0.5.18 =on; sub_filter_types hsl 1+ w +0.5.18 =text/html;
    @ngx_http_upstream_conf_module ;
    upstream_conf l 0 0?;
    @ngx_http_upstream_hc_module ;
    health_check l 0-1 s*$?; match h 1 {*$?;
    @ngx_http_userid_module ;
    userid hsl 1 e! +0.1.25 =off; userid_domain hsl 1 s! +0.1.25 =none; userid_expires hsl 1 s
    +0.1.25 =off; userid_flags hsl 1-3 b +1.19.3 =off; userid_mark hsl 1 s +0.1.44 =off; userid_name
    hsl 1 s! +0.1.25 =uid; userid_p3p hsl 1 s! +0.1.25 =none; userid_path hsl 1 s! +0.1.25 =/;
    userid_service hsl 1 n! +0.1.25 =IP address of the server;
    @ngx_http_v2_module ;
    http2 hs 1 f! +1.25.1 =off; http2_body_preread_size hs 1 z! +1.10.2 =64k; http2_chunk_size hsl 1
    z! +1.9.5 =8k; http2_idle_timeout hs 1 t +1.9.5 =3m; http2_max_concurrent_pushes hs 1 n! +1.13.9
    =10; http2_max_concurrent_streams hs 1 n! +1.9.5 =128; http2_max_field_size hs 1 z +1.9.5 =4k;
    http2_max_header_size hs 1 z +1.9.5 =16k; http2_max_requests hs 1 n +1.11.6 =1000;
    http2_pool_size hs 1 z! +1.9.5; http2_push hsl 1 s* +1.13.9 =off; http2_push_preload hsl 1 f!
    +1.13.9 =off; http2_recv_buffer_size h 1 z! +1.9.5 =256k; http2_recv_timeout hs 1 t +1.9.5 =30s;
    http2_streams_index_size hs 1 n! +1.9.5;
    @ngx_http_v3_module ;
    http3 hs 1 f! +1.25.0 =on; http3_hq hs 1 f! +1.25.0 =off; http3_max_concurrent_streams hs 1 n!
    +1.25.0 =128; http3_stream_buffer_size hs 1 z! +1.25.0 =64k; quic_active_connection_id_limit hs
    1 n! +1.25.0 =2; quic_bpf m 1 f! +1.25.0 =off; quic_gso hs 1 f! +1.25.0 =off; quic_host_key hs 1
    s +1.25.0; quic_retry hs 1 f! +1.25.0 =off;
    @ngx_http_xslt_module ;
    xml_entities hsl 1 s +0.7.8; xml_external_entities hsl 1 f! +1.31.3 =off; xslt_last_modified hsl
    1 f! +1.5.1 =off; xslt_param hsl 2 w* +1.1.18; xslt_string_param hsl 2 w* +1.1.18;
    xslt_stylesheet l 1+ w* +0.7.8; xslt_types hsl 1+ w +0.7.8 =text/xml;
    """#
}
