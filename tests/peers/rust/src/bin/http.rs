// SPDX-License-Identifier: Apache-2.0
//! Functions over HTTP for Lambda's Rust runtime: one that answers whole, one that streams (argument `stream`).
use lambda_http::{run, run_with_streaming_response, service_fn, Body, Error, Request, RequestExt, Response};

async fn answer(request: Request) -> Result<Response<Body>, Error> {
    if request.query_string_parameters().first("fail").is_some() {
        return Err(Error::from("asked to fail"));
    }
    let body = format!("{} {}", request.method(), request.raw_http_path());
    Ok(Response::builder().status(201).header("x-peer", "lambda_http").body(body.into())?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::args().nth(1).as_deref() == Some("stream") {
        run_with_streaming_response(service_fn(answer)).await
    } else {
        run(service_fn(answer)).await
    }
}
