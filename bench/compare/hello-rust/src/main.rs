// SPDX-License-Identifier: Apache-2.0
//! A function that calls no model: the floor of Rust's runtime.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::{json, Value};

#[tokio::main]
async fn main() -> Result<(), Error> {
    run(service_fn(|_: LambdaEvent<Value>| async { Ok::<_, Error>(json!({"response": "Ha!"})) })).await
}
