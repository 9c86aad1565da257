# SPDX-License-Identifier: Apache-2.0
"""The entertainer with LangChain: the model is made once, during initialisation."""
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI

MODEL = ChatOpenAI(model="gpt-4o")
PREAMBLE = SystemMessage("You are a comedian here to entertain the user using humour and jokes.")


def handler(event, context):
    return {"response": MODEL.invoke([PREAMBLE, HumanMessage(event["prompt"])]).content}
