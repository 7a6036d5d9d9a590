#ifndef SOUTENANCE_TESTS_CRASH_SQLITE_VFS_H_
#define SOUTENANCE_TESTS_CRASH_SQLITE_VFS_H_

#include "tests/crash/disk.h"

namespace soutenance::crash {

// Makes SQLite, everywhere in this process, keep its files on `disk` from now on; connections that are open
// must be closed first. Null: on no disk at all. Locks are not modelled: one thread uses one database at a
// time.
void UseDisk(Disk* disk);

// From now on, connections are opened with the weaker PRAGMA synchronous=NORMAL, whatever the program asks
// for.
void LowerSynchronous(bool lower);

}  // namespace soutenance::crash

#endif  // SOUTENANCE_TESTS_CRASH_SQLITE_VFS_H_
