#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/submissions/deadline.h"
#include "services/submissions/draft.h"
#include "services/submissions/reviews/find.h"
#include "services/submissions/reviews/reviews.h"

namespace soutenance::submissions {
namespace {

using Reader = ReviewStore::Reader;
using Writer = ReviewStore::Writer;

absl::Status CheckFile(const ReviewFile& file) {
  std::vector<FieldViolation> problems;
  if (file.content.size < 1 || file.content.size > ReviewFile::kBytesMax) {
    problems.push_back({.field = "file.size", .description = "is not 1 byte to 256 MiB"});
  }
  if (!IsSha256(file.content.sha256)) {
    problems.push_back({.field = "file.sha256", .description = "is not 64 lower-case hexadecimal digits"});
  }
  // The rules of a version's file name, said of this one.
  std::vector<FieldViolation> of_upload;
  CheckUpload({.content = file.content, .file_name = file.file_name}, of_upload);
  for (FieldViolation& each : of_upload) {
    if (each.field == "upload.file_name")
      problems.push_back({.field = "file.file_name", .description = each.description});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

}  // namespace

class Reviews::Attachment final : public Reviews::FileWriter {
 public:
  Attachment(Reviews& reviews, const Caller& caller, ReviewKey key, ReviewFile file, std::string id,
             std::unique_ptr<ContentStore::PieceWriter> writer)
      : reviews_(reviews),
        caller_(caller),
        key_(std::move(key)),
        file_(std::move(file)),
        id_(std::move(id)),
        writer_(std::move(writer)) {}
  // What came is of no use without the rest; if it cannot be dropped now, it is collected later.
  ~Attachment() override {
    writer_.reset();
    reviews_.contents_.Discard(id_).IgnoreError();
    reviews_.store_.Write([&](Writer& writer) { return writer.EndFile(id_); }).IgnoreError();
  }

  absl::Status Write(absl::string_view bytes) override {
    RETURN_IF_ERROR(writer_->Write(written_, bytes));
    written_ += static_cast<int64_t>(bytes.size());
    return absl::OkStatus();
  }

  absl::StatusOr<Review> Finish() override {
    RETURN_IF_ERROR(writer_->Flush().status());
    RETURN_IF_ERROR(reviews_.contents_.Finish(id_, file_.content));
    const absl::Time now = ToMicroseconds(reviews_.clock_.Now());
    std::optional<Review> review;
    RETURN_IF_ERROR(reviews_.store_.Write([&](Writer& writer) -> absl::Status {
      ASSIGN_OR_RETURN(const FoundReview found, FindReviewFor(writer, caller_, key_, now));
      RETURN_IF_ERROR(CheckStep(caller_, found.thesis, found.review, ReviewStep::kAttach, "", now));
      review = found.review;
      review->file = file_;
      RETURN_IF_ERROR(writer.PutReview(*review));
      ++review->version;
      return writer.AddEvent(key_, {.event = std::string(StepName(ReviewStep::kAttach)),
                                    .time = now,
                                    .account = caller_.account,
                                    .reason = file_.file_name});
    }));
    return *std::move(review);
  }

 private:
  Reviews& reviews_;
  const Caller caller_;
  const ReviewKey key_;
  const ReviewFile file_;
  const std::string id_;
  std::unique_ptr<ContentStore::PieceWriter> writer_;
  int64_t written_ = 0;
};

absl::StatusOr<std::unique_ptr<Reviews::FileWriter>> Reviews::AttachFile(const Caller& caller,
                                                                         const ReviewKey& key,
                                                                         const ReviewFile& file) {
  RETURN_IF_ERROR(CheckFile(file));
  const absl::Time now = ToMicroseconds(clock_.Now());
  const std::string id = NewId();
  RETURN_IF_ERROR(store_.Write([&](Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const FoundReview found, FindReviewFor(writer, caller, key, now));
    RETURN_IF_ERROR(CheckStep(caller, found.thesis, found.review, ReviewStep::kAttach, "", now));
    return writer.BeginFile(id, file.content.sha256, now);
  }));
  ASSIGN_OR_RETURN(auto writer, contents_.OpenUpload(id, file.content.size));
  return std::make_unique<Attachment>(*this, caller, key, file, id, std::move(writer));
}

absl::StatusOr<std::unique_ptr<ContentStore::Reader>> Reviews::OpenFile(const Caller& caller,
                                                                        const ReviewKey& key) const {
  ASSIGN_OR_RETURN(const Review review, Get(caller, key));
  if (!review.file) return NotFound("review_file", review.Name());
  return contents_.Open(review.file->content.sha256);
}

}  // namespace soutenance::submissions
