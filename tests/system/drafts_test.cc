// Versions of theses through the whole system: the command line against real servers, and servers that are
// killed (kill -9) before and after every durable step of a submission.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/submissions/inspect/testing/samples.h"
#include "services/submissions/receipts/receipt.h"
#include "soutenance/submissions/v1/checks.grpc.pb.h"
#include "soutenance/submissions/v1/drafts.grpc.pb.h"
#include "storage/files/sha256.h"
#include "tests/system/client.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

namespace pb = ::soutenance::submissions::v1;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Process;
using ::testing::HasSubstr;
using DraftStub = pb::DraftService::Stub;

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class Drafts : public ::testing::Test {
 protected:
  Drafts() {
    EXPECT_THAT(Administrator().Call(&ImportStub::CreateImport, Cohort()), IsOk());
    const auto theses = Administrator().Call(&SubmissionsStub::ListTheses, pb::ListThesesRequest());
    EXPECT_THAT(theses, IsOk());
    thesis_ = theses->theses(0);
  }

  Client Administrator() const { return Client(*deployment_, deployment_->administrator_token()); }

  struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
  };
  // Runs the client with these words in folder_.
  Outcome Run(const std::string& words) {
    const std::string errors = folder_.path() + "/errors";
    std::filesystem::remove(errors);
    const auto process =
        Process::Start({.arguments = {"/bin/bash", "-c",
                                      absl::StrCat("cd ", folder_.path(), " && ", SOUTENANCE, " ", words)},
                        .environment = {{"SOUTENANCE_DATA_DIR", deployment_->DataDir("directory")},
                                        {"HOME", folder_.path()},
                                        {"LANG", "C.UTF-8"}},
                        .error_file = errors});
    EXPECT_THAT(process, IsOk());
    Outcome outcome;
    outcome.out = (*process)->ReadAll();
    outcome.code = (*process)->Wait();
    outcome.err = Read(errors);
    return outcome;
  }
  void MustRun(const std::string& words, const std::string& expected) {
    const Outcome outcome = Run(words);
    EXPECT_EQ(outcome.code, 0) << words << "\n" << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(expected)) << words;
  }

  std::unique_ptr<Deployment> deployment_ = std::make_unique<Deployment>(Shape::kOneBinary);
  testing::TemporaryFolder folder_;
  pb::Thesis thesis_;
};

TEST_F(Drafts, AreSubmittedListedDownloadedAndProvenOnTheCommandLine) {
  std::string bytes = "%PDF-1.7\n";
  for (int i = 0; i < 600'000; ++i) bytes += static_cast<char>(i * 7919 >> 3);
  std::ofstream(folder_.path() + "/memoire.pdf", std::ios::binary) << bytes;
  const std::string thesis = thesis_.name().substr(7);
  const std::string milestone = absl::StrReplaceAll(thesis_.programme(), {{"programmes/", ""}}) + "/final";

  MustRun(absl::StrCat("milestones create ", milestone,
                       " --title 'Final thesis' --kind deposit --due 2026-01-31T23:59 --grace 15"),
          "Final thesis");
  MustRun(absl::StrCat("milestones extend ", milestone, " ", thesis_.authors(0),
                       " --until 2099-06-01T12:00 --reason illness"),
          "illness");
  MustRun(
      absl::StrCat("drafts submit memoire.pdf --commit-only --milestone final --receipt c.receipt --thesis ",
                   thesis),
      "Committed at");
  MustRun(absl::StrCat("drafts submit memoire.pdf --milestone final --thesis ", thesis), "on time");
  MustRun(absl::StrCat("drafts submit memoire.pdf --milestone final --thesis ", thesis), "/drafts/1");
  MustRun(absl::StrCat("drafts list --thesis ", thesis), "memoire.pdf");
  MustRun(absl::StrCat("drafts download 1 --out back.pdf --thesis ", thesis), "back.pdf");
  EXPECT_EQ(Read(folder_.path() + "/back.pdf"), bytes);

  MustRun("receipts key --out univ.pub", "");
  MustRun("receipts verify memoire.pdf.receipt", "Genuine");
  MustRun("receipts verify c.receipt --key univ.pub", "committed to");
  MustRun("receipts export log.txt", "2 entries");
  MustRun("receipts audit log.txt --key univ.pub --receipt memoire.pdf.receipt --receipt c.receipt",
          "2 receipts in their places");
  MustRun(absl::StrCat("receipts show theses/", thesis, "/drafts/1"), "memoire.pdf");
  std::string receipt = Read(folder_.path() + "/memoire.pdf.receipt");
  receipt = absl::StrReplaceAll(receipt, {{"\nverdict: on_time\n", "\nverdict: late 9 min\n"}});
  std::ofstream(folder_.path() + "/forged") << receipt;
  const Outcome forged = Run("receipts verify forged --key univ.pub");
  EXPECT_EQ(forged.code, 1);
  EXPECT_THAT(forged.err, HasSubstr("\"verdict\" was altered"));
  const std::string log = Read(folder_.path() + "/log.txt");
  std::ofstream(folder_.path() + "/cut.txt") << log.substr(0, log.rfind('\n', log.size() - 2) + 1);
  EXPECT_THAT(Run("receipts audit cut.txt --key univ.pub").err, HasSubstr("entry 1"));

  MustRun(absl::StrCat("milestones status ", milestone), "received, on time");
  MustRun(absl::StrCat("milestones status ", milestone, " --only missing --csv"), "missing");
  MustRun(absl::StrCat("milestones status ", milestone, " --csv --language fr"), "manquant");
  MustRun(absl::StrCat("milestones status ", milestone, " --json"), "STATE_RECEIVED");
  const Outcome other = Run("drafts download 7 --thesis " + thesis);
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("DRAFT_NOT_FOUND"));
}

// The server was down for twenty minutes, ten minutes before the deadline; here they pass in its database.
TEST_F(Drafts, AreNotLateBecauseTheServerWasDown) {
  std::ofstream(folder_.path() + "/memoire.pdf") << "%PDF-1.7\nlate?";
  const std::string programme = absl::StrReplaceAll(thesis_.programme(), {{"programmes/", ""}});
  const std::string due =
      absl::FormatTime(absl::RFC3339_sec, absl::Now() - absl::Minutes(10), absl::UTCTimeZone());
  MustRun(absl::StrCat("milestones create ", programme, "/final --title Final --kind deposit --due ", due),
          "Final");
  MustRun("milestones outages", "no outage");
  deployment_->Kill();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((deployment_->DataDir("submissions") + "/submissions.db").c_str(), &database),
            SQLITE_OK);
  EXPECT_EQ(
      sqlite3_exec(database,
                   "UPDATE pulse SET at_us = at_us - 1200000000, since_boot_us = since_boot_us - 1200000000",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  deployment_->Start();

  MustRun(absl::StrCat("drafts submit memoire.pdf --milestone final --thesis ", thesis_.name().substr(7)),
          "on time");
  std::filesystem::create_directory(folder_.path() + "/evidence");
  MustRun("milestones outages --evidence evidence", "21");
  MustRun("receipts verify evidence/*.receipt", "outage 21 min");
  MustRun(absl::StrCat("milestones show ", programme, "/final"), ": +25 min");
  MustRun(absl::StrCat("milestones list ", programme), ": +25 min");
  MustRun(absl::StrCat("milestones outage-rule ", programme), "240 min");
  MustRun(absl::StrCat("milestones outage-rule ", programme, " --shortest 30"), "30 min");
  std::ofstream(folder_.path() + "/memoire.pdf") << "%PDF-1.7\nlate!";
  MustRun(absl::StrCat("drafts submit memoire.pdf --milestone final --thesis ", thesis_.name().substr(7)),
          "late");
}

TEST_F(Drafts, AreCheckedAndComparedOnTheCommandLine) {
  using submissions::inspect::testing::MakeDocx;
  using submissions::inspect::testing::MakeOdt;
  using submissions::inspect::testing::MakePagePdf;
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary) << bytes;
  };
  write("one.pdf", MakePagePdf({.text = "le protocole initial"}));
  write("two.pdf", MakePagePdf({.text = "le protocole final"}));
  write("three.pdf", MakePagePdf({.catalogue = "/OpenAction<</S/JavaScript/JS(1)>>"}));
  write("four.pdf", "%PDF-1.7\nnothing");
  const std::string thesis = thesis_.name().substr(7);
  const std::string to = absl::StrCat(" --thesis ", thesis);
  const std::string milestone = absl::StrReplaceAll(thesis_.programme(), {{"programmes/", ""}}) + "/draft";
  MustRun(absl::StrCat("milestones create ", milestone, " --title Draft --kind draft --due 2099-01-31T23:59"),
          "Draft");
  MustRun("drafts submit one.pdf --milestone draft" + to, "nothing to say about type");
  MustRun("drafts submit two.pdf --milestone draft" + to, "nothing to say about type");
  MustRun("drafts submit three.pdf --milestone draft" + to, "PDF_JAVASCRIPT");
  MustRun("drafts submit four.pdf --milestone draft --language fr" + to, "exportez de nouveau");
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/four.pdf.receipt")) << "a receipt whatever is found";
  MustRun(absl::StrCat("drafts checks ", thesis, "/3"), "to be corrected");
  MustRun(absl::StrCat("drafts override ", thesis, "/3 PDF_JAVASCRIPT --reason 'a form'"),
          "accepts PDF_JAVASCRIPT");
  MustRun(absl::StrCat("drafts checks ", thesis, "/3"), "with remarks");
  MustRun(absl::StrCat("drafts override ", thesis, "/3 PDF_JAVASCRIPT --withdraw --language fr --reason non"),
          "n’accepte plus PDF_JAVASCRIPT");
  EXPECT_THAT(Run(absl::StrCat("drafts override ", thesis, "/4 PDF_BROKEN --reason x")).err,
              HasSubstr("FINDING_FINAL"));
  MustRun(absl::StrCat("drafts checks ", thesis, "/4 --json"), "\"PDF_BROKEN\"");
  MustRun(absl::StrCat("drafts checks ", thesis), "PDF_BROKEN");
  MustRun(absl::StrCat("drafts compare ", thesis, " 1 2"), "[-initial-] {+final+}");
  MustRun(absl::StrCat("drafts compare ", thesis, " 1 2 --json"), "KIND_ADDED");
  EXPECT_THAT(Run(absl::StrCat("drafts compare ", thesis, " 1 4")).err, HasSubstr("TEXT_MISSING"));

  write("five.docx", MakeDocx("<w:p><w:r><w:t>le protocole du milieu</w:t></w:r></w:p>"));
  write("six.odt", MakeOdt("<text:p>le protocole final</text:p>"));
  MustRun("drafts submit five.docx --milestone draft" + to, "nothing to say about type");
  MustRun("drafts submit six.odt --milestone draft" + to, "nothing to say about type");
  MustRun(absl::StrCat("drafts compare ", thesis, " 5 6"), "[-du milieu-] {+final+}");

  MustRun(absl::StrCat("milestones checks ", milestone, " --rule PDF_JAVASCRIPT=remark --pages-max 80"),
          "PDF_JAVASCRIPT");
  MustRun(absl::StrCat("drafts checks ", thesis, "/3"), "with remarks");
  EXPECT_EQ(Run(absl::StrCat("milestones checks ", milestone, " --rule NO_SUCH=none")).code, 1);
  MustRun(absl::StrCat("drafts recheck ", thesis, "/3"), "PDF_JAVASCRIPT");
}

// A submission by its steps, until one fails. Returns the version's name, or "".
std::string Submit(const Client& client, const Deployment& deployment, const std::string& token,
                   const std::string& thesis, const std::string& bytes) {
  pb::CreateUploadRequest create;
  create.set_parent(thesis);
  create.mutable_upload()->set_kind(pb::DRAFT_KIND_DRAFT);
  storage::files::Sha256 sha256;
  sha256.Add(bytes);
  create.mutable_upload()->set_sha256(sha256.Finish());
  create.mutable_upload()->set_size(static_cast<int64_t>(bytes.size()));
  create.mutable_upload()->set_file_name("memoire.pdf");
  const auto upload = client.Call(&DraftStub::CreateUpload, create);
  if (!upload.ok()) return "";
  if (upload->state() == pb::Upload::STATE_OPEN) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(1)));
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    DraftStub stub(deployment.ChannelTo("submissions"));
    pb::UploadContentResponse response;
    const auto writer = stub.UploadContent(&context, &response);
    pb::UploadContentRequest piece;
    piece.set_name(upload->name());
    for (std::size_t at = 0; at < bytes.size(); at += 1000) {
      piece.set_offset(static_cast<int64_t>(at));
      piece.set_content(bytes.substr(at, 1000));
      if (!writer->Write(piece)) break;
    }
    writer->WritesDone();
    if (!writer->Finish().ok()) return "";
  }
  pb::SubmitDraftRequest submit;
  submit.set_upload(upload->name());
  const auto draft = client.Call(&DraftStub::SubmitDraft, submit);
  return draft.ok() ? draft->name() : "";
}

TEST_F(Drafts, AreCheckedAfterTheServerWasKilledBeforeThat) {
  const std::string thesis = thesis_.name().substr(7);
  const std::string bytes = submissions::inspect::testing::MakePagePdf({.text = "a"});
  ASSERT_NE(Submit(Administrator(), *deployment_, deployment_->administrator_token(), thesis_.name(), bytes),
            "");
  deployment_->Kill();
  deployment_->Start();
  pb::GetDraftChecksRequest request;
  request.set_name(absl::StrCat(thesis_.name(), "/drafts/1"));
  const absl::Time end = absl::Now() + absl::Seconds(60);
  absl::StatusOr<pb::DraftChecks> checks = pb::DraftChecks();
  while (checks.ok() && checks->state() != pb::DraftChecks::STATE_DONE && absl::Now() < end) {
    absl::SleepFor(absl::Milliseconds(100));
    checks = Administrator().Call(&pb::DraftCheckService::Stub::GetDraftChecks, request);
  }
  ASSERT_THAT(checks, IsOk());
  EXPECT_EQ(checks->state(), pb::DraftChecks::STATE_DONE);
  EXPECT_EQ(checks->pages(), 1);
}

TEST_F(Drafts, SurviveAKillBeforeAndAfterEveryDurableStep) {
  int number = 0;
  for (const char* step : {"write 1", "piece", "finish", "write 2", "discard"}) {
    for (const char* when : {"before", "after"}) {
      const std::string point = absl::StrCat(when, " ", step);
      SCOPED_TRACE(point);
      const std::string bytes = absl::StrCat("version ", ++number, std::string(5000, 'x'));
      deployment_->Kill();
      setenv("SOUTENANCE_KILL_AT", point.c_str(), 1);
      deployment_->Start();
      unsetenv("SOUTENANCE_KILL_AT");
      EXPECT_EQ(
          Submit(Administrator(), *deployment_, deployment_->administrator_token(), thesis_.name(), bytes),
          "")
          << "the server was not killed there";
      deployment_->Kill();
      deployment_->Start();
      // The person submits again, without knowing how far it came.
      const std::string name =
          Submit(Administrator(), *deployment_, deployment_->administrator_token(), thesis_.name(), bytes);
      EXPECT_EQ(name, absl::StrCat(thesis_.name(), "/drafts/", number)) << "exactly one version each";
      pb::GetReceiptRequest receipt;
      receipt.set_name(name);
      const auto file = Administrator().Call(&DraftStub::GetReceipt, receipt);
      ASSERT_THAT(file, IsOk());
      const auto key = Administrator().Call(&DraftStub::GetReceiptKey, pb::GetReceiptKeyRequest());
      ASSERT_THAT(key, IsOk());
      EXPECT_THAT(submissions::receipts::Verify(file->receipt(), key->public_key()), IsOk());
    }
  }
  pb::ListDraftsRequest list;
  list.set_parent(thesis_.name());
  EXPECT_EQ(Administrator().Call(&DraftStub::ListDrafts, list)->drafts_size(), number);
}

}  // namespace
}  // namespace soutenance::system_test
