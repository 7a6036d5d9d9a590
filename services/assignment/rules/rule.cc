#include "services/assignment/rules/rule.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/record.h"

namespace soutenance::assignment::rules {
namespace {

void WriteTexts(const std::vector<std::string>& texts, RecordWriter& out) {
  out.Integer(static_cast<int64_t>(texts.size()));
  for (const std::string& text : texts) out.Text(text);
}

std::vector<std::string> ReadTexts(RecordReader& in) {
  std::vector<std::string> texts;
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) texts.push_back(in.Text());
  return texts;
}

void WriteCount(const std::optional<int>& count, RecordWriter& out) { out.Integer(count.value_or(-1)); }

std::optional<int> ReadCount(RecordReader& in) {
  const auto count = static_cast<int>(in.Integer());
  return count < 0 ? std::nullopt : std::optional<int>(count);
}

void WriteDemand(const Rule& rule, RecordWriter& out) {
  out.Integer(static_cast<int>(rule.kind));
  const std::vector<Seat::Role> roles = rule.roles.List();
  out.Integer(static_cast<int64_t>(roles.size()));
  for (const Seat::Role role : roles) out.Integer(static_cast<int>(role));
  WriteCount(rule.min, out);
  WriteCount(rule.max, out);
  out.Integer(rule.share ? rule.share->part : -1).Integer(rule.share ? rule.share->of : 0);
  out.Integer(static_cast<int64_t>(rule.ranks.size()));
  for (const Rank rank : rule.ranks) out.Integer(static_cast<int>(rank));
  out.Integer(static_cast<int>(rule.sector))
      .Integer(rule.or_habilitated ? 1 : 0)
      .Integer(rule.may_preside ? 1 : 0);
  out.Integer(rule.voice ? static_cast<int>(*rule.voice) : 0);
  WriteTexts(rule.words, out);
}

void ReadDemand(RecordReader& in, Rule& rule) {
  rule.kind = static_cast<Kind>(in.Integer());
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    rule.roles.Add(static_cast<Seat::Role>(in.Integer() & 31));
  }
  rule.min = ReadCount(in);
  rule.max = ReadCount(in);
  const auto part = static_cast<int>(in.Integer());
  const auto of = static_cast<int>(in.Integer());
  if (part >= 0) rule.share = Share{part, of};
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    rule.ranks.push_back(static_cast<Rank>(in.Integer()));
  }
  rule.sector = static_cast<Sector>(in.Integer());
  rule.or_habilitated = in.Integer() != 0;
  rule.may_preside = in.Integer() != 0;
  const auto voice = static_cast<int>(in.Integer());
  if (voice != 0) rule.voice = static_cast<Voice>(voice);
  rule.words = ReadTexts(in);
}

}  // namespace

int Roles::CountOf(Roles other) const { return __builtin_popcount(bits_ & other.bits_); }

std::vector<Seat::Role> Roles::List() const {
  std::vector<Seat::Role> roles;
  for (const Seat::Role role : kSeatRoles) {
    if (Has(role)) roles.push_back(role);
  }
  return roles;
}

absl::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kMembers:
      return "members";
    case Kind::kSeats:
      return "seats";
    case Kind::kQualification:
      return "qualification";
    case Kind::kNotTogether:
      return "not_together";
    case Kind::kExternals:
      return "externals";
    case Kind::kRanks:
      return "ranks";
    case Kind::kSector:
      return "sector";
    case Kind::kBalance:
      return "balance";
    case Kind::kNotice:
      return "notice";
    case Kind::kSpecialist:
      return "specialist";
    case Kind::kLanguage:
      return "language";
    case Kind::kRemote:
      return "remote";
    case Kind::kOnSite:
      return "on_site";
    case Kind::kVoice:
      return "voice";
    case Kind::kOwnPart:
      return "own_part";
    case Kind::kEmeriti:
      return "emeriti";
    case Kind::kLoad:
      return "load";
    case Kind::kKnown:
      return "known";
    case Kind::kAuthors:
      return "authors";
  }
  return "";
}

absl::string_view LevelName(Level level) {
  switch (level) {
    case Level::kRequired:
      return "required";
    case Level::kDerogable:
      return "derogable";
    case Level::kWarning:
      return "warning";
  }
  return "";
}

absl::string_view VoiceName(Voice voice) {
  switch (voice) {
    case Voice::kDeliberative:
      return "deliberative";
    case Voice::kConsultative:
      return "consultative";
    case Voice::kObserver:
      return "observer";
  }
  return "";
}

std::string Rule::Demand() const {
  RecordWriter out;
  WriteDemand(*this, out);
  return out.bytes();
}

std::string RuleSet::Name() const { return absl::StrCat("programmes/", programme, "/juryRules"); }

std::string RuleSet::ProgrammeName() const { return absl::StrCat("programmes/", programme); }

const Rule* RuleSet::Find(absl::string_view id) const {
  const auto at = std::find_if(rules.begin(), rules.end(),
                               [&](const Rule& rule) { return absl::string_view(rule.id) == id; });
  return at == rules.end() ? nullptr : &*at;
}

std::string RuleSet::Serialize() const {
  RecordWriter out;
  out.Text(programme).Integer(version).Text(title);
  WriteTexts(institutions, out);
  WriteTexts(keywords, out);
  out.Integer(static_cast<int64_t>(rules.size()));
  for (const Rule& rule : rules) {
    out.Text(rule.id).Integer(static_cast<int>(rule.level));
    WriteDemand(rule, out);
    const Source& source = rule.source;
    out.Text(source.text).Text(source.article).Text(source.page).Text(source.url).Text(source.quotation);
    out.Text(rule.note);
  }
  return out.bytes();
}

absl::StatusOr<RuleSet> RuleSet::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  RuleSet set;
  set.programme = in.Text();
  set.version = in.Integer();
  set.title = in.Text();
  set.institutions = ReadTexts(in);
  set.keywords = ReadTexts(in);
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    Rule rule;
    rule.id = in.Text();
    rule.level = static_cast<Level>(in.Integer());
    ReadDemand(in, rule);
    rule.source.text = in.Text();
    rule.source.article = in.Text();
    rule.source.page = in.Text();
    rule.source.url = in.Text();
    rule.source.quotation = in.Text();
    rule.note = in.Text();
    set.rules.push_back(std::move(rule));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a rule set");
  return set;
}

}  // namespace soutenance::assignment::rules
