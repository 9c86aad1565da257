// SPDX-License-Identifier: Apache-2.0
//
// Amazon Bedrock Converse (POST {base}/model/{model}/converse) and ConverseStream, as pure functions: a request to a
// body, bytes to events. Streams are AWS's binary event streams.
//
// Source: botocore, `bedrock-runtime`, `ConverseRequest`, `ConverseResponse`, `ConverseStreamOutput`; and recorded
// traffic. Signatures are put on by the authenticator.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::bedrock_converse {

/// The body of the request; the model stands in the address. Messages of users and tools that follow each other are
/// one turn, the results of tools first.
///
/// - Settings that are a model family's own (`top_k`, reasoning) go into `additionalModelRequestFields` for the
/// families
///   that are known to have them, and are left out and told for the others.
/// - Tools can't be forbidden by a choice: with `none` they are left out, unless the conversation has calls already.
/// - Media are bytes, or an `s3://` address.
///
/// Fails with `unsupported` when a part can't be said in this format.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, HTML, or a body without output is an `Error`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without `messageStop`. An exception in the stream has the status that its name stands for
/// (`throttlingException`: 429); a frame with a wrong checksum is `bad_reply`.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::bedrock_converse
