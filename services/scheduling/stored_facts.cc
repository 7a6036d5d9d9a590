#include "services/scheduling/stored_facts.h"

#include <openssl/sha.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"

namespace soutenance::scheduling {

std::string DigestOf(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), SHA256_DIGEST_LENGTH));
}

StoredFacts MakeStoredFacts(std::string problem_text, std::string cast_text, std::string base_text) {
  StoredFacts facts{.problem_text = std::move(problem_text),
                    .cast_text = std::move(cast_text),
                    .base_text = std::move(base_text)};
  facts.problem_digest = DigestOf(facts.problem_text);
  RecordWriter parts;
  parts.Text(facts.problem_digest).Text(DigestOf(facts.cast_text)).Text(DigestOf(facts.base_text));
  facts.id = DigestOf(parts.bytes());
  return facts;
}

namespace {

// What is pinned, and what more is told, as one number.
constexpr int64_t kDay = 1;
constexpr int64_t kTime = 2;
constexpr int64_t kRoom = 4;
constexpr int64_t kOnSite = 8;
constexpr int64_t kVideo = 16;
constexpr int64_t kJurors = 32;
constexpr int64_t kHolders = 64;
constexpr int64_t kPinnedPlace = 128;

int64_t PinsOf(const BasePlacement& placement) {
  int64_t pins = 0;
  if (placement.pin_day) pins += kDay;
  if (placement.pin_time) pins += kTime;
  if (placement.pin_room) pins += kRoom;
  if (placement.pin_mode) pins += *placement.pin_mode == solver::Mode::kOnSite ? kOnSite : kVideo;
  if (!placement.pin_jurors.empty()) pins += kJurors;
  if (!placement.holders.empty()) pins += kHolders;
  if (placement.pinned_start) pins += kPinnedPlace;
  return pins;
}

}  // namespace

std::string WriteBase(const std::vector<BasePlacement>& base) {
  RecordWriter record;
  record.Integer(static_cast<int64_t>(base.size()));
  for (const BasePlacement& placement : base) {
    record.Text(placement.thesis);
    record.Text(placement.start ? MomentText(*placement.start) : "");
    record.Text(placement.room);
    record.Integer(PinsOf(placement));
    // Only there if it says something: texts without it were written before jurors could be pinned.
    if (!placement.pin_jurors.empty()) record.Text(absl::StrJoin(placement.pin_jurors, ","));
    if (!placement.holders.empty()) record.Text(SeatsText(placement.holders));
    if (placement.pinned_start) {
      record.Text(MomentText(*placement.pinned_start)).Text(placement.pinned_room);
    }
  }
  return record.bytes();
}

absl::StatusOr<std::vector<BasePlacement>> ParseBase(absl::string_view text) {
  RecordReader record(text);
  std::vector<BasePlacement> base;
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    BasePlacement placement{.thesis = record.Text()};
    placement.start = ParseMoment(record.Text());
    placement.room = record.Text();
    const int64_t pins = record.Integer();
    placement.pin_day = (pins & kDay) != 0;
    placement.pin_time = (pins & kTime) != 0;
    placement.pin_room = (pins & kRoom) != 0;
    if ((pins & kOnSite) != 0) placement.pin_mode = solver::Mode::kOnSite;
    if ((pins & kVideo) != 0) placement.pin_mode = solver::Mode::kVideo;
    if ((pins & kJurors) != 0) placement.pin_jurors = absl::StrSplit(record.Text(), ',');
    if ((pins & kHolders) != 0) {
      ASSIGN_OR_RETURN(placement.holders, ParseSeatsText(record.Text()));
    }
    if ((pins & kPinnedPlace) != 0) {
      placement.pinned_start = ParseMoment(record.Text());
      placement.pinned_room = record.Text();
    }
    base.push_back(std::move(placement));
  }
  if (!record.IsComplete()) return absl::DataLossError("the placements of a base timetable cannot be read");
  return base;
}

}  // namespace soutenance::scheduling
