// SPDX-License-Identifier: Apache-2.0
#include "chat_tools.hpp"
#include "encoding.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/ollama.hpp"

namespace sloop::dialects::ollama {
namespace {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::system: return "system";
    case Role::assistant: return "assistant";
    case Role::tool: return "tool";
    case Role::user: break;
  }
  return "user";
}

Result<Json> image_json(const MediaPart& media) {
  if (media.kind != MediaKind::image) return fail(ErrorKind::unsupported, "Ollama takes images only");
  if (media.source.base64.empty())
    return fail(ErrorKind::unsupported, "Ollama takes images as base64 only, not by address or id");
  return Json(media.source.base64);
}

Json call_json(const ToolCallPart& call) {
  JsonObject out;
  if (!call.id.empty()) out["id"] = call.id;
  out["type"] = "function";
  out["function"] = JsonObject{{"name", call.name}, {"arguments", arguments_object(call)}};
  return out;
}

/// One message, and one for every result of a tool in it.
class Writer {
 public:
  explicit Writer(JsonArray& out) : out_(out) {}

  Result<void> add(const Message& message) {
    bool any = false;
    std::string text;
    std::string thinking;
    JsonArray images;
    JsonArray calls;
    for (const Part& part : message.content) {
      if (const auto* result = std::get_if<ToolResultPart>(&part)) {
        if (auto added = add_result(*result); !added) return added;
        continue;
      }
      any = true;
      if (const auto* piece = std::get_if<TextPart>(&part)) text += piece->text;
      if (const auto* refusal = std::get_if<RefusalPart>(&part)) text += refusal->text;
      if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) thinking += reasoning->text;
      if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(call_json(*call));
      if (const auto* media = std::get_if<MediaPart>(&part)) {
        auto image = image_json(*media);
        if (!image) return fail(image.error());
        images.push_back(std::move(*image));
      }
    }
    if (!any) return {};
    JsonObject json{{"role", role_name(message.role)}, {"content", text}};
    if (!thinking.empty()) json["thinking"] = thinking;
    if (!images.empty()) json["images"] = std::move(images);
    if (!calls.empty()) json["tool_calls"] = std::move(calls);
    for (const Part& part : message.content)
      if (const auto* call = std::get_if<ToolCallPart>(&part)) names_.emplace_back(call->id, call->name);
    out_.push_back(std::move(json));
    return {};
  }

 private:
  Result<void> add_result(const ToolResultPart& result) {
    JsonObject json{{"role", "tool"}, {"content", result_text(result)}};
    JsonArray images;
    for (const auto& media : result.media) {
      auto image = image_json(media);
      if (!image) return fail(image.error());
      images.push_back(std::move(*image));
    }
    if (!images.empty()) json["images"] = std::move(images);
    std::string name = result.name;
    for (const auto& [id, known] : names_)
      if (name.empty() && id == result.id) name = known;
    if (!name.empty()) json["tool_name"] = name;
    if (!result.id.empty()) json["tool_call_id"] = result.id;
    out_.push_back(std::move(json));
    return {};
  }

  JsonArray& out_;
  std::vector<std::pair<std::string, std::string>> names_;
};

/// Levels are for gpt-oss; the others think or do not.
Json think_json(ReasoningEffort effort, std::string_view model) {
  if (effort == ReasoningEffort::none) return false;
  if (!model.contains("gpt-oss")) return true;
  if (effort == ReasoningEffort::medium) return "medium";
  return effort == ReasoningEffort::high || effort == ReasoningEffort::maximum ? "high" : "low";
}

JsonObject options_of(const Sampling& sampling) {
  JsonObject options;
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) options[name] = *value;
  };
  add("temperature", sampling.temperature);
  add("top_p", sampling.top_p);
  add("top_k", sampling.top_k);
  add("num_predict", sampling.max_tokens);
  if (!sampling.stop.empty()) options["stop"] = to_json(sampling.stop);
  add("seed", sampling.seed);
  add("presence_penalty", sampling.presence_penalty);
  add("frequency_penalty", sampling.frequency_penalty);
  return options;
}

void add_tools(const ModelRequest& request, JsonObject& body, std::vector<std::string>& warnings) {
  const auto mode = request.tool_choice.value_or(ToolChoice{}).mode;
  if (!request.tools.empty() && mode != ToolChoiceMode::none) body["tools"] = chat_tools(request.tools);
  const LeftOut left_out("Ollama", warnings);
  left_out.note(mode == ToolChoiceMode::required || mode == ToolChoiceMode::named, "tool_choice");
  left_out.note(request.parallel_tool_calls.has_value(), "parallel_tool_calls");
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  Encoded out;
  JsonArray messages;
  Writer writer(messages);
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (auto added = writer.add(request.messages[i]); !added)
      return fail(added.error().within("messages[" + std::to_string(i) + "]"));
  out.body = {{"model", model}, {"messages", std::move(messages)}};
  add_tools(request, out.body, out.warnings);
  if (request.output_schema)
    out.body["format"] = request.output_schema->schema.is_null() ? Json("json") : request.output_schema->schema;
  if (auto options = options_of(request.sampling); !options.empty()) out.body["options"] = std::move(options);
  // The server streams unless it is told not to.
  out.body["stream"] = stream;
  if (request.reasoning_effort) out.body["think"] = think_json(*request.reasoning_effort, model);
  if (request.sampling.top_logprobs) {
    out.body["logprobs"] = true;
    out.body["top_logprobs"] = *request.sampling.top_logprobs;
  }
  const LeftOut left_out("Ollama", out.warnings);
  left_out.note(!request.user.empty(), "user");
  left_out.note(!request.metadata.empty(), "metadata");
  left_out.note(!request.service_tier.empty(), "service_tier");
  return out;
}

}  // namespace sloop::dialects::ollama
