#include "tests/crash/sqlite_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/base/error.h"
#include "tests/crash/sqlite_memory.h"

namespace soutenance::crash {
namespace {

Disk* current = nullptr;
bool lower_synchronous = false;
// Memory that the connections of one database share, and that no power cut survives.
using Page = std::unique_ptr<char[]>;
std::map<std::string, std::vector<Page>> shared;
constexpr int kPageBytes = 32 << 10;
std::vector<Page> spare;  // pages of earlier disks

Page NewPage() {
  if (spare.empty()) return std::make_unique<char[]>(kPageBytes);
  Page page = std::move(spare.back());
  spare.pop_back();
  std::memset(page.get(), 0, kPageBytes);
  return page;
}

// SQLite makes room for it and never runs its constructor.
struct VfsFile {
  sqlite3_file base;
  Disk* disk;
  int inode;
  std::string* path;
};

VfsFile& Of(sqlite3_file* file) { return *reinterpret_cast<VfsFile*>(file); }

int Code(const absl::Status& status, int otherwise) {
  if (status.ok()) return SQLITE_OK;
  return FactsOf(status).reason == "STORE_FULL" ? SQLITE_FULL : otherwise;
}

int Close(sqlite3_file* file) {
  delete Of(file).path;
  return SQLITE_OK;
}

int Read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  const std::string& bytes = Of(file).disk->BytesOf(Of(file).inode);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const std::size_t there =
      offset >= size ? 0 : static_cast<std::size_t>(std::min<sqlite3_int64>(size - offset, count));
  if (there > 0) std::memcpy(to, bytes.data() + offset, there);
  if (there == static_cast<std::size_t>(count)) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + there, 0, static_cast<std::size_t>(count) - there);
  return SQLITE_IOERR_SHORT_READ;
}

int Write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  const absl::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(count));
  return Code(Of(file).disk->Write(Of(file).inode, *Of(file).path, offset, bytes), SQLITE_IOERR_WRITE);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Code(Of(file).disk->Truncate(Of(file).inode, *Of(file).path, size), SQLITE_IOERR_TRUNCATE);
}

int Sync(sqlite3_file* file, int) {
  return Code(Of(file).disk->SyncFile(Of(file).inode, *Of(file).path), SQLITE_IOERR_FSYNC);
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(Of(file).disk->BytesOf(Of(file).inode).size());
  return SQLITE_OK;
}

int Lock(sqlite3_file*, int) { return SQLITE_OK; }
int CheckReservedLock(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}
int FileControl(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int SectorSize(sqlite3_file*) { return 512; }
int DeviceCharacteristics(sqlite3_file*) { return 0; }

int ShmMap(sqlite3_file* file, int page, int page_bytes, int extend, void volatile** to) {
  if (page_bytes > kPageBytes) return SQLITE_NOMEM;
  auto& pages = shared[*Of(file).path];
  while (static_cast<int>(pages.size()) <= page) {
    if (extend == 0) {
      *to = nullptr;
      return SQLITE_OK;
    }
    pages.push_back(NewPage());
  }
  *to = pages[static_cast<std::size_t>(page)].get();
  return SQLITE_OK;
}
int ShmLock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void ShmBarrier(sqlite3_file*) {}
// Without locks, each connection that closes thinks that it is the last one; the memory stays for the others.
int ShmUnmap(sqlite3_file*, int) { return SQLITE_OK; }

const sqlite3_io_methods& Methods() {
  static const auto& methods = *new sqlite3_io_methods{2,
                                                       Close,
                                                       Read,
                                                       Write,
                                                       Truncate,
                                                       Sync,
                                                       FileSize,
                                                       Lock,
                                                       Lock,
                                                       CheckReservedLock,
                                                       FileControl,
                                                       SectorSize,
                                                       DeviceCharacteristics,
                                                       ShmMap,
                                                       ShmLock,
                                                       ShmBarrier,
                                                       ShmUnmap,
                                                       nullptr,
                                                       nullptr};
  return methods;
}

int Open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (current == nullptr || name == nullptr) return SQLITE_CANTOPEN;
  const int inode = current->InodeOf(name, (flags & SQLITE_OPEN_CREATE) != 0);
  if (inode < 0) return SQLITE_CANTOPEN;
  Of(file).disk = current;
  Of(file).inode = inode;
  Of(file).path = new std::string(name);
  file->pMethods = &Methods();
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int Delete(sqlite3_vfs*, const char* name, int sync_folder) {
  const int removed = Code(current->Remove(name), SQLITE_IOERR_DELETE);
  if (removed != SQLITE_OK || sync_folder == 0) return removed;
  return Code(current->SyncFolder(FolderOf(name)), SQLITE_IOERR_DIR_FSYNC);
}

int Access(sqlite3_vfs*, const char* name, int, int* there) {
  *there = current->Has(name) ? 1 : 0;
  return SQLITE_OK;
}

int FullPathname(sqlite3_vfs*, const char* name, int bytes, char* to) {
  sqlite3_snprintf(bytes, to, "%s", name);
  return SQLITE_OK;
}

// What only the system can tell.
sqlite3_vfs* System() {
  static sqlite3_vfs* const system = sqlite3_vfs_find("unix");
  return system;
}
int Randomness(sqlite3_vfs*, int bytes, char* to) { return System()->xRandomness(System(), bytes, to); }
int Sleep(sqlite3_vfs*, int micros) { return System()->xSleep(System(), micros); }
int CurrentTime(sqlite3_vfs*, double* time) { return System()->xCurrentTime(System(), time); }
int LastError(sqlite3_vfs*, int, char*) { return 0; }

int KeepSynchronous(void*, int action, const char* pragma, const char*, const char*, const char*) {
  const bool asks = action == SQLITE_PRAGMA && pragma != nullptr && std::strcmp(pragma, "synchronous") == 0;
  return asks ? SQLITE_IGNORE : SQLITE_OK;
}

// Runs for every connection that is opened.
int OnOpen(sqlite3* connection, const char**, const sqlite3_api_routines*) {
  if (!lower_synchronous) return SQLITE_OK;
  sqlite3_exec(connection, "PRAGMA synchronous=NORMAL", nullptr, nullptr, nullptr);
  sqlite3_set_authorizer(connection, KeepSynchronous, nullptr);
  return SQLITE_OK;
}

}  // namespace

void UseDisk(Disk* disk) {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made{};
    made.iVersion = 1;
    made.szOsFile = sizeof(VfsFile);
    made.mxPathname = 512;
    made.zName = "disk";
    made.xOpen = Open;
    made.xDelete = Delete;
    made.xAccess = Access;
    made.xFullPathname = FullPathname;
    made.xRandomness = Randomness;
    made.xSleep = Sleep;
    made.xCurrentTime = CurrentTime;
    made.xGetLastError = LastError;
    return made;
  }();
  static const bool registered = [] {
    GiveSqliteItsOwnMemory();
    System();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(OnOpen));
    return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
  }();
  static_cast<void>(registered);
  current = disk;
  for (auto& [path, pages] : shared) {
    std::move(pages.begin(), pages.end(), std::back_inserter(spare));
  }
  shared.clear();
}

void LowerSynchronous(bool lower) { lower_synchronous = lower; }

}  // namespace soutenance::crash
