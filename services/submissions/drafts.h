#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_DRAFTS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_DRAFTS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/content_store.h"
#include "services/submissions/draft_store.h"
#include "services/submissions/jury_lookup.h"
#include "services/submissions/receipts/log_file.h"
#include "services/submissions/receipts/signing_key.h"

namespace soutenance::submissions {

class Outages;

// An upload of one thesis.
struct UploadKey {
  std::string thesis;  // the id
  std::string id;
};

// An upload and what has been received of it.
struct UploadProgress {
  Upload upload;
  std::vector<ByteRange> received;
};

// Which content may come. Bytes in flight count as if they were here.
struct DraftLimits {
  int64_t file_bytes_max = int64_t{2} << 30;
  int64_t account_bytes_max = int64_t{20} << 30;
  int64_t programme_bytes_max = int64_t{500} << 30;
};

// A file with a name.
struct NamedText {
  std::string file_name;
  std::string text;
};

// The use cases about versions of theses, with every rule and refusal. The order of things is what the
// promise rests on: the content is on the disk before the version is committed, and the version is committed
// before anybody is told. Safe for concurrent use.
//
// All return what the stores return when they cannot be reached: UNAVAILABLE, or RESOURCE_EXHAUSTED, reason
// STORE_FULL. Those with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another
// request. A thesis that `caller` may not know of is NOT_FOUND, reason THESIS_NOT_FOUND. Its parties see all
// versions and uploads; others see no uploads, and those versions that services/base/confidentiality.h says.
class Drafts {
 public:
  // What it works with. All must outlive it.
  struct Parts {
    DraftStore& store;
    ContentStore& contents;
    const receipts::SigningKey& key;
    const std::string& institution;
    const Clock& clock;
    // Noted before anything is judged; null: nobody looks for them.
    Outages* outages = nullptr;
    // Called after a version was received; it must not take long. May be empty.
    std::function<void()> on_received = {};
    const JuryLookup& juries = NoJuries();
  };

  Drafts(const Parts& parts, const DraftLimits& limits) : parts_(parts), limits_(limits) {}

  // Commits to a version. `given` has thesis, kind, milestone, content and file name. What is the same
  // already is returned as it is: an open upload, or the finished one of the current version of that kind.
  // INVALID_ARGUMENT; PERMISSION_DENIED, reason NOT_AN_AUTHOR; FAILED_PRECONDITION, reason THESIS_WITHDRAWN,
  // THESIS_STATE, MILESTONE_CLOSED; RESOURCE_EXHAUSTED, reason CONTENT_TOO_LARGE, QUOTA_EXCEEDED; NOT_FOUND,
  // reason MILESTONE_NOT_FOUND.
  absl::StatusOr<UploadProgress> CreateUpload(const Caller& caller, const Upload& given,
                                              const Mutation& mutation);

  // NOT_FOUND, reason UPLOAD_NOT_FOUND.
  absl::StatusOr<UploadProgress> GetUpload(const Caller& caller, const UploadKey& key) const;

  // A writer for its pieces. FAILED_PRECONDITION, reason UPLOAD_CLOSED.
  absl::StatusOr<std::unique_ptr<ContentStore::PieceWriter>> OpenUpload(const Caller& caller,
                                                                        const UploadKey& key);

  // Makes the version. Errors as ContentStore::Finish and OpenUpload.
  absl::StatusOr<Draft> SubmitDraft(const Caller& caller, const UploadKey& key, const Mutation& mutation);

  // FAILED_PRECONDITION, reason UPLOAD_CLOSED, unless it is open or cancelled already.
  absl::StatusOr<Upload> CancelUpload(const Caller& caller, const UploadKey& key, const Mutation& mutation);

  // NOT_FOUND, reason DRAFT_NOT_FOUND.
  absl::StatusOr<Draft> GetDraft(const Caller& caller, absl::string_view thesis, int64_t number) const;
  absl::StatusOr<Page<Draft>> ListDrafts(const Caller& caller, absl::string_view thesis,
                                         const PageRequest& page) const;
  // The only way to the bytes of a version.
  absl::StatusOr<std::unique_ptr<ContentStore::Reader>> OpenDraft(const Caller& caller,
                                                                  absl::string_view thesis,
                                                                  int64_t number) const;

  // The receipt of a version, and of an upload's commitment.
  absl::StatusOr<NamedText> DraftReceipt(const Caller& caller, absl::string_view thesis,
                                         int64_t number) const;
  absl::StatusOr<NamedText> UploadReceipt(const Caller& caller, const UploadKey& key) const;
  const std::string& public_key() const { return parts_.key.public_key(); }
  const std::string& institution() const { return parts_.institution; }

  // The log: its signed head, and leaf hashes from `first` on.
  absl::StatusOr<receipts::LogHead> LogHead() const;
  absl::StatusOr<std::vector<std::string>> LogLeaves(int64_t first, int count) const;

  // Ends uploads whose content did not come in time, and removes what belongs to no open upload and no
  // version. For a worker in the background, once in a while.
  absl::Status CollectGarbage();

 private:
  absl::StatusOr<Seats> FindSeats(const Caller& caller, absl::string_view thesis) const;
  // The versions that were given to a caller with such seats.
  absl::StatusOr<std::set<int64_t>> FindGiven(const Caller& caller, absl::string_view thesis,
                                              const Seats& seats) const;

  const Parts parts_;
  const DraftLimits limits_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_DRAFTS_H_
