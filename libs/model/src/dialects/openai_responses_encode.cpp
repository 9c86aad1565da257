// SPDX-License-Identifier: Apache-2.0
#include "encoding.hpp"
#include "schema_rules.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/openai_responses.hpp"

namespace sloop::dialects::openai_responses {
namespace {

constexpr std::string_view kName = "openai_responses";

Result<Json> image_json(const MediaPart& media) {
  JsonObject out{{"type", "input_image"}};
  if (!media.source.file_id.empty())
    out["file_id"] = media.source.file_id;
  else
    out["image_url"] = media.source.url.empty() ? data_url(media) : media.source.url;
  out["detail"] = media.detail.empty() ? "auto" : media.detail;
  return out;
}

Result<Json> document_json(const MediaPart& media) {
  JsonObject out{{"type", "input_file"}};
  if (!media.source.file_id.empty()) {
    out["file_id"] = media.source.file_id;
  } else if (!media.source.url.empty()) {
    out["file_url"] = media.source.url;
  } else {
    out["filename"] = media.name.empty() ? "document" : media.name;
    out["file_data"] = data_url(media);
  }
  return out;
}

Result<Json> media_json(const MediaPart& media) {
  switch (media.kind) {
    case MediaKind::image: return image_json(media);
    case MediaKind::document: return document_json(media);
    case MediaKind::audio: return fail(ErrorKind::unsupported, "OpenAI Responses takes no audio; use openai-chat");
    case MediaKind::video: break;
  }
  return fail(ErrorKind::unsupported, "OpenAI Responses takes no video");
}

/// What this dialect kept of an item when it was decoded.
const Json* facts_of(const ProviderData& data) {
  return data_of(data, kName);
}

std::string_view fact(const ProviderData& data, std::string_view key) {
  const Json* facts = facts_of(data);
  return facts == nullptr ? std::string_view() : find_string(*facts, key);
}

Result<Json> output_json(const ToolResultPart& result) {
  if (result.media.empty()) return Json(result_text(result));
  JsonArray parts;
  if (const std::string text = result_text(result); !text.empty())
    parts.push_back(JsonObject{{"type", "input_text"}, {"text", text}});
  for (const auto& media : result.media) {
    auto encoded = media_json(media);
    if (!encoded) return fail(encoded.error());
    parts.push_back(std::move(*encoded));
  }
  return Json(std::move(parts));
}

/// Writes the items of a conversation.
class ItemWriter {
 public:
  explicit ItemWriter(JsonArray& out) : out_(out) {}

  Result<void> write(const Message& message) {
    if (message.role == Role::assistant) {
      for (const Part& part : message.content) write_assistant(part);
      flush();
      return {};
    }
    return write_input(message);
  }

 private:
  // ---- what the model said

  void write_assistant(const Part& part) {
    if (const auto* text = std::get_if<TextPart>(&part)) {
      JsonArray annotations;
      if (text->citations.is_array() && facts_of(text->provider_data) != nullptr)
        annotations = text->citations.get_array();
      add_content({{"type", "output_text"}, {"text", text->text}, {"annotations", std::move(annotations)}},
                  text->provider_data);
    } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
      add_content({{"type", "refusal"}, {"refusal", refusal->text}}, nullptr);
    } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
      write_call(*call);
    } else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
      write_item(facts_of(reasoning->provider_data));
    } else if (const auto* opaque = std::get_if<OpaquePart>(&part)) {
      write_item(facts_of(opaque->provider_data));
    }
  }

  /// Parts of one message of the provider stand in one message again.
  void add_content(JsonObject content, const ProviderData& data) {
    const auto id = fact(data, "id");
    if (!content_.empty() && id != id_) flush();
    id_ = id;
    phase_ = fact(data, "phase");
    content_.push_back(std::move(content));
  }

  void flush() {
    if (content_.empty()) return;
    const JsonArray content = std::exchange(content_, {});
    if (id_.empty()) {
      // Only messages of the provider's own are items; others are told as text.
      std::string text;
      for (const Json& part : content)
        for (const auto key : {"text", "refusal"}) text += find_string(part, key);
      out_.push_back(JsonObject{{"role", "assistant"}, {"content", std::move(text)}});
    } else {
      JsonObject item{{"type", "message"}, {"role", "assistant"}, {"id", id_}, {"status", "completed"}};
      if (!phase_.empty()) item["phase"] = phase_;
      item["content"] = content;
      out_.push_back(std::move(item));
    }
    id_.clear();
    phase_.clear();
  }

  /// An item goes back as it came; one of another provider is not sent.
  void write_item(const Json* item) {
    flush();
    if (item != nullptr) out_.push_back(*item);
  }

  void write_call(const ToolCallPart& call) {
    flush();
    const bool custom = fact(call.provider_data, "type") == "custom_tool_call";
    if (custom) custom_.push_back(call.id);
    JsonObject item{{"type", custom ? "custom_tool_call" : "function_call"}};
    if (const auto id = fact(call.provider_data, "id"); !id.empty()) item["id"] = id;
    item["call_id"] = call.id;
    item["name"] = call.name;
    if (custom)
      item["input"] = call.arguments;
    else
      item["arguments"] = call.arguments.empty() ? "{}" : call.arguments;
    if (const Json* facts = facts_of(call.provider_data))
      for (const auto key : {"namespace", "caller"})
        if (const Json* value = find(*facts, key)) item[key] = *value;
    out_.push_back(std::move(item));
  }

  // ---- what the others said

  Result<void> write_input(const Message& message) {
    JsonArray parts;
    for (const Part& part : message.content) {
      if (const auto* text = std::get_if<TextPart>(&part)) {
        parts.push_back(JsonObject{{"type", "input_text"}, {"text", text->text}});
      } else if (const auto* media = std::get_if<MediaPart>(&part)) {
        auto encoded = media_json(*media);
        if (!encoded) return fail(encoded.error());
        parts.push_back(std::move(*encoded));
      } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
        if (auto written = write_result(*result); !written) return written;
      } else if (!std::holds_alternative<OpaquePart>(part)) {
        return fail(ErrorKind::invalid_input,
                    "a tool call, reasoning or refusal can stand in an assistant's message only");
      }
    }
    if (parts.empty() && !message.content.empty()) return {};
    const std::string_view role = message.role == Role::system ? "system" : "user";
    if (only_text(message))
      out_.push_back(JsonObject{{"role", role}, {"content", message.text()}});
    else
      out_.push_back(JsonObject{{"role", role}, {"content", std::move(parts)}});
    return {};
  }

  Result<void> write_result(const ToolResultPart& result) {
    auto output = output_json(result);
    if (!output) return fail(output.error());
    const bool custom = std::find(custom_.begin(), custom_.end(), result.id) != custom_.end();
    out_.push_back(JsonObject{{"type", custom ? "custom_tool_call_output" : "function_call_output"},
                              {"call_id", result.id},
                              {"output", std::move(*output)}});
    return {};
  }

  JsonArray& out_;
  JsonArray content_;
  std::string id_;
  std::string phase_;
  /// Ids of calls whose results have a type of their own.
  std::vector<std::string> custom_;
};

Json tool_json(const ToolDefinition& tool) {
  JsonObject out{{"type", "function"}, {"name", tool.name}};
  if (!tool.description.empty()) out["description"] = tool.description;
  out["parameters"] = tool.schema;
  // Without it the provider makes the schema strict, and refuses many.
  out["strict"] = false;
  return out;
}

Json tool_choice_json(const ToolChoice& choice) {
  switch (choice.mode) {
    case ToolChoiceMode::none: return "none";
    case ToolChoiceMode::required: return "required";
    case ToolChoiceMode::named: return {{"type", "function"}, {"name", choice.name}};
    case ToolChoiceMode::automatic: break;
  }
  return "auto";
}

Json format_json(const OutputSchema& output) {
  if (output.schema.is_null()) return {{"type", "json_object"}};
  JsonObject format{{"type", "json_schema"}, {"name", output.name}};
  if (!output.description.empty()) format["description"] = output.description;
  format["schema"] = output.strict ? strict_schema(output.schema) : output.schema;
  format["strict"] = output.strict;
  return format;
}

void add_settings(const ModelRequest& request, std::string_view model, JsonObject& body) {
  if (request.tool_choice) body["tool_choice"] = tool_choice_json(*request.tool_choice);
  if (request.parallel_tool_calls) body["parallel_tool_calls"] = *request.parallel_tool_calls;
  if (request.reasoning_effort)
    body["reasoning"] = JsonObject{{"effort", openai_effort(*request.reasoning_effort)}, {"summary", "auto"}};
  JsonArray include;
  if (is_openai_reasoning_model(model)) include.push_back("reasoning.encrypted_content");
  if (request.sampling.top_logprobs) include.push_back("message.output_text.logprobs");
  if (!include.empty()) body["include"] = std::move(include);
  if (request.output_schema) body["text"] = JsonObject{{"format", format_json(*request.output_schema)}};
  if (!request.user.empty()) body["safety_identifier"] = request.user;
  if (!request.metadata.empty()) body["metadata"] = to_json(request.metadata);
  if (!request.service_tier.empty()) body["service_tier"] = request.service_tier;
}

void add_sampling(const Sampling& sampling, JsonObject& body, std::vector<std::string>& warnings) {
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) body[name] = *value;
  };
  add("temperature", sampling.temperature);
  add("top_p", sampling.top_p);
  add("max_output_tokens", sampling.max_tokens);
  add("top_logprobs", sampling.top_logprobs);
  const LeftOut left_out("OpenAI Responses", warnings);
  left_out.note(sampling.top_k.has_value(), "top_k");
  left_out.note(!sampling.stop.empty(), "stop");
  left_out.note(sampling.seed.has_value(), "seed");
  left_out.note(sampling.presence_penalty.has_value(), "presence_penalty");
  left_out.note(sampling.frequency_penalty.has_value(), "frequency_penalty");
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  Encoded out;
  JsonArray items;
  ItemWriter writer(items);
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (auto written = writer.write(request.messages[i]); !written)
      return fail(written.error().within("messages[" + std::to_string(i) + "]"));
  out.body = {{"model", model}, {"input", std::move(items)}};
  if (!request.tools.empty()) {
    JsonArray tools;
    for (const auto& tool : request.tools) tools.push_back(tool_json(tool));
    out.body["tools"] = std::move(tools);
  }
  add_settings(request, model, out.body);
  add_sampling(request.sampling, out.body, out.warnings);
  if (stream) out.body["stream"] = true;
  return out;
}

}  // namespace sloop::dialects::openai_responses
