#include "services/host/kill_points.h"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"

namespace soutenance::host {
namespace {

using submissions::ByteRange;
using submissions::ContentStore;
using submissions::DraftStore;

class KilledDraftStore final : public DraftStore {
 public:
  KilledDraftStore(DraftStore& store, KillPoints& points) : store_(store), points_(points) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override {
    const int number = points_.NextWrite();
    points_.Pass(absl::StrCat("before write ", number));
    const absl::Status status = store_.Write(work);
    points_.Pass(absl::StrCat("after write ", number));
    return status;
  }
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override {
    return store_.Read(look);
  }

 private:
  DraftStore& store_;
  KillPoints& points_;
};

class KilledWriter final : public ContentStore::PieceWriter {
 public:
  KilledWriter(std::unique_ptr<ContentStore::PieceWriter> writer, const KillPoints& points)
      : writer_(std::move(writer)), points_(points) {}
  absl::Status Write(int64_t offset, absl::string_view bytes) override {
    points_.Pass("before piece");
    const absl::Status status = writer_->Write(offset, bytes);
    points_.Pass("after piece");
    return status;
  }
  absl::StatusOr<std::vector<ByteRange>> Flush() override { return writer_->Flush(); }

 private:
  const std::unique_ptr<ContentStore::PieceWriter> writer_;
  const KillPoints& points_;
};

class KilledContentStore final : public ContentStore {
 public:
  KilledContentStore(ContentStore& store, KillPoints& points) : store_(store), points_(points) {}

  absl::StatusOr<std::vector<ByteRange>> Received(absl::string_view id) const override {
    return store_.Received(id);
  }
  absl::StatusOr<std::unique_ptr<PieceWriter>> OpenUpload(absl::string_view id, int64_t size) override {
    ASSIGN_OR_RETURN(std::unique_ptr<PieceWriter> writer, store_.OpenUpload(id, size));
    return std::make_unique<KilledWriter>(std::move(writer), points_);
  }
  absl::Status Finish(absl::string_view id, const submissions::ContentId& content) override {
    points_.Pass("before finish");
    const absl::Status status = store_.Finish(id, content);
    points_.Pass("after finish");
    return status;
  }
  absl::Status Discard(absl::string_view id) override {
    points_.Pass("before discard");
    const absl::Status status = store_.Discard(id);
    points_.Pass("after discard");
    return status;
  }
  absl::StatusOr<std::unique_ptr<Reader>> Open(absl::string_view sha256) const override {
    return store_.Open(sha256);
  }
  absl::StatusOr<std::vector<std::string>> Uploads() const override { return store_.Uploads(); }
  absl::StatusOr<std::vector<std::string>> Contents() const override { return store_.Contents(); }
  absl::Status RemoveUnless(absl::string_view sha256,
                            absl::FunctionRef<absl::StatusOr<bool>()> is_needed) override {
    return store_.RemoveUnless(sha256, is_needed);
  }

 private:
  ContentStore& store_;
  KillPoints& points_;
};

}  // namespace

KillPoints::KillPoints() {
  const char* const point = std::getenv("SOUTENANCE_KILL_AT");
  if (point != nullptr) point_ = point;
}

void KillPoints::Pass(const std::string& point) const {
  if (point == point_) kill(getpid(), SIGKILL);
}

std::unique_ptr<DraftStore> WithKillPoints(DraftStore& store, KillPoints& points) {
  return std::make_unique<KilledDraftStore>(store, points);
}

std::unique_ptr<ContentStore> WithKillPoints(ContentStore& store, KillPoints& points) {
  return std::make_unique<KilledContentStore>(store, points);
}

}  // namespace soutenance::host
