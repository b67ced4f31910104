extension MariaDBVariable {
  /// Names that MariaDB 10.11.19 takes and does nothing with: removed variables, and MySQL's own.
  ///
  /// Found by giving the running server each name that its program holds: it warns of these ("was
  /// removed", "is MySQL 5.6 / 5.7 compatible option") and refuses the others.
  static let idle = Set(
    """
    abort_slave_event_count binlog_max_flush_queue_time binlog_order_commits
    binlog_rows_query_log_events default_authentication_plugin disconnect_slave_event_count
    end_markers_in_json innodb_adaptive_max_sleep_delay
    innodb_background_scrub_data_check_interval innodb_background_scrub_data_compressed
    innodb_background_scrub_data_interval innodb_background_scrub_data_uncompressed
    innodb_buffer_pool_instances innodb_commit_concurrency innodb_concurrency_tickets
    innodb_file_format innodb_force_load_corrupted innodb_idle_flush_pct innodb_large_prefix
    innodb_lock_schedule_algorithm innodb_locks_unsafe_for_binlog innodb_log_checksums
    innodb_log_compressed_pages innodb_log_files_in_group innodb_log_optimize_ddl
    innodb_lru_flush_size innodb_page_cleaners innodb_purge_rseg_truncate_frequency
    innodb_replication_delay innodb_rollback_segments innodb_scrub_log innodb_scrub_log_speed
    innodb_stats_sample_pages innodb_sync_array_size innodb_thread_concurrency
    innodb_thread_sleep_delay innodb_undo_logs log_bin_use_v1_row_events log_raw
    log_throttle_queries_not_using_indexes master_info_repository max_binlog_dump_events
    max_long_data_size multi_range_count new optimizer_trace_features optimizer_trace_limit
    optimizer_trace_offset relay_log_info_repository rpl_stop_slave_timeout server_id_bits
    sha256_password_private_key_path sha256_password_public_key_path show_compatibility_56
    skip_bdb slave_allow_batching slave_checkpoint_group slave_checkpoint_period
    slave_pending_jobs_size_max slave_rows_search_algorithms sporadic_binlog_dump_fail
    super_large_pages thread_concurrency timed_mutexes validate_user_plugins
    """
    .split { $0 == " " || $0 == "\n" })
}
