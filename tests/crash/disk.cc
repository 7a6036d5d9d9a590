#include "tests/crash/disk.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace soutenance::crash {
namespace {

constexpr int64_t kSector = 512;

using Operation = Disk::Operation;

void Apply(const Operation& operation, std::string& bytes) {
  const auto offset = static_cast<std::size_t>(operation.offset);
  if (operation.kind == Operation::Kind::kTruncate) {
    bytes.resize(offset, '\0');
    return;
  }
  if (bytes.size() < offset + operation.text.size()) bytes.resize(offset + operation.text.size(), '\0');
  bytes.replace(offset, operation.text.size(), operation.text);
}

// Some of its sectors.
void ApplyTorn(const Operation& operation, std::string& bytes, std::mt19937& random) {
  if (operation.kind == Operation::Kind::kTruncate) return Apply(operation, bytes);
  for (std::size_t at = 0; at < operation.text.size();) {
    const int64_t position = operation.offset + static_cast<int64_t>(at);
    const auto length =
        std::min(operation.text.size() - at, static_cast<std::size_t>(kSector - position % kSector));
    if (random() % 2 == 0) {
      Apply({.kind = Operation::Kind::kWrite, .offset = position, .text = operation.text.substr(at, length)},
            bytes);
    }
    at += length;
  }
}

class DiskFile final : public storage::files::File {
 public:
  DiskFile(Disk& disk, int inode, std::string path) : disk_(disk), inode_(inode), path_(std::move(path)) {}

  absl::Status Write(int64_t offset, absl::string_view bytes) override {
    return disk_.Write(inode_, path_, offset, bytes);
  }
  absl::StatusOr<std::size_t> Read(int64_t offset, char* to, std::size_t bytes_max) const override {
    const std::string& bytes = disk_.BytesOf(inode_);
    if (offset >= static_cast<int64_t>(bytes.size())) return 0u;
    const std::size_t count = std::min(bytes_max, bytes.size() - static_cast<std::size_t>(offset));
    std::memcpy(to, bytes.data() + offset, count);
    return count;
  }
  absl::StatusOr<int64_t> Size() const override { return static_cast<int64_t>(disk_.BytesOf(inode_).size()); }
  absl::Status Sync() override { return disk_.SyncFile(inode_, path_); }
  void BeginWriting(int64_t, int64_t) override {}
  void LeaveMemory(int64_t) override {}

 private:
  Disk& disk_;
  const int inode_;
  const std::string path_;
};

}  // namespace

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

Disk::Disk(Image files) {
  for (auto& [path, bytes] : files) {
    names_[path] = static_cast<int>(inodes_.size());
    inodes_.push_back(std::move(bytes));
  }
}

std::string& Disk::OwnBytesOf(int inode) {
  auto& bytes = inodes_[static_cast<std::size_t>(inode)];
  if (bytes.use_count() > 1) bytes = std::make_shared<std::string>(*bytes);
  return const_cast<std::string&>(*bytes);  // nobody else has it
}

absl::Status Disk::Do(Operation operation) {
  const int64_t number = done_++;
  if (fail_at_ >= 0 && (number == fail_at_ || (persistent_ && number > fail_at_))) {
    return failure_ == Failure::kFull ? storage::files::DiskFull(operation.path)
                                      : storage::files::FileFailed(operation.path, "use", "I/O error");
  }
  using Kind = Operation::Kind;
  switch (operation.kind) {
    case Kind::kWrite:
    case Kind::kTruncate:
      Apply(operation, OwnBytesOf(operation.inode));
      break;
    case Kind::kName:
      names_[operation.path] = operation.inode;
      break;
    case Kind::kRemove:
      names_.erase(operation.path);
      break;
    default:
      break;
  }
  const bool is_sync = operation.kind == Kind::kSyncFile || operation.kind == Kind::kSyncFolder;
  if (recording_ && !(is_sync && ignored_ && ignored_(operation.path)))
    operations_.push_back(std::move(operation));
  return absl::OkStatus();
}

void Disk::BeginRecording() {
  recording_ = true;
  operations_.clear();
  names_at_begin_ = names_;
  inodes_at_begin_ = inodes_;
}

void Disk::FailAt(int64_t number, Failure failure, bool persistent) {
  fail_at_ = done_ + number;
  failure_ = failure;
  persistent_ = persistent;
}

void Disk::Acknowledge(const std::string& what) {
  if (recording_) operations_.push_back({.kind = Operation::Kind::kAcknowledge, .text = what});
}

int Disk::InodeOf(const std::string& path, bool create) {
  const auto found = names_.find(path);
  if (found != names_.end()) return found->second;
  if (!create) return -1;
  const int inode = static_cast<int>(inodes_.size());
  inodes_.push_back(std::make_shared<std::string>());
  if (!Do({.kind = Operation::Kind::kName, .inode = inode, .path = path}).ok()) return -1;
  return inode;
}

absl::Status Disk::Write(int inode, const std::string& path, int64_t offset, absl::string_view bytes) {
  return Do({.kind = Operation::Kind::kWrite,
             .inode = inode,
             .offset = offset,
             .text = std::string(bytes),
             .path = path});
}

absl::Status Disk::Truncate(int inode, const std::string& path, int64_t size) {
  return Do({.kind = Operation::Kind::kTruncate, .inode = inode, .offset = size, .path = path});
}

absl::Status Disk::SyncFile(int inode, const std::string& path) {
  return Do({.kind = Operation::Kind::kSyncFile, .inode = inode, .path = path});
}

absl::StatusOr<std::unique_ptr<storage::files::File>> Disk::OpenToWrite(const std::string& path) {
  const int inode = InodeOf(path, true);
  if (inode < 0) return storage::files::FileFailed(path, "make", "I/O error");
  return std::make_unique<DiskFile>(*this, inode, path);
}

absl::StatusOr<std::unique_ptr<storage::files::File>> Disk::OpenToRead(const std::string& path) const {
  const auto found = names_.find(path);
  if (found == names_.end()) return absl::NotFoundError(path);
  return std::make_unique<DiskFile>(const_cast<Disk&>(*this), found->second, path);
}

absl::Status Disk::Link(const std::string& path, const std::string& other) {
  const auto found = names_.find(path);
  if (found == names_.end()) return absl::NotFoundError(path);
  if (names_.count(other) > 0) return absl::AlreadyExistsError(other);
  return Do({.kind = Operation::Kind::kName, .inode = found->second, .path = other});
}

absl::Status Disk::Remove(const std::string& path) {
  if (names_.count(path) == 0) return absl::OkStatus();
  return Do({.kind = Operation::Kind::kRemove, .path = path});
}

// Folders are durable at once: names in them are not. What a folder is made of is not modelled.
absl::Status Disk::MakeFolder(const std::string&) { return absl::OkStatus(); }

absl::StatusOr<std::vector<std::string>> Disk::List(const std::string& folder) const {
  std::set<std::string> names;
  for (const auto& [path, inode] : names_) {
    if (!absl::StartsWith(path, folder + "/")) continue;
    const std::string rest = path.substr(folder.size() + 1);
    names.insert(rest.substr(0, rest.find('/')));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

absl::Status Disk::SyncFolder(const std::string& folder) {
  return Do({.kind = Operation::Kind::kSyncFolder, .text = folder, .path = folder});
}

PowerCut::PowerCut(const Disk& disk) : operations_(disk.operations()), names_(disk.names_at_begin()) {
  for (std::size_t i = 0; i < disk.inodes_at_begin().size(); ++i) {
    durable_[static_cast<int>(i)] = disk.inodes_at_begin()[i];
  }
}

bool PowerCut::Advance() {
  if (next_ == operations_.size()) return false;
  const Operation& operation = operations_[next_++];
  using Kind = Operation::Kind;
  switch (operation.kind) {
    case Kind::kWrite:
    case Kind::kTruncate:
      unsynced_files_[operation.inode].push_back(&operation);
      break;
    case Kind::kSyncFile:
      MakeDurable(operation.inode);
      break;
    case Kind::kName:
    case Kind::kRemove:
      unsynced_names_[FolderOf(operation.path)].push_back(&operation);
      break;
    case Kind::kSyncFolder:
      for (const Operation* each : unsynced_names_[operation.text]) {
        if (each->kind == Kind::kName) {
          names_[each->path] = each->inode;
        } else {
          names_.erase(each->path);
        }
      }
      unsynced_names_.erase(operation.text);
      break;
    case Kind::kAcknowledge:
      acknowledged_.push_back(operation.text);
      break;
  }
  return true;
}

void PowerCut::MakeDurable(int inode) {
  const auto unsynced = unsynced_files_.find(inode);
  if (unsynced == unsynced_files_.end()) return;
  auto& durable = durable_[inode];
  auto bytes = durable == nullptr ? std::make_shared<std::string>() : std::make_shared<std::string>(*durable);
  for (const Operation* each : unsynced->second) Apply(*each, *bytes);
  durable = std::move(bytes);
  unsynced_files_.erase(unsynced);
}

bool PowerCut::MayLose() const {
  const auto has = [](const auto& lists) {
    return std::any_of(lists.begin(), lists.end(), [](const auto& list) { return !list.second.empty(); });
  };
  return has(unsynced_files_) || has(unsynced_names_);
}

std::shared_ptr<std::string> PowerCut::CopyOf(const std::string& bytes) const {
  for (const auto& copy : copies_) {
    if (copy.use_count() > 1) continue;
    copy->assign(bytes);
    return copy;
  }
  return copies_.emplace_back(std::make_shared<std::string>(bytes));
}

Image PowerCut::Files(Mode mode, std::mt19937& random) const {
  // Which of the operations of one list are kept: journals write in order, disks do not.
  const auto keeps = [&](std::size_t count) {
    std::vector<bool> kept(count, mode == Mode::kKeepAll);
    const std::size_t prefix = count == 0 ? 0 : random() % (count + 1);
    for (std::size_t i = 0; i < count; ++i) {
      if (mode == Mode::kPrefix) kept[i] = i < prefix;
      if (mode == Mode::kAnySubset || mode == Mode::kTorn) kept[i] = random() % 2 == 0;
    }
    return kept;
  };
  std::map<std::string, int> names = names_;
  for (const auto& [folder, operations] : unsynced_names_) {
    const std::vector<bool> kept = keeps(operations.size());
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!kept[i]) continue;
      if (operations[i]->kind == Operation::Kind::kName) {
        names[operations[i]->path] = operations[i]->inode;
      } else {
        names.erase(operations[i]->path);
      }
    }
  }
  static const auto& empty = *new std::shared_ptr<const std::string>(std::make_shared<std::string>());
  Image files;
  for (const auto& [path, inode] : names) {
    std::shared_ptr<const std::string>& file = files[path];
    const auto durable = durable_.find(inode);
    file = durable == durable_.end() ? empty : durable->second;
    const auto unsynced = unsynced_files_.find(inode);
    if (unsynced == unsynced_files_.end()) continue;
    const std::vector<bool> kept = keeps(unsynced->second.size());
    const auto bytes = CopyOf(*file);
    for (std::size_t i = 0; i < unsynced->second.size(); ++i) {
      if (!kept[i]) continue;
      if (mode == Mode::kTorn) {
        ApplyTorn(*unsynced->second[i], *bytes, random);
      } else {
        Apply(*unsynced->second[i], *bytes);
      }
    }
    file = bytes;
  }
  return files;
}

}  // namespace soutenance::crash
