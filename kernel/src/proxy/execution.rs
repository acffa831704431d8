//! A cell's way through the kernel: its turn, evcxr, its end, the reply.

use super::cell::Cell;
use super::failure::{Failure, reply_error};
use super::frames::Frames;
use super::front::Channel;
use super::waiting::Waiting;
use super::{Compiler, Proxy, slips, syntax, untyped};
use crate::stand_in;
use jupyter_protocol::{
    ClearOutput, DisplayData, ErrorOutput, ExecuteInput, ExecuteReply, ExecuteRequest,
    ExecuteResult, ExecutionCount, ExpressionResult, JupyterMessage, JupyterMessageContent, Media,
    MediaType, ReplyStatus, Transient,
};

impl Proxy {
    /// While the kernel starts, it is busy with the first cell.
    pub(super) async fn let_first_cell_wait(&mut self) {
        if let (None, None, Some(request)) = (&self.cell, &self.first, self.waiting.front()) {
            self.front.busy(request).await;
            self.first = Some(Waiting::of(request.clone()));
        }
    }

    /// Starts cells until one is running or none is waiting.
    pub(super) async fn start_next_cell(&mut self) {
        while self.cell.is_none() {
            let refusal = match &self.compiler {
                Compiler::Preparing | Compiler::Loading(_) => return,
                Compiler::Ready(_) => None,
                Compiler::Failed(reason) => Some(cannot_run(reason)),
            };
            let Some(request) = self.waiting.pop_front() else { return };
            let JupyterMessageContent::ExecuteRequest(content) = request.content.clone() else {
                continue;
            };
            self.announce(&request, &content).await;
            let refusal = refusal.or_else(|| syntax::refusal(&content.code));
            let cell = Cell::new(request, content.clone(), String::new());
            match refusal {
                Some(error) => self.close_cell(cell, Some(error)).await,
                None => {
                    self.cell = Some(cell);
                    self.send_to_evcxr(content).await;
                }
            }
        }
    }

    /// Tells everybody that a cell's turn has come.
    pub(super) async fn announce(&mut self, request: &JupyterMessage, content: &ExecuteRequest) {
        match self.first.take() {
            Some(first) if first.has_said_so => {
                self.front.publish(ClearOutput { wait: false }, request).await;
            }
            Some(_) => {}
            None => self.front.busy(request).await,
        }
        if content.silent {
            return;
        }
        if content.store_history || self.count == 0 {
            self.count += 1;
        }
        if content.store_history {
            self.history.push(self.count, &content.code);
        }
        let execution_count = ExecutionCount::new(self.count);
        let input = ExecuteInput { code: content.code.clone(), execution_count };
        self.front.publish(input, request).await;
    }

    pub(super) async fn send_to_evcxr(&mut self, content: ExecuteRequest) {
        let (Some(cell), Compiler::Ready(evcxr)) = (&mut self.cell, &mut self.compiler) else {
            return;
        };
        if let Some(input) = &mut self.input {
            input.forget();
        }
        let content = ExecuteRequest { code: without_restart(&content.code), ..content };
        let message = JupyterMessage::new(content, None);
        cell.evcxr_request = message.header.msg_id.clone();
        (cell.replied, cell.idle) = (false, false);
        if let Err(error) = evcxr.shell.send(message).await {
            let cell = self.cell.take().expect("the cell was there");
            self.close_cell(cell, Some(cannot_run(&error.to_string()))).await;
        }
    }

    /// evcxr has finished with the cell. Everything that it printed is in the pipe by now.
    pub(super) async fn finish_cell(&mut self) {
        let frames = self.frames.as_mut().map(Frames::drain).unwrap_or_default();
        self.on_frames(frames).await;
        if let Some(frames) = &mut self.frames {
            frames.forget_partial();
        }
        let Some(mut cell) = self.cell.take() else { return };
        if cell.interrupted {
            self.withdraw_wish();
        }
        if cell.clears_configuration() && !cell.reloaded {
            cell.reloaded = true;
            self.cell = Some(cell);
            return Box::pin(
                self.send_to_evcxr(ExecuteRequest::new(":load_config --quiet".to_owned())),
            )
            .await;
        }
        cell.forget_errors_of_the_kernel();
        if untyped::was_refused(&cell.errors) {
            if let Some(content) = self.with_types(&cell) {
                cell.typed = true;
                cell.errors.clear();
                self.cell = Some(cell);
                return Box::pin(self.send_to_evcxr(content)).await;
            }
            untyped::explain(&mut cell.errors, &cell.content.code);
        }
        let source = self.directory.as_ref().map(|directory| directory.build().join("src/lib.rs"));
        let source = source.unwrap_or_default();
        let code = cell.content.code.clone();
        let failure = cell.failure().map(|failure| match failure {
            Failure::Refused { message, .. } => {
                let report = slips::with_advice(&cell.errors, &code, &self.past);
                Failure::Refused { message, report }
            }
            other => other,
        });
        let error = failure.map(|failure| failure.describe(&code, &source));
        if let Some((mut outer, name)) = cell.outer.take() {
            outer.answers.insert(name, answer_to_expression(&mut cell, error));
            return Box::pin(self.evaluate_next_expression(*outer)).await;
        }
        self.past.note(&code, self.count, error.is_none());
        self.publish_result(&mut cell, error.is_none()).await;
        self.asking = false;
        if error.is_none() {
            let expressions = cell.content.user_expressions.clone();
            cell.expressions = expressions.into_iter().flatten().collect();
            return Box::pin(self.evaluate_next_expression(cell)).await;
        }
        self.close_cell(cell, error).await;
        Box::pin(self.start_next_cell()).await;
    }

    /// Evaluates what the client wants to know after a cell, in silence, and then replies.
    pub(super) async fn evaluate_next_expression(&mut self, mut cell: Cell) {
        while let Some((name, code)) = cell.expressions.pop() {
            let content =
                ExecuteRequest { code, silent: true, ..ExecuteRequest::new(String::new()) };
            let mut inner = Cell::new(cell.request.clone(), content.clone(), String::new());
            if let Some(error) = syntax::refusal(&content.code) {
                cell.answers.insert(name, answer_to_expression(&mut inner, Some(error)));
                continue;
            }
            inner.outer = Some((Box::new(cell), name));
            self.cell = Some(inner);
            return self.send_to_evcxr(content).await;
        }
        self.close_cell(cell, None).await;
        Box::pin(self.start_next_cell()).await;
    }

    /// Publishes the value of the cell's last expression. Nobody wants to see that of a statement without a
    /// semicolon.
    pub(super) async fn publish_result(&mut self, cell: &mut Cell, succeeded: bool) {
        let Some(data) = cell.take_result() else { return };
        if cell.content.silent || is_unit(&data) {
            return;
        }
        let execution_count = ExecutionCount::new(self.count);
        let output: JupyterMessageContent = match succeeded {
            true => ExecuteResult {
                execution_count,
                data,
                metadata: Default::default(),
                transient: Some(Transient::default()),
            }
            .into(),
            false => DisplayData { data, ..Default::default() }.into(),
        };
        self.front.publish(output, &cell.request).await;
    }

    /// The cell with the types that evcxr missed, once.
    pub(super) fn with_types(&self, cell: &Cell) -> Option<ExecuteRequest> {
        let types = stand_in::types::last_checked(&self.directory.as_ref()?.build());
        let code = untyped::with_types(&cell.content.code, &types).filter(|_| !cell.typed)?;
        Some(ExecuteRequest { code, ..cell.content.clone() })
    }

    /// Replies to the request of a cell, and after an error aborts those that wait.
    pub(super) async fn close_cell(&mut self, cell: Cell, error: Option<ErrorOutput>) {
        let failed = error.is_some();
        let mut reply = ExecuteReply {
            execution_count: ExecutionCount::new(self.count),
            user_expressions: Some(cell.answers),
            ..Default::default()
        };
        if let Some(error) = error {
            reply.status = ReplyStatus::Error;
            reply.error = Some(reply_error(&error));
            if !cell.content.silent {
                self.front.publish(error, &cell.request).await;
            }
        }
        self.front.send(Channel::Shell, reply, &cell.request).await;
        self.front.idle(&cell.request).await;
        self.last_request = Some(cell.request);
        if failed && cell.content.stop_on_error {
            self.abort_waiting().await;
        }
    }

    pub(super) async fn abort_waiting(&mut self) {
        for request in std::mem::take(&mut self.waiting) {
            let reply = ExecuteReply { status: ReplyStatus::Aborted, ..Default::default() };
            self.answer(Channel::Shell, reply, &request).await;
        }
    }
}

pub(super) fn answer_to_expression(
    cell: &mut Cell,
    error: Option<ErrorOutput>,
) -> ExpressionResult {
    match error {
        Some(ErrorOutput { ename, evalue, traceback }) => {
            ExpressionResult::Error { ename, evalue, traceback }
        }
        None => ExpressionResult::Ok {
            data: cell.take_result().unwrap_or_default(),
            metadata: Default::default(),
        },
    }
}

/// evcxr's `:restart` leaves it in a state in which the next cell dies; `:clear` starts a new process too.
pub(super) fn without_restart(code: &str) -> String {
    let line = |line: &str| if line.trim() == ":restart" { ":clear" } else { line }.to_owned();
    if code.contains(":restart") {
        code.lines().map(line).collect::<Vec<_>>().join("\n")
    } else {
        code.to_owned()
    }
}

pub(super) fn is_unit(data: &Media) -> bool {
    matches!(data.content.as_slice(), [MediaType::Plain(text)] if text == "()")
}

pub(super) fn cannot_run(reason: &str) -> ErrorOutput {
    ErrorOutput {
        ename: "kernel".to_owned(),
        evalue: "the kernel cannot run cells".to_owned(),
        traceback: std::iter::once("the kernel cannot run cells:")
            .chain(reason.lines())
            .chain(["mend it, then restart the kernel"])
            .map(str::to_owned)
            .collect(),
    }
}
