// Written by scripts/mariadb-variables.py; change that, not this.
extension MariaDBVariable {
  /// Variables and options of MariaDB 10.11.19, as the running server lists them.
  ///
  /// The notation is explained at ``MariaDBVariable``.
  static let pluginText: StaticString = #"""
    aria_block_size u 4096..32768 /1024 :8192; aria_checkpoint_interval u 0..4294967295 :30;
    aria_checkpoint_log_activity u 0..4294967295 :1048576; aria_encrypt_tables b? :OFF;
    aria_force_start_after_recovery_failures u 0..255 :0; aria_group_commit e =none, hard, soft
    :none; aria_group_commit_interval u 0..4294967295 :0; aria_log_dir_path s :?; aria_log_file_size
    u 8388608..4294967295 /8192 :1073741824; aria_log_purge_type e =immediate, external, at_flush
    :immediate; aria_max_sort_file_size u 0..9223372036854775807 /1048576 :9223372036853727232;
    aria_page_checksum b :ON; aria_pagecache_age_threshold u 100..18446744073709551615 /100 :300;
    aria_pagecache_buffer_size u 131072..18446744073709551615 :134217728;
    aria_pagecache_division_limit u 1..100 :100; aria_pagecache_file_hash_size u 128..16384 :512;
    aria_recover_options w? =NORMAL, BACKUP, FORCE, QUICK, OFF :BACKUP, QUICK; aria_repair_threads u
    1..128 :1; aria_sort_buffer_size u 16352..1152921504606846975 :268434432; aria_stats_method e
    =nulls_unequal, nulls_equal, nulls_ignored :nulls_unequal; aria_sync_log_dir e =NEVER, NEWFILE,
    ALWAYS :NEWFILE; debug o; debug_abort_slave_event_count o; debug_disconnect_slave_event_count o;
    debug_exit_info o; debug_gdb o; debug_max_binlog_dump_events o; debug_no_sync o;
    debug_no_thread_alarm b? :OFF; debug_sporadic_binlog_dump_fail o; feedback o;
    feedback_http_proxy o; feedback_send_retry_wait o; feedback_send_timeout o; feedback_url o;
    feedback_user_info o; myisam_block_size u 1024..16384 /1024 :1024; myisam_data_pointer_size u
    2..7 :6; myisam_max_sort_file_size u 0..9223372036854775807 /1048576 :9223372036853727232;
    myisam_mmap_size u 7..18446744073709551615 :18446744073709551615; myisam_recover_options w?
    =DEFAULT, BACKUP, FORCE, QUICK, BACKUP_ALL, OFF :BACKUP, QUICK; myisam_repair_threads u
    1..18446744073709551615 :1; myisam_sort_buffer_size u 4096..1152921504606846975 :134216704;
    myisam_stats_method e =NULLS_UNEQUAL, NULLS_EQUAL, NULLS_IGNORED :NULLS_UNEQUAL; myisam_use_mmap
    b? :OFF; performance_schema b? :OFF; performance_schema_accounts_size n -1..1048576 :-1;
    performance_schema_consumer_events_stages_current o;
    performance_schema_consumer_events_stages_history o;
    performance_schema_consumer_events_stages_history_long o;
    performance_schema_consumer_events_statements_current o;
    performance_schema_consumer_events_statements_history o;
    performance_schema_consumer_events_statements_history_long o;
    performance_schema_consumer_events_transactions_current o;
    performance_schema_consumer_events_transactions_history o;
    performance_schema_consumer_events_transactions_history_long o;
    performance_schema_consumer_events_waits_current o;
    performance_schema_consumer_events_waits_history o;
    performance_schema_consumer_events_waits_history_long o;
    performance_schema_consumer_global_instrumentation o;
    performance_schema_consumer_statements_digest o;
    performance_schema_consumer_thread_instrumentation o; performance_schema_digests_size n
    -1..1048576 :-1; performance_schema_events_stages_history_long_size n -1..1048576 :-1;
    performance_schema_events_stages_history_size n -1..1024 :-1;
    performance_schema_events_statements_history_long_size n -1..1048576 :-1;
    performance_schema_events_statements_history_size n -1..1024 :-1;
    performance_schema_events_transactions_history_long_size n -1..1048576 :-1;
    performance_schema_events_transactions_history_size n -1..1024 :-1;
    performance_schema_events_waits_history_long_size n -1..1048576 :-1;
    performance_schema_events_waits_history_size n -1..1024 :-1; performance_schema_hosts_size n
    -1..1048576 :-1; performance_schema_instrument o; performance_schema_max_cond_classes u 0..256
    :90; performance_schema_max_cond_instances n -1..1048576 :-1;
    performance_schema_max_digest_length n 0..1048576 :1024; performance_schema_max_file_classes u
    0..256 :80; performance_schema_max_file_handles u 0..1048576 :32768;
    performance_schema_max_file_instances n -1..1048576 :-1; performance_schema_max_index_stat n
    -1..1048576 :-1; performance_schema_max_memory_classes u 0..1024 :320;
    performance_schema_max_metadata_locks n -1..104857600 :-1; performance_schema_max_mutex_classes
    u 0..256 :210; performance_schema_max_mutex_instances n -1..104857600 :-1;
    performance_schema_max_prepared_statements_instances n -1..1048576 :-1;
    performance_schema_max_program_instances n -1..1048576 :-1;
    performance_schema_max_rwlock_classes u 0..256 :50; performance_schema_max_rwlock_instances n
    -1..104857600 :-1; performance_schema_max_socket_classes u 0..256 :10;
    performance_schema_max_socket_instances n -1..1048576 :-1;
    performance_schema_max_sql_text_length n 0..1048576 :1024; performance_schema_max_stage_classes
    u 0..256 :160; performance_schema_max_statement_classes u 0..256 :222;
    performance_schema_max_statement_stack u 1..256 :10; performance_schema_max_table_handles n
    -1..1048576 :-1; performance_schema_max_table_instances n -1..1048576 :-1;
    performance_schema_max_table_lock_stat n -1..1048576 :-1; performance_schema_max_thread_classes
    u 0..256 :50; performance_schema_max_thread_instances n -1..1048576 :-1;
    performance_schema_session_connect_attrs_size n -1..1048576 :-1;
    performance_schema_setup_actors_size n -1..1024 :-1; performance_schema_setup_objects_size n
    -1..1048576 :-1; performance_schema_users_size n -1..1048576 :-1; rpl_semi_sync_master_enabled
    b? :OFF; rpl_semi_sync_master_timeout u 0..18446744073709551615 :10000;
    rpl_semi_sync_master_trace_level u 0..18446744073709551615 :32;
    rpl_semi_sync_master_wait_no_slave b? :ON; rpl_semi_sync_master_wait_point e =AFTER_SYNC,
    AFTER_COMMIT :AFTER_COMMIT; rpl_semi_sync_slave_delay_master b? :OFF;
    rpl_semi_sync_slave_enabled b? :OFF; rpl_semi_sync_slave_kill_conn_timeout u? 0..4294967295 :5;
    rpl_semi_sync_slave_trace_level u 0..18446744073709551615 :32; wsrep o; wsrep_allowlist s;
    wsrep_auto_increment_control b? :ON; wsrep_causal_reads b? :OFF; wsrep_certification_rules e
    =strict, optimized :strict; wsrep_certify_non o; wsrep_certify_nonpk b? :ON;
    wsrep_cluster_address s; wsrep_cluster_name s :my_wsrep_cluster; wsrep_convert o;
    wsrep_convert_lock_to_trx b? :OFF; wsrep_data_home_dir s :?; wsrep_dbug_option s; wsrep_debug e
    =NONE, SERVER, TRANSACTION, STREAMING, CLIENT :NONE; wsrep_desync b? :OFF; wsrep_dirty_reads b?
    :OFF; wsrep_drupal_282555_workaround b? :OFF; wsrep_forced_binlog_format e =MIXED, STATEMENT,
    ROW, NONE :NONE; wsrep_gtid_domain_id u 0..4294967295 :0; wsrep_gtid_mode b? :OFF;
    wsrep_ignore_apply_errors u 0..7 :7; wsrep_load_data_splitting b? :OFF; wsrep_log_conflicts b?
    :OFF; wsrep_max_ws_rows u 0..1048576 :0; wsrep_max_ws_size u 1024..2147483647 :2147483647;
    wsrep_mode w =STRICT_REPLICATION, BINLOG_ROW_FORMAT_ONLY, REQUIRED_PRIMARY_KEY,
    REPLICATE_MYISAM, REPLICATE_ARIA, DISALLOW_LOCAL_GTID, BF_ABORT_MARIABACKUP;
    wsrep_mysql_replication_bundle u 0..1000 :0; wsrep_new_cluster o; wsrep_node_address s;
    wsrep_node_incoming_address s :AUTO; wsrep_node_name s :?; wsrep_notify_cmd s; wsrep_on b? :OFF;
    wsrep_osu_method e? =TOI, RSU :TOI; wsrep_provider s :none; wsrep_provider_options s;
    wsrep_recover b? :OFF; wsrep_reject_queries e? =NONE, ALL, ALL_KILL :NONE; wsrep_restart_slave
    b? :OFF; wsrep_retry_autocommit u 0..10000 :1; wsrep_slave o; wsrep_slave_fk_checks b? :ON;
    wsrep_slave_threads u 1..512 :1; wsrep_slave_uk_checks b? :OFF; wsrep_sr_store e =none, table
    :table; wsrep_sst_auth s; wsrep_sst_donor s; wsrep_sst_donor_rejects_queries b? :OFF;
    wsrep_sst_method s :rsync; wsrep_sst_receive_address s :AUTO; wsrep_start_position s
    :00000000-0000-0000-0000-000000000000:-1; wsrep_status_file s; wsrep_sync_wait u? 0..15 :0;
    wsrep_trx_fragment_size u 0..2147483647 :0; wsrep_trx_fragment_unit e =bytes, rows, statements
    :bytes;
    """#
}
