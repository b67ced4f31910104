#ifndef HEADGATE_LIBGIT2_SHIM_H
#define HEADGATE_LIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/repository.h>

/* git_libgit2_opts is variadic, which Swift cannot call: one function for each option we set. */
static inline int headgate_git_set_fsync(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

static inline int headgate_git_set_strict_hashes(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

/* Extensions that change nothing we do: our references are shared by all worktrees, we delete no
   object, and a blob that a partial clone lacks is reported as missing. */
static inline int headgate_git_accept_extensions(void) {
  const char *names[] = {"worktreeconfig", "partialclone", "preciousobjects"};
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof(names) / sizeof(names[0]));
}

#ifdef __linux__
/* The C library hides it unless GNU extensions are asked for before its first header. */
extern int syncfs(int descriptor);

static inline int headgate_flush_file_system(int descriptor) {
  return syncfs(descriptor);
}
#endif

/* Objects written through `objects` from now on stay in memory; the backend's type is invisible to
   Swift. Files of a repository have the priorities 1 and 2. */
static inline int headgate_git_keep_in_memory(git_odb *objects) {
  git_odb_backend *backend = NULL;
  int status = git_mempack_new(&backend);
  return status < 0 ? status : git_odb_add_backend(objects, backend, 1000);
}

/* Macros of casts and shifts that Swift's importer leaves out. */
static inline int headgate_git_index_stage(const git_index_entry *entry) {
  return git_index_entry_stage(entry);
}

static inline int headgate_git_is_intent_to_add(const git_index_entry *entry) {
  return (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
}

/* Whether a configuration key matches `pattern`; the iterator's type is invisible to Swift. */
static inline int headgate_git_has_configuration(const git_config *configuration,
                                                 const char *pattern) {
  git_config_iterator *iterator = NULL;
  git_config_entry *entry = NULL;
  int status = git_config_iterator_glob_new(&iterator, configuration, pattern);
  if (status < 0) return status;
  status = git_config_next(&entry, iterator);
  git_config_iterator_free(iterator);
  return status == 0 ? 1 : status == GIT_ITEROVER ? 0 : status;
}

#endif
