#ifndef SOUTENANCE_TESTS_CRASH_IMAGE_CHECK_H_
#define SOUTENANCE_TESTS_CRASH_IMAGE_CHECK_H_

#include <map>
#include <string>
#include <vector>

#include "tests/crash/disk.h"

namespace soutenance::crash {

// What is wrong with the files in `folder` of `files` after a power cut; empty if nothing is: every version
// that was acknowledged is there, every version that is there has its whole content and its receipt, and the
// log has an entry for each receipt.
std::string WhatIsWrong(Image files, const std::string& folder,
                        const std::map<std::string, std::string>& contents,
                        const std::vector<std::string>& acknowledged);

}  // namespace soutenance::crash

#endif  // SOUTENANCE_TESTS_CRASH_IMAGE_CHECK_H_
