// Written by scripts/mariadb-variables.py; change that, not this.
extension MariaDBVariable {
  /// Variables and options of MariaDB 10.11.19, as the running server lists them.
  ///
  /// The notation is explained at ``MariaDBVariable``.
  static let serverText: StaticString = #"""
    allow_suspicious_udfs b? :OFF; alter_algorithm e? =DEFAULT, COPY, INPLACE, NOCOPY, INSTANT
    :DEFAULT; analyze_max_length u 32..4294967295 :4294967295; analyze_sample_percentage d 0..100
    :100; ansi o; auto_increment_increment u? 1..65535 :1; auto_increment_offset u? 1..65535 :1;
    autocommit o; automatic_sp_privileges b? :ON; back_log u 0..65535 :80; basedir s :?; big_tables
    b? :OFF; bind_address s; binlog_alter_two_phase b? :OFF; binlog_annotate_row_events b? :ON;
    binlog_cache_size u 4096..18446744073709551615 /4096 :32768; binlog_checksum e =NONE, CRC32
    :CRC32; binlog_commit_wait_count u 0..18446744073709551615 :0; binlog_commit_wait_usec u
    0..18446744073709551615 :100000; binlog_direct_non_transactional_updates b? :OFF; binlog_do_db
    o; binlog_expire_logs_seconds u 0..8553600 :0; binlog_file_cache_size u
    8192..18446744073709551615 /4096 :16384; binlog_format e =MIXED, STATEMENT, ROW :MIXED;
    binlog_ignore_db o; binlog_optimize_thread_scheduling b :ON; binlog_row_event_max_size o;
    binlog_row_image e =MINIMAL, NOBLOB, FULL :FULL; binlog_row_metadata e =NO_LOG, MINIMAL, FULL
    :NO_LOG; binlog_stmt_cache_size u 4096..18446744073709551615 /4096 :32768; bootstrap o;
    bulk_insert_buffer_size u 0..18446744073709551615 :8388608; character_set_client_handshake o;
    character_set_filesystem o; character_set_server o; character_sets_dir s :?; chroot o;
    collation_server o; column_compression_threshold u 0..4294967295 :100;
    column_compression_zlib_level u 0..9 :6; column_compression_zlib_strategy e =DEFAULT_STRATEGY,
    FILTERED, HUFFMAN_ONLY, RLE, FIXED :DEFAULT_STRATEGY; column_compression_zlib_wrap b? :OFF;
    completion_type e =NO_CHAIN, CHAIN, RELEASE :NO_CHAIN; concurrent_insert e? =NEVER, AUTO, ALWAYS
    :AUTO; connect_timeout u 2..31536000 :10; console o; core_file b? :OFF; datadir s :?;
    date_format s :?; datetime_format s :?; deadlock_search_depth_long u 0..33 :15;
    deadlock_search_depth_short u 0..32 :4; deadlock_timeout_long u 0..4294967295 :50000000;
    deadlock_timeout_short u 0..4294967295 :10000; default_password_lifetime u 0..4294967295 :0;
    default_regex_flags w =DOTALL, DUPNAMES, EXTENDED, EXTENDED_MORE, EXTRA, MULTILINE, UNGREEDY;
    default_storage_engine o; default_time_zone o; default_tmp_storage_engine o; default_week_format
    u 0..7 :0; delay_key_write e? =OFF, ON, ALL :ON; delayed_insert_limit u 1..4294967295 :100;
    delayed_insert_timeout u 1..31536000 :300; delayed_queue_size u 1..4294967295 :1000;
    des_key_file o; disconnect_on_expired_password b? :OFF; div_precision_increment u 0..38 :4;
    encrypt_binlog b? :OFF; encrypt_tmp_disk_tables b? :OFF; encrypt_tmp_files b? :OFF;
    enforce_storage_engine o; eq_range_index_dive_limit u 0..4294967295 :200; event_scheduler e?
    =OFF, ON, DISABLED, ORIGINAL :OFF; expensive_subquery_limit u 0..18446744073709551615 :100;
    expire_logs_days d 0..99 :0; explicit_defaults_for_timestamp b? :ON; external_locking o;
    extra_max_connections u 1..100000 :1; extra_port u 0..65535 :0; flashback o; flush b? :OFF;
    flush_time u 0..31536000 :0; ft_boolean_syntax s :?; ft_max_word_len u 10..84 :84;
    ft_min_word_len u 1..84 :4; ft_query_expansion_limit u 0..1000 :20; ft_stopword_file s; gdb o;
    general_log b? :OFF; general_log_file s :?; getopt_prefix_matching o; group_concat_max_len u
    4..1073741824 :1048576; gtid_cleanup_batch_size u 0..2147483647 :64; gtid_domain_id u
    0..4294967295 :0; gtid_ignore_duplicates b? :OFF; gtid_pos_auto_engines o; gtid_strict_mode b?
    :OFF; help o; histogram_size u 0..255 :254; histogram_type e =SINGLE_PREC_HB, DOUBLE_PREC_HB,
    JSON_HB :DOUBLE_PREC_HB; host_cache_size u 0..65536 :279; idle_readonly_transaction_timeout u
    0..31536000 :0; idle_transaction_timeout u 0..31536000 :0; idle_write_transaction_timeout u
    0..31536000 :0; ignore_builtin_innodb b? :OFF; ignore_db_dirs s;
    in_predicate_conversion_threshold u 0..4294967295 :1000; init_connect s; init_file s;
    init_rpl_role o; init_slave s; interactive_timeout u 1..31536000 :28800; join_buffer_size u
    128..18446744073709551615 /128 :262144; join_buffer_space_limit u 2048..18446744073709551615
    /2048 :2097152; join_cache_level u 0..8 :2; keep_files_on_create b? :OFF; key_buffer_size u
    0..18446744073709551615 /4096 :134217728; key_cache_age_threshold u 100..4294967295 /100 :300;
    key_cache_block_size u 512..16384 /512 :1024; key_cache_division_limit u 1..100 :100;
    key_cache_file_hash_size u 128..16384 :512; key_cache_segments u 0..64 :0; language o;
    large_pages b? :OFF; lc_messages o; lc_messages_dir s; lc_time_names o; local_infile b? :ON;
    lock_wait_timeout u 0..31536000 :86400; log_basename o; log_bin o; log_bin_compress b? :OFF;
    log_bin_compress_min_len u? 10..1024 :256; log_bin_index o; log_bin_trust_function_creators b?
    :OFF; log_ddl_recovery o; log_disabled_statements w =slave, sp :sp; log_error s? :?; log_isam o;
    log_output w =NONE, FILE, TABLE :FILE; log_queries_not_using_indexes b? :OFF; log_short_format
    o; log_slave_updates b? :OFF; log_slow_admin_statements b? :ON; log_slow_disabled_statements w
    =admin, call, slave, sp :sp; log_slow_filter w =admin, filesort, filesort_on_disk,
    filesort_priority_queue, full_join, full_scan, not_using_index, query_cache, query_cache_miss,
    tmp_table, tmp_table_on_disk :admin, filesort, filesort_on_disk, filesort_priority_queue,
    full_join, full_scan, query_cache, query_cache_miss, tmp_table, tmp_table_on_disk;
    log_slow_max_warnings u 0..1000 :10; log_slow_min_examined_row_limit u 0..4294967295 :0;
    log_slow_query b? :OFF; log_slow_query_file s; log_slow_query_time d 0..31536000 :10;
    log_slow_rate_limit u 1..4294967295 :1; log_slow_slave_statements b? :ON; log_slow_verbosity w
    =innodb, query_plan, explain, engine, warnings, full; log_tc o; log_tc_size u
    12288..18446744073709551615 /4096 :24576; log_warnings u? 0..4294967295 :2; long_query_time d
    0..31536000 :10; low_priority_updates b? :OFF; lower_case_table_names u? 0..2 :0;
    master_info_file o; master_retry_count o; master_verify_checksum b? :OFF; max_allowed_packet u
    1024..1073741824 /1024 :16777216; max_binlog_cache_size u 4096..18446744073709551615 /4096
    :18446744073709547520; max_binlog_size u 4096..1073741824 /4096 :1073741824;
    max_binlog_stmt_cache_size u 4096..18446744073709551615 /4096 :18446744073709547520;
    max_connect_errors u 1..4294967295 :100; max_connections u 10..100000 :151; max_delayed_threads
    u 0..16384 :20; max_digest_length u 0..1048576 :1024; max_error_count u 0..65535 :64;
    max_heap_table_size u 16384..18446744073709551615 /1024 :16777216; max_join_size u
    1..18446744073709551615 :18446744073709551615; max_length_for_sort_data u 4..8388608 :1024;
    max_password_errors u 1..4294967295 :4294967295; max_prepared_stmt_count u 0..4294967295 :16382;
    max_recursive_iterations u? 0..4294967295 :1000; max_relay_log_size u 4096..1073741824 /4096
    :1073741824; max_rowid_filter_size u 1024..18446744073709551615 :131072; max_seeks_for_key u
    1..4294967295 :4294967295; max_session_mem_used u 8192..18446744073709551615
    :9223372036854775807; max_sort_length u 64..8388608 :1024; max_sp_recursion_depth u? 0..255 :0;
    max_statement_time d 0..31536000 :0; max_tmp_tables u 1..4294967295 :32; max_user_connections n
    -1..2147483647 :0; max_write_lock_count u 1..4294967295 :4294967295; memlock o;
    metadata_locks_cache_size u 1..1048576 :1024; metadata_locks_hash_instances u 1..1024 :8;
    min_examined_row_limit u 0..4294967295 :0; mrr_buffer_size u 8192..2147483647 :262144;
    mysql56_temporal_format b? :ON; net_buffer_length u 1024..1048576 /1024 :16384; net_read_timeout
    u 1..31536000 :30; net_retry_count u 1..4294967295 :10; net_write_timeout u 1..31536000 :60;
    note_verbosity w =basic, unusable_keys, explain :basic, explain; old b? :OFF; old_alter_table e?
    =DEFAULT, COPY, INPLACE, NOCOPY, INSTANT :DEFAULT; old_mode w =NO_DUP_KEY_WARNINGS_WITH_IGNORE,
    NO_PROGRESS_INFO, ZERO_DATE_TIME_CAST, UTF8_IS_UTF8MB3, IGNORE_INDEX_ONLY_FOR_JOIN,
    COMPAT_5_1_CHECKSUM, NO_NULL_COLLATION_IDS :UTF8_IS_UTF8MB3; old_passwords b? :OFF;
    old_style_user_limits o; open_files_limit u 0..4294967295 :20000;
    optimizer_adjust_secondary_key_costs w =adjust_secondary_key_cost, disable_max_seek,
    disable_forced_index_in_group_by, fix_innodb_cardinality, fix_reuse_range_for_ref,
    fix_card_multiplier, fix_derived_table_read_cost, fix_order_by_index_choice
    :fix_reuse_range_for_ref, fix_card_multiplier; optimizer_extra_pruning_depth u 0..62 :8;
    optimizer_join_limit_pref_ratio u 0..4294967295 :0; optimizer_max_sel_arg_weight u 0..4294967295
    :32000; optimizer_max_sel_args u 0..4294967295 :16000; optimizer_prune_level u 0..2 :2;
    optimizer_search_depth u 0..62 :62; optimizer_selectivity_sampling_limit u 10..4294967295 :100;
    optimizer_switch w =index_merge, index_merge_union, index_merge_sort_union,
    index_merge_intersection, index_merge_sort_intersection, engine_condition_pushdown,
    index_condition_pushdown, derived_merge, derived_with_keys, firstmatch, loosescan,
    materialization, in_to_exists, semijoin, partial_match_rowid_merge, partial_match_table_scan,
    subquery_cache, mrr, mrr_cost_based, mrr_sort_keys, outer_join_with_cache, semijoin_with_cache,
    join_cache_incremental, join_cache_hashed, join_cache_bka, optimize_join_buffer_size,
    table_elimination, extended_keys, exists_to_in, orderby_uses_equalities,
    condition_pushdown_for_derived, split_materialized, condition_pushdown_for_subquery,
    rowid_filter, condition_pushdown_from_having, not_null_range_scan, hash_join_cardinality,
    cset_narrowing, default :index_merge=on, index_merge_union=on, index_merge_sort_union=on,
    index_merge_intersection=on, index_merge_sort_intersection=off, engine_condition_pushdown=off,
    index_condition_pushdown=on, derived_merge=on, derived_with_keys=on, firstmatch=on,
    loosescan=on, materialization=on, in_to_exists=on, semijoin=on, partial_match_rowid_merge=on,
    partial_match_table_scan=on, subquery_cache=on, mrr=off, mrr_cost_based=off, mrr_sort_keys=off,
    outer_join_with_cache=on, semijoin_with_cache=on, join_cache_incremental=on,
    join_cache_hashed=on, join_cache_bka=on, optimize_join_buffer_size=on, table_elimination=on,
    extended_keys=on, exists_to_in=on, orderby_uses_equalities=on,
    condition_pushdown_for_derived=on, split_materialized=on, condition_pushdown_for_subquery=on,
    rowid_filter=on, condition_pushdown_from_having=on, not_null_range_scan=off,
    hash_join_cardinality=off, cset_narrowing=off; optimizer_trace w =enabled, default :enabled=off;
    optimizer_trace_max_mem_size u 0..18446744073709551615 :1048576;
    optimizer_use_condition_selectivity u 1..5 :4; partition o; pid_file s :?; plugin_dir s :?;
    plugin_load o; plugin_load_add o; plugin_maturity e =unknown, experimental, alpha, beta, gamma,
    stable :gamma; port u 0..65535 :0; port_open_timeout o; preload_buffer_size u 1024..1073741824
    :32768; profiling_history_size u 0..100 :15; progress_report_time u 0..4294967295 :5;
    proxy_protocol_networks s; query_alloc_block_size u 1024..4294967295 /1024 :32768;
    query_cache_limit u 0..4294967295 :1048576; query_cache_min_res_unit u 0..4294967295 /8 :4096;
    query_cache_size u 0..18446744073709551615 /1024 :1048576; query_cache_strip_comments b? :OFF;
    query_cache_type e =OFF, ON, DEMAND :OFF; query_cache_wlock_invalidate b? :OFF;
    query_prealloc_size u 1024..4294967295 /1024 :32768; range_alloc_block_size u 4096..4294967295
    /1024 :4096; read_binlog_speed_limit u 0..18446744073709551615 :0; read_buffer_size u
    8192..2147483647 /4096 :131072; read_only b? :OFF; read_rnd_buffer_size u 1..2147483647 :262144;
    relay_log s; relay_log_index o; relay_log_info_file s; relay_log_purge b? :ON;
    relay_log_recovery b? :OFF; relay_log_space_limit u 0..18446744073709551615 :0;
    replicate_annotate_row_events b? :ON; replicate_do_db o; replicate_do_table o;
    replicate_events_marked_for_skip e =REPLICATE, FILTER_ON_SLAVE, FILTER_ON_MASTER :REPLICATE;
    replicate_ignore_db o; replicate_ignore_table o; replicate_rewrite_db o;
    replicate_same_server_id o; replicate_wild_do_table o; replicate_wild_ignore_table o;
    report_host s; report_password s; report_port u 0..4294967295 :0; report_user s;
    require_secure_transport b? :OFF; rowid_merge_buff_size u 0..9223372036854775807 :8388608;
    safe_mode o; safe_user_create o; secure_auth b? :ON; secure_file_priv s; secure_timestamp e =NO,
    SUPER, REPLICATION, YES :NO; sequence o; server_id u 1..4294967295 :1; session_track_schema b?
    :ON; session_track_state_change b? :OFF; session_track_system_variables s :autocommit,
    character_set_client, character_set_connection, character_set_results, time_zone;
    session_track_transaction_info e =OFF, STATE, CHARACTERISTICS :OFF; show_slave_auth_info o;
    silent_startup o; skip_grant_tables b? :OFF; skip_host_cache o; skip_name_resolve b? :OFF;
    skip_networking b? :OFF; skip_show_database b? :OFF; skip_slave_start o;
    slave_compressed_protocol b? :OFF; slave_ddl_exec_mode e =STRICT, IDEMPOTENT :IDEMPOTENT;
    slave_domain_parallel_threads u 0..16383 :0; slave_exec_mode e =STRICT, IDEMPOTENT :STRICT;
    slave_load_tmpdir s; slave_max_allowed_packet u 1024..1073741824 /1024 :1073741824;
    slave_max_statement_time d 0..31536000 :0; slave_net_timeout u 1..31536000 :60;
    slave_parallel_max_queued u 0..2147483647 :131072; slave_parallel_mode o; slave_parallel_threads
    u 0..16383 :0; slave_parallel_workers u 0..16383 :0; slave_run_triggers_for_rbr e =NO, YES,
    LOGGING, ENFORCE :NO; slave_skip_errors s; slave_sql_verify_checksum b? :ON;
    slave_transaction_retries u 0..4294967295 :10; slave_transaction_retry_errors s;
    slave_transaction_retry_interval u 0..3600 :0; slave_type_conversions w =ALL_LOSSY,
    ALL_NON_LOSSY; slow_launch_time u 0..31536000 :2; slow_query_log b? :OFF; slow_query_log_file s
    :?; socket s :?; sort_buffer_size u 1024..18446744073709551615 :2097152; sql_mode w
    =REAL_AS_FLOAT, PIPES_AS_CONCAT, ANSI_QUOTES, IGNORE_SPACE, IGNORE_BAD_TABLE_OPTIONS,
    ONLY_FULL_GROUP_BY, NO_UNSIGNED_SUBTRACTION, NO_DIR_IN_CREATE, POSTGRESQL, ORACLE, MSSQL, DB2,
    MAXDB, NO_KEY_OPTIONS, NO_TABLE_OPTIONS, NO_FIELD_OPTIONS, MYSQL323, MYSQL40, ANSI,
    NO_AUTO_VALUE_ON_ZERO, NO_BACKSLASH_ESCAPES, STRICT_TRANS_TABLES, STRICT_ALL_TABLES,
    NO_ZERO_IN_DATE, NO_ZERO_DATE, ALLOW_INVALID_DATES, ERROR_FOR_DIVISION_BY_ZERO, TRADITIONAL,
    NO_AUTO_CREATE_USER, HIGH_NOT_PRECEDENCE, NO_ENGINE_SUBSTITUTION, PAD_CHAR_TO_FULL_LENGTH,
    EMPTY_STRING_IS_NULL, SIMULTANEOUS_ASSIGNMENT, TIME_ROUND_FRACTIONAL :STRICT_TRANS_TABLES,
    ERROR_FOR_DIVISION_BY_ZERO, NO_AUTO_CREATE_USER, NO_ENGINE_SUBSTITUTION; sql_safe_updates b?
    :OFF; ssl o; ssl_ca s; ssl_capath s; ssl_cert s; ssl_cipher s; ssl_crl s; ssl_crlpath s; ssl_key
    s; stack_trace o; standard_compliant_cte b? :ON; stored_program_cache u 0..524288 :256;
    strict_password_validation b? :ON; symbolic_links o; sync_binlog u 0..4294967295 :0; sync_frm b?
    :ON; sync_master_info u 0..4294967295 :10000; sync_relay_log u 0..4294967295 :10000;
    sync_relay_log_info u 0..4294967295 :10000; sysdate_is_now o; system_versioning_alter_history e
    =ERROR, KEEP :ERROR; system_versioning_insert_history b? :OFF; table_cache o;
    table_definition_cache u 400..2097152 :400; table_open_cache u 10..1048576 :2000;
    table_open_cache_instances u 1..64 :4; tc_heuristic_recover o; tcp_keepalive_interval n
    0..2147483 :0; tcp_keepalive_probes n 0..2147483 :0; tcp_keepalive_time n 0..2147483 :0;
    tcp_nodelay b? :ON; temp_pool o; thread_cache_size u 0..16384 :151; thread_handling e
    =one-thread-per-connection, no-threads, pool-of-threads :one-thread-per-connection;
    thread_pool_dedicated_listener b? :OFF; thread_pool_exact_stats b? :OFF; thread_pool_groups o;
    thread_pool_idle_timeout u 1..4294967295 :60; thread_pool_max_threads u 1..65536 :65536;
    thread_pool_oversubscribe u 1..1000 :3; thread_pool_prio_kickup_timer u 0..4294967295 :1000;
    thread_pool_priority e =high, low, auto :auto; thread_pool_queues o; thread_pool_size u
    1..100000 :2; thread_pool_stall_limit u 1..4294967295 :500; thread_pool_stats o;
    thread_pool_waits o; thread_stack u 131072..18446744073709551615 /1024 :299008; time_format s
    :?; tls_version w =TLSv1.0, TLSv1.1, TLSv1.2, TLSv1.3 :TLSv1.2, TLSv1.3; tmp_disk_table_size u
    1024..18446744073709551615 :18446744073709551615; tmp_memory_table_size u
    0..18446744073709551615 /16384 :16777216; tmp_table_size u 0..18446744073709551615 /16384
    :16777216; tmpdir s :?; transaction_alloc_block_size u 1024..134217728 /1024 :8192;
    transaction_isolation o; transaction_prealloc_size u 1024..134217728 /1024 :4096;
    transaction_read_only o; unix_socket o; updatable_views_with_limit e =NO, YES :YES;
    use_stat_tables e =NEVER, COMPLEMENTARY, PREFERABLY, COMPLEMENTARY_FOR_QUERIES,
    PREFERABLY_FOR_QUERIES :PREFERABLY_FOR_QUERIES; user o; user_variables o; userstat b? :OFF;
    verbose o; version o; wait_timeout u 1..31536000 :28800;
    """#
}
