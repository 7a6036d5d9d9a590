#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CONTENT_STORE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CONTENT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/submissions/byte_range.h"

namespace soutenance::submissions {

// What the bytes of a file are known by.
struct ContentId {
  std::string sha256;  // 64 lower-case hexadecimal digits
  int64_t size = 0;    // bytes

  friend bool operator==(const ContentId&, const ContentId&) = default;
};

// Whether `text` is 64 lower-case hexadecimal digits.
bool IsSha256(absl::string_view text);

// PORT: bytes by their digest, and those on their way. What is stored never changes. Safe for concurrent use.
//
// All return UNAVAILABLE, reason STORE_DOWN, if a file cannot be read or written, and RESOURCE_EXHAUSTED,
// reason STORE_FULL, if the disk is full; both may succeed later, without a restart.
class ContentStore {
 public:
  // Takes the pieces of one upload. Used by one thread.
  class PieceWriter {
   public:
    virtual ~PieceWriter() = default;
    // Keeps `bytes`, which begin at `offset`; they may be there already. INVALID_ARGUMENT outside of the
    // size; ABORTED, reason UPLOAD_TAKEN_OVER, if a later writer of the same upload was opened.
    virtual absl::Status Write(int64_t offset, absl::string_view bytes) = 0;
    // What is there now. Survives the end of this process; what survives a power cut may be less.
    virtual absl::StatusOr<std::vector<ByteRange>> Flush() = 0;
  };

  // Reads content. Used by one thread.
  class Reader {
   public:
    virtual ~Reader() = default;
    // Up to `bytes_max` bytes from `offset` on; empty at the end.
    virtual absl::StatusOr<std::string> Read(int64_t offset, std::size_t bytes_max) const = 0;
  };

  virtual ~ContentStore() = default;

  // What has been received of upload `id`; nothing if it is not known.
  virtual absl::StatusOr<std::vector<ByteRange>> Received(absl::string_view id) const = 0;

  // A writer for the upload `id`, which will have `size` bytes. Ends all earlier writers of it.
  virtual absl::StatusOr<std::unique_ptr<PieceWriter>> OpenUpload(absl::string_view id, int64_t size) = 0;

  // Verifies that upload `id` is `content` and keeps it: when this returns OK, the content survives a power
  // cut. May be called again. What was received stays until Discard, so that nobody gets content by knowing
  // its digest. FAILED_PRECONDITION, reason UPLOAD_INCOMPLETE, if bytes are missing; reason DIGEST_MISMATCH
  // if they are others: then what was received is dropped.
  virtual absl::Status Finish(absl::string_view id, const ContentId& content) = 0;

  // Drops what was received of upload `id`; harmless if there is nothing.
  virtual absl::Status Discard(absl::string_view id) = 0;

  // NOT_FOUND, reason CONTENT_NOT_FOUND, if it is not kept.
  virtual absl::StatusOr<std::unique_ptr<Reader>> Open(absl::string_view sha256) const = 0;

  // The uploads of which something was received, and the digests that are kept; both in order.
  virtual absl::StatusOr<std::vector<std::string>> Uploads() const = 0;
  virtual absl::StatusOr<std::vector<std::string>> Contents() const = 0;

  // Removes the content unless `is_needed` says true or fails. Nothing finishes with this digest meanwhile.
  virtual absl::Status RemoveUnless(absl::string_view sha256,
                                    absl::FunctionRef<absl::StatusOr<bool>()> is_needed) = 0;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CONTENT_STORE_H_
