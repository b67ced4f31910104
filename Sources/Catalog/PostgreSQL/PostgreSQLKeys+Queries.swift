extension PostgreSQLKey {
  /// Keys of query planning, logging, statistics and development.
  ///
  /// One line a key: `name | type | default | range | unit or words | versions`, read from
  /// `pg_settings` of PostgreSQL 15, 16 and 18; `?` is a default that the build decides.
  static let queryKeys = """
    # Developer and other options
    allow_in_place_tablespaces | bool | off |  |  | 15-
    allow_system_table_mods | bool | off
    application_name | text
    backtrace_functions | text
    config_file | text | ?
    debug_discard_caches | int | 0 | 0..0 |  | 14-
    debug_io_direct | text |  |  |  | 16-
    debug_logical_replication_streaming | enum | buffered |  | buffered,immediate | 16-
    debug_parallel_query | enum | off |  | off,on,regress | 16-
    force_parallel_mode | enum | off |  | off,on,regress | -15
    ignore_checksum_failure | bool | off
    ignore_invalid_pages | bool | off
    ignore_system_indexes | bool | off
    jit_debugging_support | bool | off
    jit_dump_bitcode | bool | off
    jit_expressions | bool | on
    jit_profiling_support | bool | off
    jit_tuple_deforming | bool | on
    post_auth_delay | int | 0 | 0..2147 | s
    pre_auth_delay | int | 0 | 0..60 | s
    remove_temp_files_after_crash | bool | on |  |  | 14-
    restrict_nonsystem_relation_kind | text
    send_abort_for_crash | bool | off |  |  | 16-
    send_abort_for_kill | bool | off |  |  | 16-
    trace_connection_negotiation | bool | off |  |  | 17-
    trace_notify | bool | off
    trace_recovery_messages | enum | log |  | @client | -16
    trace_sort | bool | off
    transaction_deferrable | bool | off
    transaction_isolation | enum | read committed |  | @isolation
    transaction_read_only | bool | off
    wal_consistency_checking | text
    zero_damaged_pages | bool | off
    operator_precedence_warning | bool | off |  |  | -13
    vacuum_cleanup_index_scale_factor | real | 0.1 | 0..10000000000 |  | -13
    stats_temp_directory | text | pg_stat_tmp |  |  | -14
    # Query Tuning
    constraint_exclusion | enum | partition |  | partition,on,off
    cpu_index_tuple_cost | real | 0.005 | 0..1.79769e+308
    cpu_operator_cost | real | 0.0025 | 0..1.79769e+308
    cpu_tuple_cost | real | 0.01 | 0..1.79769e+308
    cursor_tuple_fraction | real | 0.1 | 0..1
    default_statistics_target | int | 100 | 1..10000
    effective_cache_size | int | 524288 | 1..2147483647 | 8kB
    enable_async_append | bool | on |  |  | 14-
    enable_bitmapscan | bool | on
    enable_distinct_reordering | bool | on |  |  | 18-
    enable_gathermerge | bool | on
    enable_group_by_reordering | bool | on |  |  | 17-
    enable_hashagg | bool | on
    enable_hashjoin | bool | on
    enable_incremental_sort | bool | on
    enable_indexonlyscan | bool | on
    enable_indexscan | bool | on
    enable_material | bool | on
    enable_memoize | bool | on |  |  | 14-
    enable_mergejoin | bool | on
    enable_nestloop | bool | on
    enable_parallel_append | bool | on
    enable_parallel_hash | bool | on
    enable_partition_pruning | bool | on
    enable_partitionwise_aggregate | bool | off
    enable_partitionwise_join | bool | off
    enable_presorted_aggregate | bool | on |  |  | 16-
    enable_self_join_elimination | bool | on |  |  | 18-
    enable_seqscan | bool | on
    enable_sort | bool | on
    enable_tidscan | bool | on
    from_collapse_limit | int | 8 | 1..2147483647
    geqo | bool | on
    geqo_effort | int | 5 | 1..10
    geqo_generations | int | 0 | 0..2147483647
    geqo_pool_size | int | 0 | 0..2147483647
    geqo_seed | real | 0 | 0..1
    geqo_selection_bias | real | 2 | 1.5..2
    geqo_threshold | int | 12 | 2..2147483647
    jit | bool | on
    jit_above_cost | real | 100000 | -1..1.79769e+308
    jit_inline_above_cost | real | 500000 | -1..1.79769e+308
    jit_optimize_above_cost | real | 500000 | -1..1.79769e+308
    join_collapse_limit | int | 8 | 1..2147483647
    min_parallel_index_scan_size | int | 64 | 0..715827882 | 8kB
    min_parallel_table_scan_size | int | 1024 | 0..715827882 | 8kB
    parallel_setup_cost | real | 1000 | 0..1.79769e+308
    parallel_tuple_cost | real | 0.1 | 0..1.79769e+308
    plan_cache_mode | enum | auto |  | auto,force_generic_plan,force_custom_plan
    random_page_cost | real | 4 | 0..1.79769e+308
    recursive_worktable_factor | real | 10 | 0.001..1e+06 |  | 15-
    seq_page_cost | real | 1 | 0..1.79769e+308
    # Reporting and Logging
    cluster_name | text
    debug_pretty_print | bool | on
    debug_print_parse | bool | off
    debug_print_plan | bool | off
    debug_print_rewritten | bool | off
    event_source | text | PostgreSQL
    log_autovacuum_min_duration | int | 600000 | -1..2147483647 | ms
    log_checkpoints | bool | on
    log_connections | bool | off
    log_destination | text | stderr
    log_directory | text | log
    log_disconnections | bool | off
    log_duration | bool | off
    log_error_verbosity | enum | default |  | terse,default,verbose
    log_file_mode | int | 384 | 0..511
    log_filename | text | postgresql-%Y-%m-%d_%H%M%S.log
    log_hostname | bool | off
    log_line_prefix | text | "%m [%p] "
    log_lock_failures | bool | off |  |  | 18-
    log_lock_waits | bool | off
    log_min_duration_sample | int | -1 | -1..2147483647 | ms
    log_min_duration_statement | int | -1 | -1..2147483647 | ms
    log_min_error_statement | enum | error |  | @server
    log_min_messages | enum | warning |  | @server
    log_parameter_max_length | int | -1 | -1..1073741823 | B
    log_parameter_max_length_on_error | int | 0 | -1..1073741823 | B
    log_recovery_conflict_waits | bool | off |  |  | 14-
    log_replication_commands | bool | off
    log_rotation_age | int | 1440 | 0..35791394 | min
    log_rotation_size | int | 10240 | 0..2097151 | kB
    log_startup_progress_interval | int | 10000 | 0..2147483647 | ms | 15-
    log_statement | enum | none |  | none,ddl,mod,all
    log_statement_sample_rate | real | 1 | 0..1
    log_temp_files | int | -1 | -1..2147483647 | kB
    log_timezone | text | GMT
    log_transaction_sample_rate | real | 0 | 0..1
    log_truncate_on_rotation | bool | off
    logging_collector | bool | off
    syslog_facility | enum | local0
    syslog_ident | text | postgres
    syslog_sequence_numbers | bool | on
    syslog_split_messages | bool | on
    update_process_title | bool | on
    # Statistics
    compute_query_id | enum | auto |  | auto,regress,on,off | 14-
    log_executor_stats | bool | off
    log_parser_stats | bool | off
    log_planner_stats | bool | off
    log_statement_stats | bool | off
    stats_fetch_consistency | enum | cache |  | none,cache,snapshot | 15-
    track_activities | bool | on
    track_activity_query_size | int | 1024 | 100..1048576 | B
    track_cost_delay_timing | bool | off |  |  | 18-
    track_counts | bool | on
    track_functions | enum | none |  | none,pl,all
    track_io_timing | bool | off
    track_wal_io_timing | bool | off |  |  | 14-
    """
}
