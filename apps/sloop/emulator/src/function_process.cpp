// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/function_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fstream>
#include <mutex>
#include <thread>

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

// A longer line is handed on in pieces, as CloudWatch does.
constexpr std::size_t kLongestLine = 256 * 1024;

/// Two ends of a pipe that no other child inherits.
struct Pipe {
  int read = -1;
  int write = -1;

  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) == 0) read = ends[0], write = ends[1];
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void close_read() { close(read); }
  void close_write() { close(write); }

 private:
  static void close(int& file) {
    if (file >= 0) ::close(file);
    file = -1;
  }
};

/// What the child says: when it became the program, and then, only if it could not, why.
struct StartMessage {
  enum Step : int { group, directory, becoming, program } step;
  int reason;
  timespec time;
};

/// All that the child needs, made before the fork: between fork and exec nothing may allocate.
struct Prepared {
  std::string program;
  std::vector<std::string> variables;
  std::vector<char*> argv;
  std::vector<char*> envp;

  explicit Prepared(const ProcessOptions& options) : program(path_of(options.command.front())) {
    for (const auto& [name, value] : options.environment) variables.push_back(name + "=" + value);
    for (const auto& argument : options.command) argv.push_back(const_cast<char*>(argument.c_str()));
    for (auto& variable : variables) envp.push_back(variable.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
  }

 private:
  static std::string path_of(const std::string& program) {
    const char* search = std::getenv("PATH");
    if (program.contains('/') || search == nullptr) return program;
    for (std::string_view rest = search; !rest.empty();) {
      const auto end = std::min(rest.find(':'), rest.size());
      const std::string candidate = std::string(rest.substr(0, end)) + "/" + program;
      if (::access(candidate.c_str(), X_OK) == 0) return candidate;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return program;
  }
};

void tell(int report, StartMessage::Step step) {
  StartMessage message{.step = step, .reason = errno, .time = {}};
  ::clock_gettime(CLOCK_MONOTONIC, &message.time);
  (void)!::write(report, &message, sizeof message);
}

[[noreturn]] void give_up(int report, StartMessage::Step step) {
  tell(report, step);
  ::_exit(127);
}

/// Runs in the child: async-signal-safe calls only.
[[noreturn]] void become(const ProcessOptions& options, const Prepared& prepared, int output, int report) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (options.group != nullptr) {
    for (const auto& path : options.group->join_files()) {
      const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
      if (file < 0 || ::write(file, "0", 1) != 1) give_up(report, StartMessage::group);
      ::close(file);
    }
  }
  if (!options.working_directory.empty() && ::chdir(options.working_directory.c_str()) != 0)
    give_up(report, StartMessage::directory);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (const int nothing = ::open("/dev/null", O_RDONLY); nothing >= 0) ::dup2(nothing, STDIN_FILENO);
  sigset_t none;
  ::sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  tell(report, StartMessage::becoming);
  ::execve(prepared.program.c_str(), prepared.argv.data(), prepared.envp.data());
  give_up(report, StartMessage::program);
}

std::unexpected<Error> failure_to_start(const ProcessOptions& options, const StartMessage& failure) {
  const std::string reason = std::strerror(failure.reason);
  switch (failure.step) {
    case StartMessage::group: return fail(ErrorKind::forbidden, "the control group can't be joined: " + reason);
    case StartMessage::directory:
      return fail(ErrorKind::not_found, fmt::format("{}: {}", options.working_directory, reason));
    case StartMessage::becoming:
    case StartMessage::program: break;
  }
  const std::string& program = options.command.front();
  if (failure.reason == ENOEXEC)
    return fail(ErrorKind::invalid_input, fmt::format("{}: not a program for this machine", program));
  return fail(failure.reason == EACCES ? ErrorKind::forbidden : ErrorKind::not_found,
              fmt::format("{}: {}", program, reason));
}

/// False at the end of the pipe, which the program's start closes.
bool read_message(int report, StartMessage& message) {
  StartMessage read{};
  ssize_t got = 0;
  while ((got = ::read(report, &read, sizeof read)) < 0 && errno == EINTR) {
  }
  if (got != sizeof read) return false;
  message = read;
  return true;
}

class Running final : public FunctionProcess {
 public:
  Running(pid_t pid, std::chrono::steady_clock::time_point called, int output, const ProcessOptions& options)
      : pid_(pid),
        called_(called),
        output_(output),
        on_output_(options.on_output),
        on_exit_(options.on_exit),
        reader_([this] { read_output(); }),
        waiter_([this] { wait_for_end(); }) {}

  ~Running() override { kill(); }

  [[nodiscard]] pid_t pid() const override { return pid_; }
  [[nodiscard]] std::chrono::steady_clock::time_point called() const override { return called_; }

  [[nodiscard]] std::optional<ProcessExit> exited() const override {
    const std::lock_guard lock(mutex_);
    return exit_;
  }

  [[nodiscard]] std::uint64_t peak_memory() const override {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string key; status >> key;) {
      std::uint64_t kilobytes = 0;
      if (key == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
    }
    return 0;
  }

  void drain_output() override {
    const auto until = std::chrono::steady_clock::now() + 200ms;
    while (std::chrono::steady_clock::now() < until) {
      int waiting = 0;
      {
        const std::lock_guard lock(output_mutex_);
        if (output_ended_ || ::ioctl(output_, FIONREAD, &waiting) != 0 || waiting == 0) return;
      }
      std::this_thread::sleep_for(100us);
    }
  }

  void send_signal(int signal, bool to_group) override {
    // Not after the end: the number may belong to another process by then.
    const std::lock_guard lock(mutex_);
    if (!exit_) ::kill(to_group ? -pid_ : pid_, signal);
  }

  [[nodiscard]] bool wait_end(Deadline deadline) const override {
    std::unique_lock lock(mutex_);
    const auto over = [&] { return exit_.has_value(); };
    if (!deadline.is_never()) return ended_.wait_until(lock, deadline.at(), over);
    ended_.wait(lock, over);
    return true;
  }

  void send_kill() override { send_signal(SIGKILL, true); }

  void kill() override {
    send_kill();
    if (waiter_.joinable()) waiter_.join();
    if (reader_.joinable()) {
      // A grandchild in another process group may hold the pipe open: it is not waited for.
      wake_.close_write();
      reader_.join();
      ::close(output_);
    }
  }

 private:
  void wait_for_end() {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    int status = 0;
    struct rusage usage{};
    {
      const std::lock_guard lock(mutex_);
      // What it started ends with it, as in Lambda's sandbox.
      ::kill(-pid_, SIGKILL);
      ::wait4(pid_, &status, 0, &usage);
      exit_ = ProcessExit{.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                          .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                          .peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024};
      ended_.notify_all();
    }
    if (on_exit_) on_exit_();
  }

  void read_output() {
    std::string pending;
    char buffer[16 * 1024];
    while (wait_readable()) {
      const std::lock_guard lock(output_mutex_);
      const auto count = ::read(output_, buffer, sizeof buffer);
      if (count <= 0) break;
      pending.append(buffer, static_cast<std::size_t>(count));
      hand_on_lines(pending);
    }
    const std::lock_guard lock(output_mutex_);
    output_ended_ = true;
    if (!pending.empty() && on_output_) on_output_(pending);
  }

  /// False when there is nothing more to come.
  [[nodiscard]] bool wait_readable() const {
    pollfd files[] = {{.fd = output_, .events = POLLIN, .revents = 0}, {.fd = wake_.read, .events = 0, .revents = 0}};
    while (::poll(files, 2, -1) < 0 && errno == EINTR) {
    }
    return files[0].revents != 0;
  }

  void hand_on_lines(std::string& pending) const {
    std::size_t begin = 0;
    while (begin < pending.size()) {
      auto end = pending.find('\n', begin);
      const bool whole = end != std::string::npos;
      if (!whole && pending.size() - begin < kLongestLine) break;
      if (!whole) end = pending.size();
      if (on_output_) on_output_(std::string_view(pending).substr(begin, end - begin));
      begin = whole ? end + 1 : end;
    }
    pending.erase(0, begin);
  }

  const pid_t pid_;
  const std::chrono::steady_clock::time_point called_;
  const int output_;
  const std::function<void(std::string_view)> on_output_;
  const std::function<void()> on_exit_;
  mutable std::mutex mutex_;
  mutable std::condition_variable ended_;
  std::optional<ProcessExit> exit_;
  std::mutex output_mutex_;
  bool output_ended_ = false;
  Pipe wake_;
  std::jthread reader_;
  std::jthread waiter_;
};

}  // namespace

std::string ProcessExit::text() const {
  if (signal == 0) return fmt::format("exit status {}", status);
  const char* name = ::sigdescr_np(signal);
  std::string words = name != nullptr ? name : std::to_string(signal);
  for (char& letter : words) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return "signal: " + words;
}

Result<std::unique_ptr<FunctionProcess>> FunctionProcess::start(const ProcessOptions& options) {
  const Prepared prepared(options);
  Pipe output;
  Pipe report;
  const bool has_pipes = output.write >= 0 && report.write >= 0;
  const pid_t pid = has_pipes ? ::fork() : -1;
  if (pid < 0) return fail(ErrorKind::unavailable, fmt::format("no process can be started: {}", std::strerror(errno)));
  if (pid == 0) become(options, prepared, output.write, report.write);
  output.close_write();
  report.close_write();
  StartMessage last{.step = StartMessage::program, .reason = ECANCELED, .time = {}};
  auto called = std::chrono::steady_clock::time_point();
  while (read_message(report.read, last))
    called = std::chrono::steady_clock::time_point(std::chrono::seconds(last.time.tv_sec) +
                                                   std::chrono::nanoseconds(last.time.tv_nsec));
  if (last.step != StartMessage::becoming) {
    ::waitpid(pid, nullptr, 0);
    return failure_to_start(options, last);
  }
  return std::make_unique<Running>(pid, called, std::exchange(output.read, -1), options);
}

}  // namespace sloop::emulator
