// SPDX-License-Identifier: Apache-2.0
//
// `sloop image`, `sloop speak`, `sloop transcribe`: one call each; one JSON object out, and files where they are named.
#include <fstream>
#include <memory>

#include "model_access.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/image.hpp"
#include "sloop/model/speech.hpp"
#include "sloop/model/transcription.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

/// Opens by `provider/model`, or by `--dialect`.
template <class OpenNamed, class OpenDialect>
auto opened(const ModelAccess& access, OpenNamed by_name, OpenDialect by_dialect) -> decltype(by_name()) {
  const auto dialect = access.named_dialect();
  if (!dialect) return fail(dialect.error());
  return *dialect ? by_dialect(**dialect) : by_name();
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) return fail(ErrorKind::forbidden, path + ": can't be written");
  return {};
}

/// The bytes in a file, or where none is named in the object itself.
Result<void> keep_bytes(std::string_view bytes, const std::string& path, JsonObject& out) {
  out["bytes"] = bytes.size();
  if (path.empty()) {
    out["base64"] = encode_base64(bytes);
    return {};
  }
  out["file"] = path;
  return write_file(path, bytes);
}

// ---- image

struct ImageCommandOptions {
  ModelAccess access{.model = "openai/gpt-image-1-mini"};
  ImageRequest request;
  std::string output;
  bool cost = false;
};

/// `out.png`, `out-2.png`
std::string numbered(const std::string& path, std::size_t number) {
  if (path.empty() || number == 0) return path;
  const auto dot = path.rfind('.');
  const auto end = dot == std::string::npos || path.find('/', dot) != std::string::npos ? path.size() : dot;
  return path.substr(0, end) + '-' + std::to_string(number + 1) + path.substr(end);
}

Result<JsonArray> images_json(const ImageReply& reply, const std::string& output) {
  JsonArray out;
  for (const auto& image : reply.images) {
    JsonObject one;
    if (!image.url.empty()) one["url"] = image.url;
    if (!image.media_type.empty()) one["media_type"] = image.media_type;
    if (!image.revised_prompt.empty()) one["revised_prompt"] = image.revised_prompt;
    if (image.url.empty())
      if (auto kept = keep_bytes(image.bytes, numbered(output, out.size()), one); !kept) return fail(kept.error());
    out.push_back(std::move(one));
  }
  return out;
}

Result<ImageReply> generate(const ImageCommandOptions& options, std::istream& in) {
  auto request = options.request;
  auto prompt = read_argument(request.prompt, in);
  if (!prompt) return fail(prompt.error());
  request.prompt = std::move(*prompt);
  const auto& access = options.access;
  auto model = opened(
      access, [&] { return open_image_model(access.model, access.options()); },
      [&](Dialect dialect) { return open_image_model(dialect, access.model, access.options()); });
  if (!model) return fail(model.error());
  return (*model)->generate(request, access.limits());
}

int run_image(const ImageCommandOptions& options, Invocation& invocation) {
  const auto reply = generate(options, invocation.streams.in);
  const ImageReply none;
  const ImageReply& got = reply ? *reply : none;
  auto images = images_json(got, options.output);
  JsonObject out{{"images", images ? Json(*images) : Json(JsonArray())},
                 {"usage", to_json(got.usage)},
                 {"provider_usage", got.provider_usage},
                 {"model", got.model},
                 {"warnings", to_json(got.warnings)}};
  if (options.cost) out["cost"] = cost_json(options.access, got.model, got.usage, got.provider_usage, got.cost);
  return print_result(invocation, std::move(out), !reply ? &reply.error() : !images ? &images.error() : nullptr);
}

// ---- speak

struct SpeakOptions {
  ModelAccess access{.model = "openai/gpt-4o-mini-tts"};
  SpeechRequest request;
  double speed = 0;
  std::string output;
  bool cost = false;
};

Result<SpeechReply> speak(const SpeakOptions& options, std::istream& in) {
  auto request = options.request;
  auto text = read_argument(request.text, in);
  if (!text) return fail(text.error());
  request.text = std::move(*text);
  if (options.speed > 0) request.speed = options.speed;
  const auto& access = options.access;
  auto model = opened(
      access, [&] { return open_speech_model(access.model, access.options()); },
      [&](Dialect dialect) { return open_speech_model(dialect, access.model, access.options()); });
  if (!model) return fail(model.error());
  return (*model)->speak(request, access.limits());
}

int run_speak(const SpeakOptions& options, Invocation& invocation) {
  const auto reply = speak(options, invocation.streams.in);
  const SpeechReply none;
  const SpeechReply& got = reply ? *reply : none;
  JsonObject out{{"media_type", got.media_type},
                 {"usage", to_json(got.usage)},
                 {"provider_usage", got.provider_usage},
                 {"model", got.model},
                 {"warnings", to_json(got.warnings)}};
  const auto kept = reply ? keep_bytes(got.bytes, options.output, out) : Result<void>();
  if (options.cost) out["cost"] = cost_json(options.access, got.model, got.usage, got.provider_usage);
  return print_result(invocation, std::move(out), !reply ? &reply.error() : !kept ? &kept.error() : nullptr);
}

// ---- transcribe

struct TranscribeOptions {
  ModelAccess access{.model = "openai/gpt-4o-mini-transcribe"};
  std::string file;
  TranscriptionRequest request;
  bool cost = false;
};

std::string media_type_of(std::string_view path) {
  const auto ending = path.substr(path.rfind('.') + 1);
  const std::map<std::string_view, std::string_view> types{{"mp3", "audio/mpeg"},  {"m4a", "audio/mp4"},
                                                           {"flac", "audio/flac"}, {"ogg", "audio/ogg"},
                                                           {"opus", "audio/ogg"},  {"webm", "audio/webm"}};
  const auto type = types.find(ending);
  return std::string(type == types.end() ? "audio/wav" : type->second);
}

Result<TranscriptionReply> transcribe(const TranscribeOptions& options, std::istream& in) {
  auto request = options.request;
  auto bytes = read_argument(options.file == "-" ? "-" : "@" + options.file, in);
  if (!bytes) return fail(bytes.error());
  request.bytes = std::move(*bytes);
  request.media_type = media_type_of(options.file);
  const auto& access = options.access;
  auto model = opened(
      access, [&] { return open_transcription_model(access.model, access.options()); },
      [&](Dialect dialect) { return open_transcription_model(dialect, access.model, access.options()); });
  if (!model) return fail(model.error());
  return (*model)->transcribe(request, access.limits());
}

int run_transcribe(const TranscribeOptions& options, Invocation& invocation) {
  const auto reply = transcribe(options, invocation.streams.in);
  const TranscriptionReply none;
  const TranscriptionReply& got = reply ? *reply : none;
  JsonObject out{{"text", got.text},
                 {"language", got.language},
                 {"duration", to_json(got.duration)},
                 {"segments", to_json(got.segments)},
                 {"usage", to_json(got.usage)},
                 {"provider_usage", got.provider_usage},
                 {"model", got.model},
                 {"warnings", to_json(got.warnings)}};
  if (options.cost) out["cost"] = cost_json(options.access, got.model, got.usage, got.provider_usage, got.cost);
  return print_result(invocation, std::move(out), reply ? nullptr : &reply.error());
}

}  // namespace

void add_image(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<ImageCommandOptions>();
  auto& request = options->request;
  auto* command = app.add_subcommand("image", "Words to images: files, and one JSON object out");
  command->add_option("PROMPT", request.prompt, "What to show: text, @FILE, or - for standard input")->required();
  options->access.add_to(*command);
  command->add_option("--output", options->output,
                      "The file to write; further images get a number. Without it the bytes are in the object");
  command->add_option("--count", request.count, "How many images")->check(CLI::PositiveNumber);
  command->add_option("--size", request.size, "Pixels (1024x1536) or a ratio (3:2)");
  command->add_option("--quality", request.quality, "By the model's own names");
  command->add_option("--format", request.format, "png, jpeg or webp");
  command->add_option("--negative", request.negative_prompt, "What must not be seen");
  command->add_option("--seed", request.seed, "For the same image again, where the model can");
  add_cost(*command, options->cost);
  command->footer(
      "The result: images ([{media_type, bytes, file or base64 or url}]), usage, provider_usage, model, warnings, "
      "error.\n\nExample:\n  sloop image 'a sloop at sunrise' --output sloop.png --model openai/gpt-image-1-mini");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_image(*options, invocation); };
  });
}

void add_speak(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<SpeakOptions>();
  auto& request = options->request;
  auto* command = app.add_subcommand("speak", "Text to speech: a file, and one JSON object out");
  command->add_option("TEXT", request.text, "What to say: text, @FILE, or - for standard input")->required();
  options->access.add_to(*command);
  command->add_option("--output", options->output, "The file to write; without it the bytes are in the object");
  command->add_option("--voice", request.voice, "By the provider's own names");
  command->add_option("--format", request.format, "mp3, wav, opus, flac or pcm");
  command->add_option("--speed", options->speed, "1 is the voice's own")->check(CLI::PositiveNumber);
  command->add_option("--instructions", request.instructions, "How to speak, where the model can be told");
  command->add_option("--language", request.language, "What the text is in, where the model wants to know");
  add_cost(*command, options->cost);
  command->footer(
      "The result: media_type, bytes, file or base64, usage, provider_usage, model, warnings, error.\n\n"
      "Example:\n  sloop speak 'Ahoy!' --output ahoy.mp3 --voice alloy");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_speak(*options, invocation); };
  });
}

void add_transcribe(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<TranscribeOptions>();
  auto& request = options->request;
  auto* command = app.add_subcommand("transcribe", "Speech to text: one JSON object out");
  command
      ->add_option("FILE", options->file, "The recording (wav, mp3, m4a, flac, ogg, webm); - is standard input, a wav")
      ->required();
  options->access.add_to(*command);
  command->add_option("--language", request.language, "What is spoken: en, de ...");
  command->add_option("--prompt", request.prompt, "Words that occur, or what was said before");
  command->add_flag("--segments", request.segments, "With the times of the parts");
  add_cost(*command, options->cost);
  command->footer(
      "The result: text, language, duration, segments ([{start, end, text}]), usage, provider_usage, model, warnings,\n"
      "error.\n\nExample:\n  sloop transcribe meeting.mp3 --language en --model groq/whisper-large-v3");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_transcribe(*options, invocation); };
  });
}

}  // namespace sloop::command
