//! The side that Jupyter sees: the five channels of a kernel.

use anyhow::{Context, Result};
use jupyter_protocol::{Header, JupyterMessage, JupyterMessageContent, Status, UnknownMessage};
use jupyter_zmq_client::{
    Connection, ConnectionInfo, KernelHeartbeatConnection, KernelIoPubConnection, RawMessage,
    RouterSendConnection, RuntimeError,
};
use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;

/// The channels on which requests come, and on which their replies go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Channel {
    Shell,
    Control,
    Stdin,
}

/// The kernel's channels, for sending.
pub struct Front {
    iopub: KernelIoPubConnection,
    shell: RouterSendConnection,
    control: RouterSendConnection,
    stdin: RouterSendConnection,
}

impl Front {
    /// Opens the channels; every request that comes is sent to `requests`.
    pub async fn open<E: Send + 'static>(
        connection: &ConnectionInfo,
        requests: &UnboundedSender<E>,
        wrap: fn(Channel, JupyterMessage) -> E,
    ) -> Result<Front> {
        let session = uuid::Uuid::new_v4().to_string();
        let in_use = "a port of the connection file is already in use";
        let iopub = jupyter_zmq_client::create_kernel_iopub_connection(connection, &session)
            .await
            .context(in_use)?;
        let (shell, shell_listener) =
            jupyter_zmq_client::create_kernel_shell_connection(connection, &session)
                .await
                .context(in_use)?
                .split();
        let (control, control_listener) =
            jupyter_zmq_client::create_kernel_control_connection(connection, &session)
                .await
                .context(in_use)?
                .split();
        let (stdin, stdin_listener) =
            jupyter_zmq_client::create_kernel_stdin_connection(connection, &session)
                .await
                .context(in_use)?
                .split();
        let heartbeat = jupyter_zmq_client::create_kernel_heartbeat_connection(connection)
            .await
            .context(in_use)?;
        listen(shell_listener, requests.clone(), move |message| wrap(Channel::Shell, message));
        listen(control_listener, requests.clone(), move |message| wrap(Channel::Control, message));
        listen(stdin_listener, requests.clone(), move |message| wrap(Channel::Stdin, message));
        tokio::spawn(beat(heartbeat));
        Ok(Front { iopub, shell, control, stdin })
    }

    /// Publishes to everybody, as a consequence of `request`.
    pub async fn publish(
        &mut self,
        content: impl Into<JupyterMessageContent>,
        request: &JupyterMessage,
    ) {
        let message = JupyterMessage::new(content, Some(request)).with_zmq_identities(Vec::new());
        report(self.iopub.send(message).await);
    }

    pub async fn busy(&mut self, request: &JupyterMessage) {
        self.publish(Status::busy(), request).await;
    }

    pub async fn idle(&mut self, request: &JupyterMessage) {
        self.publish(Status::idle(), request).await;
    }

    /// Answers one request, or asks its sender for input.
    pub async fn send(
        &mut self,
        channel: Channel,
        content: impl Into<JupyterMessageContent>,
        request: &JupyterMessage,
    ) {
        let message = JupyterMessage::new(content, Some(request));
        report(match channel {
            Channel::Shell => self.shell.send(message).await,
            Channel::Control => self.control.send(message).await,
            Channel::Stdin => self.stdin.send(message).await,
        });
    }
}

/// A front end that has gone away is no reason to stop: others may be connected.
fn report(result: Result<(), RuntimeError>) {
    if let Err(error) = result {
        eprintln!("itakura: a message could not be sent: {error}");
    }
}

/// Forwards the messages of a connection until it is closed; those that cannot be read are reported.
pub fn listen<S, E>(
    mut connection: Connection<S>,
    sender: UnboundedSender<E>,
    wrap: impl Fn(JupyterMessage) -> E + Send + 'static,
) where
    S: zeromq::SocketRecv + Send + 'static,
    E: Send + 'static,
{
    tokio::spawn(async move {
        loop {
            match read(&mut connection).await {
                Ok(message) => {
                    if sender.send(wrap(message)).is_err() {
                        return;
                    }
                }
                Err(RuntimeError::ZmqError(_)) => {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    if sender.is_closed() {
                        return;
                    }
                }
                Err(error) => eprintln!("itakura: a message could not be read: {error}"),
            }
        }
    });
}

/// Reads a message. A content that is not quite as the protocol has it, such as one in which a field
/// with a default is missing, is kept as it came.
async fn read<S: zeromq::SocketRecv>(
    connection: &mut Connection<S>,
) -> Result<JupyterMessage, RuntimeError> {
    let raw = RawMessage::from_multipart(connection.socket.recv().await?, &connection.mac)?;
    let header: Header = serde_json::from_slice(&raw.jparts[0])?;
    let value: serde_json::Value = serde_json::from_slice(&raw.jparts[3])?;
    let content = complete_history_request(&header.msg_type, value);
    Ok(JupyterMessage {
        zmq_identities: raw.zmq_identities,
        // An empty object, in the first message of a conversation.
        parent_header: serde_json::from_slice(&raw.jparts[1]).ok(),
        metadata: serde_json::from_slice(&raw.jparts[2])?,
        content: JupyterMessageContent::from_type_and_content(&header.msg_type, content.clone())
            .unwrap_or_else(|_| {
                UnknownMessage { msg_type: header.msg_type.clone(), content }.into()
            }),
        header,
        buffers: raw.jparts.into_iter().skip(4).collect(),
        channel: None,
    })
}

/// Adds what clients may leave out of a request for history.
fn complete_history_request(kind: &str, mut content: serde_json::Value) -> serde_json::Value {
    if let (true, Some(fields)) = (kind == "history_request", content.as_object_mut()) {
        let defaults = json!({
            "output": false, "raw": true, "unique": false,
            "session": 0, "start": 0, "stop": 0, "n": 0, "pattern": "*",
        });
        for (name, value) in defaults.as_object().expect("an object") {
            fields.entry(name).or_insert_with(|| value.clone());
        }
    }
    content
}

async fn beat(mut heartbeat: KernelHeartbeatConnection) {
    while heartbeat.single_heartbeat().await.is_ok() {}
}
