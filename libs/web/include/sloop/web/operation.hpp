// SPDX-License-Identifier: Apache-2.0
//
// What the types of a handler say about its route: the material of the OpenAPI document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"

namespace sloop::web {

struct ParameterNote {
  /// Empty: the next capture of the pattern.
  std::string name = {};
  /// `path`, `query` or `header`.
  std::string_view in = {};
  bool required = true;
  Json schema = {};
  std::string description = {};
};

/// A body of a request or reply.
struct ContentNote {
  /// Empty: there is no body.
  std::string content_type = {};
  Json schema = {};
};

struct ReplyNote {
  int status = 200;
  ContentNote content = {};
};

struct OperationNotes {
  std::vector<ParameterNote> parameters = {};
  std::vector<ContentNote> body = {};
  bool body_required = true;
  std::vector<ReplyNote> replies = {};
  /// Statuses with which the parameters refuse.
  std::vector<int> refusals = {};

  void refuses(int status);
};

using Describe = void (*)(OperationNotes&);

}  // namespace sloop::web
