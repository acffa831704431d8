//! The processes below the relay, as the system tells of them.

use fs_err as fs;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use std::time::{Duration, Instant};

/// The children of a process.
pub fn children(parent: i32) -> Vec<i32> {
    let tasks = fs::read_dir(format!("/proc/{parent}/task"));
    let lists = tasks.into_iter().flatten().flatten();
    lists
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|list| {
            list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<i32>>()
        })
        .collect()
}

/// Ends a process at once.
pub fn kill(process: i32) {
    if let Some(process) = Pid::from_raw(process) {
        kill_process(process, Signal::KILL).ok();
    }
}

/// Ends a process and all that it has started.
pub fn kill_with_children(process: i32) {
    let below = children(process);
    kill(process);
    below.into_iter().for_each(kill_with_children);
}

/// Ends all children of this process but one, and their children too, which become ours when they lose
/// their parents.
pub fn end_children_except(survivor: Option<i32>) {
    let deadline = Instant::now() + Duration::from_secs(5);
    let this = rustix::process::getpid().as_raw_nonzero().get();
    while Instant::now() < deadline {
        let mut others = children(this);
        others.retain(|&child| Some(child) != survivor);
        if others.is_empty() {
            return;
        }
        for child in others.into_iter().filter_map(Pid::from_raw) {
            kill_process(child, Signal::KILL).ok();
            waitpid(Some(child), WaitOptions::empty()).ok();
        }
    }
}

/// Buries children that a cell has left and that have ended since.
pub fn bury_orphans(except: &[Option<i32>]) {
    let this = rustix::process::getpid().as_raw_nonzero().get();
    for child in children(this).into_iter().filter(|&child| !except.contains(&Some(child))) {
        if let Some(child) = Pid::from_raw(child) {
            waitpid(Some(child), WaitOptions::NOHANG).ok();
        }
    }
}

/// Whether a thread of the process, or of one below it, is waiting in a read of standard input.
pub fn waits_for_input(process: i32, spared: Option<i32>) -> bool {
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    let reads = tasks.into_iter().flatten().flatten().any(|task| {
        // The number of the system call, and its first argument: the descriptor.
        let call = fs::read_to_string(task.path().join("syscall")).unwrap_or_default();
        let mut words = call.split(' ');
        words.next() == Some(READ) && words.next() == Some("0x0")
    });
    reads
        || children(process)
            .into_iter()
            .any(|child| Some(child) != spared && waits_for_input(child, None))
}

#[cfg(target_arch = "x86_64")]
const READ: &str = "0";
#[cfg(not(target_arch = "x86_64"))]
const READ: &str = "63";

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn a_child_that_waits_for_input_is_seen_and_a_sleeping_one_is_not() {
        for (command, waits) in [("read line", true), ("sleep 20", false)] {
            let mut child = Command::new("sh")
                .args(["-c", command])
                .stdin(Stdio::piped())
                .spawn()
                .expect("sh starts");
            let identity = child.id() as i32;
            let deadline = Instant::now() + Duration::from_secs(2);
            while waits_for_input(identity, None) != waits && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(10));
            }
            assert_eq!(waits_for_input(identity, None), waits, "{command}");
            assert!(children(std::process::id() as i32).contains(&identity));
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}
