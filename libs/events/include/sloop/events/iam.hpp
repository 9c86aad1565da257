// SPDX-License-Identifier: Apache-2.0
//
// Policy documents, as authorizers return them.
//
//   IamPolicyDocument{.Statement = {{.Action = "execute-api:Invoke", .Effect = "Allow", .Resource = arn}}}
//
// Source: IAM User Guide, "JSON policy element reference".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

struct IamPolicyStatement {
  std::optional<std::string> Sid = {};
  /// A text, or a list of them.
  Json Action = {};
  /// `Allow` or `Deny`.
  std::string Effect = {};
  /// A text, or a list of them.
  std::optional<Json> Resource = {};
  /// By operator and key.
  std::optional<std::map<std::string, std::map<std::string, Json>>> Condition = {};
  Rest rest = {};
};

struct IamPolicyDocument {
  std::optional<std::string> Version = {};
  std::vector<IamPolicyStatement> Statement = {};
  Rest rest = {};
};

}  // namespace sloop::events
