// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace sloop::events {
namespace {

/// A zlib stream that ends with its scope.
class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOnly = 16;
    ready_ = ::inflateInit2(&stream_, MAX_WBITS + kGzipOnly) == Z_OK;
  }
  ~Inflater() {
    if (ready_) ::inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  [[nodiscard]] bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  Inflater inflater;
  if (!inflater.ready()) return fail(ErrorKind::internal, "zlib can't be started");
  z_stream& stream = inflater.stream();
  // zlib's interface takes no const; it does not write there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), std::size_t{1} << 30));
  std::string out;
  std::array<char, 16'384> piece;
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    status = ::inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = piece.size() - stream.avail_out;
    if (out.size() + got > limit)
      return fail(ErrorKind::too_large, "more than " + std::to_string(limit) + " bytes are in the gzip'd data");
    out.append(piece.data(), got);
  }
  if (status == Z_STREAM_END) return out;
  return fail(ErrorKind::invalid_input, status == Z_BUF_ERROR ? "the gzip'd data is cut off" : "the data is not gzip");
}

}  // namespace sloop::events
