//! The first cell of a kernel that is still starting: its output says what it waits for.

use jupyter_protocol::{JupyterMessage, JupyterMessageContent, StreamContent};
use std::time::{Duration, Instant};

/// A start that takes no longer needs no words.
const PATIENCE: Duration = Duration::from_secs(3);

pub struct Waiting {
    pub request: JupyterMessage,
    /// Whether its output holds words, which go when the cell runs.
    pub has_said_so: bool,
    since: Instant,
}

impl Waiting {
    pub fn of(request: JupyterMessage) -> Waiting {
        Waiting { request, has_said_so: false, since: Instant::now() }
    }

    /// What there is to say, once, if somebody is there to read it: who can be asked for input. Tools that
    /// run whole notebooks cannot, and would take it for an output of the cell.
    pub fn say(&mut self, compiles: bool) -> Option<JupyterMessageContent> {
        let JupyterMessageContent::ExecuteRequest(content) = &self.request.content else {
            return None;
        };
        let has_a_reader = content.allow_stdin && !content.silent;
        if self.has_said_so || !has_a_reader || self.since.elapsed() < PATIENCE {
            return None;
        }
        self.has_said_so = true;
        let text = if compiles {
            "The crate has changed, and is compiled for the cells first: about two minutes.\n"
        } else {
            "The kernel is starting: it loads the crate.\n"
        };
        Some(StreamContent::stdout(text).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jupyter_protocol::ExecuteRequest;

    fn waiting(allow_stdin: bool, seconds: u64) -> Waiting {
        let content = ExecuteRequest { allow_stdin, ..ExecuteRequest::new("1".to_owned()) };
        let mut waiting = Waiting::of(JupyterMessage::new(content, None));
        waiting.since = Instant::now().checked_sub(Duration::from_secs(seconds)).expect("a past");
        waiting
    }

    fn text(content: Option<JupyterMessageContent>) -> String {
        match content {
            Some(JupyterMessageContent::StreamContent(stream)) => stream.text,
            _ => String::new(),
        }
    }

    #[test]
    fn a_reader_who_waits_is_told_once_what_for() {
        let mut first = waiting(true, 5);
        assert!(text(first.say(false)).contains("loads the crate"));
        assert!(first.has_said_so);
        assert_eq!(text(first.say(false)), "");
        assert!(text(waiting(true, 5).say(true)).contains("compiled"));
    }

    #[test]
    fn nothing_is_said_to_tools_or_at_a_quick_start() {
        assert_eq!(text(waiting(false, 5).say(false)), "");
        assert_eq!(text(waiting(true, 0).say(false)), "");
    }
}
