extension PostgreSQLKey {
  /// Keys of connections, sessions, locks and file locations.
  ///
  /// One line a key: `name | type | default | range | unit or words | versions`, read from
  /// `pg_settings` of PostgreSQL 15, 16 and 18; `?` is a default that the build decides.
  static let connectionKeys = """
    # Client Connection Defaults
    DateStyle | text | ISO, MDY
    IntervalStyle | enum | postgres |  | postgres,postgres_verbose,sql_standard,iso_8601
    TimeZone | text | GMT
    bytea_output | enum | hex |  | escape,hex
    check_function_bodies | bool | on
    client_encoding | text | SQL_ASCII
    client_min_messages | enum | notice |  | @client
    createrole_self_grant | text |  |  |  | 16-
    default_table_access_method | text | heap
    default_tablespace | text
    default_text_search_config | text | pg_catalog.simple
    default_toast_compression | enum | pglz |  |  | 14-
    default_transaction_deferrable | bool | off
    default_transaction_isolation | enum | read committed |  | @isolation
    default_transaction_read_only | bool | off
    dynamic_library_path | text | $libdir
    event_triggers | bool | on |  |  | 17-
    extension_control_path | text | $system |  |  | 18-
    extra_float_digits | int | 1 | -15..3
    gin_fuzzy_search_limit | int | 0 | 0..2147483647
    gin_pending_list_limit | int | 4096 | 64..2147483647 | kB
    icu_validation_level | enum | warning |  | @client,disabled | 16-
    idle_in_transaction_session_timeout | int | 0 | 0..2147483647 | ms
    idle_session_timeout | int | 0 | 0..2147483647 | ms | 14-
    jit_provider | text | llvmjit
    lc_messages | text
    lc_monetary | text | C
    lc_numeric | text | C
    lc_time | text | C
    local_preload_libraries | text
    lock_timeout | int | 0 | 0..2147483647 | ms
    row_security | bool | on
    search_path | text | "$user", public
    session_preload_libraries | text
    session_replication_role | enum | origin |  | origin,replica,local
    shared_preload_libraries | text
    statement_timeout | int | 0 | 0..2147483647 | ms
    temp_tablespaces | text
    timezone_abbreviations | text
    transaction_timeout | int | 0 | 0..2147483647 | ms | 17-
    vacuum_failsafe_age | int | 1600000000 | 0..2100000000 |  | 14-
    vacuum_freeze_min_age | int | 50000000 | 0..1000000000
    vacuum_freeze_table_age | int | 150000000 | 0..2000000000
    vacuum_multixact_failsafe_age | int | 1600000000 | 0..2100000000 |  | 14-
    vacuum_multixact_freeze_min_age | int | 5000000 | 0..1000000000
    vacuum_multixact_freeze_table_age | int | 150000000 | 0..2000000000
    xmlbinary | enum | base64 |  | base64,hex
    xmloption | enum | content |  | content,document
    # Connections and Authentication
    authentication_timeout | int | 60 | 1..600 | s
    bonjour | bool | off
    bonjour_name | text
    client_connection_check_interval | int | 0 | 0..2147483647 | ms | 14-
    db_user_namespace | bool | off |  |  | -16
    gss_accept_delegation | bool | off |  |  | 16-
    krb_caseins_users | bool | off
    krb_server_keyfile | text | ?
    listen_addresses | text | localhost
    max_connections | int | 100 | 1..262143
    md5_password_warnings | bool | on |  |  | 18-
    oauth_validator_libraries | text |  |  |  | 18-
    password_encryption | enum | scram-sha-256 |  | md5,scram-sha-256
    port | int | 5432 | 1..65535
    reserved_connections | int | 0 | 0..262143 |  | 16-
    scram_iterations | int | 4096 | 1..2147483647 |  | 16-
    ssl | bool | off
    ssl_ca_file | text
    ssl_cert_file | text | server.crt
    ssl_ciphers | text | HIGH:MEDIUM:+3DES:!aNULL
    ssl_crl_dir | text |  |  |  | 14-
    ssl_crl_file | text
    ssl_dh_params_file | text
    ssl_ecdh_curve | text | prime256v1 |  |  | -17
    ssl_groups | text | none |  |  | 18-
    ssl_key_file | text | server.key
    ssl_max_protocol_version | enum |  |  | ,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
    ssl_min_protocol_version | enum | TLSv1.2 |  | TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
    ssl_passphrase_command | text
    ssl_passphrase_command_supports_reload | bool | off
    ssl_prefer_server_ciphers | bool | on
    ssl_tls13_ciphers | text |  |  |  | 18-
    superuser_reserved_connections | int | 3 | 0..262143
    tcp_keepalives_count | int | 0 | 0..2147483647
    tcp_keepalives_idle | int | 0 | 0..2147483647 | s
    tcp_keepalives_interval | int | 0 | 0..2147483647 | s
    tcp_user_timeout | int | 0 | 0..2147483647 | ms
    unix_socket_directories | text | ?
    unix_socket_group | text
    unix_socket_permissions | int | 511 | 0..511
    # Error Handling
    data_sync_retry | bool | off
    exit_on_error | bool | off
    recovery_init_sync_method | enum | fsync |  | fsync,syncfs | 14-
    restart_after_crash | bool | on
    # File Locations
    data_directory | text | ?
    extension_destdir | text |  |  |  | -15
    external_pid_file | text
    hba_file | text | ?
    ident_file | text | ?
    # Lock Management
    deadlock_timeout | int | 1000 | 1..2147483647 | ms
    max_locks_per_transaction | int | 64 | 10..2147483647
    max_pred_locks_per_page | int | 2 | 0..2147483647
    max_pred_locks_per_relation | int | -2 | -2147483648..2147483647
    max_pred_locks_per_transaction | int | 64 | 10..2147483647
    # Version and Platform Compatibility
    allow_alter_system | bool | on |  |  | 17-
    array_nulls | bool | on
    backslash_quote | enum | safe_encoding |  | safe_encoding,on,off
    escape_string_warning | bool | on
    lo_compat_privileges | bool | off
    quote_all_identifiers | bool | off
    standard_conforming_strings | bool | on
    synchronize_seqscans | bool | on
    transform_null_equals | bool | off
    """
}
