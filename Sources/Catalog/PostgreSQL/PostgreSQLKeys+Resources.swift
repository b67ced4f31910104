extension PostgreSQLKey {
  /// Keys of memory, disk, the write-ahead log, replication and vacuuming.
  ///
  /// One line a key: `name | type | default | range | unit or words | versions`, read from
  /// `pg_settings` of PostgreSQL 15, 16 and 18; `?` is a default that the build decides.
  static let resourceKeys = """
    # Autovacuum
    autovacuum | bool | on
    autovacuum_analyze_scale_factor | real | 0.1 | 0..100
    autovacuum_analyze_threshold | int | 50 | 0..2147483647
    autovacuum_freeze_max_age | int | 200000000 | 100000..2000000000
    autovacuum_max_workers | int | 3 | 1..262143
    autovacuum_multixact_freeze_max_age | int | 400000000 | 10000..2000000000
    autovacuum_naptime | int | 60 | 1..2147483 | s
    autovacuum_vacuum_cost_delay | real | 2 | -1..100 | ms
    autovacuum_vacuum_cost_limit | int | -1 | -1..10000
    autovacuum_vacuum_insert_scale_factor | real | 0.2 | 0..100
    autovacuum_vacuum_insert_threshold | int | 1000 | -1..2147483647
    autovacuum_vacuum_scale_factor | real | 0.2 | 0..100
    autovacuum_vacuum_threshold | int | 50 | 0..2147483647
    # Replication
    hot_standby | bool | on
    hot_standby_feedback | bool | off
    idle_replication_slot_timeout | int | 0 | 0..2147483647 | s | 18-
    max_active_replication_origins | int | 10 | 0..262143 |  | 18-
    max_logical_replication_workers | int | 4 | 0..262143
    max_parallel_apply_workers_per_subscription | int | 2 | 0..1024 |  | 16-
    max_replication_slots | int | 10 | 0..262143
    max_slot_wal_keep_size | int | -1 | -1..2147483647 | MB
    max_standby_archive_delay | int | 30000 | -1..2147483647 | ms
    max_standby_streaming_delay | int | 30000 | -1..2147483647 | ms
    max_sync_workers_per_subscription | int | 2 | 0..262143
    max_wal_senders | int | 10 | 0..262143
    primary_conninfo | text
    primary_slot_name | text
    promote_trigger_file | text |  |  |  | -15
    recovery_min_apply_delay | int | 0 | 0..2147483647 | ms
    sync_replication_slots | bool | off |  |  | 17-
    synchronized_standby_slots | text |  |  |  | 17-
    synchronous_standby_names | text
    track_commit_timestamp | bool | off
    vacuum_defer_cleanup_age | int | 0 | 0..1000000 |  | -15
    wal_keep_size | int | 0 | 0..2147483647 | MB
    wal_receiver_create_temp_slot | bool | off
    wal_receiver_status_interval | int | 10 | 0..2147483 | s
    wal_receiver_timeout | int | 60000 | 0..2147483647 | ms
    wal_retrieve_retry_interval | int | 5000 | 1..2147483647 | ms
    wal_sender_timeout | int | 60000 | 0..2147483647 | ms
    # Resource Usage
    autovacuum_work_mem | int | -1 | -1..2147483647 | kB
    backend_flush_after | int | 0 | 0..256 | 8kB
    bgwriter_delay | int | 200 | 10..10000 | ms
    bgwriter_flush_after | int | 64 | 0..256 | 8kB
    bgwriter_lru_maxpages | int | 100 | 0..1073741823
    bgwriter_lru_multiplier | real | 2 | 0..10
    commit_timestamp_buffers | int | 0 | 0..131072 | 8kB | 17-
    dynamic_shared_memory_type | enum | posix
    effective_io_concurrency | int | 1 | 0..1000
    file_copy_method | enum | copy |  | copy,clone | 18-
    file_extend_method | enum | posix_fallocate |  | posix_fallocate,write_zeros | 16-
    hash_mem_multiplier | real | 2 | 1..1000
    huge_page_size | int | 0 | 0..2147483647 | kB | 14-
    huge_pages | enum | try |  | off,on,try
    io_combine_limit | int | 16 | 1..128 | 8kB | 17-
    io_max_combine_limit | int | 16 | 1..128 | 8kB | 18-
    io_max_concurrency | int | -1 | -1..1024 |  | 18-
    io_method | enum | worker |  |  | 18-
    io_workers | int | 3 | 1..32 |  | 18-
    logical_decoding_work_mem | int | 65536 | 64..2147483647 | kB
    maintenance_io_concurrency | int | 10 | 0..1000
    maintenance_work_mem | int | 65536 | 1024..2147483647 | kB
    max_files_per_process | int | 1000 | 64..2147483647
    max_notify_queue_pages | int | 1048576 | 64..2147483647 |  | 17-
    max_parallel_maintenance_workers | int | 2 | 0..1024
    max_parallel_workers | int | 8 | 0..1024
    max_parallel_workers_per_gather | int | 2 | 0..1024
    max_prepared_transactions | int | 0 | 0..262143
    max_stack_depth | int | 100 | 100..2147483647 | kB
    max_worker_processes | int | 8 | 0..262143
    min_dynamic_shared_memory | int | 0 | 0..2147483647 | MB | 14-
    multixact_member_buffers | int | 32 | 16..131072 | 8kB | 17-
    multixact_offset_buffers | int | 16 | 16..131072 | 8kB | 17-
    notify_buffers | int | 16 | 16..131072 | 8kB | 17-
    old_snapshot_threshold | int | -1 | -1..86400 | min | -16
    parallel_leader_participation | bool | on
    serializable_buffers | int | 32 | 16..131072 | 8kB | 17-
    shared_buffers | int | 16384 | 16..1073741823 | 8kB
    shared_memory_type | enum | mmap
    subtransaction_buffers | int | 0 | 0..131072 | 8kB | 17-
    temp_buffers | int | 1024 | 100..1073741823 | 8kB
    temp_file_limit | int | -1 | -1..2147483647 | kB
    transaction_buffers | int | 0 | 0..131072 | 8kB | 17-
    vacuum_buffer_usage_limit | int | 256 | 0..16777216 | kB | 16-
    vacuum_cost_delay | real | 0 | 0..100 | ms
    vacuum_cost_limit | int | 200 | 1..10000
    vacuum_cost_page_dirty | int | 20 | 0..10000
    vacuum_cost_page_hit | int | 1 | 0..10000
    vacuum_cost_page_miss | int | 2 | 0..10000
    work_mem | int | 4096 | 64..2147483647 | kB
    # Vacuuming
    autovacuum_vacuum_max_threshold | int | 100000000 | -1..2147483647 |  | 18-
    autovacuum_worker_slots | int | 16 | 1..262143 |  | 18-
    vacuum_max_eager_freeze_failure_rate | real | 0.03 | 0..1 |  | 18-
    vacuum_truncate | bool | on |  |  | 18-
    # Write-Ahead Log
    archive_cleanup_command | text
    archive_command | text
    archive_library | text |  |  |  | 15-
    archive_mode | enum | off |  | always,on,off
    archive_timeout | int | 0 | 0..1073741823 | s
    checkpoint_completion_target | real | 0.9 | 0..1
    checkpoint_flush_after | int | 32 | 0..256 | 8kB
    checkpoint_timeout | int | 300 | 30..86400 | s
    checkpoint_warning | int | 30 | 0..2147483647 | s
    commit_delay | int | 0 | 0..100000
    commit_siblings | int | 5 | 0..1000
    fsync | bool | on
    full_page_writes | bool | on
    max_wal_size | int | 1024 | 2..2147483647 | MB
    min_wal_size | int | 80 | 2..2147483647 | MB
    recovery_end_command | text
    recovery_prefetch | enum | try |  | off,on,try | 15-
    recovery_target | text
    recovery_target_action | enum | pause |  | pause,promote,shutdown
    recovery_target_inclusive | bool | on
    recovery_target_lsn | text
    recovery_target_name | text
    recovery_target_time | text
    recovery_target_timeline | text | latest
    recovery_target_xid | text
    restore_command | text
    summarize_wal | bool | off |  |  | 17-
    synchronous_commit | enum | on |  | local,remote_write,remote_apply,on,off
    wal_buffers | int | -1 | -1..262143 | 8kB
    wal_compression | enum | off
    wal_decode_buffer_size | int | 524288 | 65536..1073741823 | B | 15-
    wal_init_zero | bool | on
    wal_level | enum | replica |  | minimal,replica,logical
    wal_log_hints | bool | off
    wal_recycle | bool | on
    wal_skip_threshold | int | 2048 | 0..2147483647 | kB
    wal_summary_keep_time | int | 14400 | 0..35791394 | min | 17-
    wal_sync_method | enum | fdatasync
    wal_writer_delay | int | 200 | 1..10000 | ms
    wal_writer_flush_after | int | 128 | 0..2147483647 | 8kB
    """
}
