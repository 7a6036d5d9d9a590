#ifndef SOUTENANCE_TESTS_CRASH_SQLITE_MEMORY_H_
#define SOUTENANCE_TESTS_CRASH_SQLITE_MEMORY_H_

namespace soutenance::crash {

// Gives SQLite, everywhere in this process, a heap of its own that is fast when databases are opened and
// closed by the hundred thousand; a sanitizer's heap takes most of the time otherwise. Must come before
// SQLite is first used.
void GiveSqliteItsOwnMemory();

}  // namespace soutenance::crash

#endif  // SOUTENANCE_TESTS_CRASH_SQLITE_MEMORY_H_
