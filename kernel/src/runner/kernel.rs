//! A kernel as its clients see it: started from its kernelspec, spoken to over the Jupyter protocol.

use crate::runtime::{self, MEMORY_VARIABLE};
use anyhow::{Context, Result, bail};
use jupyter_protocol::{
    ExecuteReply, ExecuteRequest, ExecutionCount, ExecutionState, InterruptRequest, JupyterMessage,
    JupyterMessageContent, KernelInfoRequest, Media, ReplyStatus, ShutdownRequest, Stdio,
};
use jupyter_zmq_client::{
    ClientControlConnection, ClientIoPubConnection, ClientShellConnection, KernelspecDir,
};
use nbformat::v4::{DisplayData, ErrorOutput, ExecuteResult, MultilineString, Output};
use std::path::Path;
use std::process::Stdio as ProcessStdio;
use std::time::{Duration, Instant};
use tokio::process::Child;
use tokio::time::{sleep, timeout};

/// The file name of the kernel's program, whose processes work for all cells.
const PROGRAM: &str = "itakura";
/// How long a kernel may take until it runs its first cell: it may have to compile the crate first.
const START_LIMIT: Duration = Duration::from_secs(600);
/// How long an interrupted cell may take to stop before the kernel is killed.
const INTERRUPT_GRACE: Duration = Duration::from_secs(5);
/// How many bytes a cell may show.
pub const MOST_OUTPUT: usize = 100_000_000;

/// How the execution of a cell ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    Replied(ReplyStatus),
    /// It was still running at its time limit and has been interrupted.
    TimedOut,
    /// It went on showing more and more and has been interrupted.
    Flooded,
    /// The kernel is gone.
    Died(String),
}

/// What a cell did.
#[derive(Debug)]
pub struct Execution {
    pub end: End,
    pub outputs: Vec<Output>,
    /// Under which names outputs can be updated, and where they stand among the outputs.
    pub named: Vec<(String, usize)>,
    /// Updates of what earlier cells have shown.
    pub updates: Vec<(String, Media)>,
    /// What stood in outputs of this cell before they were updated.
    pub replaced: Vec<Media>,
    pub seconds: f64,
}

impl Execution {
    /// Of a cell that was not run.
    pub fn not_begun(end: End) -> Execution {
        let (outputs, named, updates, replaced, seconds) = Default::default();
        Execution { end, outputs, named, updates, replaced, seconds }
    }

    /// The error that the cell ended with.
    pub fn error(&self) -> Option<&ErrorOutput> {
        self.outputs.iter().find_map(|output| match output {
            Output::Error(error) => Some(error),
            _ => None,
        })
    }
}

/// A running kernel.
pub struct Kernel {
    process: Child,
    shell: ClientShellConnection,
    control: ClientControlConnection,
    iopub: ClientIoPubConnection,
    _connection_file: tempfile::NamedTempFile,
}

impl Kernel {
    /// Starts the kernel that a kernelspec describes, in `folder`, and waits until it can run cells. The
    /// process of the cells may use so many bytes of `memory`.
    pub async fn start(kernelspec: &Path, folder: &Path, memory: Option<u64>) -> Result<Kernel> {
        let text = fs_err::read_to_string(kernelspec).with_context(|| {
            format!("there is no kernelspec at {}: run `itakura setup`", kernelspec.display())
        })?;
        let kernelspec = KernelspecDir {
            kernel_name: crate::project::KERNEL_NAME.to_owned(),
            path: kernelspec.parent().unwrap_or(Path::new(".")).to_path_buf(),
            kernelspec: serde_json::from_str(&text).context("the kernelspec cannot be read")?,
        };
        let connection = crate::connection::choose().await?;
        let file = tempfile::Builder::new().prefix("itakura-").suffix(".json").tempfile()?;
        fs_err::write(file.path(), serde_json::to_string(&connection)?)?;
        let mut process = kernelspec
            .command(file.path(), Some(ProcessStdio::inherit()), None)?
            .current_dir(folder)
            .envs(memory.map(|bytes| (MEMORY_VARIABLE, bytes.to_string())))
            .kill_on_drop(true)
            .spawn()
            .context("the kernel cannot be started")?;
        wait_for_port(connection.shell_port, &mut process).await?;
        let session = uuid::Uuid::new_v4().to_string();
        let identity = jupyter_zmq_client::peer_identity_for_session(&session)?;
        let shell = jupyter_zmq_client::create_client_shell_connection_with_identity(
            &connection,
            &session,
            identity,
        );
        let mut kernel = Kernel {
            process,
            iopub: jupyter_zmq_client::create_client_iopub_connection(&connection, "", &session)
                .await?,
            shell: shell.await?,
            control: jupyter_zmq_client::create_client_control_connection(&connection, &session)
                .await?,
            _connection_file: file,
        };
        kernel.wait_until_ready().await?;
        Ok(kernel)
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        self.subscribe().await?;
        let execution = self.execute("", START_LIMIT).await?;
        match (&execution.end, execution.error()) {
            (End::Replied(ReplyStatus::Ok), _) => Ok(()),
            (_, Some(error)) => bail!("{}", error.traceback.join("\n")),
            (End::Died(status), None) => bail!("the kernel died at its start: {status}"),
            (end, None) => bail!("the kernel did not start: {end:?}"),
        }
    }

    /// Asks until what the kernel publishes arrives: a subscription takes a moment to reach it.
    async fn subscribe(&mut self) -> Result<()> {
        for _ in 0..100 {
            self.shell.send(KernelInfoRequest {}.into()).await?;
            timeout(START_LIMIT, self.shell.read())
                .await
                .context("the kernel does not answer")??;
            if timeout(Duration::from_millis(200), self.iopub.read()).await.is_ok() {
                while timeout(Duration::from_millis(50), self.iopub.read()).await.is_ok() {}
                return Ok(());
            }
        }
        bail!("the kernel answers, but publishes nothing")
    }

    /// Executes a cell. Past its time limit, or if it shows too much, it is interrupted, and past a grace the
    /// kernel is killed.
    pub async fn execute(&mut self, code: &str, limit: Duration) -> Result<Execution> {
        let start = Instant::now();
        let request: JupyterMessage = ExecuteRequest::new(code.to_owned()).into();
        let identity = request.header.msg_id.clone();
        self.shell.send(request).await?;
        let mut heard = Heard::default();
        let end = match timeout(limit, self.listen(&identity, &mut heard, MOST_OUTPUT)).await {
            Err(_) => End::TimedOut,
            Ok(end) => end?,
        };
        if matches!(end, End::TimedOut | End::Flooded) {
            self.control.send(InterruptRequest {}.into()).await?;
            let rest = self.listen(&identity, &mut heard, usize::MAX);
            if timeout(INTERRUPT_GRACE, rest).await.is_err() {
                self.process.kill().await.ok();
            }
        }
        let Heard { outputs, named, updates, replaced, .. } = heard;
        let seconds = start.elapsed().as_secs_f64();
        Ok(Execution { end, outputs, named, updates, replaced, seconds })
    }

    /// Ends the processes that cells have started and that still run; what they are.
    pub fn end_left_processes(&self) -> Vec<String> {
        let Some(kernel) = self.process.id() else { return Vec::new() };
        let left = started_by_cells(kernel as i32);
        left.iter().for_each(|(process, _)| runtime::kill(*process));
        left.into_iter()
            .map(|(process, program)| format!("{program} (process {process})"))
            .collect()
    }

    /// Whether the kernel can run further cells.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Forgets all variables and items, for the next notebook.
    pub async fn reset(&mut self) -> Result<()> {
        let execution = self.execute(":clear", START_LIMIT).await?;
        if execution.end != End::Replied(ReplyStatus::Ok) {
            bail!("the kernel could not be reset: {:?}", execution.end);
        }
        Ok(())
    }

    /// Asks the kernel to leave, and sees to it that it does.
    pub async fn shutdown(mut self) {
        self.control.send(ShutdownRequest { restart: false }.into()).await.ok();
        if timeout(INTERRUPT_GRACE, self.process.wait()).await.is_err() {
            self.process.kill().await.ok();
        }
    }

    /// Listens until the request is answered and the kernel idle, or more is heard than it may be, or the
    /// kernel dies.
    async fn listen(&mut self, request: &str, heard: &mut Heard, most: usize) -> Result<End> {
        let (mut reply, mut idle) = (None, false);
        loop {
            tokio::select! {
                message = self.iopub.read() => {
                    let message = message.context("what the kernel publishes cannot be read")?;
                    // A thread of an earlier cell may go on updating what that one has shown.
                    let is_update =
                        matches!(message.content, JupyterMessageContent::UpdateDisplayData(_));
                    if is_update || is_about(&message, request) {
                        idle |= heard.hear(message.content);
                    }
                }
                message = self.shell.read() => {
                    let message = message.context("the kernel's reply cannot be read")?;
                    if let (true, JupyterMessageContent::ExecuteReply(ExecuteReply { status, .. })) =
                        (is_about(&message, request), message.content)
                    {
                        reply = Some(status);
                    }
                }
                status = self.process.wait() => return Ok(End::Died(status?.to_string())),
            }
            if let (Some(status), true) = (&reply, idle) {
                return Ok(End::Replied(status.clone()));
            }
            if heard.size > most {
                return Ok(End::Flooded);
            }
        }
    }
}

/// The processes below the kernel that run another program than the kernel's, and their names. Between two
/// cells evcxr compiles nothing.
fn started_by_cells(process: i32) -> Vec<(i32, String)> {
    let mut found = Vec::new();
    for child in runtime::children(process) {
        let program = fs_err::read_link(format!("/proc/{child}/exe")).unwrap_or_default();
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Without a program it has ended.
        if !name.is_empty() && name.trim_end_matches(" (deleted)") != PROGRAM {
            found.push((child, name));
        }
        found.extend(started_by_cells(child));
    }
    found
}

fn is_about(message: &JupyterMessage, request: &str) -> bool {
    message.parent_header.as_ref().is_some_and(|parent| parent.msg_id == request)
}

async fn wait_for_port(port: u16, process: &mut Child) -> Result<()> {
    for _ in 0..1000 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Ok(());
        }
        if let Some(status) = process.try_wait()? {
            bail!("the kernel died at its start: {status}");
        }
        sleep(Duration::from_millis(20)).await;
    }
    bail!("the kernel did not open its ports within 20 s")
}

fn size_of_media(media: &Media) -> usize {
    serde_json::to_vec(media).map_or(0, |json| json.len())
}

/// The outputs of a cell as they come, some of them to be updated later.
#[derive(Default)]
struct Heard {
    outputs: Vec<Output>,
    named: Vec<(String, usize)>,
    updates: Vec<(String, Media)>,
    replaced: Vec<Media>,
    /// How many bytes have come, about. What is beyond the most that may come is not kept.
    size: usize,
}

impl Heard {
    /// Takes in what was published; true once the kernel is idle.
    fn hear(&mut self, content: JupyterMessageContent) -> bool {
        use JupyterMessageContent as Content;
        self.size += match &content {
            Content::StreamContent(stream) => stream.text.len(),
            Content::DisplayData(display) => size_of_media(&display.data),
            Content::UpdateDisplayData(update) => size_of_media(&update.data),
            _ => 0,
        };
        match content {
            Content::Status(status) => return status.execution_state == ExecutionState::Idle,
            Content::ErrorOutput(error) => self.outputs.push(Output::Error(ErrorOutput {
                ename: error.ename,
                evalue: error.evalue,
                traceback: error.traceback,
            })),
            _ if self.size > MOST_OUTPUT => {}
            Content::StreamContent(stream) => {
                let name = match stream.name {
                    Stdio::Stdout => "stdout",
                    Stdio::Stderr => "stderr",
                };
                self.append_text(name, &stream.text);
            }
            Content::DisplayData(display) => {
                let name = display.transient.and_then(|transient| transient.display_id);
                self.named.extend(name.map(|name| (name, self.outputs.len())));
                let output = DisplayData { data: display.data, metadata: display.metadata };
                self.outputs.push(Output::DisplayData(output));
            }
            Content::UpdateDisplayData(update) => {
                if let Some(name) = update.transient.display_id {
                    self.update(name, update.data);
                }
            }
            Content::ExecuteResult(result) => {
                self.outputs.push(Output::ExecuteResult(ExecuteResult {
                    execution_count: ExecutionCount::new(result.execution_count.0),
                    data: result.data,
                    metadata: result.metadata,
                }));
            }
            _ => {}
        }
        false
    }

    fn append_text(&mut self, stream: &str, more: &str) {
        if let Some(Output::Stream { name, text }) = self.outputs.last_mut()
            && name == stream
        {
            text.0.push_str(more);
        } else {
            let output =
                Output::Stream { name: stream.to_owned(), text: MultilineString(more.to_owned()) };
            self.outputs.push(output);
        }
    }

    /// The name may have been given by this cell, more than once, or by an earlier one.
    fn update(&mut self, name: String, data: Media) {
        let places = self.named.iter().filter(|(known, _)| *known == name);
        let places: Vec<usize> = places.map(|(_, place)| *place).collect();
        for &place in &places {
            if let Output::DisplayData(display) = &mut self.outputs[place] {
                self.replaced.push(std::mem::replace(&mut display.data, data.clone()));
            }
        }
        if places.is_empty() {
            self.updates.push((name, data));
        }
    }
}
