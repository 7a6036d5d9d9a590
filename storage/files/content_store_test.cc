#include "storage/files/content_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/files/incoming.h"
#include "storage/files/running_digest.h"
#include "storage/files/sha256.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::files {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using submissions::ByteRange;
using submissions::ContentId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Bytes(std::size_t count, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

ContentId IdOf(const std::string& bytes) {
  Sha256 sha256;
  sha256.Add(bytes);
  return {.sha256 = sha256.Finish(), .size = static_cast<int64_t>(bytes.size())};
}

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() { Restart(); }

  // A new process on the same folder.
  void Restart() { store_ = *ContentStore::Open(PosixFileSystem(), folder_.path()); }

  void Send(const std::string& id, const std::string& bytes, int64_t begin, int64_t end) {
    auto writer = store_->OpenUpload(id, static_cast<int64_t>(bytes.size()));
    ASSERT_THAT(writer, IsOk());
    ASSERT_OK(
        (*writer)->Write(begin, absl::string_view(bytes).substr(static_cast<std::size_t>(begin),
                                                                static_cast<std::size_t>(end - begin))));
  }

  std::string Kept(const std::string& sha256) {
    const auto reader = store_->Open(sha256);
    if (!reader.ok()) return std::string(reader.status().message());
    return *(*reader)->Read(0, 64 << 20);
  }

  soutenance::testing::TemporaryFolder folder_;
  std::unique_ptr<ContentStore> store_;
};

TEST_F(FilesTest, KeepsWhatWasSentInOrder) {
  const std::string bytes = Bytes(3'000'000);
  const ContentId id = IdOf(bytes);
  {
    const auto writer = *store_->OpenUpload("u", id.size);
    for (int64_t at = 0; at < id.size; at += 256 << 10) {
      ASSERT_OK(writer->Write(at, absl::string_view(bytes).substr(static_cast<std::size_t>(at), 256 << 10)));
    }
    EXPECT_THAT(writer->Flush(), IsOkAndHolds(ElementsAre(ByteRange{0, 3'000'000})));
  }
  ASSERT_OK(store_->Finish("u", id));
  ASSERT_OK(store_->Finish("u", id)) << "a second time is the same";
  ASSERT_OK(store_->Discard("u"));
  EXPECT_EQ(Kept(id.sha256), bytes);
  EXPECT_THAT(store_->Contents(), IsOkAndHolds(ElementsAre(id.sha256)));
  EXPECT_THAT(store_->Uploads(), IsOkAndHolds(IsEmpty()));
}

TEST_F(FilesTest, KeepsPiecesInAnyOrderWithOverlapsAndRepetitions) {
  const std::string bytes = Bytes(100'000);
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const std::string id = absl::StrCat("u", round);
    submissions::ByteRanges sent;
    while (!sent.Contains({0, 100'000})) {
      const int64_t begin = std::max<int64_t>(0, static_cast<int64_t>(random() % 130'000) - 30'000);
      const int64_t end = std::min<int64_t>(100'000, begin + 1 + static_cast<int64_t>(random() % 40'000));
      Send(id, bytes, begin, end);
      sent.Add({begin, end});
      if (random() % 8 == 0) Restart();
      ASSERT_THAT(store_->Received(id), IsOkAndHolds(sent.All()));
    }
    ASSERT_OK(store_->Finish(id, IdOf(bytes)));
  }
  EXPECT_EQ(Kept(IdOf(bytes).sha256), bytes);
}

// Cuts at every piece boundary and one byte before and after it: what was received is never lost, nothing
// else is sent again, and the result is the same.
TEST_F(FilesTest, ResumesAfterACutAnywhere) {
  const std::string bytes = Bytes(64 * 1024);
  const ContentId id = IdOf(bytes);
  for (int64_t boundary = 4096; boundary < id.size; boundary += 4096) {
    for (const int64_t cut : {boundary - 1, boundary, boundary + 1}) {
      const std::string name = absl::StrCat("u", cut);
      Send(name, bytes, 0, cut);
      Restart();
      ASSERT_THAT(store_->Received(name), IsOkAndHolds(ElementsAre(ByteRange{0, cut})));
      EXPECT_THAT(store_->Finish(name, id),
                  StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UPLOAD_INCOMPLETE")));
      Send(name, bytes, cut, id.size);
      ASSERT_OK(store_->Finish(name, id));
      ASSERT_OK(store_->Discard(name));
    }
  }
  EXPECT_EQ(Kept(id.sha256), bytes);
}

// The digest of a large one is computed by a thread beside, which ends with each writer.
TEST_F(FilesTest, KeepsALargeFileThatCameInTwoPartsAndThatOthersInterrupted) {
  std::string bytes = Bytes(1 << 20);
  while (bytes.size() < static_cast<std::size_t>(Incoming::kLargeBytes)) bytes += bytes;
  const ContentId id = IdOf(bytes);
  const auto send = [&](const std::unique_ptr<ContentStore::PieceWriter>& writer, int64_t begin,
                        int64_t end) {
    for (int64_t at = begin; at < end; at += 300'000) {
      const int64_t size = std::min<int64_t>(300'000, end - at);
      ASSERT_OK(writer->Write(
          at, absl::string_view(bytes).substr(static_cast<std::size_t>(at), static_cast<std::size_t>(size))));
    }
  };
  for (const std::string name : {"a", "b", "c"}) {
    auto writer = *store_->OpenUpload(name, id.size);
    send(writer, 0, 5'000'001);
    if (name == "b") writer = *store_->OpenUpload(name, id.size);
    if (name == "c") {
      writer.reset();
      Restart();
    }
    writer = *store_->OpenUpload(name, id.size);
    send(writer, 7'000'000, id.size);
    send(writer, 5'000'001, 7'000'000);
    ASSERT_OK(store_->Finish(name, id));
  }
  std::string wrong = bytes;
  wrong[9'000'000] ^= 1;
  EXPECT_OK(store_->OpenUpload("d", id.size).value()->Write(0, wrong));
  EXPECT_THAT(store_->Finish("d", id),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("DIGEST_MISMATCH")));
  EXPECT_TRUE(Kept(id.sha256) == bytes);
}

TEST(RunningDigest, IsThatOfTheBytesWhereverTheyAreLookedAt) {
  const std::string bytes = Bytes(3'000'000);
  const std::string expected = IdOf(bytes).sha256;
  // More than there are processors, all at once: some have a thread beside and some have none.
  std::vector<std::unique_ptr<RunningDigest>> digests(std::thread::hardware_concurrency() + 3);
  for (auto& digest : digests) digest = std::make_unique<RunningDigest>();
  std::mt19937 random(3);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = std::min<std::size_t>(random() % 400'000, bytes.size() - at);
    for (const auto& digest : digests) {
      const bool is_here = random() % 8 == 0;
      digest->Add(absl::string_view(bytes).substr(at, size),
                  is_here ? RunningDigest::Where::kHere : RunningDigest::Where::kBeside);
      if (random() % 16 == 0) digest->Settle();
    }
    at += size;
  }
  for (const auto& digest : digests) {
    EXPECT_EQ(digest->size(), 3'000'000);
    EXPECT_EQ(digest->Finish(), expected);
  }
}

TEST_F(FilesTest, NeverShowsBytesOfAnotherDigest) {
  const std::string bytes = Bytes(10'000);
  ContentId promised = IdOf(Bytes(10'000, 2));
  Send("u", bytes, 0, 10'000);
  EXPECT_THAT(store_->Finish("u", promised),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("DIGEST_MISMATCH")));
  EXPECT_THAT(store_->Contents(), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(store_->Received("u"), IsOkAndHolds(IsEmpty())) << "it may be sent again";
  Send("u", Bytes(10'000, 2), 0, 10'000);
  EXPECT_OK(store_->Finish("u", promised));
}

TEST_F(FilesTest, GivesNobodyContentForKnowingItsDigest) {
  const std::string bytes = Bytes(10'000);
  Send("hers", bytes, 0, 10'000);
  ASSERT_OK(store_->Finish("hers", IdOf(bytes)));
  EXPECT_THAT(store_->Finish("his", IdOf(bytes)),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("UPLOAD_INCOMPLETE")));
}

TEST_F(FilesTest, LetsTheLaterOfTwoWritersWin) {
  const std::string bytes = Bytes(10'000);
  const auto first = *store_->OpenUpload("u", 10'000);
  ASSERT_OK(first->Write(0, absl::string_view(bytes).substr(0, 5'000)));
  const auto second = *store_->OpenUpload("u", 10'000);
  EXPECT_THAT(first->Write(5'000, "wrong"),
              StatusIs(absl::StatusCode::kAborted, Reason("UPLOAD_TAKEN_OVER")));
  ASSERT_OK(second->Write(5'000, absl::string_view(bytes).substr(5'000)));
  EXPECT_OK(store_->Finish("u", IdOf(bytes)));
}

TEST_F(FilesTest, ManyWritersOfOneUploadLeaveOneGoodFile) {
  const std::string bytes = Bytes(1 << 20);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        const auto writer = *store_->OpenUpload("u", 1 << 20);
        for (int64_t at = 0; at < 1 << 20; at += 64 << 10) {
          if (!writer->Write(at, absl::string_view(bytes).substr(static_cast<std::size_t>(at), 64 << 10))
                   .ok())
            break;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Send("u", bytes, 0, 1 << 20);
  ASSERT_OK(store_->Finish("u", IdOf(bytes)));
  EXPECT_EQ(Kept(IdOf(bytes).sha256), bytes);
}

TEST_F(FilesTest, RefusesPiecesOutsideOfTheSize) {
  const auto writer = *store_->OpenUpload("u", 10);
  EXPECT_THAT(writer->Write(-1, "a"), StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(writer->Write(9, "ab"), StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(writer->Write(11, ""), StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_F(FilesTest, BelievesNoLogOfAnEarlierBootNorATornLine) {
  const std::string bytes = Bytes(10'000);
  Send("u", bytes, 0, 4'000);
  const std::string log = folder_.path() + "/uploads/u.log";
  std::ofstream(log, std::ios::app) << "file 4000 9000 123\nfile 4000 5";
  Restart();
  EXPECT_THAT(store_->Received("u"), IsOkAndHolds(ElementsAre(ByteRange{0, 4'000})));
  std::string text;
  std::getline(std::ifstream(log), text, '\0');
  std::ofstream(log) << text.replace(text.find("boot "), 6, "boot Z");
  Restart();
  EXPECT_THAT(store_->Received("u"), IsOkAndHolds(IsEmpty()));
}

TEST_F(FilesTest, RemovesOnlyWhatNobodyNeeds) {
  const std::string bytes = Bytes(100);
  Send("u", bytes, 0, 100);
  ASSERT_OK(store_->Finish("u", IdOf(bytes)));
  ASSERT_OK(store_->RemoveUnless(IdOf(bytes).sha256, [] { return true; }));
  EXPECT_EQ(Kept(IdOf(bytes).sha256), bytes);
  ASSERT_OK(store_->RemoveUnless(IdOf(bytes).sha256, [] { return false; }));
  EXPECT_THAT(store_->Open(IdOf(bytes).sha256),
              StatusIs(absl::StatusCode::kNotFound, Reason("CONTENT_NOT_FOUND")));
}

}  // namespace
}  // namespace soutenance::storage::files
