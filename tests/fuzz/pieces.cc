// Whatever pieces a client sends, in whatever order, with servers that end in between: only the content that
// was committed to becomes visible, and only if all of it was sent. The bytes are a script: the first two say
// how long the content is, then four for each step.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/base/error.h"
#include "storage/files/content_store.h"
#include "storage/files/sha256.h"
#include "tests/crash/disk.h"
#include "tests/fuzz/expect.h"

namespace {

using namespace soutenance;  // NOLINT: one class
using fuzz::Expect;
using storage::files::ContentStore;
using submissions::ByteRange;

std::string DigestOf(const std::string& bytes) {
  storage::files::Sha256 sha256;
  sha256.Add(bytes);
  return sha256.Finish();
}

// One upload, and what must be known of it: the first byte that came for a place is the one that counts.
class Script {
 public:
  explicit Script(std::size_t size) : sent_(size) {
    for (std::size_t i = 0; i < size; ++i) content_ += static_cast<char>(i * 7919 >> 3);
    id_ = {DigestOf(content_), static_cast<int64_t>(size)};
    Restart();
  }

  void Step(uint8_t what, uint8_t a, uint8_t b, uint8_t c) {
    // Offsets reach a little outside on both sides.
    const int64_t offset = (int64_t{a} << 8 | b) % (id_.size + 40) - 20;
    switch (what % 8) {
      case 0:
      case 1:
      case 2:
        return Write(offset, static_cast<std::size_t>(c) * (what % 8 == 2 ? 64 : 1), false);
      case 3:
        return Write(offset, c, (b & 7) == 0);
      case 4:
        return CheckReceived();
      case 5:
        return Finish();
      case 6:
        return Open();
      default:
        return c < 200 ? Restart() : Discard();
    }
  }

  void CheckReceived() {
    if (writer_ != nullptr) Expect(writer_->Flush().ok(), "what was received cannot be kept");
    const auto received = store_->Received("u");
    Expect(received.ok(), "what was received cannot be asked for");
    std::vector<bool> there(sent_.size());
    int64_t last = -1;
    for (const ByteRange& range : *received) {
      Expect(range.begin > last && range.end > range.begin && range.end <= id_.size,
             "ranges are out of order");
      last = range.end;
      for (int64_t i = range.begin; i < range.end; ++i) there[static_cast<std::size_t>(i)] = true;
    }
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      Expect(!there[i] || sent_[i].has_value(), "a byte is said to be there that nobody sent");
      Expect(there[i] || !sent_[i].has_value(), "a byte is forgotten that was sent");
    }
  }

  void Finish() {
    CheckReceived();
    const absl::Status status = store_->Finish("u", id_);
    bool complete = true;
    bool genuine = true;
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      complete = complete && sent_[i].has_value();
      genuine = genuine && (!sent_[i] || *sent_[i] == content_[i]);
    }
    if (complete && genuine) {
      Expect(status.ok(), "content that is all there is refused");
      visible_ = true;
    } else if (complete) {
      Expect(FactsOf(status).reason == "DIGEST_MISMATCH", "other content is not refused as such");
      Forget();
    } else {
      Expect(FactsOf(status).reason == "UPLOAD_INCOMPLETE", "missing bytes are not told");
    }
    CheckVisible();
  }

  void CheckVisible() {
    const auto reader = store_->Open(id_.sha256);
    Expect(reader.ok() == visible_, "content is visible that was not finished, or is not that was");
    if (!reader.ok()) return;
    const auto bytes = (*reader)->Read(0, content_.size() + 1);
    Expect(bytes.ok() && *bytes == content_, "the content is not what was committed to");
    Expect(store_->Contents()->size() == 1, "there is other content");
  }

 private:
  void Write(int64_t offset, std::size_t count, bool other) {
    if (writer_ == nullptr) Open();
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
      const int64_t at = offset + static_cast<int64_t>(i);
      const char c = at >= 0 && at < id_.size ? content_[static_cast<std::size_t>(at)] : 'x';
      bytes += other ? static_cast<char>(c + 1) : c;
    }
    const absl::Status status = writer_->Write(offset, bytes);
    const bool inside = offset >= 0 && offset + static_cast<int64_t>(count) <= id_.size;
    Expect(status.ok() == inside, "a piece is taken outside of the content, or refused inside");
    if (!inside)
      return Expect(absl::IsInvalidArgument(status), "a piece outside is refused with another code");
    for (std::size_t i = 0; i < count; ++i) {
      auto& place = sent_[static_cast<std::size_t>(offset) + i];
      if (!place) place = bytes[i];
    }
  }

  void Open() {
    auto earlier = std::move(writer_);
    auto writer = store_->OpenUpload("u", id_.size);
    Expect(writer.ok(), "an upload cannot be opened");
    writer_ = *std::move(writer);
    if (earlier != nullptr) {
      Expect(FactsOf(earlier->Write(0, "x")).reason == "UPLOAD_TAKEN_OVER",
             "an earlier writer may still write");
    }
  }

  // Another process, on the same disk; what was noted is still there.
  void Restart() {
    if (writer_ != nullptr) Expect(writer_->Flush().ok(), "what was received cannot be kept");
    writer_.reset();
    store_.reset();
    auto store = ContentStore::Open(disk_, "/data");
    Expect(store.ok(), "the folder cannot be opened");
    store_ = *std::move(store);
  }

  void Discard() {
    writer_.reset();
    Expect(store_->Discard("u").ok(), "an upload cannot be dropped");
    Forget();
    CheckReceived();
  }

  void Forget() {
    writer_.reset();
    sent_.assign(sent_.size(), std::nullopt);
  }

  std::string content_;
  submissions::ContentId id_;
  std::vector<std::optional<char>> sent_;
  bool visible_ = false;
  crash::Disk disk_;
  std::unique_ptr<ContentStore> store_;
  std::unique_ptr<ContentStore::PieceWriter> writer_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  Script script(1 + (std::size_t{data[0]} << 8 | data[1]) % 5000);
  constexpr std::size_t kStepsMax = 64;
  for (std::size_t i = 2; i + 4 <= size && i < 2 + 4 * kStepsMax; i += 4) {
    script.Step(data[i], data[i + 1], data[i + 2], data[i + 3]);
  }
  script.CheckReceived();
  script.CheckVisible();
  return 0;
}
