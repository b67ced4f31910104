#!/usr/bin/env python3
"""Writes the variable tables of Sources/Catalog/MariaDB from what a running server says.

usage: scripts/mariadb-variables.py VARIABLES.tsv HELP.txt [OUTPUT-DIRECTORY]

VARIABLES.tsv is the answer of a server started with --no-defaults (mariadb --batch --skip-column-names) to

    SELECT VARIABLE_NAME, VARIABLE_TYPE, DEFAULT_VALUE, NUMERIC_MIN_VALUE, NUMERIC_MAX_VALUE,
           NUMERIC_BLOCK_SIZE, ENUM_VALUE_LIST, READ_ONLY, COMMAND_LINE_ARGUMENT, VARIABLE_SCOPE,
           GLOBAL_VALUE
    FROM information_schema.SYSTEM_VARIABLES ORDER BY 1

HELP.txt is what `mariadbd --no-defaults --verbose --help` prints: it names the options that are no
variables. The output is data only; the notation is explained in MariaDBVariable.swift, which reads it.
"""

import os
import re
import sys
import textwrap

KINDS = {"BOOLEAN": "b", "DOUBLE": "d", "ENUM": "e", "SET": "w", "FLAGSET": "w", "VARCHAR": "s"}
# Texts that are the machine's own or would need quoting are left out: `?` is "chosen elsewhere".
PLAIN = re.compile(r"^[A-Za-z0-9_.:,-]+$")
MACHINE = {"hostname", "log_error", "general_log_file", "slow_query_log_file", "pid_file", "socket",
           "datadir", "basedir", "tmpdir", "character_sets_dir", "plugin_dir", "log_basename",
           "wsrep_node_name", "version_compile_machine"}


def value(name, kind, default, current):
    if name in MACHINE:
        return "?"
    if kind == "w":
        return default or '""'
    text = current if kind in "unid" and current not in ("NULL", "") else default
    if text == "NULL" or text == "":
        return '""'
    if kind == "d":
        return text.rstrip("0").rstrip(".") or "0"
    return text if PLAIN.match(text) else "?"


def row(fields):
    (name, type_, default, low, high, block, words, _read_only, argument, _scope, current) = fields
    name = name.lower()
    kind = KINDS.get(type_) or ("u" if "UNSIGNED" in type_ else "n")
    parts = [name, kind + ("?" if argument in ("OPTIONAL", "NONE") else "")]
    if kind in "und":
        parts.append(f"{low}..{high}")
        if block not in ("NULL", "0", "1"):
            parts.append("/" + block)
    if kind in "ew":
        parts.append("=" + words.replace(",", ", "))
    default = value(name, kind, default, current)
    if default != '""':
        parts.append(":" + default.replace(",", ", "))
    return " ".join(parts)


def main():
    rows, names = [], set()
    for line in open(sys.argv[1], encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        # One without an argument may be an option all the same, which the help tells: its value is not judged.
        if fields[8] != "NULL":
            names.add(fields[0].lower())
            rows.append(row(fields))
    help_text = open(sys.argv[2], encoding="utf-8").read().split("\nVariables (--variable-name=value)")[0]
    options = {o.replace("-", "_") for o in re.findall(r"^  (?:-., )?--([a-z][a-z0-9_-]*[a-z0-9])", help_text, re.M)}
    rows += [f"{o} o" for o in sorted(options - names) if not o.startswith("skip_") or o[5:] not in names]
    rows.sort()
    tables = {"Server": [], "InnoDB": [], "Plugin": []}
    for text in rows:
        key = ("InnoDB" if text.startswith("innodb") else
               "Plugin" if re.match(r"(performance_schema|aria|wsrep|myisam|feedback|debug|rpl_semi)", text) else "Server")
        tables[key].append(text)
    folder = sys.argv[3] if len(sys.argv) > 3 else "Sources/Catalog/MariaDB"
    for key, texts in tables.items():
        # A name or range may not be broken: only blanks are places to wrap at.
        body = textwrap.fill("; ".join(texts) + ";", 96, break_long_words=False, break_on_hyphens=False)
        body = "\n".join("    " + l for l in body.split("\n"))
        open(os.path.join(folder, f"MariaDBTable+{key}.swift"), "w", encoding="utf-8").write(f'''\
// Written by scripts/mariadb-variables.py; change that, not this.
extension MariaDBVariable {{
  /// Variables and options of MariaDB 10.11.19, as the running server lists them.
  ///
  /// The notation is explained at ``MariaDBVariable``.
  static let {key.lower()}Text: StaticString = #"""
{body}
    """#
}}
''')
        print(key, len(texts))


main()
