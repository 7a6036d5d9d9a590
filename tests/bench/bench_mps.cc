// Solves a mixed-integer program as it stands with CBC, for benches that compare with a plain formulation:
//
//   bench_mps MODEL.mps SECONDS THREADS [START]
//
// START names a file with a "column value" a line, a known solution to begin with. Prints "value V" if a
// solution was found, "bound B" (of the linear program and what branching added), "optimal" if that is
// proven, and then each column that is not zero as "column value". Minimises.

#include <coin/Cbc_C_Interface.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace {

// Hands a known solution to `model`.
void ReadStart(const char* path, Cbc_Model* model) {
  std::ifstream file(path);
  std::vector<std::string> names;
  std::vector<double> values;
  std::string name;
  double value = 0;
  while (file >> name >> value) {
    names.push_back(name);
    values.push_back(value);
  }
  std::vector<const char*> pointers;
  for (const std::string& each : names) pointers.push_back(each.c_str());
  Cbc_setMIPStart(model, static_cast<int>(pointers.size()), pointers.data(), values.data());
}

void Print(Cbc_Model* model) {
  std::printf("bound %.6f\n", Cbc_getBestPossibleObjValue(model));
  const double* values = Cbc_bestSolution(model);
  if (values == nullptr) return;
  std::printf("value %.6f\n", Cbc_getObjValue(model));
  if (Cbc_isProvenOptimal(model) != 0) std::printf("optimal\n");
  std::vector<char> name(256);
  for (int column = 0; column < Cbc_getNumCols(model); ++column) {
    if (std::fabs(values[column]) < 1e-6) continue;
    Cbc_getColName(model, column, name.data(), name.size());
    std::printf("%s %.6f\n", name.data(), values[column]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: bench_mps MODEL.mps SECONDS THREADS [START]\n");
    return 2;
  }
  Cbc_Model* model = Cbc_newModel();
  Cbc_setParameter(model, "log", "0");
  if (Cbc_readMps(model, argv[1]) != 0) {
    std::fprintf(stderr, "bench_mps: %s cannot be read\n", argv[1]);
    return 1;
  }
  Cbc_setParameter(model, "timeMode", "elapsed");
  Cbc_setParameter(model, "seconds", argv[2]);
  Cbc_setParameter(model, "threads", argv[3]);
  if (argc > 4) ReadStart(argv[4], model);
  Cbc_solve(model);
  Print(model);
  Cbc_deleteModel(model);
  return 0;
}
