// Written by scripts/nginx-directives.py; change that, not this.
// Names from the directive tables of the modules named below; see NOTICE for their licences.

extension NginxDirectiveTable {
  /// The directives of modules that others make.
  ///
  /// The notation is explained at ``NginxDirectiveTable``.
  static let thirdText: StaticString = #"""
    @ModSecurity-nginx ;
    modsecurity hsl 1 s; modsecurity_rules hsl 1 s; modsecurity_rules_file hsl 1 s;
    modsecurity_rules_remote hsl 2 w; modsecurity_transaction_id hsl 1+ w;
    @headers-more-nginx-module ;
    more_clear_headers hslj 1+ w; more_clear_input_headers hslj 1+ w; more_set_headers hslj 1+ w;
    more_set_input_headers hslj 1+ w;
    @lua-nginx-module ;
    access_by_lua hslj 1 s; access_by_lua_block hslj 1 s; access_by_lua_file hslj 1 s;
    access_by_lua_no_postpone h 1 s; balancer_by_lua_block u 1 s; balancer_by_lua_file u 1 s;
    balancer_keepalive u 1 s; body_filter_by_lua hslj 1 s; body_filter_by_lua_block hslj 1 s;
    body_filter_by_lua_file hslj 1 s; content_by_lua lj 1 s; content_by_lua_block lj 1 s;
    content_by_lua_file lj 1 s; exit_worker_by_lua_block h 1 s; exit_worker_by_lua_file h 1 s;
    header_filter_by_lua hslj 1 s; header_filter_by_lua_block hslj 1 s; header_filter_by_lua_file
    hslj 1 s; init_by_lua h 1 s; init_by_lua_block h 1 s; init_by_lua_file h 1 s; init_worker_by_lua
    h 1 s; init_worker_by_lua_block h 1 s; init_worker_by_lua_file h 1 s; log_by_lua hslj 1 s;
    log_by_lua_block hslj 1 s; log_by_lua_file hslj 1 s; lua_capture_error_log h 1 s;
    lua_check_client_abort hslj 1 s; lua_code_cache hslj 1 s; lua_http10_buffering hslj 1 s;
    lua_load_resty_core h 1 s; lua_malloc_trim h 1 s; lua_max_pending_timers h 1 s;
    lua_max_running_timers h 1 s; lua_need_request_body hslj 1 s; lua_package_cpath h 1 s;
    lua_package_path h 1 s; lua_regex_cache_max_entries h 1 s; lua_regex_match_limit h 1 s;
    lua_sa_restart h 1 s; lua_shared_dict h 2 w; lua_socket_buffer_size hslj 1 s;
    lua_socket_connect_timeout hslj 1 s; lua_socket_keepalive_timeout hslj 1 s;
    lua_socket_log_errors hslj 1 s; lua_socket_pool_size hslj 1 s; lua_socket_read_timeout hslj 1 s;
    lua_socket_send_lowat hslj 1 s; lua_socket_send_timeout hslj 1 s; lua_ssl_certificate hsl 1 s;
    lua_ssl_certificate_key hsl 1 s; lua_ssl_ciphers hsl 1 s; lua_ssl_conf_command hsl 2 w*;
    lua_ssl_crl hsl 1 s; lua_ssl_key_log hsl 1 s; lua_ssl_protocols hsl 1+ w;
    lua_ssl_trusted_certificate hsl 1 s; lua_ssl_verify_depth hsl 1 s; lua_thread_cache_max_entries
    h 1 s; lua_transform_underscores_in_response_headers hslj 1 s;
    lua_upstream_skip_openssl_default_verify lj 1 s; lua_use_default_type hslj 1 s;
    lua_worker_thread_vm_pool_size h 1 s; precontent_by_lua_block hslj 0 {*; precontent_by_lua_file
    hslj 1 s; precontent_by_lua_no_postpone h 1 s; proxy_ssl_certificate_by_lua_block lj 0 {*;
    proxy_ssl_certificate_by_lua_file lj 1 s; proxy_ssl_verify_by_lua_block lj 0 {*;
    proxy_ssl_verify_by_lua_file lj 1 s; rewrite_by_lua hslj 1 s; rewrite_by_lua_block hslj 1 s;
    rewrite_by_lua_file hslj 1 s; rewrite_by_lua_no_postpone h 1 s; server_rewrite_by_lua_block hs 1
    s; server_rewrite_by_lua_file hs 1 s; set_by_lua slij 2+ w; set_by_lua_block slij 2 w;
    set_by_lua_file slij 2+ w; ssl_certificate_by_lua_block hs 1 s; ssl_certificate_by_lua_file hs 1
    s; ssl_client_hello_by_lua_block hs 1 s; ssl_client_hello_by_lua_file hs 1 s;
    ssl_session_fetch_by_lua_block h 1 s; ssl_session_fetch_by_lua_file h 1 s;
    ssl_session_store_by_lua_block h 1 s; ssl_session_store_by_lua_file h 1 s;
    @nginx-module-vts ;
    vhost_traffic_status hsl 1 s; vhost_traffic_status_average_method hsl 1-2 w;
    vhost_traffic_status_bypass_limit hsl 1 s; vhost_traffic_status_bypass_stats hsl 1 s;
    vhost_traffic_status_display sl 0-1 s; vhost_traffic_status_display_format sl 1 s;
    vhost_traffic_status_display_jsonp sl 1 s; vhost_traffic_status_display_sum_key sl 1 s;
    vhost_traffic_status_dump h 1-2 w; vhost_traffic_status_filter hsl 1 s;
    vhost_traffic_status_filter_by_host hsl 1 s; vhost_traffic_status_filter_by_set_key hsl 1-2 w;
    vhost_traffic_status_filter_check_duplicate hsl 1 s; vhost_traffic_status_filter_max_node h 1+
    w; vhost_traffic_status_histogram_buckets hsl 1+ w; vhost_traffic_status_ignore_status hsl 1+ w;
    vhost_traffic_status_limit hsl 1 s; vhost_traffic_status_limit_check_duplicate hsl 1 s;
    vhost_traffic_status_limit_traffic hsl 1-2 w; vhost_traffic_status_limit_traffic_by_set_key hsl
    2-3 w; vhost_traffic_status_measure_status_codes h 0+ w; vhost_traffic_status_set_by_filter hslj
    2 w; vhost_traffic_status_stats_by_upstream h 1 s; vhost_traffic_status_zone h 0-1 s;
    @nginx-otel ;
    header * 2 w; trusted_certificate * 1 s;
    @nginx-rtmp-module ;
    ack_window rR 1 s; application R 1 {*; buffer rRa 1 s; buflen rR 1 s; busy rR 1 s; chunk_size rR
    1 s; dash rRa 1 s; dash_cleanup rRa 1 s; dash_fragment rRa 1 s; dash_nested rRa 1 s; dash_path
    rRa 1 s; dash_playlist_length rRa 1 s; drop_idle_publisher rRa 1 s; exec rRa 1+ w; exec_block a
    0-1 {*; exec_kill_signal rRa 1 s; exec_options rRa 1 s; exec_play rRa 1+ w; exec_play_done rRa
    1+ w; exec_publish rRa 1+ w; exec_publish_done rRa 1+ w; exec_pull rRa 1+ w; exec_push rRa 1+ w;
    exec_record_done rRac 1+ w; exec_static rRa 1+ w; hls_audio_buffer_size rRa 1 s; hls_base_url
    rRa 1 s; hls_cleanup rRa 1 s; hls_continuous rRa 1 s; hls_fragment_naming rRa 1 s;
    hls_fragment_naming_granularity rRa 1 s; hls_fragment_slicing rRa 1 s; hls_fragments_per_key rRa
    1 s; hls_key_path rRa 1 s; hls_key_url rRa 1 s; hls_keys rRa 1 s; hls_max_audio_delay rRa 1 s;
    hls_max_fragment rRa 1 s; hls_muxdelay rRa 1 s; hls_nested rRa 1 s; hls_path rRa 1 s;
    hls_playlist_length rRa 1 s; hls_sync rRa 1 s; hls_type rRa 1 s; hls_variant rRa 1+ w;
    idle_streams rRa 1 s; interleave rRa 1 s; live rRa 1 s; max_connections rRa 1 s; max_message rR
    1 s; max_streams rR 1 s; meta rRa 1 s; netcall_buffer rR 1 s; netcall_timeout rR 1 s;
    notify_method rRa 1 s; notify_relay_redirect rRa 1 s; notify_update_strict rRa 1 s;
    notify_update_timeout rRa 1 s; on_connect rR 1 s; on_disconnect rR 1 s; on_done rRa 1 s; on_play
    rRa 1 s; on_play_done rRa 1 s; on_publish rRa 1 s; on_publish_done rRa 1 s; on_record_done rRac
    1 s; on_update rRa 1 s; out_cork rR 1 s; out_queue rR 1 s; ping rR 1 s; ping_timeout rR 1 s;
    play rRa 1+ w; play_local_path rRa 1 s; play_restart rRa 1 s; play_temp_path rRa 1 s;
    play_time_fix rRa 1 s; publish_notify rRa 1 s; publish_time_fix rRa 1 s; pull a 1+ w;
    pull_reconnect rRa 1 s; push a 1+ w; push_reconnect rRa 1 s; record rRac 1+ w; record_append
    rRac 1 s; record_interval rRac 1 s; record_lock rRac 1 s; record_max_frames rRac 1 s;
    record_max_size rRac 1 s; record_notify rRac 1 s; record_path rRac 1 s; record_suffix rRac 1 s;
    record_unique rRac 1 s; recorder a 1 {*; relay_buffer rR 1 s; respawn rRa 1 s; respawn_timeout
    rRa 1 s; rtmp m 0 {*; rtmp_auto_push m 1 s; rtmp_auto_push_reconnect m 1 s; rtmp_control hsl 1+
    w; rtmp_socket_dir m 1 s; rtmp_stat hsl 1+ w; rtmp_stat_stylesheet hsl 1 s; session_relay rRa 1
    s; stream_buckets rRa 1 s; sync rRa 1 s; wait_key rRa 1 s; wait_video rRa 1 s;
    @ngx_brotli ;
    brotli hslj 1 s; brotli_buffers hsl 2 w; brotli_comp_level hsl 1 s; brotli_min_length hsl 1 s;
    brotli_static hsl 1 s; brotli_types hsl 1+ w; brotli_window hsl 1 s;
    @ngx_http_geoip2_module ;
    geoip2 h 1 {*; geoip2 H 1 {*; geoip2_proxy h 1 s; geoip2_proxy_recursive h 1 s;
    @njs ;
    js_context_reuse_max_size hsl 1 s; js_context_reuse_max_size HS 1 s;
    """#
}
