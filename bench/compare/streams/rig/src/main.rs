// SPDX-License-Identifier: Apache-2.0
//! Many streamed agent runs at once in one process with Rig: what they cost.
use futures::{future::join_all, StreamExt};
use rig::agent::MultiTurnStreamItem;
use rig::prelude::*;
use rig::providers::openai::OpenAI;
use std::time::Instant;

fn argument(name: &str) -> String {
    let all: Vec<String> = std::env::args().collect();
    all.iter().position(|one| one == name).and_then(|at| all.get(at + 1).cloned()).unwrap_or_default()
}

fn cpu_ms() -> f64 {
    let mut usage = unsafe { std::mem::zeroed::<libc::rusage>() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let ms = |time: libc::timeval| time.tv_sec as f64 * 1e3 + time.tv_usec as f64 / 1e3;
    ms(usage.ru_utime) + ms(usage.ru_stime)
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("VmHWM: 0");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runs: usize = argument("--runs").parse()?;
    std::env::set_var("OPENAI_BASE_URL", argument("--url"));
    std::env::set_var("OPENAI_API_KEY", "any");
    let ca = argument("--ca");
    if !ca.is_empty() {
        std::env::set_var("SSL_CERT_FILE", ca);
    }
    let model = OpenAI::from_env()?.chat(argument("--model"));
    let comedian = AgentBuilder::new(model).preamble("You are a comedian.").build();
    let (start_cpu, start_mb, begin) = (cpu_ms(), peak_mb(), Instant::now());
    let tasks = (0..runs).map(|_| {
        let mut stream = comedian.prompt("Entertain me!").stream();
        tokio::spawn(async move {
            let (mut characters, mut ok) = (0, false);
            while let Some(item) = stream.next().await {
                match item {
                    Ok(MultiTurnStreamItem::StreamAssistantItem(item)) => characters += text_of(&item),
                    Ok(MultiTurnStreamItem::FinalResponse(_)) => ok = true,
                    Ok(_) => {}
                    Err(error) => eprintln!("{error}"),
                }
            }
            (characters, ok)
        })
    });
    let done: Vec<(usize, bool)> = join_all(tasks).await.into_iter().collect::<Result<_, _>>()?;
    let ok = done.iter().filter(|one| one.1).count();
    let characters: usize = done.iter().map(|one| one.0).sum();
    println!(
        "{{\"runs\":{runs},\"ok\":{ok},\"characters\":{characters},\"wall_ms\":{:.1},\"cpu_ms\":{:.1},\"peak_mb\":{:.2},\"start_cpu_ms\":{start_cpu:.1},\"start_mb\":{start_mb:.2}}}",
        begin.elapsed().as_secs_f64() * 1e3,
        cpu_ms(),
        peak_mb()
    );
    Ok(())
}

fn text_of(item: &rig::streaming::Item<rig::streaming::StreamEvent>) -> usize {
    match item {
        rig::streaming::Item::Event(rig::streaming::StreamEvent::Text { text, .. }) => text.len(),
        _ => 0,
    }
}
