// SPDX-License-Identifier: Apache-2.0
//
// The shared I/O engine: one libcurl multi handle, driven by whichever thread happens to wait.
//
// Threads: at any time at most one waiting thread is the driver, which polls the sockets of all exchanges without
// holding the mutex; the others sleep until their exchange changes or the driver's role falls vacant. The multi handle
// is touched only under the mutex and never while the driver polls (`Access`).
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"

namespace sloop::http {

/// One request under way. Fields below the handle change only while the engine's mutex is held, but for `moved`.
struct Exchange {
  struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  std::unique_ptr<curl_slist, FreeList> sent_headers;
  std::unique_ptr<CURL, FreeEasy> easy;
  char curl_message[CURL_ERROR_SIZE] = {};
  /// Most body bytes accepted (whole bodies), or held before the peer is slowed down (streams).
  std::size_t limit = 0;
  bool streamed = false;

  int status = 0;
  Headers headers;
  std::string body;
  bool head_done = false;
  bool paused = false;
  bool too_large = false;
  bool done = false;
  CURLcode code = CURLE_OK;
  /// The head, body bytes or the end came since the owner looked last.
  std::atomic<bool> moved = false;
  /// The engine's count of such moves.
  std::atomic<std::uint64_t>* progress = nullptr;

  /// Registers the callbacks that fill the fields above.
  void attach();

 private:
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* exchange);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* exchange);
  void take_header_line(std::string_view line);
};

/// Tells the exchange's owner, and who waits for any exchange.
void note_move(Exchange& exchange);

class CurlEngine {
 public:
  CurlEngine();
  ~CurlEngine();
  CurlEngine(const CurlEngine&) = delete;
  CurlEngine& operator=(const CurlEngine&) = delete;

  void start(Exchange& exchange);
  /// Ends an exchange, also one under way; its connection is closed then.
  void remove(Exchange& exchange);

  /// Blocks until `ready` (called with the mutex held) is true. Fails with `timed_out` or `cancelled`.
  [[nodiscard]] Result<void> wait(const CallOptions& options, const std::function<bool()>& ready);

  /// How often the streams among the exchanges moved.
  [[nodiscard]] std::uint64_t progress() const { return progress_.load(std::memory_order_acquire); }

  /// Moves the body bytes that have arrived to `out`, and lets a paused exchange go on.
  void take_body(Exchange& exchange, std::string& out);

  /// Runs `change` (of what the exchange sends) with the mutex held, and lets sending go on.
  void feed(Exchange& exchange, const std::function<void()>& change);

  /// Closes the connections that no exchange uses; does nothing while there are exchanges.
  void close_idle();

 private:
  /// Holds the mutex with the driver out of its poll.
  class Access {
   public:
    explicit Access(CurlEngine& engine);
    ~Access();

   private:
    CurlEngine& engine_;
    std::unique_lock<std::mutex> lock_;
  };

  void drive();
  void poll(std::unique_lock<std::mutex>& lock, const Deadline& deadline);

  CURLM* multi_ = nullptr;
  std::atomic<std::uint64_t> progress_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  int exchanges_ = 0;
  int accesses_ = 0;  // threads that want the multi handle
  bool driving_ = false;
  bool polling_ = false;
};

}  // namespace sloop::http
