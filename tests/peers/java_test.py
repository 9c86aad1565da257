# SPDX-License-Identifier: Apache-2.0
"""A function with AWS's Java runtime."""
from peer import PEERS, Peer, RuntimeCells

JAVA = PEERS / "java"


class Java(RuntimeCells, Peer):
    peer = "Java: aws-lambda-java-runtime-interface-client"
    built = "java"
    command = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{JAVA}/classes:{JAVA}/lib/*",
               "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "peer.Function::answer")
    working_directory = JAVA
    error_type = "peer.Function$AskedToFail"
    no_stream = "the runtime collects what a handler writes"
