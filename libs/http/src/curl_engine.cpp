// SPDX-License-Identifier: Apache-2.0
#include "curl_engine.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

// Other C libraries have no modules for name lookups.
#if defined(SLOOP_STATIC) && defined(__GLIBC__)
#define SLOOP_NAME_MODULES
#include <nss.h>
#endif

namespace sloop::http {
namespace {

constexpr std::chrono::milliseconds kLongestPoll{3'600'000};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

/// The status in `HTTP/1.1 200 OK`; 0 when there is none.
int status_of(std::string_view line) {
  const auto text = trimmed(line.substr(std::min(line.find(' '), line.size())));
  int status = 0;
  std::from_chars(text.data(), text.data() + text.size(), status);
  return status;
}

}  // namespace

void note_move(Exchange& exchange) {
  exchange.moved.store(true, std::memory_order_release);
  if (exchange.progress != nullptr) exchange.progress->fetch_add(1, std::memory_order_release);
}

void Exchange::attach() {
  CURL* handle = easy.get();
  curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, curl_message);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
}

void Exchange::take_header_line(std::string_view line) {
  if (head_done) return;  // trailers
  if (line.starts_with("HTTP/")) {
    status = status_of(line);
    headers = {};
    return;
  }
  const auto text = trimmed(line);
  if (text.empty()) {
    head_done = status >= 200;  // an interim answer (1xx) is followed by the real one
    if (head_done) note_move(*this);
    return;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return;
  headers.add(std::string(trimmed(text.substr(0, colon))), std::string(trimmed(text.substr(colon + 1))));
}

std::size_t Exchange::on_header(char* bytes, std::size_t size, std::size_t count, void* exchange) {
  static_cast<Exchange*>(exchange)->take_header_line({bytes, size * count});
  return size * count;
}

std::size_t Exchange::on_body(char* bytes, std::size_t size, std::size_t count, void* exchange) {
  auto& self = *static_cast<Exchange*>(exchange);
  const std::size_t length = size * count;
  if (self.streamed && self.body.size() >= self.limit) {
    self.paused = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  if (!self.streamed && length > self.limit - self.body.size()) {
    self.too_large = true;
    return 0;
  }
  self.body.append(bytes, length);
  note_move(self);
  return length;
}

CurlEngine::CurlEngine() {
  static std::once_flag initialised;
  std::call_once(initialised, [] {
#ifdef SLOOP_NAME_MODULES
    // What /etc/nsswitch.conf names beyond these two would be loaded as a foreign module into a static program.
    __nss_configure_lookup("hosts", "files dns");
#endif
    curl_global_init(CURL_GLOBAL_DEFAULT);
  });
  multi_ = curl_multi_init();
}

CurlEngine::~CurlEngine() {
  curl_multi_cleanup(multi_);
}

CurlEngine::Access::Access(CurlEngine& engine) : engine_(engine), lock_(engine.mutex_) {
  ++engine_.accesses_;
  if (engine_.polling_) curl_multi_wakeup(engine_.multi_);
  engine_.changed_.wait(lock_, [&] { return !engine_.polling_; });
}

CurlEngine::Access::~Access() {
  --engine_.accesses_;
  engine_.changed_.notify_all();
}

void CurlEngine::start(Exchange& exchange) {
  const Access access(*this);
  exchange.attach();
  if (exchange.streamed) exchange.progress = &progress_;
  curl_multi_add_handle(multi_, exchange.easy.get());
  ++exchanges_;
}

void CurlEngine::remove(Exchange& exchange) {
  const Access access(*this);
  curl_multi_remove_handle(multi_, exchange.easy.get());
  --exchanges_;
}

void CurlEngine::close_idle() {
  const Access access(*this);
  if (exchanges_ > 0) return;
  // The one way that every libcurl since 7.88 has: connections go with the handle that they belong to.
  curl_multi_cleanup(multi_);
  multi_ = curl_multi_init();
}

void CurlEngine::take_body(Exchange& exchange, std::string& out) {
  const Access access(*this);
  out = std::exchange(exchange.body, {});
  // The end is a move that stays.
  exchange.moved.store(exchange.done, std::memory_order_release);
  if (!exchange.paused) return;
  exchange.paused = false;
  curl_easy_pause(exchange.easy.get(), CURLPAUSE_CONT);
}

void CurlEngine::feed(Exchange& exchange, const std::function<void()>& change) {
  const Access access(*this);
  change();
  if (!exchange.done) curl_easy_pause(exchange.easy.get(), CURLPAUSE_CONT);
}

Result<void> CurlEngine::wait(const CallOptions& options, const std::function<bool()>& ready) {
  // Made before the lock and destroyed after it: its destructor waits for a callback that itself wants the mutex.
  const std::stop_callback on_stop(options.stop, [this] {
    const std::lock_guard lock(mutex_);
    if (polling_) curl_multi_wakeup(multi_);
    changed_.notify_all();
  });
  std::unique_lock lock(mutex_);
  const auto finished = [&] { return ready() || options.stop.stop_requested() || options.deadline.passed(); };
  while (!finished()) {
    if (!driving_) {
      driving_ = true;
      drive();
      if (!finished()) poll(lock, options.deadline);
      driving_ = false;
      changed_.notify_all();
    } else if (options.deadline.is_never()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, options.deadline.at());
    }
  }
  if (ready()) return {};
  if (options.stop.stop_requested()) return fail(ErrorKind::cancelled, "the call was cancelled");
  return fail(ErrorKind::timed_out, "the deadline passed");
}

void CurlEngine::drive() {
  int running = 0;
  curl_multi_perform(multi_, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Exchange* exchange = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
    exchange->code = message->data.result;
    exchange->done = true;
    note_move(*exchange);
  }
}

void CurlEngine::poll(std::unique_lock<std::mutex>& lock, const Deadline& deadline) {
  changed_.notify_all();  // for those whose exchange moved on while this thread drove
  // Who wants the multi handle comes first; this thread goes on once they are through.
  if (accesses_ > 0) {
    changed_.wait(lock, [this] { return accesses_ == 0; });
    return;
  }
  polling_ = true;
  lock.unlock();
  curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::min(deadline.remaining(), kLongestPoll).count()), nullptr);
  lock.lock();
  polling_ = false;
  changed_.notify_all();
}

}  // namespace sloop::http
