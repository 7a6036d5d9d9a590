#include "services/assignment/proposal.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/record.h"

namespace soutenance::assignment {
namespace {

void Write(const std::vector<std::string>& texts, RecordWriter& out) {
  out.Integer(static_cast<int64_t>(texts.size()));
  for (const std::string& text : texts) out.Text(text);
}

// A number of entries that the rest of the bytes could hold; what is damaged ends soon.
int64_t Count(RecordReader& in) { return in.IsAtEnd() ? 0 : in.Integer(); }

std::vector<std::string> ReadTexts(RecordReader& in) {
  std::vector<std::string> texts;
  for (int64_t i = Count(in); i > 0 && !in.IsAtEnd(); --i) texts.push_back(in.Text());
  return texts;
}

void Write(const ProposedSeat& seat, RecordWriter& out) {
  out.Text(seat.seat.person)
      .Integer(static_cast<int>(seat.seat.role))
      .Integer(static_cast<int>(seat.seat.mode))
      .Integer(seat.is_held ? 1 : 0)
      .Integer(seat.expertise);
  Write(seat.words, out);
  out.Integer(seat.load_after).Integer(seat.load_max).Integer(seat.load_elsewhere);
  out.Integer(static_cast<int64_t>(seat.alternatives.size()));
  for (const SeatAlternative& other : seat.alternatives) {
    out.Text(other.person).Integer(other.expertise).Integer(other.loss).Integer(other.load_after);
  }
}

ProposedSeat ReadSeat(RecordReader& in) {
  ProposedSeat seat;
  seat.seat.person = in.Text();
  seat.seat.role = static_cast<Seat::Role>(in.Integer());
  seat.seat.mode = static_cast<Seat::Mode>(in.Integer());
  seat.is_held = in.Integer() != 0;
  seat.expertise = in.Integer();
  seat.words = ReadTexts(in);
  seat.load_after = static_cast<int>(in.Integer());
  seat.load_max = static_cast<int>(in.Integer());
  seat.load_elsewhere = static_cast<int>(in.Integer());
  for (int64_t i = Count(in); i > 0 && !in.IsAtEnd(); --i) {
    SeatAlternative other;
    other.person = in.Text();
    other.expertise = in.Integer();
    other.loss = in.Integer();
    other.load_after = static_cast<int>(in.Integer());
    seat.alternatives.push_back(std::move(other));
  }
  return seat;
}

void Write(const ProposedJury& jury, RecordWriter& out) {
  out.Text(jury.thesis).Integer(jury.base_version).Integer(jury.accepted ? 1 : 0);
  out.Integer(jury.accepted ? absl::ToUnixMicros(*jury.accepted) : 0);
  Write(jury.tight_rules, out);
  out.Integer(jury.common_starts);
  out.Integer(static_cast<int64_t>(jury.seats.size()));
  for (const ProposedSeat& seat : jury.seats) Write(seat, out);
}

ProposedJury ReadJury(RecordReader& in) {
  ProposedJury jury;
  jury.thesis = in.Text();
  jury.base_version = in.Integer();
  const bool is_accepted = in.Integer() != 0;
  const int64_t accepted = in.Integer();
  if (is_accepted) jury.accepted = absl::FromUnixMicros(accepted);
  jury.tight_rules = ReadTexts(in);
  jury.common_starts = static_cast<int>(in.Integer());
  for (int64_t i = Count(in); i > 0 && !in.IsAtEnd(); --i) jury.seats.push_back(ReadSeat(in));
  return jury;
}

}  // namespace

std::string Proposal::Name() const { return absl::StrCat("proposals/", id); }

int Proposal::CountComplete() const {
  return static_cast<int>(std::count_if(juries.begin(), juries.end(),
                                        [](const ProposedJury& jury) { return !jury.seats.empty(); }));
}

int Proposal::CountAccepted() const {
  return static_cast<int>(std::count_if(juries.begin(), juries.end(),
                                        [](const ProposedJury& jury) { return jury.accepted.has_value(); }));
}

const ProposedJury* Proposal::Find(absl::string_view thesis) const {
  for (const ProposedJury& jury : juries) {
    if (absl::string_view(jury.thesis) == thesis) return &jury;
  }
  return nullptr;
}

std::string Proposal::Serialize() const {
  RecordWriter out;
  out.Text(id).Integer(version).Text(programme).Integer(static_cast<int>(kind));
  out.Integer(absl::ToUnixMicros(created)).Text(author);
  out.Integer(value).Integer(value_max).Integer(is_best ? 1 : 0).Integer(worst_off).Integer(without_start);
  out.Integer(static_cast<int64_t>(juries.size()));
  for (const ProposedJury& jury : juries) Write(jury, out);
  out.Integer(static_cast<int64_t>(shortages.size()));
  for (const ProposedShortage& shortage : shortages) {
    out.Text(shortage.sentence);
    Write(shortage.theses, out);
    Write(shortage.people, out);
    Write(shortage.way_out, out);
  }
  return out.bytes();
}

absl::StatusOr<Proposal> Proposal::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Proposal proposal;
  proposal.id = in.Text();
  proposal.version = in.Integer();
  proposal.programme = in.Text();
  proposal.kind = static_cast<Kind>(in.Integer());
  proposal.created = absl::FromUnixMicros(in.Integer());
  proposal.author = in.Text();
  proposal.value = in.Integer();
  proposal.value_max = in.Integer();
  proposal.is_best = in.Integer() != 0;
  proposal.worst_off = in.Integer();
  proposal.without_start = static_cast<int>(in.Integer());
  for (int64_t i = Count(in); i > 0 && !in.IsAtEnd(); --i) proposal.juries.push_back(ReadJury(in));
  for (int64_t i = Count(in); i > 0 && !in.IsAtEnd(); --i) {
    ProposedShortage shortage;
    shortage.sentence = in.Text();
    shortage.theses = ReadTexts(in);
    shortage.people = ReadTexts(in);
    shortage.way_out = ReadTexts(in);
    proposal.shortages.push_back(std::move(shortage));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a proposal");
  return proposal;
}

Jury JuryOf(const Proposal& proposal, const ProposedJury& proposed) {
  Jury jury{.thesis = proposed.thesis, .version = 0, .programme = proposal.programme, .seats = {}};
  for (const ProposedSeat& seat : proposed.seats) jury.seats.push_back(seat.seat);
  return jury;
}

}  // namespace soutenance::assignment
