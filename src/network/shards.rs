//! How a batch is divided among threads.

use std::ops::Range;
use std::sync::Mutex;

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
///
/// The threads are started by code that knows nothing of the results, and so is compiled once for all of them.
pub(super) fn map<Output: Send>(
    shards: &[Range<usize>],
    threads: usize,
    work: impl Fn(&Range<usize>) -> Output + Sync,
) -> Vec<Output> {
    let outputs: Vec<Mutex<Option<Output>>> = shards.iter().map(|_| Mutex::new(None)).collect();
    on_threads(shards.len(), threads, &|index| {
        let output = work(&shards[index]);
        *outputs[index].lock().expect("no thread panics here") = Some(output);
    });
    let output = |place: Mutex<Option<Output>>| place.into_inner().expect("no thread panics here");
    outputs.into_iter().map(|place| output(place).expect("each shard has a thread")).collect()
}

/// Does `work` for each index below `count`, in equal shares on at most `threads` threads.
fn on_threads(count: usize, threads: usize, work: &(dyn Fn(usize) + Sync)) {
    let threads = threads.min(count);
    if threads <= 1 {
        return (0..count).for_each(work);
    }
    let share = count.div_ceil(threads);
    std::thread::scope(|scope| {
        for first in (0..count).step_by(share) {
            scope.spawn(move || (first..count.min(first + share)).for_each(work));
        }
    });
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
