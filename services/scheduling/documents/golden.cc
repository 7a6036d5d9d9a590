#include "services/scheduling/documents/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace soutenance::scheduling::documents {

void ExpectGolden(const std::string& name, const std::string& actual) {
  const std::string path = std::string(SOUTENANCE_GOLDEN_FOLDER) + "/" + name;
  const char* update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream file(path, std::ios::binary);
    file << actual;
    ASSERT_TRUE(file.good()) << "cannot write " << path;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.good()) << "cannot read " << path << "; UPDATE_GOLDEN=1 writes it";
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(expected.str(), actual) << name << " differs; UPDATE_GOLDEN=1 accepts the new text";
}

}  // namespace soutenance::scheduling::documents
