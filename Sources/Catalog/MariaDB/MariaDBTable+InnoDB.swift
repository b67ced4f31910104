// Written by scripts/mariadb-variables.py; change that, not this.
extension MariaDBVariable {
  /// Variables and options of MariaDB 10.11.19, as the running server lists them.
  ///
  /// The notation is explained at ``MariaDBVariable``.
  static let innodbText: StaticString = #"""
    innodb o; innodb_adaptive_flushing b? :ON; innodb_adaptive_flushing_lwm d 0..70 :10;
    innodb_adaptive_hash_index b? :OFF; innodb_adaptive_hash_index_parts u? 1..512 :8;
    innodb_alter_copy_bulk b? :ON; innodb_autoextend_increment u 1..1000 :64;
    innodb_autoinc_lock_mode n 0..2 :1; innodb_buf_dump_status_frequency u 0..100 :0;
    innodb_buffer_page o; innodb_buffer_page_lru o; innodb_buffer_pool_chunk_size u
    0..18446744073709551615 /1048576 :0; innodb_buffer_pool_dump_at_shutdown b :ON;
    innodb_buffer_pool_dump_now b :OFF; innodb_buffer_pool_dump_pct u 1..100 :25;
    innodb_buffer_pool_filename s :ib_buffer_pool; innodb_buffer_pool_in_core_dump b? :OFF;
    innodb_buffer_pool_load_abort b :OFF; innodb_buffer_pool_load_at_startup b :ON;
    innodb_buffer_pool_load_now b :OFF; innodb_buffer_pool_size u 2097152..18446744073701163008
    /1048576 :134217728; innodb_buffer_pool_size_auto_min u 0..18446744073701163008 /8388608
    :8796093022208; innodb_buffer_pool_size_max u 8388608..18446744073701163008 /8388608
    :8796093022208; innodb_buffer_pool_stats o; innodb_change_buffer_max_size u 0..50 :25;
    innodb_change_buffering e =none, inserts, deletes, changes, purges, all :none;
    innodb_checksum_algorithm e =crc32, strict_crc32, full_crc32, strict_full_crc32 :full_crc32;
    innodb_cmp o; innodb_cmp_per_index o; innodb_cmp_per_index_enabled b? :OFF;
    innodb_cmp_per_index_reset o; innodb_cmp_reset o; innodb_cmpmem o; innodb_cmpmem_reset o;
    innodb_compression_algorithm e? =none, zlib, lz4, lzo, lzma, bzip2, snappy :zlib;
    innodb_compression_default b? :OFF; innodb_compression_failure_threshold_pct u? 0..100 :5;
    innodb_compression_level u 0..9 :6; innodb_compression_pad_pct_max u? 0..75 :50;
    innodb_data_file_path s :ibdata1:12M:autoextend; innodb_data_home_dir s; innodb_deadlock_detect
    b? :ON; innodb_deadlock_report e =off, basic, full :full; innodb_default_encryption_key_id u
    1..4294967295 :1; innodb_default_row_format e =redundant, compact, dynamic :dynamic;
    innodb_defragment b :OFF; innodb_defragment_fill_factor d 0.7..1 :0.9;
    innodb_defragment_fill_factor_n_recs u 1..100 :20; innodb_defragment_frequency u 1..1000 :40;
    innodb_defragment_n_pages u 2..32 :7; innodb_defragment_stats_accuracy u 0..4294967295 :0;
    innodb_disable_sort_file_cache b? :OFF; innodb_doublewrite b? :ON; innodb_encrypt_log b? :OFF;
    innodb_encrypt_tables e? =OFF, ON, FORCE :OFF; innodb_encrypt_temporary_tables b? :OFF;
    innodb_encryption_rotate_key_age u 0..4294967295 :1; innodb_encryption_rotation_iops u
    0..4294967295 :100; innodb_encryption_threads u 0..255 :0; innodb_fast_shutdown u? 0..3 :1;
    innodb_fatal_semaphore_wait_threshold u 1..4294967295 :600; innodb_file_per_table b? :ON;
    innodb_fill_factor u 10..100 :100; innodb_flush_log_at_timeout u? 0..2700 :1;
    innodb_flush_log_at_trx_commit u? 0..3 :1; innodb_flush_method e =fsync, O_DSYNC, littlesync,
    nosync, O_DIRECT, O_DIRECT_NO_FSYNC :O_DIRECT; innodb_flush_neighbors u? 0..2 :1;
    innodb_flush_sync b? :ON; innodb_flushing_avg_loops u 1..1000 :30; innodb_force_primary_key b?
    :OFF; innodb_force_recovery u 0..6 :0; innodb_ft_aux_table s; innodb_ft_being_deleted o;
    innodb_ft_cache_size u 1600000..1099511627776 :8000000; innodb_ft_config o;
    innodb_ft_default_stopword o; innodb_ft_deleted o; innodb_ft_enable_diag_print b? :OFF;
    innodb_ft_enable_stopword b? :ON; innodb_ft_index_cache o; innodb_ft_index_table o;
    innodb_ft_max_token_size u 10..84 :84; innodb_ft_min_token_size u 1..16 :3;
    innodb_ft_num_word_optimize u? 1000..10000 :2000; innodb_ft_result_cache_limit u
    1000000..18446744073709551615 :2000000000; innodb_ft_server_stopword_table s?;
    innodb_ft_sort_pll_degree u 1..16 :2; innodb_ft_total_cache_size u 32000000..1099511627776
    :640000000; innodb_ft_user_stopword_table s?; innodb_immediate_scrub_data_uncompressed b :OFF;
    innodb_instant_alter_column_allowed e =never, add_last, add_drop_reorder :add_drop_reorder;
    innodb_io_capacity u 100..4294967295 :200; innodb_io_capacity_max u 100..4294967295 :2000;
    innodb_linux_aio e =auto, io_uring, aio :auto; innodb_lock_wait_timeout u 0..100000000 :50;
    innodb_lock_waits o; innodb_locks o; innodb_log_buffer_size u 2097152..2147479552 /4096
    :16777216; innodb_log_checkpoint_now b? :OFF; innodb_log_file_buffering b? :OFF;
    innodb_log_file_mmap b? :ON; innodb_log_file_size u 4194304..18446744073709551615 /4096
    :100663296; innodb_log_group_home_dir s; innodb_log_spin_wait_delay u? 0..6000 :0;
    innodb_log_write_ahead_size u 512..4096 :4096; innodb_lru_scan_depth u 100..18446744073709551615
    :1536; innodb_max_dirty_pages_pct d 0..99.999 :90; innodb_max_dirty_pages_pct_lwm d 0..99.999
    :0; innodb_max_purge_lag u 0..18446744073709551615 :0; innodb_max_purge_lag_delay u 0..10000000
    :0; innodb_max_purge_lag_wait u 0..4294967295 :4294967295; innodb_max_undo_log_size u?
    10485760..281474976710656 :10485760; innodb_metrics o; innodb_monitor_disable s;
    innodb_monitor_enable s; innodb_monitor_reset s; innodb_monitor_reset_all s;
    innodb_numa_interleave b? :OFF; innodb_old_blocks_pct u 5..95 :37; innodb_old_blocks_time u
    0..4294967295 :1000; innodb_online_alter_log_max_size u 65536..18446744073709551615 :134217728;
    innodb_open_files u 0..9223372036854775807 :2000; innodb_optimize_fulltext_only b? :OFF;
    innodb_page_size u? 4096..65536 :16384; innodb_prefix_index_cluster_optimization b? :ON;
    innodb_print_all_deadlocks b? :OFF; innodb_purge_batch_size u? 1..5000 :127;
    innodb_purge_threads u? 1..32 :4; innodb_random_read_ahead b? :OFF; innodb_read_ahead_threshold
    u 0..64 :56; innodb_read_io_threads u 1..64 :4; innodb_read_only b? :OFF;
    innodb_read_only_compressed b? :OFF; innodb_rollback_on_timeout b? :OFF;
    innodb_snapshot_isolation b? :OFF; innodb_sort_buffer_size u 65536..67108864 :1048576;
    innodb_spin_wait_delay u? 0..6000 :4; innodb_stats_auto_recalc b? :ON;
    innodb_stats_include_delete_marked b? :OFF; innodb_stats_method e =nulls_equal, nulls_unequal,
    nulls_ignored :nulls_equal; innodb_stats_modified_counter u 0..18446744073709551615 :0;
    innodb_stats_on_metadata b? :OFF; innodb_stats_persistent b? :ON;
    innodb_stats_persistent_sample_pages u 1..4294967295 :20; innodb_stats_traditional b :ON;
    innodb_stats_transient_sample_pages u 1..4294967295 :8; innodb_status_file o;
    innodb_status_output b? :OFF; innodb_status_output_locks b? :OFF; innodb_strict_mode b? :ON;
    innodb_sync_spin_loops u 0..18446744073709551615 :30; innodb_sys_columns o; innodb_sys_fields o;
    innodb_sys_foreign o; innodb_sys_foreign_cols o; innodb_sys_indexes o; innodb_sys_tables o;
    innodb_sys_tablespaces o; innodb_sys_tablestats o; innodb_sys_virtual o; innodb_table_locks b?
    :ON; innodb_tablespaces_encryption o; innodb_temp_data_file_path s :ibtmp1:12M:autoextend;
    innodb_tmpdir s?; innodb_trx o; innodb_undo_directory s; innodb_undo_log_truncate b? :OFF;
    innodb_undo_tablespaces u 0..127 :0; innodb_use_atomic_writes b? :ON; innodb_use_native_aio b?
    :ON; innodb_write_io_threads u 2..64 :4;
    """#
}
