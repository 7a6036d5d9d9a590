#include "tests/crash/exactly_once.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/submissions/drafts.h"
#include "storage/files/content_store.h"
#include "storage/files/sha256.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/crash/disk.h"
#include "tests/crash/sqlite_vfs.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"

namespace soutenance::crash {
namespace {

using submissions::Draft;
using submissions::DraftStore;
using submissions::Upload;

constexpr char kProgramme[] = "programmes/msi";

template <typename T>
T Must(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::cerr << value.status() << "\n";
  std::abort();
}

// Dies at some commits: before them, or right after.
class DyingStore final : public DraftStore {
 public:
  DyingStore(DraftStore& store, std::mt19937& random) : store_(store), random_(random) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override {
    const std::size_t fate = dead_ ? 0 : random_() % 50;
    if (fate == 0) return Die();
    const absl::Status status = store_.Write(work);
    return fate == 1 && status.ok() ? Die() : status;
  }
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override {
    return dead_ ? absl::UnavailableError("dead") : store_.Read(look);
  }
  bool dead() const { return dead_; }

 private:
  absl::Status Die() {
    dead_ = true;
    return absl::UnavailableError("the process died");
  }

  DraftStore& store_;
  std::mt19937& random_;
  bool dead_ = false;
};

// The server, which is started again after it died.
class Server {
 public:
  Server(std::mt19937& random, int students) : random_(random) {
    UseDisk(&disk_);
    Start();
    storage::sql::SubmissionStore theses(*process_->database);
    const absl::Status inserted = theses.Write([&](submissions::SubmissionStore::Writer& writer) {
      for (int i = 0; i < students; ++i) {
        RETURN_IF_ERROR(writer.Insert({.id = absl::StrCat("t", i),
                                       .title = "T",
                                       .authors = {absl::StrCat("people/p", i)},
                                       .programme = kProgramme}));
      }
      return absl::OkStatus();
    });
    if (!inserted.ok()) std::abort();
  }
  ~Server() {
    process_.reset();
    UseDisk(nullptr);
  }

  submissions::Drafts& drafts() { return process_->drafts; }
  DraftStore& store() { return process_->store; }
  // Starts again if it died; true if so.
  bool Revive() {
    if (!process_->dying.dead()) return false;
    process_.reset();
    UseDisk(&disk_);  // shared memory is gone
    Start();
    return true;
  }
  testing::FakeClock& clock() { return clock_; }

 private:
  struct Process {
    Process(Disk& disk, const std::string& folder, const testing::FakeClock& clock, std::mt19937& random)
        : database(Must(storage::OpenServiceDatabase(absl::StrCat("sqlite:", folder), "submissions"))),
          store(*database),
          dying(store, random),
          contents(Must(storage::files::ContentStore::Open(disk, folder))),
          key(Must(submissions::receipts::SigningKey::Create(std::string(64, 'a')))),
          drafts(
              {.store = dying, .contents = *contents, .key = key, .institution = institution, .clock = clock},
              {}) {}
    std::unique_ptr<storage::sql::Database> database;
    storage::sql::DraftStore store;
    DyingStore dying;
    std::unique_ptr<storage::files::ContentStore> contents;
    const submissions::receipts::SigningKey key;
    const std::string institution = "Université";
    submissions::Drafts drafts;
  };
  void Start() { process_ = std::make_unique<Process>(disk_, folder_.path(), clock_, random_); }

  std::mt19937& random_;
  Disk disk_;
  testing::TemporaryFolder folder_;
  testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  std::unique_ptr<Process> process_;
};

// A version that somebody wants to submit, and what they were told.
struct Wanted {
  int student = 0;
  std::string bytes;
  std::string sha256;
  std::string id;      // of their requests
  std::string upload;  // once known
  std::optional<Draft> draft;
};

class Clients {
 public:
  Clients(unsigned seed, int students, int submissions_each, bool break_requests)
      : random_(seed), server_(random_, students), break_requests_(break_requests) {
    for (int i = 0; i < submissions_each; ++i) {
      for (int student = 0; student < students; ++student) {
        Wanted wanted{.student = student, .id = absl::StrCat("r", wanted_.size())};
        wanted.bytes = absl::StrCat(seed, "/", wanted_.size(), std::string(random_() % 50, 'x'));
        storage::files::Sha256 sha256;
        sha256.Add(wanted.bytes);
        wanted.sha256 = sha256.Finish();
        wanted_.push_back(std::move(wanted));
      }
    }
  }

  Deliveries Run() {
    done_.submissions = static_cast<int64_t>(wanted_.size());
    // Everybody goes on with something of theirs, in any order, until all of it is there.
    std::vector<std::size_t> open(wanted_.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
    while (!open.empty() && done_.wrong.empty()) {
      const std::size_t at = random_() % std::min<std::size_t>(open.size(), 40);
      if (Advance(wanted_[open[at]])) open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
      if (random_() % 4 == 0) DeliverLate();
      if (random_() % 16 == 0) ReuseARequest();
      server_.clock().Advance(absl::Seconds(1));
    }
    for (Wanted& wanted : wanted_) {
      if (done_.wrong.empty()) Advance(wanted);  // once more, when all is done
    }
    if (done_.wrong.empty()) done_.wrong = WhatIsWrong();
    return done_;
  }

 private:
  enum class Step { kCreate, kSubmit };

  Caller CallerOf(const Wanted& wanted) const {
    return {.account = absl::StrCat("accounts/a", wanted.student),
            .person = absl::StrCat("people/p", wanted.student),
            .grants = {{Role::kStudent, kProgramme}}};
  }
  Mutation MutationOf(const Wanted& wanted, Step step, const std::string& content) const {
    const char* const name = step == Step::kCreate ? "create" : "submit";
    if (break_requests_) return {};
    return {.request = {.request_id = absl::StrCat(wanted.id, "-", name),
                        .account = CallerOf(wanted).account,
                        .method = name,
                        .fingerprint = content}};
  }
  submissions::UploadKey KeyOf(const Wanted& wanted) const {
    return {absl::StrCat("t", wanted.student), wanted.upload};
  }

  // Delivers one call; the answer, unless the server died.
  absl::Status Create(Wanted& wanted) {
    ++done_.calls;
    const auto created = server_.drafts().CreateUpload(
        CallerOf(wanted),
        {.thesis = absl::StrCat("t", wanted.student),
         .kind = submissions::DraftKind::kDraft,
         .content = {.sha256 = wanted.sha256, .size = static_cast<int64_t>(wanted.bytes.size())},
         .file_name = "memoire.pdf"},
        MutationOf(wanted, Step::kCreate, wanted.sha256));
    done_.crashes += server_.Revive();
    RETURN_IF_ERROR(created.status());
    if (!wanted.upload.empty() && created->upload.id != wanted.upload) {
      done_.wrong = absl::StrCat(wanted.id, " has two uploads, ", wanted.upload, " and ", created->upload.id);
    }
    if (LosesAnswer()) return absl::UnavailableError("the answer was lost");
    wanted.upload = created->upload.id;
    return absl::OkStatus();
  }
  absl::Status Send(const Wanted& wanted) {
    ++done_.calls;
    const auto writer = server_.drafts().OpenUpload(CallerOf(wanted), KeyOf(wanted));
    RETURN_IF_ERROR(writer.status());
    RETURN_IF_ERROR((*writer)->Write(0, wanted.bytes));
    return (*writer)->Flush().status();
  }
  absl::Status Submit(Wanted& wanted) {
    ++done_.calls;
    const auto draft = server_.drafts().SubmitDraft(CallerOf(wanted), KeyOf(wanted),
                                                    MutationOf(wanted, Step::kSubmit, wanted.upload));
    done_.crashes += server_.Revive();
    RETURN_IF_ERROR(draft.status());
    if (wanted.draft && (wanted.draft->number != draft->number || wanted.draft->receipt != draft->receipt)) {
      done_.wrong = absl::StrCat(wanted.id, " got two answers");
    }
    if (LosesAnswer()) return absl::UnavailableError("the answer was lost");
    wanted.draft = *draft;
    return absl::OkStatus();
  }
  bool LosesAnswer() {
    const bool lost = random_() % 5 == 0;
    done_.lost_answers += lost;
    return lost;
  }

  // Goes one step further with a version; true once it is there.
  bool Advance(Wanted& wanted) {
    absl::Status status;
    if (wanted.upload.empty()) {
      status = Create(wanted);
    } else {
      status = Submit(wanted);
      const std::string reason = FactsOf(status).reason;
      if (reason == "UPLOAD_INCOMPLETE") status = Send(wanted);
      if (reason == "UPLOAD_INCOMPLETE" && status.ok()) return false;
    }
    if (!status.ok() && !absl::IsUnavailable(status)) done_.wrong = status.ToString();
    return status.ok() && wanted.draft.has_value();
  }

  // What somebody sent before and gave up waiting for arrives after all.
  void DeliverLate() {
    Wanted copy = wanted_[random_() % wanted_.size()];
    if (copy.upload.empty()) return;
    ++done_.late_duplicates;
    const absl::Status status = random_() % 2 == 0 || !copy.draft ? Create(copy) : Submit(copy);
    if (!status.ok() && !absl::IsUnavailable(status)) done_.wrong = status.ToString();
  }

  // Somebody's program uses a request id again, for something else.
  void ReuseARequest() {
    const Wanted& wanted = wanted_[random_() % wanted_.size()];
    if (wanted.upload.empty() || break_requests_) return;
    ++done_.calls;
    const auto created =
        server_.drafts().CreateUpload(CallerOf(wanted),
                                      {.thesis = absl::StrCat("t", wanted.student),
                                       .kind = submissions::DraftKind::kDraft,
                                       .content = {.sha256 = std::string(64, 'b'), .size = 1},
                                       .file_name = "other.pdf"},
                                      MutationOf(wanted, Step::kCreate, std::string(64, 'b')));
    done_.crashes += server_.Revive();
    if (absl::IsUnavailable(created.status())) return;
    if (FactsOf(created.status()).reason == "REQUEST_ID_REUSED") {
      ++done_.reused;
    } else {
      done_.wrong = absl::StrCat("the request ", wanted.id, " was carried out with other content");
    }
  }

  std::string WhatIsWrong() {
    int64_t drafts = 0;
    int64_t log = 0;
    std::map<std::string, int> versions;  // by digest
    const absl::Status status = server_.store().Read([&](const DraftStore::Reader& reader) -> absl::Status {
      std::set<int> students;
      for (const Wanted& wanted : wanted_) students.insert(wanted.student);
      for (const int student : students) {
        ASSIGN_OR_RETURN(const auto page, reader.ListDrafts(absl::StrCat("t", student), {.size = 1000}));
        for (const Draft& draft : page.items) {
          ++drafts;
          ++versions[draft.content.sha256];
        }
      }
      ASSIGN_OR_RETURN(const auto tree, reader.Log());
      log = tree.size();
      return absl::OkStatus();
    });
    if (!status.ok()) return status.ToString();
    for (const Wanted& wanted : wanted_) {
      if (versions[wanted.sha256] != 1)
        return absl::StrCat(wanted.id, " was submitted ", versions[wanted.sha256], " times");
    }
    if (drafts != static_cast<int64_t>(wanted_.size()))
      return absl::StrCat(drafts, " versions for ", wanted_.size(), " that were wanted");
    // A commitment and a version each.
    return log == 2 * drafts ? "" : absl::StrCat(log, " entries of the log for ", drafts, " versions");
  }

  std::mt19937 random_;
  Server server_;
  const bool break_requests_;
  std::vector<Wanted> wanted_;
  Deliveries done_;
};

}  // namespace

Deliveries& Deliveries::operator+=(const Deliveries& other) {
  calls += other.calls;
  submissions += other.submissions;
  lost_answers += other.lost_answers;
  late_duplicates += other.late_duplicates;
  crashes += other.crashes;
  reused += other.reused;
  if (wrong.empty()) wrong = other.wrong;
  return *this;
}

Deliveries DeliverOnce(unsigned seed, int students, int submissions_each, bool break_requests) {
  Deliveries done = Clients(seed, students, submissions_each, break_requests).Run();
  if (!done.wrong.empty()) done.wrong = absl::StrCat("seed ", seed, ": ", done.wrong);
  return done;
}

}  // namespace soutenance::crash
