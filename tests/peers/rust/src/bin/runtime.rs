// SPDX-License-Identifier: Apache-2.0
//! Functions for Lambda's Rust runtime: one that answers whole, one that streams (argument `stream`).
use lambda_runtime::{run, service_fn, streaming, Diagnostic, Error, LambdaEvent, StreamResponse};
use serde_json::{json, Value};

fn asked_to_fail() -> Diagnostic {
    Diagnostic { error_type: "AskedToFail".into(), error_message: "asked to fail".into() }
}

async fn answer(event: LambdaEvent<Value>) -> Result<Value, Diagnostic> {
    if event.payload["fail"] == true {
        return Err(asked_to_fail());
    }
    let left = event.context.deadline().duration_since(std::time::SystemTime::now()).unwrap_or_default();
    Ok(json!({"event": event.payload, "id": event.context.request_id, "left": left.as_millis() as u64}))
}

async fn stream(event: LambdaEvent<Value>) -> Result<StreamResponse<streaming::Body>, Diagnostic> {
    let (mut sender, body) = streaming::channel();
    tokio::spawn(async move {
        for word in ["one ", "two ", "three"] {
            let _ = sender.send_data(word.into()).await;
        }
        if event.payload["fail"] == true {
            sender.send_error(lambda_runtime_api_client::Error::new("asked to fail"));
        }
    });
    Ok(StreamResponse::from(body))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::args().nth(1).as_deref() == Some("stream") {
        run(service_fn(stream)).await
    } else {
        run(service_fn(answer)).await
    }
}
