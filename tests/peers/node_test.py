# SPDX-License-Identifier: Apache-2.0
"""Functions with AWS's Node runtime."""
from peer import HERE, PEERS, Peer, RuntimeCells

RUNTIME = PEERS / "node" / "node_modules" / ".bin" / "aws-lambda-ric"


class Node(RuntimeCells, Peer):
    peer = "Node: aws-lambda-ric"
    built = "node"
    command = (RUNTIME, "function.handler")
    stream_command = (RUNTIME, "function.stream")
    working_directory = HERE / "node"
