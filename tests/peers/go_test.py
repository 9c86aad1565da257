# SPDX-License-Identifier: Apache-2.0
"""Functions with AWS's Go runtime."""
from peer import PEERS, Peer, RuntimeCells


class Go(RuntimeCells, Peer):
    peer = "Go: aws-lambda-go"
    built = "go"
    command = (PEERS / "go" / "function",)
    stream_command = (PEERS / "go" / "function", "stream")
