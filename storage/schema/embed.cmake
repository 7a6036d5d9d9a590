# Writes OUTPUT, a C++ source that holds every migration below FOLDER. Run by the build; see storage/CMakeLists.txt.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.sql)
list(SORT files)
set(entries)
foreach(file ${files})
  if(NOT file MATCHES "^([a-z]+)/([a-z_]+)/(([0-9][0-9][0-9][0-9])_[a-z0-9_]+)\\.sql$")
    message(FATAL_ERROR "${FOLDER}/${file}: a migration is called <dialect>/<service>/NNNN_name.sql")
  endif()
  set(dialect ${CMAKE_MATCH_1})
  set(service ${CMAKE_MATCH_2})
  set(name ${CMAKE_MATCH_3})
  string(REGEX REPLACE "^0+([0-9])" "\\1" number ${CMAKE_MATCH_4})
  file(READ ${FOLDER}/${file} sql)
  string(APPEND entries "    {\"${dialect}\", \"${service}\", ${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new "#include \"storage/sql/migrations.h\"

namespace soutenance::storage::sql {
namespace {

constexpr Migration kMigrations[] = {
${entries}};

}  // namespace

absl::Span<const Migration> AllMigrations() { return kMigrations; }

}  // namespace soutenance::storage::sql
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT})
