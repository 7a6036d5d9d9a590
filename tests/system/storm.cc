#include "tests/system/storm.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/status.h"
#include "services/submissions/receipts/receipt.h"
#include "storage/files/sha256.h"
#include "tests/system/client.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"

namespace soutenance::system_test {
namespace {

namespace dir = ::soutenance::directory::v1;
namespace pb = ::soutenance::submissions::v1;
using DraftStub = pb::DraftService::Stub;

constexpr std::size_t kPiece = 256 << 10;
constexpr int kChannels = 64;
constexpr int kAttemptsMax = 20;

struct Student {
  std::string thesis;
  std::string token;
  std::string bytes;
  std::string sha256;
  absl::Time start;
  // What they saw: when they first asked, when they had the receipt of the commitment, and that of the
  // version.
  absl::Time asked, committed, received;
  absl::Time begun;  // as the server says
  pb::Draft draft;
  int retries = 0;
  absl::Status status;
};

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(time.seconds() * 1'000'000 + time.nanos() / 1000);
}

// Runs `work` for each of `count` numbers on a few threads; the first error.
absl::Status ForEach(int count, const std::function<absl::Status(int)>& work) {
  std::atomic<int> next = 0;
  std::mutex mutex;
  absl::Status first;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        const absl::Status status = work(number);
        const std::lock_guard lock(mutex);
        first.Update(status);
        if (!first.ok()) return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return first;
}

class Clients {
 public:
  Clients(const std::string& address, std::vector<Student>& students, std::string milestone)
      : students_(students), milestone_(std::move(milestone)) {
    grpc::ChannelArguments alone;
    alone.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    for (int i = 0; i < kChannels; ++i) {
      channels_.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), alone));
    }
  }

  void Run() {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < students_.size(); ++i) {
      threads.emplace_back([this, i] {
        absl::SleepFor(students_[i].start - absl::Now());
        Submit(students_[i], i);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  // Like the command line: asks again, with the same request id, until there is an answer.
  template <typename Call>
  absl::Status Insist(Student& student, Call call) {
    absl::Status status;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
      grpc::ClientContext context;
      context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(2)));
      context.AddMetadata("authorization", absl::StrCat("Bearer ", student.token));
      status = runtime::FromGrpc(call(context));
      if (!absl::IsUnavailable(status) && !absl::IsResourceExhausted(status)) break;
      ++student.retries;
      absl::SleepFor(absl::Milliseconds(100) * (attempt + 1));
    }
    return status;
  }

  void Submit(Student& student, std::size_t number) {
    DraftStub stub(channels_[number % kChannels]);
    pb::CreateUploadRequest create;
    create.set_parent(student.thesis);
    create.set_request_id(absl::StrCat("create-", number, "-", student.sha256.substr(0, 20)));
    pb::Upload& upload = *create.mutable_upload();
    upload.set_kind(pb::DRAFT_KIND_DEPOSIT);
    upload.set_milestone(milestone_);
    upload.set_sha256(student.sha256);
    upload.set_size(static_cast<int64_t>(student.bytes.size()));
    upload.set_file_name("memoire.pdf");
    pb::Upload created;
    student.asked = absl::Now();
    student.status = Insist(
        student, [&](grpc::ClientContext& context) { return stub.CreateUpload(&context, create, &created); });
    student.committed = absl::Now();
    if (!student.status.ok()) return;
    student.begun = TimeOf(created.begin_time());
    student.status = Insist(student, [&](grpc::ClientContext& context) {
      return Send(stub, context, created.name(), student.bytes);
    });
    if (!student.status.ok()) return;
    pb::SubmitDraftRequest submit;
    submit.set_upload(created.name());
    submit.set_request_id(absl::StrCat("submit-", number, "-", student.sha256.substr(0, 20)));
    student.status = Insist(student, [&](grpc::ClientContext& context) {
      return stub.SubmitDraft(&context, submit, &student.draft);
    });
    student.received = absl::Now();
  }

  static grpc::Status Send(DraftStub& stub, grpc::ClientContext& context, const std::string& upload,
                           const std::string& bytes) {
    pb::UploadContentResponse response;
    const auto writer = stub.UploadContent(&context, &response);
    pb::UploadContentRequest piece;
    piece.set_name(upload);
    for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
      piece.set_offset(static_cast<int64_t>(at));
      piece.set_content(bytes.substr(at, kPiece));
      if (!writer->Write(piece)) break;
    }
    writer->WritesDone();
    return writer->Finish();
  }

  std::vector<Student>& students_;
  const std::string milestone_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
};

// The theses of the large campaign, with an account and a token for each author.
absl::StatusOr<std::vector<Student>> Enrol(const Deployment& deployment, int count, std::string& programme) {
  const Client administrator(deployment, deployment.administrator_token());
  RETURN_IF_ERROR(administrator.Call(&ImportStub::CreateImport, LargeCampaign(count, 40)).status());
  std::vector<pb::Thesis> theses;
  pb::ListThesesRequest list;
  list.set_page_size(1000);
  do {
    ASSIGN_OR_RETURN(const auto page, administrator.Call(&SubmissionsStub::ListTheses, list));
    theses.insert(theses.end(), page.theses().begin(), page.theses().end());
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  if (theses.size() != static_cast<std::size_t>(count)) return absl::InternalError("theses are missing");
  programme = theses[0].programme();
  std::vector<Student> students(theses.size());
  RETURN_IF_ERROR(ForEach(count, [&](int i) -> absl::Status {
    const pb::Thesis& thesis = theses[static_cast<std::size_t>(i)];
    dir::CreateAccountRequest create;
    create.set_account_id(absl::StrCat("student-", i));
    create.mutable_account()->set_person(thesis.authors(0));
    create.mutable_account()->set_title("Student");
    dir::RoleGrant& grant = *create.mutable_account()->add_grants();
    grant.set_role(access::v1::ROLE_STUDENT);
    grant.set_programme(thesis.programme());
    ASSIGN_OR_RETURN(const auto account, administrator.Call(&AccountStub::CreateAccount, create));
    dir::CreateTokenRequest token;
    token.set_parent(account.name());
    ASSIGN_OR_RETURN(const auto made, administrator.Call(&AccountStub::CreateToken, token));
    students[static_cast<std::size_t>(i)].thesis = thesis.name();
    students[static_cast<std::size_t>(i)].token = made.secret();
    return absl::OkStatus();
  }));
  return students;
}

void MakeFiles(const StormPlan& plan, std::mt19937& random, std::vector<Student>& students) {
  std::exponential_distribution<double> small(1.0);
  for (std::size_t i = 0; i < students.size(); ++i) {
    // The large ones are half of all bytes; the others are what remains of the mean.
    const auto mean = static_cast<double>(plan.mean_bytes);
    const double size = i % 20 == 0 ? 10 * mean : std::min(small(random) * mean * 0.526, 8 * mean);
    students[i].bytes = absl::StrCat("%PDF-1.7\n", plan.seed, "/", i, "\n");
    const std::size_t wanted = std::max<std::size_t>(static_cast<std::size_t>(size), 100);
    std::string noise(4096, '\0');
    for (char& byte : noise) byte = static_cast<char>(random());
    while (students[i].bytes.size() < wanted) students[i].bytes += noise;
    storage::files::Sha256 sha256;
    sha256.Add(students[i].bytes);
    students[i].sha256 = sha256.Finish();
  }
}

void MakePlans(const StormPlan& plan, absl::Time due, std::mt19937& random, std::vector<Student>& students) {
  std::uniform_real_distribution<double> share(0, 1);
  std::shuffle(students.begin(), students.end(), random);
  const auto count = static_cast<double>(students.size());
  for (std::size_t i = 0; i < students.size(); ++i) {
    const double at = static_cast<double>(i) / count;
    double from = -1, to = -0.1;  // in `last`
    if (at < .05) from = -1.2, to = -1;
    if (at >= .5) from = -0.1, to = 0;
    if (at >= .95) from = 0, to = 0.1;
    students[i].start = due + plan.last * (from + (to - from) * share(random));
  }
}

void Judge(const Student& student, absl::Time due, StormOutcome& outcome) {
  const bool late = student.draft.verdict() == pb::VERDICT_LATE;
  late ? ++outcome.late : ++outcome.on_time;
  // The server's own instant, and what no clock can deny: when it was asked and when it had answered.
  if (late && (student.begun <= due || student.committed <= due)) ++outcome.wrongly_late;
  if (!late && (student.begun > due || student.asked > due)) ++outcome.wrongly_on_time;
}

// After a kill and a restart.
void LookFor(const Client& administrator, const std::string& key, const Student& student,
             StormOutcome& outcome, std::mutex& mutex) {
  pb::GetDraftRequest get;
  get.set_name(student.draft.name());
  const auto draft = administrator.Call(&DraftStub::GetDraft, get);
  pb::GetReceiptRequest get_receipt;
  get_receipt.set_name(student.draft.name());
  const auto file = administrator.Call(&DraftStub::GetReceipt, get_receipt);
  bool good = draft.ok() && draft->sha256() == student.sha256 &&
              draft->verdict() == student.draft.verdict() && file.ok();
  if (good) {
    const auto receipt = submissions::receipts::Verify(file->receipt(), key);
    good = receipt.ok() && receipt->statement.sha256 == student.sha256;
  }
  const std::lock_guard lock(mutex);
  outcome.lost += !good;
}

}  // namespace

absl::Duration Percentile(const std::vector<absl::Duration>& durations, double share) {
  if (durations.empty()) return absl::ZeroDuration();
  const auto at = static_cast<std::size_t>(share * static_cast<double>(durations.size()));
  return durations[std::min(at, durations.size() - 1)];
}

StormOutcome Storm(const StormPlan& plan) {
  StormOutcome outcome;
  Deployment deployment(Shape::kOneBinary);
  std::string programme;
  auto enrolled = Enrol(deployment, plan.students, programme);
  if (!enrolled.ok()) return {.error = enrolled.status().ToString()};
  std::vector<Student>& students = *enrolled;
  std::mt19937 random(plan.seed);
  MakeFiles(plan, random, students);

  const absl::Time due =
      absl::FromUnixMicros(absl::ToUnixMicros(absl::Now() + absl::Seconds(2) + plan.last * 1.2));
  MakePlans(plan, due, random, students);
  pb::CreateMilestoneRequest create;
  create.set_parent(programme);
  create.set_milestone_id("storm");
  create.mutable_milestone()->set_title("Deposit");
  create.mutable_milestone()->set_kind(pb::DRAFT_KIND_DEPOSIT);
  create.mutable_milestone()->set_time_zone("Europe/Paris");
  create.mutable_milestone()->mutable_due_time()->set_seconds(absl::ToUnixSeconds(due));
  create.mutable_milestone()->mutable_due_time()->set_nanos(
      static_cast<int32_t>(absl::ToUnixMicros(due) % 1'000'000 * 1000));
  const Client administrator(deployment, deployment.administrator_token());
  const auto milestone = administrator.Call(&DraftStub::CreateMilestone, create);
  if (!milestone.ok()) return {.error = milestone.status().ToString()};

  Clients(absl::StrCat("unix:", deployment.DataDir("submissions"), "/soutenance.sock"), students,
          milestone->name())
      .Run();
  for (const Student& student : students) {
    if (!student.status.ok()) return {.error = absl::StrCat(student.thesis, ": ", student.status.ToString())};
    ++outcome.submitted;
    outcome.bytes += static_cast<int64_t>(student.bytes.size());
    outcome.retries += student.retries;
    outcome.commitments.push_back(student.committed - student.asked);
    outcome.versions.push_back(student.received - student.asked);
    Judge(student, due, outcome);
  }
  std::sort(outcome.commitments.begin(), outcome.commitments.end());
  std::sort(outcome.versions.begin(), outcome.versions.end());

  deployment.Kill();
  deployment.Start();
  const Client after(deployment, deployment.administrator_token());
  const auto key = after.Call(&DraftStub::GetReceiptKey, pb::GetReceiptKeyRequest());
  if (!key.ok()) return {.error = key.status().ToString()};
  std::mutex mutex;
  ForEach(plan.students, [&](int i) {
    LookFor(after, key->public_key(), students[static_cast<std::size_t>(i)], outcome, mutex);
    return absl::OkStatus();
  }).IgnoreError();
  return outcome;
}

}  // namespace soutenance::system_test
