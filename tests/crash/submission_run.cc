#include "tests/crash/submission_run.h"

#include <malloc.h>
#include <sqlite3.h>

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/files/sha256.h"
#include "storage/open.h"
#include "storage/sql/submission_store.h"
#include "tests/crash/image_check.h"
#include "tests/crash/sqlite_vfs.h"

namespace soutenance::crash {
namespace {

using submissions::DraftStore;

const Caller& Author() {
  static const auto& author = *new Caller{
      .account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, "programmes/msi"}}};
  return author;
}

std::string Sha256Of(const std::string& bytes) {
  storage::files::Sha256 sha256;
  sha256.Add(bytes);
  return sha256.Finish();
}

template <typename T>
T Must(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::cerr << value.status() << "\n";
  std::abort();
}

}  // namespace

// The store as somebody would write it who answers before the commit.
class SubmissionRun::EagerStore final : public DraftStore {
 public:
  EagerStore(std::unique_ptr<DraftStore> store, SubmissionRun& run) : store_(std::move(store)), run_(run) {}
  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override {
    if (!run_.before_commit_.empty()) run_.Acknowledge(run_.before_commit_);
    return store_->Write(work);
  }
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override {
    return store_->Read(look);
  }

 private:
  const std::unique_ptr<DraftStore> store_;
  SubmissionRun& run_;
};

SubmissionRun::SubmissionRun(Disk& disk, unsigned seed, Mutant mutant)
    : disk_(disk),
      mutant_(mutant),
      random_(seed),
      key_(Must(submissions::receipts::SigningKey::Create(std::string(64, 'a')))) {
  UseDisk(&disk_);
  LowerSynchronous(mutant_ == Mutant::kSynchronousLowered);
  database_ = Must(storage::OpenServiceDatabase(absl::StrCat("sqlite:", folder_.path()), "submissions"));
  storage::sql::SubmissionStore theses(*database_);
  const absl::Status inserted = theses.Write([](submissions::SubmissionStore::Writer& writer) {
    return writer.Insert({.id = "42",
                          .title = "T",
                          .authors = {"people/ana"},
                          .supervisor = "people/sam",
                          .programme = "programmes/msi"});
  });
  if (!inserted.ok()) std::abort();
  store_ = std::make_unique<storage::sql::DraftStore>(*database_);
  if (mutant_ == Mutant::kAcknowledgedBeforeCommit) {
    store_ = std::make_unique<EagerStore>(std::move(store_), *this);
  }
  contents_store_ = Must(storage::files::ContentStore::Open(disk_, folder_.path()));
  drafts_ = std::make_unique<submissions::Drafts>(submissions::Drafts::Parts{.store = *store_,
                                                                             .contents = *contents_store_,
                                                                             .key = key_,
                                                                             .institution = institution_,
                                                                             .clock = clock_},
                                                  submissions::DraftLimits{});
  const std::string content = folder_.path() + "/content";
  if (mutant_ == Mutant::kContentNotSynced) {
    disk_.SetIgnoredSyncs([uploads = folder_.path() + "/uploads/"](const std::string& path) {
      return absl::StartsWith(path, uploads);
    });
  } else if (mutant_ == Mutant::kFolderNotSynced) {
    disk_.SetIgnoredSyncs([content](const std::string& path) { return absl::StartsWith(path, content); });
  }
  Checkpoint();
  disk_.BeginRecording();
}

void SubmissionRun::Checkpoint() {
  sqlite3* database = nullptr;
  const std::string path = folder_.path() + "/submissions.db";
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK ||
      sqlite3_exec(database, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr,
                   nullptr) != SQLITE_OK) {
    std::cerr << sqlite3_errmsg(database) << "\n";
    std::abort();
  }
  // Without locks, it would take itself for the last connection and remove the journal.
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close(database);
}

SubmissionRun::~SubmissionRun() {
  disk_.EndRecording();  // closing is not submitting
  drafts_.reset();
  store_.reset();
  database_.reset();
  UseDisk(nullptr);
  LowerSynchronous(false);
}

void SubmissionRun::Acknowledge(const std::string& what) {
  acknowledged_.push_back(what);
  disk_.Acknowledge(what);
}

absl::Status SubmissionRun::SubmitOnce(const std::string& bytes, const std::string& sha256,
                                       const std::string& request) {
  const auto protect = [&](const char* step) {
    return Mutation{.request = {.request_id = absl::StrCat(request, step),
                                .account = Author().account,
                                .method = step,
                                .fingerprint = sha256}};
  };
  ASSIGN_OR_RETURN(
      const auto progress,
      drafts_->CreateUpload(Author(),
                            {.thesis = "42",
                             .kind = submissions::DraftKind::kDraft,
                             .content = {.sha256 = sha256, .size = static_cast<int64_t>(bytes.size())},
                             .file_name = "memoire.pdf"},
                            protect("create")));
  const submissions::UploadKey key{"42", progress.upload.id};
  if (progress.upload.state == submissions::UploadState::kOpen) {
    ASSIGN_OR_RETURN(const auto writer, drafts_->OpenUpload(Author(), key));
    const std::size_t half = bytes.size() / 2;
    RETURN_IF_ERROR(writer->Write(static_cast<int64_t>(half), absl::string_view(bytes).substr(half)));
    RETURN_IF_ERROR(writer->Write(0, absl::string_view(bytes).substr(0, half)));
    RETURN_IF_ERROR(writer->Flush().status());
  }
  const std::string told = absl::StrCat(contents_.size(), " ", sha256);
  if (mutant_ == Mutant::kAcknowledgedBeforeCommit) before_commit_ = told;
  const auto draft = drafts_->SubmitDraft(Author(), key, protect("submit"));
  before_commit_.clear();
  RETURN_IF_ERROR(draft.status());
  if (draft->content.sha256 != sha256) return absl::InternalError("the version is another one");
  if (mutant_ != Mutant::kAcknowledgedBeforeCommit) Acknowledge(absl::StrCat(draft->number, " ", sha256));
  return absl::OkStatus();
}

absl::Status SubmissionRun::Submit(int attempts) {
  std::string bytes(200 + random_() % 3000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_());
  const std::string sha256 = Sha256Of(bytes);
  contents_[sha256] = bytes;
  const std::string request = absl::StrCat("r", ++submissions_);
  absl::Status status;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    status = SubmitOnce(bytes, sha256, request);
    clock_.Advance(absl::Seconds(1));
    if (status.ok()) break;
  }
  return status;
}

Cuts CutEverywhere(unsigned seed, int submissions, int variants, Mutant mutant) {
  // Images are made and thrown away by the thousand; their memory must not go back to the system each time.
  mallopt(M_MMAP_THRESHOLD, 256 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  Disk disk;
  std::string folder;
  std::map<std::string, std::string> contents;
  {
    SubmissionRun run(disk, seed, mutant);
    for (int i = 0; i < submissions; ++i) {
      if (i == submissions / 2 && seed % 2 == 0) run.Checkpoint();
      if (const absl::Status status = run.Submit(); !status.ok()) return {.wrong = status.ToString()};
    }
    folder = run.folder();
    contents = run.contents();
  }
  Cuts cuts;
  std::mt19937 random(seed);
  PowerCut cut(disk);
  for (int64_t operation = 1; cut.Advance(); ++operation) {
    for (int variant = 0; variant < (cut.MayLose() ? variants : 1); ++variant) {
      // Dropping or keeping everything gives the same image each time.
      const auto mode = static_cast<PowerCut::Mode>(variant < 2 ? variant : 2 + variant % 3);
      ++cuts.count;
      cuts.acknowledged += static_cast<int64_t>(cut.acknowledged().size());
      const std::string wrong = WhatIsWrong(cut.Files(mode, random), folder, contents, cut.acknowledged());
      if (wrong.empty()) continue;
      cuts.wrong =
          absl::StrCat("seed ", seed, ", before operation ", operation, ", variant ", variant, ": ", wrong);
      UseDisk(nullptr);
      return cuts;
    }
  }
  UseDisk(nullptr);
  return cuts;
}

}  // namespace soutenance::crash
