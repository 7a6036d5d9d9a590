// What every message and method of the contract must have, so that nobody has to remember it.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "soutenance/access/v1/access.pb.h"

namespace soutenance::layering {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::DescriptorPool;
using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::FileDescriptor;
using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::FileDescriptorSet;
using ::google::protobuf::MethodDescriptor;
using ::google::protobuf::ServiceDescriptor;
using ::google::protobuf::SourceLocation;
using ::testing::HasSubstr;

class Contract : public ::testing::Test {
 protected:
  void SetUp() override {
    // The option is only readable if this program links the file that defines it.
    access::v1::Access::descriptor();
    FileDescriptorSet set;
    std::ifstream in(SOUTENANCE_CONTRACT, std::ios::binary);
    ASSERT_TRUE(set.ParseFromIstream(&in));
    for (const FileDescriptorProto& proto : set.file()) {
      const FileDescriptor* file = pool_.BuildFile(proto);
      ASSERT_NE(file, nullptr) << proto.name();
      if (absl::StartsWith(file->name(), "soutenance/")) files_.push_back(file);
    }
    ASSERT_GE(files_.size(), 8u);
  }

  void ForEachMethod(const std::function<void(const MethodDescriptor&)>& look) const {
    for (const FileDescriptor* file : files_) {
      for (int i = 0; i < file->service_count(); ++i) {
        for (int j = 0; j < file->service(i)->method_count(); ++j) {
          SCOPED_TRACE(file->service(i)->method(j)->full_name());
          look(*file->service(i)->method(j));
        }
      }
    }
  }

  void ForEachMessage(const std::function<void(const Descriptor&)>& look) const {
    for (const FileDescriptor* file : files_) {
      for (int i = 0; i < file->message_type_count(); ++i) Walk(*file->message_type(i), look);
    }
  }

  void ForEachEnum(const std::function<void(const EnumDescriptor&)>& look) const {
    const auto see = [&](const EnumDescriptor& type) {
      SCOPED_TRACE(type.full_name());
      look(type);
    };
    for (const FileDescriptor* file : files_) {
      for (int i = 0; i < file->enum_type_count(); ++i) see(*file->enum_type(i));
    }
    ForEachMessage([&](const Descriptor& message) {
      for (int i = 0; i < message.enum_type_count(); ++i) see(*message.enum_type(i));
    });
  }

  std::vector<const FileDescriptor*> files_;

 private:
  static void Walk(const Descriptor& message, const std::function<void(const Descriptor&)>& look) {
    {
      SCOPED_TRACE(message.full_name());
      look(message);
    }
    for (int i = 0; i < message.nested_type_count(); ++i) Walk(*message.nested_type(i), look);
  }

  DescriptorPool pool_;
};

template <typename T>
std::string CommentOf(const T& thing) {
  SourceLocation location;
  if (!thing.GetSourceLocation(&location)) return "";
  return absl::StrCat(location.leading_comments, location.trailing_comments);
}

bool StartsWithOneOf(const std::string& name, const std::vector<std::string>& beginnings) {
  for (const std::string& beginning : beginnings) {
    if (absl::StartsWith(name, beginning)) return true;
  }
  return false;
}

bool OnlyReads(const MethodDescriptor& method) {
  return StartsWithOneOf(method.name(), {"Get", "List", "Follow", "Download", "Explain", "Find", "Compare",
                                         "Check", "Export", "WhoAmI", "AuthenticateToken"});
}

bool IsRequestOrResponse(const Descriptor& message) {
  return absl::EndsWith(message.name(), "Request") || absl::EndsWith(message.name(), "Response");
}

// PascalCase as UPPER_SNAKE: "SilentPolicy" is "SILENT_POLICY".
std::string UpperSnake(const std::string& name) {
  std::string snake;
  for (const char c : name) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !snake.empty()) snake += '_';
    snake += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return snake;
}

TEST_F(Contract, SaysOfEveryMethodWhoMayCallIt) {
  ForEachMethod([](const MethodDescriptor& method) {
    ASSERT_TRUE(method.options().HasExtension(access::v1::access)) << "no access option: nobody may call it";
    const access::v1::Access& access = method.options().GetExtension(access::v1::access);
    EXPECT_TRUE(access.roles_size() > 0 || access.authenticated() || access.services());
    for (const int role : access.roles()) EXPECT_NE(role, access::v1::ROLE_UNSPECIFIED);
    EXPECT_FALSE(access.authenticated() && access.roles_size() > 0)
        << "roles mean nothing if everybody may call";
  });
}

TEST_F(Contract, SaysOfEveryMethodWhatItDoesAndWhichCodesItReturns) {
  ForEachMethod([](const MethodDescriptor& method) {
    const std::string comment = CommentOf(method);
    EXPECT_THAT(comment, HasSubstr(".")) << "a sentence is expected";
    if (absl::StartsWith(method.name(), "Create") && method.name() != "CreateToken") {
      EXPECT_THAT(comment, ::testing::ContainsRegex("ALREADY_EXISTS|FAILED_PRECONDITION"));
    }
    if (StartsWithOneOf(method.name(), {"Update"})) {
      EXPECT_THAT(comment, ::testing::ContainsRegex("STALE_ETAG|calendar|openings"));
    }
  });
}

TEST_F(Contract, ProtectsEveryChangeAgainstRepetition) {
  ForEachMethod([](const MethodDescriptor& method) {
    const FieldDescriptor* const field = method.input_type()->FindFieldByName("request_id");
    if (OnlyReads(method)) {
      EXPECT_EQ(field, nullptr) << "a method that only reads needs no request_id";
      return;
    }
    // A piece says where it belongs: it may come again.
    if (method.client_streaming()) return;
    ASSERT_NE(field, nullptr) << "a method that changes something has a request_id";
    EXPECT_EQ(field->type(), FieldDescriptor::TYPE_STRING);
  });
}

TEST_F(Contract, PagesEveryList) {
  ForEachMethod([](const MethodDescriptor& method) {
    // The rulebook is one page by nature.
    if (!absl::StartsWith(method.name(), "List") || method.name() == "ListRules") return;
    EXPECT_NE(method.input_type()->FindFieldByName("page_size"), nullptr);
    EXPECT_NE(method.input_type()->FindFieldByName("page_token"), nullptr);
    EXPECT_NE(method.output_type()->FindFieldByName("next_page_token"), nullptr);
  });
}

TEST_F(Contract, TakesAndGivesMessagesOfItsOwn) {
  ForEachMethod([](const MethodDescriptor& method) {
    EXPECT_EQ(method.input_type()->name(), absl::StrCat(method.name(), "Request"));
    // Only bytes come as a stream.
    EXPECT_EQ(method.client_streaming(), absl::StartsWith(method.name(), "Upload"));
  });
}

TEST_F(Contract, BeginsEveryEnumWithWhatIsNotSaid) {
  ForEachEnum([](const EnumDescriptor& type) {
    const std::string prefix = absl::StrCat(UpperSnake(type.name()), "_");
    EXPECT_EQ(type.value(0)->name(), absl::StrCat(prefix, "UNSPECIFIED"));
    EXPECT_EQ(type.value(0)->number(), 0);
    for (int i = 0; i < type.value_count(); ++i)
      EXPECT_THAT(type.value(i)->name(), ::testing::StartsWith(prefix));
  });
}

TEST_F(Contract, ExplainsEveryServiceMessageAndEnum) {
  for (const FileDescriptor* file : files_) {
    for (int i = 0; i < file->service_count(); ++i) {
      EXPECT_FALSE(CommentOf(*file->service(i)).empty()) << file->service(i)->full_name();
    }
  }
  ForEachEnum([](const EnumDescriptor& type) { EXPECT_FALSE(CommentOf(type).empty()); });
  ForEachMessage([](const Descriptor& message) {
    // A request is explained by its method.
    if (!IsRequestOrResponse(message) && !message.options().map_entry()) {
      EXPECT_FALSE(CommentOf(message).empty());
    }
  });
}

// A field is explained by its own comment, by the comment of the field before it, of which it is the other
// half
// ("from", "to"), or by its type. What is common to all methods is told once, in directory.proto.
TEST_F(Contract, ExplainsEveryFieldOfItsResources) {
  const std::set<std::string> told_once = {"name", "etag", "title", "create_time", "points", "language"};
  ForEachMessage([&](const Descriptor& message) {
    if (IsRequestOrResponse(message)) return;
    bool previous_is_explained = false;
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      const bool is_of_our_type = (field.type() == FieldDescriptor::TYPE_MESSAGE &&
                                   absl::StartsWith(field.message_type()->full_name(), "soutenance.")) ||
                                  field.type() == FieldDescriptor::TYPE_ENUM;
      const bool is_explained =
          !CommentOf(field).empty() || is_of_our_type || told_once.count(field.name()) > 0;
      EXPECT_TRUE(is_explained || previous_is_explained) << field.full_name() << " is not explained";
      previous_is_explained = !CommentOf(field).empty();
    }
  });
}

}  // namespace
}  // namespace soutenance::layering
