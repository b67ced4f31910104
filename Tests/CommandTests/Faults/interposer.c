// Faults on demand, for tests: loaded before a program's libraries (LD_PRELOAD), it counts the calls by which the
// program and libgit2 reach files, and makes one of them fail, or be the last thing that the program ever does.
//
//   FAULT_STATE    a file outside of FAULT_UNDER that all processes of one command share: counters, unflushed files
//   FAULT_UNDER    only calls about files whose path begins with this count
//   FAULT_CALLS    which: change (writing), look (reading), git (libgit2's functions), several with commas; or the name
//                  of one function
//   FAULT_PROGRAM  only in programs of this name; all if it is absent
//   FAULT_AT       the number of the call, from 1; "all" for every one; 0 or absent only counts
//   FAULT_AS       a failure (ENOSPC, EIO, EDQUOT, EACCES, EROFS, EMFILE, EPERM, ENOMEM), EINTR, short, or an end:
//                  kill    the whole command, as kill -9 before the call
//                  killone this process only
//                  INT, TERM  a signal as from a terminal
//                  loss    power loss: kill, and every file that was not flushed is empty afterwards
//                  names   the same, and every rename or link whose folder was not flushed is undone
//                  With loss and names and no FAULT_AT the power fails right after the program has ended well.
//   FAULT_TRACE    a file that each counted call is written to
//   FAULT_CLOCK    seconds since 1970 that the clock stands at
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { PATHS = 4096, LENGTH = 256 };
enum { FREE, DIRTY, NAMED, MOVED };

struct entry {
  int what;               // DIRTY: content not flushed; NAMED: a new name; MOVED: a name that replaced another
  int saved;              // MOVED: the number under which what stood there is kept, or 0
  char path[LENGTH], from[LENGTH];
};

struct state {
  long calls, faults, lost;
  int lock, isDead, saves;
  struct entry entries[PATHS];
};

static struct state *state;
static const char *under, *calls, *kind, *trace, *place;
static long at;
static int isOn, isAlways;
static long long fixedTime = -1;

__attribute__((constructor)) static void prepare(void) {
  const char *program = getenv("FAULT_PROGRAM"), *number = getenv("FAULT_AT"), *moment = getenv("FAULT_CLOCK");
  if (moment) fixedTime = atoll(moment);
  place = getenv("FAULT_STATE");
  under = getenv("FAULT_UNDER");
  calls = getenv("FAULT_CALLS");
  kind = getenv("FAULT_AS");
  trace = getenv("FAULT_TRACE");
  if (!place || !under) return;
  if (!calls) calls = "";
  if (!kind) kind = "";
  isAlways = number && !strcmp(number, "all");
  at = number ? atol(number) : 0;
  int file = syscall(SYS_openat, AT_FDCWD, place, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || syscall(SYS_ftruncate, file, sizeof *state) != 0) return;
  void *shared = (void *)syscall(SYS_mmap, 0, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (shared == MAP_FAILED) return;
  state = shared;
  isOn = !program || !strcmp(program, program_invocation_short_name);
}

static int isUnder(const char *path) { return !strncmp(path, under, strlen(under)); }

static void withoutDoubledSlashes(char *path) {
  char *to = path;
  for (char *from = path; *from; from++)
    if (from[0] != '/' || from[1] != '/') *to++ = *from;
  *to = 0;
}

// The absolute path of `name` as seen from the folder `directory`; empty where there is none.
static void resolve(int directory, const char *name, char *path) {
  path[0] = 0;
  if (!name || !under) return;
  if (name[0] == '/') {
    snprintf(path, LENGTH, "%s", name);
    withoutDoubledSlashes(path);
    return;
  }
  char link[64], folder[LENGTH];
  if (directory == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
  long length = syscall(SYS_readlink, link, folder, LENGTH - 1);
  if (length < 0) return;
  folder[length] = 0;
  int written = name[0] ? snprintf(path, LENGTH, "%s/%s", folder, name) : snprintf(path, LENGTH, "%s", folder);
  if (written >= LENGTH) path[0] = 0;
  withoutDoubledSlashes(path);
}

static void hold(void) { while (__sync_lock_test_and_set(&state->lock, 1)) usleep(50); }
static void give(void) { __sync_lock_release(&state->lock); }

static void forget(const char *path, int what) {
  for (int i = 0; i < PATHS; i++)
    if (state->entries[i].what == what && !strcmp(state->entries[i].path, path)) state->entries[i].what = FREE;
}

static struct entry *note(const char *path, int what) {
  for (int i = 0; i < PATHS; i++) {
    struct entry *entry = &state->entries[i];
    if (entry->what != FREE) continue;
    entry->what = what;
    entry->saved = 0;
    snprintf(entry->path, LENGTH, "%s", path);
    return entry;
  }
  abort();  // A test that needs more is to say so.
}

static int isDirty(const char *path) {
  for (int i = 0; i < PATHS; i++)
    if (state->entries[i].what == DIRTY && !strcmp(state->entries[i].path, path)) return 1;
  return 0;
}

static void savedPath(int number, char *path) { snprintf(path, LENGTH, "%s.%d", place, number); }

// What the disk holds after the power came back.
static void lose(int namesToo) {
  hold();
  for (int i = PATHS - 1; namesToo && i >= 0; i--) {
    struct entry *entry = &state->entries[i];
    if (entry->what != NAMED && entry->what != MOVED) continue;
    if (entry->what == MOVED) {
      syscall(SYS_renameat, AT_FDCWD, entry->path, AT_FDCWD, entry->from);
      char saved[LENGTH];
      savedPath(entry->saved, saved);
      if (entry->saved) syscall(SYS_renameat, AT_FDCWD, saved, AT_FDCWD, entry->path);
      if (isDirty(entry->path)) note(entry->from, DIRTY);
    } else {
      syscall(SYS_unlinkat, AT_FDCWD, entry->path, 0);
    }
    state->lost++;
    entry->what = FREE;
  }
  for (int i = 0; i < PATHS; i++) {
    struct entry *entry = &state->entries[i];
    if (entry->what != DIRTY) continue;
    syscall(SYS_fchmodat, AT_FDCWD, entry->path, 0644);
    int file = syscall(SYS_openat, AT_FDCWD, entry->path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (file >= 0) {
      syscall(SYS_close, file);
      state->lost++;
    }
    entry->what = FREE;
  }
  give();
}

__attribute__((destructor)) static void end(void) {
  if (!state || !isOn || state->isDead || at) return;
  if (!strcmp(kind, "loss")) lose(0);
  if (!strcmp(kind, "names")) lose(1);
}

static void die(void) {
  state->isDead = 1;
  syscall(SYS_kill, getpid(), SIGKILL);
}

// The power goes for all processes at once: no call begins any more, and those that have begun end
// before the disk is looked at. A child that went on would put an emptied file in its place.
static void losePower(int namesToo) {
  state->isDead = 1;
  usleep(50000);
  lose(namesToo);
  die();
}

static int failure(void) {
  struct { const char *name; int number; } known[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EDQUOT", EDQUOT}, {"EACCES", EACCES}, {"EROFS", EROFS},
    {"EMFILE", EMFILE}, {"EPERM", EPERM}, {"ENOMEM", ENOMEM}, {"EINTR", EINTR}, {"ENOLCK", ENOLCK}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (!strcmp(known[i].name, kind)) return known[i].number;
  return 0;
}

enum { PASS, FAIL, SHORT };

// Counts a call, and says what is to become of it; errno is set for a failure.
static int meet(const char *name, const char *group, const char *path) {
  if (!state) return PASS;
  // A repository elsewhere, served by a process of ours on this machine, goes on.
  if (state->isDead && (!path || isUnder(path) || !strcmp(program_invocation_short_name, "headgate"))) die();
  if (!isOn || !(strstr(calls, group) || !strcmp(calls, name)) || (path && !isUnder(path))) return PASS;
  long number = __sync_add_and_fetch(&state->calls, 1);
  if (trace) {
    int file = syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    char line[LENGTH + 80];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, name, path ? path + strlen(under) : "");
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
  }
  if (!isAlways && (!at || number != at)) return PASS;
  __sync_add_and_fetch(&state->faults, 1);
  if (!strcmp(kind, "kill")) die();
  if (!strcmp(kind, "killone")) syscall(SYS_kill, getpid(), SIGKILL);
  if (!strcmp(kind, "loss")) losePower(0);
  if (!strcmp(kind, "names")) losePower(1);
  if (!strcmp(kind, "INT")) { syscall(SYS_kill, getpid(), SIGINT); return PASS; }
  if (!strcmp(kind, "TERM")) { syscall(SYS_kill, getpid(), SIGTERM); return PASS; }
  if (!strcmp(kind, "short")) return SHORT;
  errno = failure();
  return errno ? FAIL : PASS;
}

static int meetFile(const char *name, const char *group, int file, char *path) {
  path[0] = 0;
  if (!state) return PASS;
  resolve(file, "", path);
  return meet(name, group, path);
}

static int meetPath(const char *name, const char *group, int directory, const char *file, char *path) {
  path[0] = 0;
  if (!state) return PASS;
  resolve(directory, file, path);
  return meet(name, group, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CALL(name, ...) ({ static __typeof__(&name) real; if (!real) real = REAL(name); real(__VA_ARGS__); })

static void written(const char *path) {
  if (!state || !path[0] || !isUnder(path)) return;
  hold();
  if (!isDirty(path)) note(path, DIRTY);
  give();
}

static void flushedFile(const char *path) {
  if (!state || !path[0]) return;
  size_t length = strlen(path);
  hold();
  forget(path, DIRTY);
  for (int i = 0; i < PATHS; i++) {
    struct entry *entry = &state->entries[i];
    if (entry->what != NAMED && entry->what != MOVED) continue;
    if (!strncmp(entry->path, path, length) && entry->path[length] == '/' && !strchr(entry->path + length + 1, '/'))
      entry->what = FREE;
  }
  give();
}

static void flushedAll(void) {
  if (!state) return;
  hold();
  for (int i = 0; i < PATHS; i++) state->entries[i].what = FREE;
  give();
}

static int opened(const char *name, int directory, const char *file, int flags, mode_t mode) {
  char path[LENGTH];
  int writes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
  if (meetPath(name, writes ? "change" : "look", directory, file, path) == FAIL) return -1;
  int result = syscall(SYS_openat, directory, file, flags, mode);
  if (result >= 0 && flags & (O_CREAT | O_TRUNC)) {
    struct stat status;
    if (fstat(result, &status) == 0 && status.st_size == 0) written(path);
  }
  return result;
}

#define MODE ({ mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); \
  mode = va_arg(list, int); va_end(list); } mode; })
int open(const char *file, int flags, ...) { return opened("open", AT_FDCWD, file, flags, MODE); }
int open64(const char *file, int flags, ...) { return opened("open", AT_FDCWD, file, flags, MODE); }
int __open64_2(const char *file, int flags) { return opened("open", AT_FDCWD, file, flags, 0); }
int openat(int d, const char *file, int flags, ...) { return opened("openat", d, file, flags, MODE); }
int openat64(int d, const char *file, int flags, ...) { return opened("openat", d, file, flags, MODE); }
int creat(const char *file, mode_t mode) {
  return opened("creat", AT_FDCWD, file, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

#define WRITE(name, ...) \
  char path[LENGTH]; \
  int fate = meetFile(#name, "change", file, path); \
  if (fate == FAIL) return -1; \
  if (fate == SHORT && count > 1) count /= 2; \
  written(path); \
  return CALL(name, __VA_ARGS__);
ssize_t write(int file, const void *bytes, size_t count) { WRITE(write, file, bytes, count) }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { WRITE(pwrite, file, bytes, count, offset) }
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  WRITE(pwrite64, file, bytes, count, offset)
}

#define READ(name, ...) \
  char path[LENGTH]; \
  int fate = meetFile(#name, "look", file, path); \
  if (fate == FAIL) return -1; \
  if (fate == SHORT && count > 1) count /= 2; \
  return CALL(name, __VA_ARGS__);
ssize_t read(int file, void *bytes, size_t count) { READ(read, file, bytes, count) }
ssize_t pread(int file, void *bytes, size_t count, off_t offset) { READ(pread, file, bytes, count, offset) }
ssize_t pread64(int file, void *bytes, size_t count, off64_t offset) { READ(pread64, file, bytes, count, offset) }

#define FLUSH(name) \
  int name(int file) { \
    char path[LENGTH]; \
    if (meetFile(#name, "change", file, path) == FAIL) return -1; \
    flushedFile(path); \
    return 0; \
  }
// Nothing is flushed in earnest: what a loss of power takes is kept account of here.
FLUSH(fsync)
FLUSH(fdatasync)
int syncfs(int file) {
  char path[LENGTH];
  if (meetFile("syncfs", "change", file, path) == FAIL) return -1;
  flushedAll();
  return 0;
}

static int moved(const char *name, int from, const char *old, int to, const char *new) {
  char source[LENGTH], path[LENGTH];
  resolve(from, old, source);
  if (meetPath(name, "change", to, new, path) == FAIL) return -1;
  int saved = 0;
  if (state && path[0] && isUnder(path)) {
    char keep[LENGTH];
    saved = __sync_add_and_fetch(&state->saves, 1);
    savedPath(saved, keep);
    if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, keep, 0) != 0) saved = 0;
  }
  int result = syscall(SYS_renameat, from, old, to, new);
  if (result == 0 && state && path[0] && isUnder(path)) {
    hold();
    int wasDirty = isDirty(source);
    forget(source, DIRTY);
    forget(path, DIRTY);
    if (wasDirty) note(path, DIRTY);
    struct entry *entry = note(path, MOVED);
    entry->saved = saved;
    snprintf(entry->from, LENGTH, "%s", source);
    give();
  }
  return result;
}
int rename(const char *old, const char *new) { return moved("rename", AT_FDCWD, old, AT_FDCWD, new); }
int renameat(int from, const char *old, int to, const char *new) { return moved("renameat", from, old, to, new); }

int link(const char *old, const char *new) {
  char source[LENGTH], path[LENGTH];
  resolve(AT_FDCWD, old, source);
  if (meetPath("link", "change", AT_FDCWD, new, path) == FAIL) return -1;
  int result = syscall(SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0);
  if (result == 0 && state && isUnder(path)) {
    hold();
    if (isDirty(source)) note(path, DIRTY);
    note(path, NAMED);
    give();
  }
  return result;
}

static int removed(const char *name, int directory, const char *file, int flags) {
  char path[LENGTH];
  if (meetPath(name, "change", directory, file, path) == FAIL) return -1;
  int result = syscall(SYS_unlinkat, directory, file, flags);
  if (result == 0 && state && isUnder(path)) {
    hold();
    forget(path, DIRTY);
    forget(path, NAMED);
    give();
  }
  return result;
}
int unlink(const char *file) { return removed("unlink", AT_FDCWD, file, 0); }
int unlinkat(int directory, const char *file, int flags) { return removed("unlinkat", directory, file, flags); }
int rmdir(const char *file) { return removed("rmdir", AT_FDCWD, file, AT_REMOVEDIR); }

#define ON_PATH(type, name, group, file, parameters, ...) \
  type name parameters { \
    char path[LENGTH]; \
    if (meetPath(#name, group, AT_FDCWD, file, path) == FAIL) return (type)-1; \
    return CALL(name, __VA_ARGS__); \
  }
#define ON_FILE(type, name, group, file, parameters, ...) \
  type name parameters { \
    char path[LENGTH]; \
    if (meetFile(#name, group, file, path) == FAIL) return (type)-1; \
    return CALL(name, __VA_ARGS__); \
  }
ON_PATH(int, mkdir, "change", f, (const char *f, mode_t m), f, m)
ON_PATH(int, symlink, "change", f, (const char *t, const char *f), t, f)
ON_PATH(int, chmod, "change", f, (const char *f, mode_t m), f, m)
ON_PATH(int, utimes, "change", f, (const char *f, const struct timeval t[2]), f, t)
ON_FILE(int, fchmod, "change", f, (int f, mode_t m), f, m)
ON_FILE(int, flock, "change", f, (int f, int operation), f, operation)
ON_FILE(int, ftruncate, "change", f, (int f, off_t size), f, size)
ON_FILE(int, ftruncate64, "change", f, (int f, off64_t size), f, size)
ON_PATH(int, stat, "look", f, (const char *f, struct stat *s), f, s)
ON_PATH(int, lstat, "look", f, (const char *f, struct stat *s), f, s)
ON_PATH(int, stat64, "look", f, (const char *f, struct stat64 *s), f, s)
ON_PATH(int, lstat64, "look", f, (const char *f, struct stat64 *s), f, s)
ON_FILE(int, fstat64, "look", f, (int f, struct stat64 *s), f, s)
ON_PATH(int, access, "look", f, (const char *f, int mode), f, mode)
ON_PATH(ssize_t, readlink, "look", f, (const char *f, char *to, size_t size), f, to, size)
ON_FILE(off_t, lseek, "look", f, (int f, off_t offset, int whence), f, offset, whence)
ON_FILE(off64_t, lseek64, "look", f, (int f, off64_t offset, int whence), f, offset, whence)

int close(int file) {
  char path[LENGTH];
  int fate = PASS, flags = state ? (int)syscall(SYS_fcntl, file, F_GETFL) : 0;
  if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) fate = meetFile("close", "change", file, path);
  int number = errno, result = syscall(SYS_close, file);
  if (fate != FAIL) return result;
  errno = number;
  return -1;
}

DIR *opendir(const char *file) {
  char path[LENGTH];
  return meetPath("opendir", "look", AT_FDCWD, file, path) == FAIL ? NULL : CALL(opendir, file);
}
DIR *fdopendir(int file) {
  char path[LENGTH];
  return meetFile("fdopendir", "look", file, path) == FAIL ? NULL : CALL(fdopendir, file);
}
struct dirent *readdir(DIR *folder) {
  char path[LENGTH];
  return meetFile("readdir", "look", dirfd(folder), path) == FAIL ? NULL : CALL(readdir, folder);
}
struct dirent64 *readdir64(DIR *folder) {
  char path[LENGTH];
  return meetFile("readdir", "look", dirfd(folder), path) == FAIL ? NULL : CALL(readdir64, folder);
}
void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
  char path[LENGTH];
  if (file >= 0 && meetFile("mmap", "look", file, path) == FAIL) return MAP_FAILED;
  return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}
void *mmap64(void *address, size_t size, int protection, int flags, int file, off64_t offset) {
  return mmap(address, size, protection, flags, file, offset);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (fixedTime < 0 || clock != CLOCK_REALTIME) return syscall(SYS_clock_gettime, clock, time);
  time->tv_sec = fixedTime;
  time->tv_nsec = 0;
  return 0;
}

// libgit2's functions that report a status: up to seven words go in, a number comes out.
#define GIT(name) \
  int name(long a, long b, long c, long d, long e, long f, long g) { \
    static int (*real)(long, long, long, long, long, long, long); \
    if (!real) real = (int (*)(long, long, long, long, long, long, long))dlsym(RTLD_NEXT, #name); \
    if (meet(#name, "git", NULL) != FAIL) return real(a, b, c, d, e, f, g); \
    void (*say)(int, const char *) = (void (*)(int, const char *))dlsym(RTLD_DEFAULT, "git_error_set_str"); \
    char text[LENGTH]; \
    snprintf(text, LENGTH, "%s failed: %s", #name, strerror(errno)); \
    if (say) say(2, text); \
    return -1; \
  }
GIT(git_libgit2_init) GIT(git_repository_open_ext) GIT(git_repository_odb) GIT(git_repository_index)
GIT(git_repository_config_snapshot) GIT(git_repository_head_detached) GIT(git_config_get_string)
GIT(git_config_iterator_glob_new) GIT(git_config_next) GIT(git_remote_list)
GIT(git_reference_name_to_id) GIT(git_reference_lookup) GIT(git_reference_ensure_log)
GIT(git_reference_create_matching) GIT(git_reflog_read) GIT(git_revparse_single) GIT(git_object_peel)
GIT(git_odb_write) GIT(git_odb_read) GIT(git_odb_read_header) GIT(git_odb_open_rstream) GIT(git_odb_stream_read)
GIT(git_odb_hash) GIT(git_odb_add_backend) GIT(git_mempack_new) GIT(git_commit_lookup) GIT(git_tree_lookup)
GIT(git_revwalk_new) GIT(git_revwalk_sorting) GIT(git_revwalk_push) GIT(git_revwalk_hide) GIT(git_revwalk_next)
GIT(git_graph_descendant_of) GIT(git_merge_base) GIT(git_merge_commits) GIT(git_merge_options_init)
GIT(git_diff_tree_to_tree) GIT(git_diff_tree_to_index) GIT(git_diff_tree_to_workdir_with_index)
GIT(git_diff_options_init) GIT(git_diff_find_options_init) GIT(git_diff_find_similar)
GIT(git_index_open) GIT(git_index_read) GIT(git_reference_delete)
