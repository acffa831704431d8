//! The kernel: to Jupyter a kernel as the protocol describes it, to evcxr_jupyter a front end.
//!
//! evcxr compiles and runs the cells. What it leaves out is done here: failures become errors, queued
//! cells are aborted after one, outputs arrive in order and at once, several figures a cell are kept,
//! and the requests that evcxr does not answer are answered. See `kernel/README.md` for the picture.

mod cell;
mod completeness;
mod evcxr;
mod failure;
mod frames;
mod front;
mod history;
mod inspection;
mod syntax;
mod untyped;
mod waiting;

use crate::build_directory::{self, Prepared, PrivateDirectory};
use crate::frame::{Frame, Prompt};
use crate::project::{Project, Toolchain};
use crate::runtime;
use crate::stand_in;
use anyhow::{Context, Result};
use cell::Cell;
use evcxr::{Evcxr, Listeners};
use failure::{Failure, reply_error};
use frames::{Frames, Input};
use front::{Channel, Front, listen};
use history::History;
use jupyter_protocol::{
    ClearOutput, CodeMirrorMode, CommClose, CommInfoReply, CompleteReply, DisplayData, ErrorOutput,
    ExecuteInput, ExecuteReply, ExecuteRequest, ExecuteResult, ExecutionCount, ExecutionState,
    InputReply, InputRequest, InspectReply, InterruptReply, JupyterMessage, JupyterMessageContent,
    KernelInfoReply, KernelInfoRequest, LanguageInfo, Media, MediaType, ReplyStatus, ShutdownReply,
    Transient,
};
use jupyter_zmq_client::ConnectionInfo;
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use waiting::Waiting;

/// An answer of the reader's needs at most so long to reach the cell.
const STALE: Duration = Duration::from_millis(500);

/// Runs the kernel that a connection file describes, until it is told to shut down.
pub fn run(project: &Project, connection_file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(connection_file).with_context(|| {
        format!("cannot read the connection file {}", connection_file.display())
    })?;
    let connection: ConnectionInfo = serde_json::from_str(&text).with_context(|| {
        format!("{} is no connection file: let Jupyter start the kernel", connection_file.display())
    })?;
    // One thread: evcxr dies with the thread that started it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let (sender, receiver) = unbounded_channel();
        let front = Front::open(&connection, &sender, Event::Request).await?;
        tokio::spawn(start_compiler(project.clone(), sender));
        Proxy::new(front).serve(receiver).await
    });
    runtime.shutdown_background();
    result
}

/// What the proxy reacts to.
enum Event {
    /// Jupyter asks.
    Request(Channel, JupyterMessage),
    /// The crate has changed, and is compiled before evcxr starts.
    Compiling,
    /// evcxr is running, and is loading the crate; or it could not be started.
    Started(Result<Box<Started>>),
    /// evcxr answers, publishes, or asks for input.
    Evcxr(JupyterMessage),
}

struct Started {
    directory: PrivateDirectory,
    evcxr: Evcxr,
    frames: Frames,
    input: Input,
}

/// The state of evcxr.
enum Compiler {
    Preparing,
    Loading(Evcxr),
    Ready(Evcxr),
    /// It cannot work, and why. The kernel lives on to say so in every cell.
    Failed(String),
}

async fn start_compiler(project: Project, sender: UnboundedSender<Event>) {
    let started = try_to_start(project, &sender).await;
    sender.send(Event::Started(started.map(Box::new))).ok();
}

async fn try_to_start(project: Project, sender: &UnboundedSender<Event>) -> Result<Started> {
    let compiling = sender.clone();
    let prepare = move || {
        let toolchain = Toolchain::find(&project)?;
        let prepared = Prepared::of(&project, &toolchain)?;
        if prepared.state()? != build_directory::State::Current {
            eprintln!("itakura: the crate has changed and is compiled for the cells first");
            compiling.send(Event::Compiling).ok();
        }
        prepared.prepare(|_| {})?;
        anyhow::Ok((toolchain, prepared.private_copy()?))
    };
    let (toolchain, directory) = tokio::task::spawn_blocking(prepare).await??;
    let frames = Frames::create(&directory.file("frames"))?;
    let input = Input::create(&directory.file("input"))?;
    let (evcxr, Listeners { shell, iopub, stdin }) = evcxr::start(&directory, &toolchain).await?;
    listen(shell, sender.clone(), Event::Evcxr);
    listen(iopub, sender.clone(), Event::Evcxr);
    listen(stdin, sender.clone(), Event::Evcxr);
    Ok(Started { directory, evcxr, frames, input })
}

struct Proxy {
    front: Front,
    compiler: Compiler,
    frames: Option<Frames>,
    input: Option<Input>,
    /// Whether the reader was asked for input and has not answered, and when the last answer came.
    asking: bool,
    answered: Option<Instant>,
    /// The process between evcxr and the cells.
    relay: Option<i32>,
    directory: Option<PrivateDirectory>,
    cell: Option<Cell>,
    waiting: VecDeque<JupyterMessage>,
    /// The first of those that wait while the kernel starts.
    first: Option<Waiting>,
    /// Whether the kernel starts with compiling the crate.
    compiles: bool,
    /// Requests that evcxr answers, by the identity under which they were sent to it.
    asked: HashMap<String, JupyterMessage>,
    count: usize,
    history: History,
    /// To which cell belongs what a thread prints after its cell is over.
    last_request: Option<JupyterMessage>,
}

/// What happens next.
enum Step {
    Event(Box<Event>),
    Frames(Vec<Frame>),
    EvcxrEnded,
    Pulse,
    Leave,
}

impl Proxy {
    fn new(front: Front) -> Proxy {
        Proxy {
            front,
            compiler: Compiler::Preparing,
            frames: None,
            input: None,
            asking: false,
            answered: None,
            relay: None,
            directory: None,
            cell: None,
            waiting: VecDeque::new(),
            first: None,
            compiles: false,
            asked: HashMap::new(),
            count: 0,
            history: History::default(),
            last_request: None,
        }
    }

    async fn serve(mut self, mut events: UnboundedReceiver<Event>) -> Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        // A Ctrl-C in the terminal of Jupyter is not meant for us: interrupts come as messages.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut pulse = tokio::time::interval(Duration::from_millis(250));
        let parent = rustix::process::getppid();
        loop {
            let step = tokio::select! {
                Some(event) = events.recv() => Step::Event(Box::new(event)),
                frames = next_frames(&mut self.frames) => Step::Frames(frames?),
                () = end_of(&mut self.compiler) => Step::EvcxrEnded,
                _ = terminate.recv() => Step::Leave,
                _ = interrupt.recv() => Step::Pulse,
                _ = pulse.tick() => Step::Pulse,
            };
            match step {
                Step::Event(event) => match *event {
                    Event::Request(channel, request) => {
                        if self.on_request(channel, request).await == Next::Leave {
                            break;
                        }
                    }
                    Event::Compiling => self.compiles = true,
                    Event::Started(started) => self.on_started(started).await,
                    Event::Evcxr(message) => self.on_evcxr(message).await,
                },
                Step::Frames(frames) => self.on_frames(frames).await,
                Step::EvcxrEnded => {
                    if self.on_evcxr_ended().await == Next::Leave {
                        self.clean_up().await;
                        anyhow::bail!("evcxr ended; the kernel ends with it, to be started again");
                    }
                }
                Step::Pulse if rustix::process::getppid() != parent => break,
                Step::Pulse => self.pulse().await,
                Step::Leave => break,
            }
        }
        self.clean_up().await;
        Ok(())
    }

    async fn clean_up(&mut self) {
        if let Compiler::Loading(evcxr) | Compiler::Ready(evcxr) = &mut self.compiler {
            evcxr.kill().await;
        }
        self.directory = None;
        // Replies that were handed to the sockets are still on their way.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    async fn on_started(&mut self, started: Result<Box<Started>>) {
        match started.map(|started| *started) {
            Ok(Started { directory, mut evcxr, frames, input }) => {
                self.directory = Some(directory);
                self.frames = Some(frames);
                self.input = Some(input);
                let question = JupyterMessage::new(KernelInfoRequest {}, None);
                if let Err(error) = evcxr.shell.send(question).await {
                    return self.fail(format!("evcxr does not listen: {error}")).await;
                }
                self.compiler = Compiler::Loading(evcxr);
            }
            Err(error) => self.fail(format!("{error:#}")).await,
        }
    }

    /// The kernel cannot run cells: it says so in its log, and in every cell.
    async fn fail(&mut self, reason: String) {
        eprintln!("itakura: the kernel cannot run cells: {reason}");
        self.compiler = Compiler::Failed(reason);
        self.start_next_cell().await;
    }

    async fn on_evcxr_ended(&mut self) -> Next {
        match &self.compiler {
            Compiler::Loading(evcxr) => {
                let reason = evcxr.last_words();
                self.fail(reason).await;
                Next::Stay
            }
            _ => {
                if let Some(cell) = self.cell.take() {
                    let error = ErrorOutput {
                        ename: "kernel ended".to_owned(),
                        evalue: "evcxr, which compiles the cells, has ended".to_owned(),
                        traceback: vec![
                            "the kernel starts again; run the cells from the top".to_owned(),
                        ],
                    };
                    self.close_cell(cell, Some(error)).await;
                }
                Next::Leave
            }
        }
    }

    async fn on_request(&mut self, channel: Channel, request: JupyterMessage) -> Next {
        use JupyterMessageContent as Content;
        match &request.content {
            Content::ExecuteRequest(_) => {
                self.waiting.push_back(request);
                self.start_next_cell().await;
                self.let_first_cell_wait().await;
            }
            Content::CompleteRequest(content) => {
                let (content, nothing) = (content.clone(), nothing_to_complete(content.cursor_pos));
                self.ask_evcxr(content, nothing, request).await;
            }
            Content::InspectRequest(content) => {
                let content = inspection::whole_name(content);
                self.ask_evcxr(content, InspectReply::default(), request).await;
            }
            Content::InputReply(content) => self.pass_input(content),
            Content::InterruptRequest(_) => {
                self.interrupt().await;
                self.answer(channel, InterruptReply::new(), &request).await;
            }
            Content::ShutdownRequest(content) => {
                let reply = ShutdownReply { restart: content.restart, ..Default::default() };
                self.answer(channel, reply, &request).await;
                return Next::Leave;
            }
            Content::KernelInfoRequest(_) => self.answer(channel, kernel_info(), &request).await,
            Content::HistoryRequest(content) => {
                let reply = self.history.answer(content);
                self.answer(channel, reply, &request).await;
            }
            Content::IsCompleteRequest(content) => {
                let reply = completeness::answer(&content.code);
                self.answer(channel, reply, &request).await;
            }
            Content::CommInfoRequest(_) => {
                self.answer(channel, CommInfoReply::default(), &request).await;
            }
            Content::CommOpen(content) => {
                // Nobody here speaks over comms: the protocol's answer is to close it.
                let close =
                    CommClose { comm_id: content.comm_id.clone(), data: Default::default() };
                self.front.publish(close, &request).await;
            }
            _ => {}
        }
        Next::Stay
    }

    async fn answer(
        &mut self,
        channel: Channel,
        content: impl Into<JupyterMessageContent>,
        request: &JupyterMessage,
    ) {
        self.front.busy(request).await;
        self.front.send(channel, content, request).await;
        self.front.idle(request).await;
    }

    /// Lets evcxr answer; while it is not ready, there is nothing to say.
    async fn ask_evcxr(
        &mut self,
        content: impl Into<JupyterMessageContent>,
        nothing: impl Into<JupyterMessageContent>,
        request: JupyterMessage,
    ) {
        let Compiler::Ready(evcxr) = &mut self.compiler else {
            return self.answer(Channel::Shell, nothing, &request).await;
        };
        let question = JupyterMessage::new(content, None);
        let identity = question.header.msg_id.clone();
        match evcxr.shell.send(question).await {
            Ok(()) => {
                self.front.busy(&request).await;
                self.asked.insert(identity, request);
            }
            Err(_) => self.answer(Channel::Shell, nothing, &request).await,
        }
    }

    /// The reader has typed what the cell waits for.
    fn pass_input(&mut self, reply: &InputReply) {
        if let (true, Some(input)) = (std::mem::take(&mut self.asking), &mut self.input) {
            input.write_line(&reply.value);
            self.answered = Some(Instant::now());
        }
    }

    /// The cell waits for input: the front end is asked where it can be, or else the cell ends.
    async fn ask_for_input(&mut self, prompt: Prompt) {
        // What the relay saw just before an answer came is out of date.
        let is_stale = self.answered.is_some_and(|answered| answered.elapsed() < STALE);
        let Some(cell) = &mut self.cell else { return };
        if self.asking || is_stale || cell.is_to_end() {
            return;
        }
        if cell.content.allow_stdin {
            self.asking = true;
            let request = InputRequest { prompt: prompt.text, password: prompt.is_password };
            self.front.send(Channel::Stdin, request, &cell.request).await;
        } else {
            cell.refused_input = true;
            self.end_cell();
        }
    }

    /// Ends the running cell, and the variables stay; without one, nothing is lost for nothing. Cells that
    /// wait for evcxr to be ready do not run.
    async fn interrupt(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.interrupted = true;
            self.end_cell();
        } else if let Some(request) = self.waiting.pop_front() {
            let JupyterMessageContent::ExecuteRequest(content) = request.content.clone() else {
                return;
            };
            self.front.busy(&request).await;
            self.announce(&request, &content).await;
            let cell = Cell::new(request, content, String::new());
            let source = std::path::Path::new("");
            let error = Failure::Interrupted { kept: true }.describe(&cell.content.code, source);
            self.close_cell(cell, Some(error)).await;
            self.abort_waiting().await;
        }
    }

    /// Kills the process that runs the cell, whose checkpoint then goes on, or what compiles it.
    fn end_cell(&self) {
        let (Some(cell), Compiler::Ready(evcxr)) = (&self.cell, &self.compiler) else { return };
        match cell.process {
            Some(process) => runtime::kill(process),
            None => {
                let evcxr = evcxr.process.id().unwrap_or_default() as i32;
                for compiler in runtime::children(evcxr) {
                    if self.relay.is_some_and(|relay| relay != compiler) {
                        runtime::kill_with_children(compiler);
                    }
                }
            }
        }
    }

    async fn on_evcxr(&mut self, message: JupyterMessage) {
        use JupyterMessageContent as Content;
        let parent = message.parent_header.as_ref().map(|header| header.msg_id.clone());
        let parent = parent.unwrap_or_default();
        match message.content {
            Content::KernelInfoReply(_) => {
                if let Compiler::Loading(evcxr) =
                    std::mem::replace(&mut self.compiler, Compiler::Preparing)
                {
                    self.compiler = Compiler::Ready(evcxr);
                }
                self.start_next_cell().await;
            }
            content @ (Content::CompleteReply(_) | Content::InspectReply(_)) => {
                if let Some(request) = self.asked.remove(&parent) {
                    self.front.send(Channel::Shell, content, &request).await;
                    self.front.idle(&request).await;
                }
            }
            content if self.cell.as_ref().is_some_and(|cell| cell.evcxr_request == parent) => {
                self.on_cell_message(content).await;
            }
            _ => {}
        }
    }

    async fn on_cell_message(&mut self, content: JupyterMessageContent) {
        use JupyterMessageContent as Content;
        let Some(cell) = &mut self.cell else { return };
        match content {
            Content::ExecuteReply(_) => cell.replied = true,
            Content::Status(status) => cell.idle |= status.execution_state == ExecutionState::Idle,
            Content::ErrorOutput(error) => cell.errors.push(error),
            // The configuration that is loaded again after a :clear tells its settings, and evcxr shows
            // the empty value of a statement without a semicolon.
            Content::ExecuteResult(result) if cell.reloaded || is_unit(&result.data) => {}
            Content::ExecuteResult(result) => {
                let frames = self.frames.as_mut().map(Frames::drain).unwrap_or_default();
                self.on_frames(frames).await;
                let count = ExecutionCount::new(self.count);
                self.publish_output(vec![
                    ExecuteResult {
                        execution_count: count,
                        transient: Some(Transient::default()),
                        ..result
                    }
                    .into(),
                ])
                .await;
            }
            content @ Content::StreamContent(_) => self.publish_output(vec![content]).await,
            _ => {}
        }
        if self.cell.as_ref().is_some_and(|cell| cell.replied && cell.idle) {
            self.finish_cell().await;
        }
    }

    async fn on_frames(&mut self, frames: Vec<Frame>) {
        for frame in join_texts(frames) {
            match frame {
                Frame::Relay(process) => self.relay = Some(process),
                Frame::WaitsForInput(prompt) => self.ask_for_input(prompt).await,
                frame => {
                    let begins = matches!(frame, Frame::Running(_));
                    let outputs = match &mut self.cell {
                        Some(cell) => cell.hear(frame),
                        None => cell::show(frame).into_iter().collect(),
                    };
                    self.publish_output(outputs).await;
                    if begins && self.cell.as_ref().is_some_and(Cell::is_to_end) {
                        self.end_cell();
                    }
                }
            }
        }
    }

    async fn pulse(&mut self) {
        if let Some(first) = &mut self.first
            && let Some(text) = first.say(self.compiles)
        {
            self.front.publish(text, &first.request).await;
        }
        let Some(cell) = &mut self.cell else { return };
        let outputs = cell.pulse();
        if cell.is_to_end() {
            // It may have got past what was ended, to its next compiler.
            self.end_cell();
        }
        self.publish_output(outputs).await;
    }

    async fn publish_output(&mut self, outputs: Vec<JupyterMessageContent>) {
        let silent = self.cell.as_ref().is_some_and(|cell| cell.content.silent);
        let request = self.cell.as_ref().map(|cell| &cell.request).or(self.last_request.as_ref());
        if let (Some(request), false) = (request, silent) {
            for output in outputs {
                self.front.publish(output, request).await;
            }
        }
    }

    /// While the kernel starts, it is busy with the first cell.
    async fn let_first_cell_wait(&mut self) {
        if let (None, None, Some(request)) = (&self.cell, &self.first, self.waiting.front()) {
            self.front.busy(request).await;
            self.first = Some(Waiting::of(request.clone()));
        }
    }

    /// Starts cells until one is running or none is waiting.
    async fn start_next_cell(&mut self) {
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
            match self.first.take() {
                Some(first) if first.has_said_so => {
                    self.front.publish(ClearOutput { wait: false }, &request).await;
                }
                Some(_) => {}
                None => self.front.busy(&request).await,
            }
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

    async fn announce(&mut self, request: &JupyterMessage, content: &ExecuteRequest) {
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

    async fn send_to_evcxr(&mut self, content: ExecuteRequest) {
        let (Some(cell), Compiler::Ready(evcxr)) = (&mut self.cell, &mut self.compiler) else {
            return;
        };
        if let Some(input) = &mut self.input {
            input.forget();
        }
        let message = JupyterMessage::new(content, None);
        cell.evcxr_request = message.header.msg_id.clone();
        (cell.replied, cell.idle) = (false, false);
        if let Err(error) = evcxr.shell.send(message).await {
            let cell = self.cell.take().expect("the cell was there");
            self.close_cell(cell, Some(cannot_run(&error.to_string()))).await;
        }
    }

    /// evcxr is through with the cell. Everything that it printed is in the pipe by now.
    async fn finish_cell(&mut self) {
        let frames = self.frames.as_mut().map(Frames::drain).unwrap_or_default();
        self.on_frames(frames).await;
        if let Some(frames) = &mut self.frames {
            frames.forget_partial();
        }
        let Some(mut cell) = self.cell.take() else { return };
        if cell.clears_configuration() && !cell.reloaded {
            cell.reloaded = true;
            self.cell = Some(cell);
            return Box::pin(
                self.send_to_evcxr(ExecuteRequest::new(":load_config --quiet".to_owned())),
            )
            .await;
        }
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
        let error = cell.failure().map(|failure| failure.describe(&cell.content.code, &source));
        self.publish_result(&mut cell, error.is_none()).await;
        self.asking = false;
        self.close_cell(cell, error).await;
        Box::pin(self.start_next_cell()).await;
    }

    /// The cell with the types that evcxr missed, once.
    fn with_types(&self, cell: &Cell) -> Option<ExecuteRequest> {
        let types = stand_in::types::last_checked(&self.directory.as_ref()?.build());
        let code = untyped::with_types(&cell.content.code, &types).filter(|_| !cell.typed)?;
        Some(ExecuteRequest { code, ..cell.content.clone() })
    }

    /// Publishes the value of the cell's last expression. Nobody wants to see that of a statement without a
    /// semicolon.
    async fn publish_result(&mut self, cell: &mut Cell, succeeded: bool) {
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

    /// Replies to the request of a cell, and after an error aborts those that wait.
    async fn close_cell(&mut self, cell: Cell, error: Option<ErrorOutput>) {
        let failed = error.is_some();
        let mut reply = ExecuteReply {
            execution_count: ExecutionCount::new(self.count),
            user_expressions: Some(HashMap::new()),
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

    async fn abort_waiting(&mut self) {
        for request in std::mem::take(&mut self.waiting) {
            let reply = ExecuteReply { status: ReplyStatus::Aborted, ..Default::default() };
            self.answer(Channel::Shell, reply, &request).await;
        }
    }
}

#[derive(PartialEq)]
enum Next {
    Stay,
    Leave,
}

async fn next_frames(frames: &mut Option<Frames>) -> Result<Vec<Frame>> {
    match frames {
        Some(frames) => frames.next().await,
        None => std::future::pending().await,
    }
}

async fn end_of(compiler: &mut Compiler) {
    match compiler {
        Compiler::Loading(evcxr) | Compiler::Ready(evcxr) => {
            evcxr.process.wait().await.ok();
        }
        _ => std::future::pending().await,
    }
}

/// So much text goes into one message.
const LONGEST_TEXT: usize = 1 << 20;

/// One message a line would be too many: neighbouring texts of a stream are joined.
fn join_texts(frames: Vec<Frame>) -> Vec<Frame> {
    let mut joined: Vec<Frame> = Vec::with_capacity(frames.len());
    for frame in frames {
        match (joined.last_mut(), &frame) {
            (Some(Frame::Stdout(text)), Frame::Stdout(more))
            | (Some(Frame::Stderr(text)), Frame::Stderr(more))
                if text.len() < LONGEST_TEXT =>
            {
                text.push_str(more);
            }
            _ => joined.push(frame),
        }
    }
    joined
}

fn cannot_run(reason: &str) -> ErrorOutput {
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

fn is_unit(data: &Media) -> bool {
    matches!(data.content.as_slice(), [MediaType::Plain(text)] if text == "()")
}

fn nothing_to_complete(cursor: usize) -> CompleteReply {
    CompleteReply { cursor_start: cursor, cursor_end: cursor, ..Default::default() }
}

fn kernel_info() -> KernelInfoReply {
    KernelInfoReply {
        status: ReplyStatus::Ok,
        protocol_version: "5.3".to_owned(),
        implementation: "itakura-saito".to_owned(),
        implementation_version: env!("CARGO_PKG_VERSION").to_owned(),
        language_info: LanguageInfo {
            name: "rust".to_owned(),
            version: "1.95".to_owned(),
            mimetype: Some("text/rust".to_owned()),
            file_extension: Some(".rs".to_owned()),
            pygments_lexer: Some("rust".to_owned()),
            codemirror_mode: Some(CodeMirrorMode::Simple("rust".to_owned())),
            nbconvert_exporter: None,
        },
        banner: "Rust, by evcxr, with the crate itakura-saito loaded".to_owned(),
        help_links: Vec::new(),
        debugger: false,
        error: None,
    }
}
