// SPDX-License-Identifier: Apache-2.0
//! Three routes, JSON in and out: with lambda_http and axum.
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Line {
    name: String,
    quantity: u32,
    price: f64,
}

#[derive(Deserialize)]
struct Order {
    customer: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Receipt {
    customer: String,
    items: u32,
    total: f64,
}

#[derive(Deserialize)]
struct Search {
    text: String,
    limit: Option<u32>,
}

async fn item(Path(id): Path<u32>) -> Json<Line> {
    Json(Line { name: format!("item {id}"), quantity: 1, price: 2.5 })
}

async fn order(Json(order): Json<Order>) -> Json<Receipt> {
    Json(Receipt {
        customer: order.customer,
        items: order.lines.iter().map(|line| line.quantity).sum(),
        total: order.lines.iter().map(|line| f64::from(line.quantity) * line.price).sum(),
    })
}

async fn search(Query(search): Query<Search>) -> Json<Vec<Line>> {
    Json((0..search.limit.unwrap_or(3)).map(|n| Line { name: search.text.clone(), quantity: n, price: 1.0 }).collect())
}

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    let routes = Router::new()
        .route("/items/{id}", get(item))
        .route("/orders", post(order))
        .route("/search", get(search));
    lambda_http::run(routes).await
}
