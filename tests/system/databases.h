#ifndef SOUTENANCE_TESTS_SYSTEM_DATABASES_H_
#define SOUTENANCE_TESTS_SYSTEM_DATABASES_H_

#include <string>

namespace soutenance::system_test {

// The address of a new, empty database in the PostgreSQL server of this test program. Ends the program with a
// message if it cannot be made.
std::string FreshPostgresDatabase();

}  // namespace soutenance::system_test

#endif  // SOUTENANCE_TESTS_SYSTEM_DATABASES_H_
