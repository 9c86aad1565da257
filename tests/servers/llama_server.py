# SPDX-License-Identifier: Apache-2.0
"""llama.cpp's own server with a model file: prints its address, and ends with its standard input."""
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel, params.port, params.warmup, params.use_jinja = 4096, 2, 0, False, True
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.embedding = sys.argv[2:] == ["embedding"]
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
