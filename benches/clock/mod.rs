//! Processor time, which a busy machine does not lengthen.
#![allow(dead_code, reason = "each program uses its own part")]

use std::time::{Duration, Instant};

/// Processor time of this thread where Linux tells it, else time on the wall.
pub struct Clock {
    processor: Option<f64>,
    wall: Instant,
}

impl Clock {
    pub fn start() -> Self {
        Self { processor: processor_nanoseconds(), wall: Instant::now() }
    }

    pub fn milliseconds(&self) -> f64 {
        match (self.processor, processor_nanoseconds()) {
            (Some(before), Some(after)) => (after - before) * 1e-6,
            _ => self.wall.elapsed().as_secs_f64() * 1e3,
        }
    }
}

fn processor_nanoseconds() -> Option<f64> {
    // The count is brought up to date whenever the scheduler has a say.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The time of the best repetition within a second, in milliseconds.
pub fn best<Output>(mut work: impl FnMut() -> Output) -> f64 {
    let clock = Clock::start();
    std::hint::black_box(work());
    // What is short is repeated until reading the clock does not count.
    let times = (4.0 / clock.milliseconds()).ceil().clamp(1.0, 100.0);
    let (start, mut least) = (Instant::now(), f64::INFINITY);
    let mut repetitions = 0;
    while repetitions < 5 || (start.elapsed() < Duration::from_secs(1) && repetitions < 2000) {
        let clock = Clock::start();
        for _ in 0..times as usize {
            std::hint::black_box(work());
        }
        least = least.min(clock.milliseconds() / times);
        repetitions += 1;
    }
    least
}
