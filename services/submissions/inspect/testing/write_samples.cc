// Writes the samples that are small enough to be the corpus of a fuzz target, one file each.
//   write_samples FOLDER zip|pdf|other...
#include <fstream>
#include <iostream>
#include <string>

#include "services/submissions/inspect/testing/samples.h"

int main(int argc, char** argv) {
  using namespace soutenance::submissions::inspect::testing;  // NOLINT: one function
  constexpr std::size_t kBytesMax = 8192;
  if (argc < 3) {
    std::cerr << "usage: write_samples FOLDER zip|pdf|other...\n";
    return 2;
  }
  for (int i = 2; i < argc; ++i) {
    const std::string kind = argv[i];
    for (const Sample& sample : kind == "zip"   ? ZipSamples()
                                : kind == "pdf" ? PdfSamples()
                                                : OtherSamples()) {
      if (sample.bytes.size() > kBytesMax) continue;
      std::ofstream(std::string(argv[1]) + "/" + sample.name, std::ios::binary) << sample.bytes;
    }
  }
  return 0;
}
