//! How a batch is divided among threads.

use std::ops::Range;

use super::{Architecture, Normalization};

/// The sequences of a shard: few enough that what a layer works on stays in the second cache, as many as
/// that allows, since each shard collects a gradient of its own. Measured with `benches/network.rs`.
fn sequences_of_a_shard(architecture: &Architecture) -> usize {
    match architecture {
        Architecture::Resnet1d | Architecture::Transformer1d => 3,
        _ => 6,
    }
}

/// The ranges of sequences that are computed on their own, whatever the number of threads.
///
/// Batch norm in train mode needs the whole batch at once.
pub(super) fn ranges(
    sequences: usize,
    architecture: &Architecture,
    normalization: &Normalization,
) -> Vec<Range<usize>> {
    let size = match normalization {
        Normalization::Train => sequences,
        Normalization::Frozen(_) => sequences_of_a_shard(architecture),
    };
    (0..sequences).step_by(size).map(|start| start..(start + size).min(sequences)).collect()
}

/// Applies `work` to each shard, on `threads` threads, and gives the results in the order of the shards.
pub(super) fn map<Output: Send>(
    shards: &[Range<usize>],
    threads: usize,
    work: impl Fn(&Range<usize>) -> Output + Sync,
) -> Vec<Output> {
    let threads = threads.min(shards.len());
    if threads <= 1 {
        return shards.iter().map(work).collect();
    }
    let mut outputs: Vec<Option<Output>> = shards.iter().map(|_| None).collect();
    let share = shards.len().div_ceil(threads);
    std::thread::scope(|scope| {
        for (shards, outputs) in shards.chunks(share).zip(outputs.chunks_mut(share)) {
            let work = &work;
            scope.spawn(move || {
                for (shard, output) in shards.iter().zip(outputs) {
                    *output = Some(work(shard));
                }
            });
        }
    });
    outputs.into_iter().map(|output| output.expect("each shard has a thread")).collect()
}

/// Makes the allocator keep what is freed: a pass through a network frees and asks again for the same
/// large blocks, and each trip to the system costs as much as computing with them.
///
/// The allocator of glibc raises its threshold for such trips to the largest block that was given back;
/// giving back an untouched one of this size has that effect and no other.
pub(super) fn keep_freed_memory() {
    const LARGEST_THAT_COUNTS: usize = (32 << 20) - (64 << 10);
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGEST_THAT_COUNTS)));
}
