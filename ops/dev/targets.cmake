# The three kinds of targets this project has. Each folder is one library, so that what a folder links is what it may
# include (see services/README.md for the table).

add_library(soutenance_options INTERFACE)
target_compile_options(soutenance_options INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wno-missing-field-initializers -Werror=switch -Werror=unused-result -Werror=return-type
  $<$<BOOL:${SOUTENANCE_WARNINGS_ARE_ERRORS}>:-Werror>)

# What a sanitized build spends most on is what it checks least: test sources (the macros of GoogleTest, four times as
# long to compile when optimised with every check as when not) and generated messages. The presets relax those alone;
# what is tested keeps every check.
set(SOUTENANCE_TEST_OPTIONS "" CACHE STRING "Options for the sources of tests, after those of the preset")
set(SOUTENANCE_GENERATED_OPTIONS "" CACHE STRING "Options for sources that protoc generates, after those of the preset")
set(SOUTENANCE_HARNESS_OPTIONS "" CACHE STRING "Options for the sources of tests that take most of their time, after those of the preset")

# Parsing the standard library, Abseil and GoogleTest is a quarter of a clean build; precompiled once for libraries and
# once for tests it is nearly nothing. Only the presets of CI do so: a source that forgets to include what it uses must
# fail in everyday work.
option(SOUTENANCE_PRECOMPILE "Precompile the headers that nearly every source includes" OFF)
if(SOUTENANCE_PRECOMPILE)
  # What must be the same wherever a precompiled header is used; ccache needs the second one.
  target_compile_options(soutenance_options INTERFACE -pthread -fpch-preprocess)
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cc "")
  add_library(soutenance_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cc)
  target_link_libraries(soutenance_precompiled PRIVATE soutenance_options)
  target_precompile_headers(soutenance_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/ops/dev/precompiled.h)
  add_library(soutenance_precompiled_test OBJECT ${PROJECT_BINARY_DIR}/precompiled.cc)
  target_link_libraries(soutenance_precompiled_test PRIVATE soutenance_options GTest::gmock)
  target_compile_options(soutenance_precompiled_test PRIVATE ${SOUTENANCE_TEST_OPTIONS})
  target_precompile_headers(soutenance_precompiled_test PRIVATE ${PROJECT_SOURCE_DIR}/ops/dev/precompiled.h
    <gmock/gmock.h> <gtest/gtest.h>)
endif()

# Lets a target use what `from` precompiled, in the presets that do.
function(soutenance_precompiled target from)
  if(SOUTENANCE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

# The sources of a target repeat each other's headers and instances of templates: compiled several at a time they take a
# third of the time. Only the presets of CI do so, for the same reason. batches.py keeps apart what gives the same name to
# something of its own; what it does not see, the compiler does.
option(SOUTENANCE_BATCHES "Compile several sources of a target at a time" OFF)
if(SOUTENANCE_BATCHES)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
endif()

function(soutenance_batches target)
  if(SOUTENANCE_BATCHES)
    set(sources ${ARGN})
    list(FILTER sources EXCLUDE REGEX "^${PROJECT_BINARY_DIR}") # What is generated stays alone: it may not be there yet.
    execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/ops/dev/batches.py 8 ${sources}
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE batches COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[0-9]+" batches "${batches}")
    foreach(source batch IN ZIP_LISTS sources batches)
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${target}_${batch})
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage) # A source in a batch looks like a header.
  endif()
endfunction()

# soutenance_library(<name> SOURCES <file>... [LINKS <target>...] [PRIVATE_LINKS <target>...])
# Defines a static library and its alias soutenance::<name>. LINKS are seen by those who link it.
function(soutenance_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(soutenance_${name} STATIC ${ARG_SOURCES})
  add_library(soutenance::${name} ALIAS soutenance_${name})
  target_link_libraries(soutenance_${name} PUBLIC ${ARG_LINKS} PRIVATE soutenance_options ${ARG_PRIVATE_LINKS})
  soutenance_precompiled(soutenance_${name} soutenance_precompiled)
  soutenance_batches(soutenance_${name} ${ARG_SOURCES})
endfunction()

# soutenance_binary(<name> SOURCES <file>... LINKS <target>...)
function(soutenance_binary name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE soutenance_options ${ARG_LINKS})
  soutenance_precompiled(${name} soutenance_precompiled)
  soutenance_batches(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# Builds every test that THREAD_SANITIZED marks; what the tsan preset is for.
add_custom_target(thread_sanitized_tests)

# soutenance_test(<name> LABEL <label> [TIMEOUT <seconds>] [THREAD_SANITIZED] SOURCES <file>... LINKS <target>...)
# One GoogleTest binary per folder, registered with ctest under its name. Labels: see tests/README.md.
# THREAD_SANITIZED: also run under the thread sanitizer; only for what has neither gRPC nor absl::Mutex in it, whose
# packaged libraries are not instrumented and would give false reports.
function(soutenance_test name)
  cmake_parse_arguments(ARG "THREAD_SANITIZED" "LABEL;TIMEOUT" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE soutenance_options ${ARG_LINKS} soutenance::testing GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE ${SOUTENANCE_TEST_OPTIONS})
  soutenance_precompiled(${name} soutenance_precompiled_test)
  soutenance_batches(${name} ${ARG_SOURCES})
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/ops/dev/leaks-of-libraries.supp:print_suppressions=0")
  if(ARG_THREAD_SANITIZED)
    set_property(TEST ${name} APPEND PROPERTY LABELS thread_sanitized)
    add_dependencies(thread_sanitized_tests ${name})
  endif()
endfunction()
