// SPDX-License-Identifier: Apache-2.0
#include "loop.hpp"
#include "sloop/lambda/run.hpp"

namespace sloop::lambda {
namespace {

using detail::Outcome;
using detail::Turn;

/// The reply of one invocation: whole, until the handler chooses a stream.
class Reply final : public Responder, private StreamWriter {
 public:
  explicit Reply(const Turn& turn) : turn_(turn) {}

  void set_content_type(std::string content_type) override { content_type_ = std::move(content_type); }

  StreamWriter& stream(std::string_view content_type, std::string head) override {
    if (!streams_) {
      content_type_ = content_type;
      head_ = std::move(head);
    }
    streams_ = true;
    return *this;
  }

  /// Posts what the handler left to be posted.
  Result<void> end(Outcome outcome) {
    const bool begun = upload_ != nullptr;
    if (!outcome && !begun) return detail::report(turn_, outcome.error());
    if (!streams_) return turn_.client.respond(turn_.invocation, std::move(*outcome), content_type_);
    if (outcome) {
      if (auto written = write(*outcome); !written) return written;
      return finish({});
    }
    detail::log_failure(turn_.context, outcome.error());
    return finish(error_trailers(outcome.error()));
  }

 private:
  Result<void> write(std::string_view bytes) override {
    if (failure_) return fail(*failure_);
    if (upload_ == nullptr) {
      // Not the handler's limits: what it has to say may still be said in the last moments.
      auto upload = turn_.client.stream(turn_.invocation, content_type_, {.deadline = turn_.context.deadline});
      if (!upload) return remember(upload.error());
      upload_ = std::move(*upload);
      if (auto written = upload_->write(head_); !written) return remember(written.error());
    }
    if (auto written = upload_->write(bytes); !written) return remember(written.error());
    return {};
  }

  Result<void> finish(const Headers& trailers) {
    if (failure_) return fail(*failure_);
    const auto response = upload_->finish(trailers);
    return response ? check_posted(*response) : fail(response.error().within("the streamed reply"));
  }

  std::unexpected<Error> remember(const Error& error) {
    failure_ = error.within("the streamed reply");
    return fail(*failure_);
  }

  const Turn& turn_;
  std::string content_type_ = "application/json";
  std::string head_;
  bool streams_ = false;
  std::unique_ptr<http::UploadStream> upload_;
  std::optional<Error> failure_;
};

}  // namespace

int run_raw(const RawHandler& handler, const RunOptions& options) {
  return detail::run_loop(
      [&](const Turn& turn) {
        Reply reply(turn);
        return reply.end(
            detail::outcome_of([&] { return handler(turn.invocation.event, turn.context, reply); }, turn.context));
      },
      &http::make_curl_upload_transport, options);
}

}  // namespace sloop::lambda
