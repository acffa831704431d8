//! The kernel: to Jupyter a kernel as the protocol describes it, to evcxr_jupyter a front end.
//!
//! evcxr compiles and runs the cells. What it leaves out is done here: failures become errors, queued
//! cells are aborted after one, outputs arrive in order and at once, several figures per cell are kept,
//! and the requests that evcxr does not answer are answered. See `kernel/README.md` for the picture.

mod cell;
mod completeness;
mod evcxr;
mod execution;
mod failure;
mod frames;
mod front;
mod history;
mod inspection;
mod offsets;
mod output;
mod publisher;
mod slips;
mod steering;
pub mod syntax;
mod untyped;
mod waiting;

use crate::build_directory::{self, Prepared, PrivateDirectory};
use crate::frame::Frame;
use crate::project::{Project, Toolchain};
use anyhow::{Context, Result};
use cell::Cell;
use evcxr::{Evcxr, Listeners};
use execution::is_unit;
pub use failure::without_colours;
use frames::{Frames, Input};
use front::{Channel, Front, listen};
use history::History;
use jupyter_protocol::{
    CodeMirrorMode, CommClose, CommInfoReply, CompleteReply, ErrorOutput, ExecuteResult,
    ExecutionCount, ExecutionState, InspectReply, InterruptReply, JupyterMessage,
    JupyterMessageContent, KernelInfoReply, KernelInfoRequest, LanguageInfo, ReplyStatus,
    ShutdownReply, Transient,
};
use jupyter_zmq_client::ConnectionInfo;
use slips::Past;
pub use slips::defined_names;
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use waiting::Waiting;

/// So many requests are remembered, so that none is answered twice.
const REMEMBERED: usize = 4096;

/// Runs the kernel that a connection file describes, until it is told to shut down.
pub fn run(project: &Project, connection_file: &Path) -> Result<()> {
    // One thread: evcxr dies with the thread that started it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        Starting::new(project).serve(connection_file, std::future::pending()).await
    });
    runtime.shutdown_background();
    result
}

/// A kernel whose evcxr starts, and which may not know yet for whom.
pub struct Starting {
    sender: UnboundedSender<Event>,
    events: UnboundedReceiver<Event>,
}

impl Starting {
    /// Begins to start evcxr. Only inside a runtime of one thread: evcxr dies with the thread that
    /// started it.
    pub fn new(project: &Project) -> Starting {
        let (sender, events) = unbounded_channel();
        tokio::spawn(start_compiler(project.clone(), sender.clone()));
        Starting { sender, events }
    }

    /// Is the kernel that a connection file describes, until it is told to shut down, or `end` comes.
    pub async fn serve(self, connection_file: &Path, end: impl Future<Output = ()>) -> Result<()> {
        let text = fs_err::read_to_string(connection_file).with_context(|| {
            format!("cannot read the connection file {}", connection_file.display())
        })?;
        let connection: ConnectionInfo = serde_json::from_str(&text).with_context(|| {
            format!(
                "{} is not a connection file: let Jupyter start the kernel",
                connection_file.display()
            )
        })?;
        let front = Front::open(&connection, &self.sender, Event::Request).await?;
        drop(self.sender);
        Proxy::new(front).serve(self.events, end).await
    }

    /// Ends what was started, for nobody.
    pub async fn give_up(mut self) -> Result<()> {
        drop(self.sender);
        while let Some(event) = self.events.recv().await {
            if let Event::Started(Ok(mut started)) = event {
                started.evcxr.kill().await;
                break;
            }
        }
        Ok(())
    }
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
    let (evcxr, Listeners { shell, iopub }) = evcxr::start(&directory, &toolchain).await?;
    listen(shell, sender.clone(), Event::Evcxr);
    listen(iopub, sender.clone(), Event::Evcxr);
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
    /// What earlier cells have left, for advice.
    past: Past,
    /// The identities of the last requests.
    heard: VecDeque<String>,
    /// To which cell belongs what a thread prints after its cell is over.
    last_request: Option<JupyterMessage>,
}

/// What happens next.
enum Step {
    Event(Box<Event>),
    Frames(Vec<Frame>),
    EvcxrEnded,
    GraceOver,
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
            past: Past::default(),
            heard: VecDeque::new(),
            last_request: None,
        }
    }

    async fn serve(
        mut self,
        mut events: UnboundedReceiver<Event>,
        end: impl Future<Output = ()>,
    ) -> Result<()> {
        let mut end = std::pin::pin!(end);
        let mut terminate = signal(SignalKind::terminate())?;
        // A Ctrl-C in the terminal of Jupyter is not meant for us: interrupts come as messages.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut pulse = tokio::time::interval(Duration::from_millis(250));
        let parent = rustix::process::getppid();
        loop {
            let step = tokio::select! {
                Some(event) = events.recv() => Step::Event(Box::new(event)),
                frames = next_frames(&mut self.frames, &self.front) => Step::Frames(frames?),
                () = end_of(&mut self.compiler) => Step::EvcxrEnded,
                () = end_of_grace(self.cell.as_ref()) => Step::GraceOver,
                _ = terminate.recv() => Step::Leave,
                () = &mut end => Step::Leave,
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
                Step::GraceOver => self.end_of_grace(),
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
        self.front.flush().await;
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
        if !self.is_new(&request) {
            eprintln!("itakura: a {} that came twice is ignored", request.header.msg_type);
            return Next::Stay;
        }
        match &request.content {
            Content::ExecuteRequest(_) => {
                self.waiting.push_back(request);
                self.start_next_cell().await;
                self.let_first_cell_wait().await;
            }
            Content::CompleteRequest(content) => {
                let (mut content, nothing) =
                    (content.clone(), nothing_to_complete(content.cursor_pos));
                content.cursor_pos = offsets::to_characters(&content.code, content.cursor_pos);
                self.ask_evcxr(content, nothing, request).await;
            }
            Content::InspectRequest(content) => {
                let mut content = inspection::whole_name(content);
                content.cursor_pos = offsets::to_characters(&content.code, content.cursor_pos);
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

    /// Whether a request is not one that was heard before.
    fn is_new(&mut self, request: &JupyterMessage) -> bool {
        if self.heard.len() >= REMEMBERED {
            self.heard.pop_front();
        }
        // Two channels of a client may count their messages each for itself.
        let header = &request.header;
        let identity = format!("{} {} {}", header.msg_type, header.msg_id, header.date);
        let is_new = !self.heard.contains(&identity);
        self.heard.push_back(identity);
        is_new
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
                    let content = match (content, &request.content) {
                        (Content::CompleteReply(reply), Content::CompleteRequest(asked)) => {
                            offsets::complete_reply(reply, &asked.code).into()
                        }
                        (content, _) => content,
                    };
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
            Content::ExecuteReply(reply) => {
                cell.replied = true;
                cell.refused = reply.status != ReplyStatus::Ok;
            }
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
}

#[derive(PartialEq)]
enum Next {
    Stay,
    Leave,
}

/// What the cells report next, once the clients have taken most of what they reported before.
async fn next_frames(frames: &mut Option<Frames>, front: &Front) -> Result<Vec<Frame>> {
    match frames {
        Some(frames) => {
            front.has_room().await;
            frames.next().await
        }
        None => std::future::pending().await,
    }
}

/// Until when the cell that was interrupted may end by itself.
async fn end_of_grace(cell: Option<&Cell>) {
    match cell.and_then(|cell| cell.grace) {
        Some(end) => tokio::time::sleep_until(end.into()).await,
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
            version: crate::project::RUST_VERSION.to_owned(),
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
