#include "storage/sql/rule_store.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"
#include "storage/sql/words_of_enums.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Derogation;
using assignment::rules::Rule;
using assignment::rules::RuleSet;
using assignment::rules::Share;

constexpr char kDerogations[] =
    "SELECT thesis, rule, programme, reason, account, granted_at, demand, required FROM derogations ";

Derogation ToDerogation(const Row& row) {
  return {.thesis = row.Text(0),
          .rule = row.Text(1),
          .programme = row.Text(2),
          .reason = row.Text(3),
          .account = row.Text(4),
          .granted_at = row.Time(5),
          .demand = row.Text(6),
          .required = row.Text(7)};
}

std::optional<int> Count(const Row& row, std::size_t column) {
  return row.IsNull(column) ? std::nullopt : std::optional<int>(row.Int(column));
}

absl::StatusOr<Rule> ToRule(const Row& row) {
  Rule rule{.id = row.Text(0), .min = Count(row, 3), .max = Count(row, 4)};
  ASSIGN_OR_RETURN(rule.kind, ByName(assignment::rules::kKinds, assignment::rules::KindName, row.Text(1)));
  ASSIGN_OR_RETURN(rule.level, ByName(assignment::rules::kLevels, assignment::rules::LevelName, row.Text(2)));
  if (!row.IsNull(5)) rule.share = Share{row.Int(5), row.Int(6)};
  ASSIGN_OR_RETURN(rule.sector, ByName(assignment::kSectors, assignment::SectorName, row.Text(7)));
  rule.or_habilitated = row.Bool(8);
  rule.may_preside = row.Bool(9);
  if (!row.IsNull(10)) {
    ASSIGN_OR_RETURN(rule.voice,
                     ByName(assignment::rules::kVoices, assignment::rules::VoiceName, row.Text(10)));
  }
  rule.source = {.text = row.Text(11),
                 .article = row.Text(12),
                 .page = row.Text(13),
                 .url = row.Text(14),
                 .quotation = row.Text(15)};
  rule.note = row.Text(16);
  return rule;
}

absl::Status AddWord(const Row& row, RuleSet& set) {
  const auto place = static_cast<std::size_t>(row.Integer(0));
  if (place >= set.rules.size()) return absl::DataLossError("the database holds words of no jury rule");
  Rule& rule = set.rules[place];
  if (row.Text(1) == "role") {
    ASSIGN_OR_RETURN(const assignment::Seat::Role role,
                     ByName(assignment::kSeatRoles, assignment::SeatRoleName, row.Text(2)));
    rule.roles.Add(role);
  } else if (row.Text(1) == "rank") {
    ASSIGN_OR_RETURN(const assignment::Rank rank,
                     ByName(assignment::kRanks, assignment::RankName, row.Text(2)));
    rule.ranks.push_back(rank);
  } else {
    rule.words.push_back(row.Text(2));
  }
  return absl::OkStatus();
}

class Transaction final : public assignment::RuleStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<RuleSet>> FindRuleSet(absl::string_view programme) const override {
    return sql::FindRuleSet(session_, programme);
  }

  absl::StatusOr<std::vector<Derogation>> FindDerogations(
      absl::Span<const std::string> theses) const override {
    return sql::FindDerogations(session_, theses);
  }

  absl::StatusOr<Page<Derogation>> ListDerogations(absl::string_view programme,
                                                   const PageRequest& page) const override {
    static const std::string& sql = *new std::string(absl::StrCat(
        kDerogations,
        "WHERE programme = :programme AND (thesis > :thesis OR (thesis = :thesis AND rule > :rule)) "
        "ORDER BY thesis, rule LIMIT :limit"));
    const std::pair<std::string, std::string> after = absl::StrSplit(page.after, absl::MaxSplits('/', 1));
    Page<Derogation> result;
    RETURN_IF_ERROR(session_.Query(sql, {programme, after.first, after.second, page.size + 1},
                                   [&](const Row& row) { result.items.push_back(ToDerogation(row)); }));
    if (result.items.size() > static_cast<std::size_t>(page.size)) {
      result.items.pop_back();
      result.next = absl::StrCat(result.items.back().thesis, "/", result.items.back().rule);
    }
    return result;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutRuleSet(const RuleSet& set) override {
    ASSIGN_OR_RETURN(
        const int64_t written,
        session_.ExecuteCounting(
            "INSERT INTO jury_rule_sets (programme, version, title) VALUES (:programme, :version, :title) "
            "ON CONFLICT (programme) DO UPDATE SET version = excluded.version, title = excluded.title "
            "WHERE jury_rule_sets.version = :before",
            {set.programme, set.version + 1, set.title, set.version}));
    if (written != 1) return StaleEtag(set.Name());
    for (const char* const sql : {"DELETE FROM jury_rule_words WHERE programme = :programme",
                                  "DELETE FROM jury_rules WHERE programme = :programme",
                                  "DELETE FROM jury_rule_set_words WHERE programme = :programme"}) {
      RETURN_IF_ERROR(session_.Execute(sql, {set.programme}));
    }
    RETURN_IF_ERROR(PutSetWords(set.programme, "institution", set.institutions));
    RETURN_IF_ERROR(PutSetWords(set.programme, "keyword", set.keywords));
    for (std::size_t i = 0; i < set.rules.size(); ++i)
      RETURN_IF_ERROR(PutRule(set.programme, i, set.rules[i]));
    return absl::OkStatus();
  }

  absl::Status PutDerogation(const Derogation& derogation) override {
    return session_.Execute(
        "INSERT INTO derogations (thesis, rule, programme, reason, account, granted_at, demand, required) "
        "VALUES "
        "(:thesis, :rule, :programme, :reason, :account, :granted_at, :demand, :required) ON CONFLICT "
        "(thesis, rule) "
        "DO UPDATE SET programme = excluded.programme, reason = excluded.reason, account = excluded.account, "
        "granted_at = excluded.granted_at, demand = excluded.demand, required = excluded.required",
        {derogation.thesis, derogation.rule, derogation.programme, derogation.reason, derogation.account,
         derogation.granted_at, derogation.demand, derogation.required});
  }

  absl::Status DeleteDerogation(const Derogation& derogation) override {
    return session_.Execute("DELETE FROM derogations WHERE thesis = :thesis AND rule = :rule",
                            {derogation.thesis, derogation.rule});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  absl::Status PutSetWords(const std::string& programme, absl::string_view kind,
                           const std::vector<std::string>& words) {
    int place = 0;
    for (const std::string& word : words) {
      RETURN_IF_ERROR(
          session_.Execute("INSERT INTO jury_rule_set_words (programme, kind, place, word) VALUES "
                           "(:programme, :kind, :place, :word)",
                           {programme, kind, place++, word}));
    }
    return absl::OkStatus();
  }

  absl::Status PutRule(const std::string& programme, std::size_t place, const Rule& rule) {
    std::optional<std::string> voice;
    if (rule.voice) voice = std::string(assignment::rules::VoiceName(*rule.voice));
    std::optional<int> part;
    std::optional<int> of;
    if (rule.share) {
      part = rule.share->part;
      of = rule.share->of;
    }
    RETURN_IF_ERROR(session_.Execute(
        "INSERT INTO jury_rules (programme, place, id, kind, level, least, most, share_part, share_of, "
        "sector, "
        "or_habilitated, may_preside, voice, source_text, source_article, source_page, source_url, "
        "source_quotation, "
        "note) VALUES (:programme, :place, :id, :kind, :level, :least, :most, :share_part, :share_of, "
        ":sector, "
        ":or_habilitated, :may_preside, :voice, :source_text, :source_article, :source_page, :source_url, "
        ":source_quotation, :note)",
        {programme, place, rule.id, assignment::rules::KindName(rule.kind),
         assignment::rules::LevelName(rule.level), rule.min, rule.max, part, of,
         assignment::SectorName(rule.sector), rule.or_habilitated, rule.may_preside, voice, rule.source.text,
         rule.source.article, rule.source.page, rule.source.url, rule.source.quotation, rule.note}));
    std::vector<std::string> roles;
    for (const assignment::Seat::Role role : rule.roles.List())
      roles.emplace_back(assignment::SeatRoleName(role));
    std::vector<std::string> ranks;
    for (const assignment::Rank rank : rule.ranks) ranks.emplace_back(assignment::RankName(rank));
    RETURN_IF_ERROR(PutRuleWords(programme, place, "role", roles));
    RETURN_IF_ERROR(PutRuleWords(programme, place, "rank", ranks));
    return PutRuleWords(programme, place, "word", rule.words);
  }

  absl::Status PutRuleWords(const std::string& programme, std::size_t rule, absl::string_view kind,
                            const std::vector<std::string>& words) {
    int place = 0;
    for (const std::string& word : words) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO jury_rule_words (programme, rule, kind, place, word) VALUES (:programme, "
          ":rule, :kind, :place, :word)",
          {programme, rule, kind, place++, word}));
    }
    return absl::OkStatus();
  }

  Session& session_;
};

}  // namespace

absl::StatusOr<std::optional<RuleSet>> FindRuleSet(Session& session, absl::string_view programme) {
  std::optional<RuleSet> set;
  RETURN_IF_ERROR(session.Query("SELECT version, title FROM jury_rule_sets WHERE programme = :programme",
                                {programme}, [&](const Row& row) {
                                  set.emplace();
                                  set->programme = std::string(programme);
                                  set->version = row.Integer(0);
                                  set->title = row.Text(1);
                                }));
  if (!set) return set;
  RETURN_IF_ERROR(session.Query(
      "SELECT kind, word FROM jury_rule_set_words WHERE programme = :programme ORDER BY kind, place",
      {programme}, [&](const Row& row) {
        (row.Text(0) == "institution" ? set->institutions : set->keywords).push_back(row.Text(1));
      }));
  RETURN_IF_ERROR(
      session.Query("SELECT id, kind, level, least, most, share_part, share_of, sector, or_habilitated, "
                    "may_preside, voice, "
                    "source_text, source_article, source_page, source_url, source_quotation, note FROM "
                    "jury_rules WHERE programme = "
                    ":programme ORDER BY place",
                    {programme}, [&](const Row& row) -> absl::Status {
                      ASSIGN_OR_RETURN(Rule rule, ToRule(row));
                      set->rules.push_back(std::move(rule));
                      return absl::OkStatus();
                    }));
  RETURN_IF_ERROR(session.Query(
      "SELECT rule, kind, word FROM jury_rule_words WHERE programme = :programme ORDER BY rule, kind, place",
      {programme}, [&](const Row& row) { return AddWord(row, *set); }));
  return set;
}

absl::StatusOr<std::vector<Derogation>> FindDerogations(Session& session,
                                                        absl::Span<const std::string> theses) {
  static const InList& sql = *new InList(absl::StrCat(kDerogations, "WHERE thesis IN (:ids)"));
  std::map<std::pair<std::string, std::string>, Derogation> found;
  RETURN_IF_ERROR(sql.Query(session, theses, [&](const Row& row) {
    found.try_emplace({row.Text(0), row.Text(1)}, ToDerogation(row));
  }));
  std::vector<Derogation> derogations;
  for (auto& [key, derogation] : found) derogations.push_back(std::move(derogation));
  return derogations;
}

absl::Status RuleStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status RuleStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
