# SPDX-License-Identifier: Apache-2.0
"""The entertainer with PydanticAI: the agent is made once, during initialisation."""
from pydantic_ai import Agent

AGENT = Agent(
    "openai:gpt-4o",
    instructions="You are a comedian here to entertain the user using humour and jokes.",
)


def handler(event, context):
    return {"response": AGENT.run_sync(event["prompt"]).output}
