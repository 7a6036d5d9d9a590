// Who may see what: every method of the module, called by every role with every relation to a thesis, in
// every state and at every level. What must come of it is said here once more, apart from the code that
// decides it.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/submissions/rpc/testing/access_house.h"
#include "services/submissions/rpc/testing/access_rows.h"
#include "soutenance/access/v1/access.pb.h"

namespace soutenance::submissions::access_test {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using Level = Confidentiality;

const MethodDescriptor* FindMethod(const std::string& method) {
  std::string name = absl::StrCat("soutenance.submissions.v1.", method);
  std::replace(name.begin(), name.end(), '/', '.');
  return DescriptorPool::generated_pool()->FindMethodByName(name);
}

std::string RequestOf(const Row& row, const MethodDescriptor& method) {
  google::protobuf::DynamicMessageFactory factory;
  factory.SetDelegateToGeneratedFactory(true);
  const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(method.input_type())->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(row.request, message.get())) << row.method;
  return message->SerializeAsString();
}

// Somebody with one role, and what they are to the thesis.
struct Principal {
  enum class Relation { kAuthor, kSupervisor, kTutor, kJuror, kGuest, kNone };
  Role role;
  std::string programme;
  Relation relation;

  std::string person() const {
    switch (relation) {
      case Relation::kAuthor:
        return "people/author";
      case Relation::kSupervisor:
        return "people/supervisor";
      case Relation::kTutor:
        return "people/tutor";
      case Relation::kJuror:
        return "people/juror-jo";
      case Relation::kGuest:
        return "people/guest-gus";
      case Relation::kNone:
        return "people/other";
    }
    return "";
  }
  std::string token() const {
    return absl::StrCat(RoleName(role), " of ", programme.substr(programme.rfind('/') + 1), " as ",
                        person().substr(7));
  }
  bool IsOfTheProgramme() const { return programme == kMsi; }
  bool Runs() const {
    return IsOfTheProgramme() &&
           (role == Role::kStaff || role == Role::kProgrammeHead || role == Role::kAdministrator);
  }
  bool IsParty() const {
    return relation == Relation::kAuthor || relation == Relation::kSupervisor || relation == Relation::kTutor;
  }
  // Students sit on no jury.
  bool Sits() const { return relation == Relation::kJuror && role != Role::kStudent; }
  bool IsGuest() const { return relation == Relation::kGuest && role != Role::kStudent; }
  // The highest level whose texts they may read.
  Level Clearance() const {
    if (Runs() || IsParty() || Sits()) return Level::kClosedSession;
    if (IsGuest()) return Level::kJury;
    return IsOfTheProgramme() ? Level::kInternal : Level::kPublic;
  }
};

std::vector<Principal> AllPrincipals() {
  using enum Principal::Relation;
  std::vector<Principal> principals;
  for (const Role role : kAllRoles) {
    for (const auto relation : {kAuthor, kSupervisor, kTutor, kJuror, kGuest, kNone}) {
      principals.push_back({role, kMsi, relation});
    }
    for (const auto relation : {kAuthor, kJuror, kGuest, kNone}) principals.push_back({role, kLaw, relation});
  }
  return principals;
}

// What a principal may see in a situation.
struct Rights {
  bool knows = false;
  bool texts = false;
  bool dealings = false;
  bool draft = false;
  bool deposit = false;
  bool disseminated = false;
};

Rights RightsOf(const Principal& who, const Situation& situation, About about) {
  Rights rights;
  const bool is_inside = who.Runs() || who.IsParty();
  const bool is_cleared = who.Clearance() >= situation.level;
  if (about == About::kProblem) {
    // Its owner is the tutor, its supervisor that of the thesis; it has no authors and no jury.
    const bool is_named =
        who.relation == Principal::Relation::kSupervisor || who.relation == Principal::Relation::kTutor;
    rights.knows = who.IsOfTheProgramme() || is_named;
    rights.texts = rights.knows && (who.Runs() || is_named || situation.level <= Level::kInternal);
    return rights;
  }
  const bool is_out = situation.state == ThesisState::kDisseminated && is_cleared;
  const bool is_liaison = who.role == Role::kCompanyLiaison && who.IsOfTheProgramme();
  rights.knows = is_inside || who.Sits() || who.IsGuest() || is_liaison || is_out;
  rights.texts = rights.knows && is_cleared;
  rights.dealings = is_inside;
  rights.draft = is_inside;
  rights.deposit = is_inside || ((who.Sits() || who.IsGuest()) && is_cleared);
  rights.disseminated = rights.deposit || (is_out && !situation.is_embargoed);
  return rights;
}

bool Entitles(const Rights& rights, Shows shows) {
  switch (shows) {
    case Shows::kNothing:
      return false;
    case Shows::kTexts:
      return rights.texts;
    case Shows::kDealings:
      return rights.dealings;
    case Shows::kDraft:
      return rights.draft;
    case Shows::kDeposit:
      return rights.deposit;
    case Shows::kDisseminated:
      return rights.disseminated;
  }
  return false;
}

const std::string& CanaryOf(const Canaries& canaries, Shows shows) {
  if (shows == Shows::kTexts) return canaries.text;
  return shows == Shows::kDealings ? canaries.dealings : canaries.file;
}

// Whether the contract lets the role call.
bool MayCall(const Principal& who, const MethodDescriptor& method) {
  const access::v1::Access& access = method.options().GetExtension(access::v1::access);
  const int role = static_cast<int>(who.role) + 1;
  return access.authenticated() || std::count(access.roles().begin(), access.roles().end(), role) > 0;
}

// Every level where the state matters to those without a part, and every state.
std::vector<Situation> AllSituations() {
  std::vector<Situation> situations;
  for (const Level level : kConfidentialities) {
    for (const ThesisState state : {ThesisState::kInReview, ThesisState::kDisseminated}) {
      situations.push_back({.state = state, .level = level});
    }
  }
  for (const Level level : {Level::kPublic, Level::kInternal}) {
    situations.push_back({.state = ThesisState::kDisseminated, .level = level, .is_embargoed = true});
  }
  for (int i = static_cast<int>(kFirstThesisState); i <= static_cast<int>(kLastThesisState); ++i) {
    situations.push_back({.state = static_cast<ThesisState>(i), .is_one_of_all_states = true});
  }
  return situations;
}

class AccessMatrix : public ::testing::Test {
 protected:
  AccessMatrix() {
    for (House* house : {&house_, &other_, &empty_}) {
      for (const Principal& who : principals_) {
        house->Know(who.token(),
                    {.account = "accounts/x", .person = who.person(), .grants = {{who.role, who.programme}}});
      }
    }
  }
  void Arrange(const Situation& situation) {
    house_.Arrange(situation);
    other_.Arrange(situation);
  }

  // One cell: all that is expected of one call.
  void Check(const Row& row, const MethodDescriptor& method, const std::string& request, const Principal& who,
             const Situation& situation) {
    const std::string path = absl::StrCat("/soutenance.submissions.v1.", row.method);
    const std::string answer = house_.Answer(who.token(), path, request);
    const std::string where =
        absl::StrCat(row.method, " {", row.request, "} by ", who.token(), ", ", StateName(situation.state),
                     ", ", ConfidentialityName(situation.level), situation.is_embargoed ? ", embargo" : "");
    ++cells_;
    if (!MayCall(who, method)) {
      EXPECT_TRUE(absl::StartsWith(answer, "7|") && absl::StrContains(answer, "ROLE_NOT_ALLOWED")) << where;
      return;
    }
    const Rights rights = RightsOf(who, situation, row.about);
    // What it shows to those who may see it, and to nobody else.
    const bool is_entitled = Entitles(rights, row.shows);
    for (const auto& [canary, may_be_there] :
         {std::pair(canaries_.text, rights.texts), std::pair(canaries_.dealings, rights.dealings),
          std::pair(canaries_.file, rights.disseminated)}) {
      EXPECT_TRUE(may_be_there || !absl::StrContains(answer, canary)) << where;
    }
    if (row.shows != Shows::kNothing) {
      const bool is_shown = absl::StrContains(answer, CanaryOf(canaries_, row.shows));
      // Whoever may read a text need not be one who may change it.
      EXPECT_TRUE(is_shown == is_entitled || (is_entitled && absl::StartsWith(answer, "7|"))) << where;
      shown_ += is_shown;
    }
    // Hidden is the same as absent.
    if (!rights.knows && row.about != About::kNothing && !row.gives_a_name) {
      EXPECT_EQ(answer, empty_.Answer(who.token(), path, request)) << where;
    }
    // A database that differs in what is hidden answers the same. Who sees a file sees its digest too.
    if (rights.disseminated) return;
    std::string expected = other_.Answer(who.token(), path, request);
    if (rights.texts) expected = absl::StrReplaceAll(expected, {{other_canaries_.text, canaries_.text}});
    if (rights.dealings) {
      expected = absl::StrReplaceAll(expected, {{other_canaries_.dealings, canaries_.dealings}});
    }
    EXPECT_EQ(answer, expected) << where;
  }

  const Canaries canaries_ = CanariesOf('a');
  const Canaries other_canaries_ = CanariesOf('b');
  House house_{canaries_, House::Inhabited::kYes};
  House other_{other_canaries_, House::Inhabited::kYes};
  House empty_{canaries_, House::Inhabited::kNo};
  const std::vector<Principal> principals_ = AllPrincipals();
  int cells_ = 0;
  int shown_ = 0;
};

TEST(AccessRows, HaveALineForEveryMethodOfTheModule) {
  std::set<std::string> methods;
  for (const Row& row : Rows()) methods.insert(row.method);
  for (const std::string& name : ServiceNames()) {
    const auto* const service = DescriptorPool::generated_pool()->FindServiceByName(name);
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i) {
      EXPECT_EQ(methods.count(absl::StrCat(service->name(), "/", service->method(i)->name())), 1u)
          << service->method(i)->full_name() << " has no line in access_rows.cc";
    }
  }
}

// Every service that a file of the module's contract declares.
TEST(AccessRows, KnowEveryServiceOfTheModule) {
  const std::string package = "soutenance/submissions/v1/";
  std::vector<std::string> declared;
  for (const auto& entry :
       std::filesystem::directory_iterator(absl::StrCat(SOUTENANCE_SOURCE_DIR, "/proto/", package))) {
    const std::string file_name = absl::StrCat(package, entry.path().filename().string());
    const auto* const file = DescriptorPool::generated_pool()->FindFileByName(file_name);
    ASSERT_NE(file, nullptr) << file_name << " has a service of which access_rows.cc knows nothing";
    for (int i = 0; i < file->service_count(); ++i) declared.push_back(file->service(i)->full_name());
  }
  EXPECT_THAT(ServiceNames(), ::testing::UnorderedElementsAreArray(declared));
}

// Rows that are about nothing of the thesis are tried in one situation.
TEST_F(AccessMatrix, ShowsEveryoneExactlyWhatTheyMaySee) {
  bool is_first = true;
  for (const Situation& situation : AllSituations()) {
    Arrange(situation);
    for (const Row& row : Rows()) {
      if (row.about == About::kNothing && !is_first) continue;
      if (situation.is_one_of_all_states && !row.depends_on_state) continue;
      const MethodDescriptor* const method = FindMethod(row.method);
      ASSERT_NE(method, nullptr) << row.method;
      const std::string request = RequestOf(row, *method);
      for (const Principal& who : principals_) Check(row, *method, request, who, situation);
    }
    is_first = false;
    if (HasFailure()) return;
  }
  EXPECT_GT(cells_, 50'000);
  EXPECT_GT(shown_, 4'000);
  for (const std::string& line : house_.LogLines()) {
    EXPECT_FALSE(absl::StrContains(line, "canary")) << line;
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace soutenance::submissions::access_test
