#ifndef HEADGATE_CSQLITE_SHIM_H
#define HEADGATE_CSQLITE_SHIM_H

#include <sqlite3.h>

/* A cast of -1 to a function pointer, which Swift cannot import: SQLite copies the bytes it is given. */
static inline sqlite3_destructor_type headgate_sqlite_transient(void) {
  return SQLITE_TRANSIENT;
}

#endif
