# SPDX-License-Identifier: Apache-2.0
"""A function with AWS's Python runtime."""
import base64
import json
import sys

from peer import HERE, Peer, RuntimeCells


class Python(RuntimeCells, Peer):
    peer = "Python: awslambdaric"
    command = (sys.executable, "-m", "awslambdaric", "function.handler")
    working_directory = HERE / "python"
    no_stream = "the runtime takes one result per event"

    def test_its_log_stands_between_those_of_the_service(self):
        client = self.client(self.watch_command(self.command, cwd=self.working_directory))
        log = base64.b64decode(client.invoke(FunctionName="peer", Payload=json.dumps({}), LogType="Tail")["LogResult"])
        self.assertRegex(log.decode(), r"START .*\na line of the function\nEND .*\nREPORT .*Init Duration: ")
