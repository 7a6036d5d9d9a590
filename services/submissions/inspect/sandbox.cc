#include "services/submissions/inspect/sandbox.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <vector>

// The address sanitizer reserves terabytes, which no limit of memory would grant; it has its own.
#if defined(__SANITIZE_ADDRESS__)
#define SOUTENANCE_LIMITS_MEMORY 0
#else
#define SOUTENANCE_LIMITS_MEMORY 1
#endif

namespace soutenance::submissions::inspect {
namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "the system calls of this architecture are not listed"
#endif

// All that computing, reading and writing of what is open needs. Everything else fails with EPERM.
constexpr unsigned kAllowed[] = {
    SYS_read,         SYS_pread64,         SYS_readv,        SYS_write,         SYS_writev,
    SYS_lseek,        SYS_fstat,           SYS_close,        SYS_mmap,          SYS_munmap,
    SYS_mremap,       SYS_mprotect,        SYS_madvise,      SYS_brk,           SYS_futex,
    SYS_rt_sigaction, SYS_rt_sigprocmask,  SYS_rt_sigreturn, SYS_sigaltstack,   SYS_getpid,
    SYS_gettid,       SYS_tgkill,          SYS_getrandom,    SYS_clock_gettime, SYS_gettimeofday,
    SYS_nanosleep,    SYS_clock_nanosleep, SYS_sched_yield,  SYS_getrusage,     SYS_exit,
    SYS_exit_group,   SYS_restart_syscall,
};

bool Limit(int resource, uint64_t value) {
  const rlimit limit{value, value};
  return setrlimit(resource, &limit) == 0;
}

bool FilterSystemCalls() {
  std::vector<sock_filter> filter = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
  };
  for (const unsigned number : kAllowed) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

bool EnterSandbox(const SandboxLimits& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  setpriority(PRIO_PROCESS, 0, 10);  // whoever submits comes first
  bool granted = Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_FSIZE, 0) && Limit(RLIMIT_NOFILE, 3) &&
                 Limit(RLIMIT_CPU, static_cast<uint64_t>(limits.cpu_seconds));
#if SOUTENANCE_LIMITS_MEMORY
  granted = granted && Limit(RLIMIT_DATA, static_cast<uint64_t>(limits.memory_bytes));
#endif
  return granted && FilterSystemCalls();
}

}  // namespace soutenance::submissions::inspect
