#!/usr/bin/env python3
"""Writes the nginx directive tables of Sources/Catalog/Nginx/Directives from the reference JSON.

usage: scripts/nginx-directives.py REFERENCE.json [OUTPUT-DIRECTORY]

The reference lists every directive with its contexts, argument counts, value kind and defaults; its
fields are explained in its own header. The output is data only; the notation is explained in
NginxDirectiveTable.swift, which reads it.
"""

import json
import os
import re
import sys
import textwrap

CONTEXTS = {
    "http": {"main": "m", "events": "e", "http": "h", "server": "s", "location": "l",
             "upstream": "u", "if in server": "i", "if in location": "j", "if": "ij",
             "limit_except": "x", "stream": "H", "stream server": "S", "mail": "M", "mgmt": "g",
             "oidc_provider": "o", "acme_issuer": "A", "rtmp": "r", "rtmp server": "R",
             "rtmp application": "a", "rtmp recorder": "c"},
    "stream": {"main": "m", "stream": "H", "server": "S", "upstream": "U"},
    "mail": {"main": "m", "mail": "M", "server": "N"},
}

KINDS = {"flag": "f", "time_ms": "t", "time_s": "T", "size": "z", "offset": "o", "number": "n",
         "enum": "e", "bitmask": "b", "buffers": "B", "string": "s", "string_list": "k",
         "value_with_variables": "s", "size_with_variables": "r", "path": "w", "predicates": "w",
         "keyval": "k", "types": "w", "access": "w", "bind": "w"}

# Kinds whose setter in nginx refuses a second line in the same block ("is duplicate").
SINGLE = {"flag", "time_ms", "time_s", "size", "offset", "number", "enum", "buffers", "string",
          "path", "bind", "size_with_variables", "value_with_variables"}

# Those with a function of their own that does the same, tried with nginx 1.22.1.
OWN_SINGLE = set("""
aio alias auth_basic_user_file auth_request charset events expires fastcgi_cache fastcgi_cache_key
fastcgi_pass fastcgi_store grpc_pass http keepalive keepalive_timeout memcached_pass open_file_cache
proxy_cache proxy_cache_key proxy_pass proxy_store real_ip_header resolver root scgi_cache
scgi_cache_key scgi_pass scgi_store try_files use user uwsgi_cache uwsgi_cache_key uwsgi_pass
uwsgi_store worker_connections worker_cpu_affinity worker_processes http2_max_concurrent_pushes
http2_push_preload ssl worker_priority
""".split())

# The source parses these by functions of their own; the documentation says what they hold.
OWN_KINDS = {
    "worker_connections": "n", "keepalive": "n", "keepalive_timeout": "t", "ssl": "f",
    "http2_idle_timeout": "t", "http2_recv_timeout": "t", "http2_max_requests": "n",
    "http2_max_concurrent_pushes": "n", "http2_max_field_size": "z", "http2_max_header_size": "z",
    "http2_push_preload": "f", "js_fetch_buffer_size": "z", "js_fetch_timeout": "t", "js_fetch_verify_depth": "n",
    "js_fetch_max_response_buffer_size": "z", "js_fetch_keepalive": "n",
    "js_fetch_keepalive_requests": "n", "js_fetch_keepalive_time": "t",
    "js_fetch_keepalive_timeout": "t", "js_context_reuse": "n", "stub_status": "0", "random": "w",
}

# One value a line, all of them in force together.
REPEATED = set("""
access_log add_header add_trailer allow auth_http_header auth_request_set debug_connection deny env
error_log error_page geoip_proxy include js_import js_periodic js_preload_object js_set
js_shared_dict_zone js_var keyval keyval_zone limit_conn limit_conn_zone limit_req limit_req_zone
limit_zone listen load_module log_format mirror http2_push otel_resource_attr otel_span_attr
perl_modules perl_require perl_set proxy_cookie_domain proxy_cookie_flags proxy_cookie_path
proxy_redirect rewrite server set set_real_ip_from ssl_certificate ssl_certificate_key
ssl_session_ticket_key sub_filter thread_pool xslt_param xslt_string_param xslt_stylesheet
health_check auth_jwt_require auth_jwt_key_file auth_jwt_key_request zone_sync_server
""".split())
REPEATED_ENDINGS = ("_param", "_hide_header", "_pass_header", "_cache_path", "_cache_valid",
                    "_conf_command", "_set_header")

# Defaults that are prose, or depend on the platform: the value on a 64-bit system with 4 KiB pages.
OWN_DEFAULTS = {
    "connection_pool_size": [["", "512"]], "listen": [["", "*:80"]], "types": [], "log_format": [],
    "session_log_format": [], "config_url": [], "state_path": [], "server_name": [],
    "map_hash_bucket_size": [["", "64"]], "server_names_hash_bucket_size": [["", "64"]],
    "proxy_ssl_name": [["", "$proxy_host"]], "grpc_ssl_name": [], "uwsgi_ssl_name": [],
    "zone_sync_ssl_name": [], "fastcgi_param": [], "scgi_param": [], "uwsgi_param": [],
    "env": [], "thread_pool": [], "limit_zone": [],
    "proxy_set_header": [["", "Host $proxy_host | Connection close"],
                         ["1.29.7", "Host $proxy_host"]],
}

# Moved to a module of their own, never gone.
NOT_REMOVED = {"gzip_http_version", "gzip_proxied", "gzip_vary", "try_files", "status"}

# The documentation's syntax is not the whole truth.
UNSURE = {"status"}

BSD = """\
Facts from the nginx documentation (nginx.org) and the directive tables of nginx, which are
Copyright (C) 2002-2021 Igor Sysoev and Copyright (C) 2011-2026 Nginx, Inc.; all rights reserved.
Used under the BSD 2-Clause licence, whose conditions and disclaimer stand in NOTICE."""
THIRD = """\
Names from the directive tables of the modules named below; see NOTICE for their licences."""


def family(module):
    if module.startswith("ngx_stream"):
        return "stream"
    return "mail" if module.startswith("ngx_mail") else "http"


def defaults(entry):
    name = entry["name"]
    if name in OWN_DEFAULTS:
        return OWN_DEFAULTS[name]
    if "defaults" in entry:
        rows = [["" if i == 0 else row["from"], row["value"]] for i, row in
                enumerate(entry["defaults"])]
    else:
        rows = [["", entry.get("default")]]
    rows = [[since, clean(value)] for since, value in rows]
    return [] if all(value is None for _, value in rows) else rows


def clean(value):
    if value is None or value == '""':
        return None
    return re.sub(r"\|.*", "", value)


def shape(entry, third):
    least, most = entry["args"]
    if entry["block"]:
        return "{"
    own = OWN_KINDS.get(entry["name"])
    if own:
        return own
    value = entry.get("value")
    if value in KINDS and not third:
        return KINDS[value]
    if most == 0:
        return "0"
    return "s" if most == 1 else "w"


def line(entry, third):
    kind = shape(entry, third)
    least, most = entry["args"]
    count = str(least) if least == most else "%d+" % least if most is None else \
        "%d-%d" % (least, most)
    where = CONTEXTS[family(entry["module"])]
    letters = {c for name in entry["contexts"] + entry.get("contexts_in_source", [])
               for c in where[name]}
    if entry["name"] == "error_log":
        letters |= set("SN")  # "server" of the documentation means those of stream and mail as well
    contexts = "".join(c for c in "mehsluijxHSUMNgoArRac" if c in letters) or "*"
    name = entry["name"]
    parts = [name, contexts, count, kind]
    flags = ""
    if name in REPEATED or name.endswith(REPEATED_ENDINGS) or kind in "k{":
        flags += "*"
    if not third and (name in OWN_SINGLE or entry.get("value") in SINGLE and "*" not in flags):
        flags += "!"
    if entry.get("commercial") or name == "status":
        flags += "$"
    if entry["block"] is False and entry["name"] in UNSURE or \
            entry.get("args_from") == "documentation syntax":
        flags += "?"
    if flags:
        parts[-1] += flags
    if "since" in entry and entry["since"] > "0.1.0":
        parts.append("+" + entry["since"])
    if "removed" in entry and name not in NOT_REMOVED:
        parts.append("-" + entry["removed"])
    rows = defaults(entry)
    for index, (since, value) in enumerate(rows):
        parts.append(("=" if index == 0 else "~" + since + " ") + (value or ""))
    return " ".join(parts).rstrip() + ";"


def swift(title, notice, constant, modules, third=False):
    body = []
    for module, entries in modules:
        body.append("@%s %s" % (module, ";"))
        text = " ".join(line(e, third) for e in sorted(entries, key=lambda e: e["name"]))
        body += textwrap.wrap(text, 96, break_long_words=False, break_on_hyphens=False)
    out = ["// Written by scripts/nginx-directives.py; change that, not this."]
    out += ["// " + row for row in notice.splitlines()]
    out += ["", "extension NginxDirectiveTable {", "  /// %s" % title, "  ///",
            "  /// The notation is explained at ``NginxDirectiveTable``.",
            "  static let %s: StaticString = #\"\"\"" % constant]
    out += ["    " + row if row else row for row in body]
    out += ["    \"\"\"#", "}", ""]
    return "\n".join(out)


def main():
    with open(sys.argv[1]) as file:
        reference = json.load(file)
    here = os.path.dirname(os.path.abspath(__file__))
    target = sys.argv[2] if len(sys.argv) > 2 else os.path.join(
        here, "..", "Sources", "Catalog", "Nginx", "Directives")
    own = reference["directives"] + reference["undocumented_or_removed"]
    names = {entry["name"] for entry in own}
    groups = {"core": [], "http": [], "proxy": [], "stream": [], "third": []}
    modules = {}
    for entry in own:
        modules.setdefault(entry["module"], []).append(entry)
    for module, entries in sorted(modules.items()):
        if family(module) != "http":
            key = "stream"
        elif not module.startswith("ngx_http"):
            key = "core"
        elif re.search(r"_(proxy|fastcgi|uwsgi|scgi|grpc|memcached|tunnel|upstream)_module$", module):
            key = "proxy"
        else:
            key = "http"
        groups[key].append((module, entries))
    others = {}
    for entry in reference["third_party"]:
        if entry["name"] not in names:
            others.setdefault(entry["module"], []).append(entry)
    groups["third"] = sorted(others.items())
    files = {
        "core": ("NginxCoreTable", "The directives of the core and of `events`.", BSD),
        "http": ("NginxHTTPTable", "The directives of `http`, without proxying.", BSD),
        "proxy": ("NginxProxyTable", "The directives of proxying and upstreams.", BSD),
        "stream": ("NginxStreamTable", "The directives of `stream` and `mail`.", BSD),
        "third": ("NginxThirdPartyTable", "The directives of modules that others make.", THIRD),
    }
    for key, (name, title, notice) in files.items():
        with open(os.path.join(target, name + ".swift"), "w") as file:
            file.write(swift(title, notice, key + "Text", groups[key], key == "third"))


main()
