// SPDX-License-Identifier: Apache-2.0
//! The entertainer with Rig: the client and the agent are made once, during initialisation.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use rig::prelude::*;
use rig::providers::openai::OpenAI;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Event {
    prompt: String,
}

#[derive(Serialize)]
struct Reply {
    response: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let model = OpenAI::from_env()?.chat("gpt-4o");
    let comedian = AgentBuilder::new(model)
        .preamble("You are a comedian here to entertain the user using humour and jokes.")
        .build();
    let comedian = &comedian;
    run(service_fn(move |event: LambdaEvent<Event>| async move {
        let answer = comedian.prompt(event.payload.prompt).await?;
        Ok::<_, Error>(Reply { response: answer.output().to_string() })
    }))
    .await
}
