//! The side that Jupyter sees: the five channels of a kernel.

use super::publisher::Publisher;
use anyhow::{Context, Result};
use jupyter_protocol::{Header, JupyterMessage, JupyterMessageContent, Status, UnknownMessage};
use jupyter_zmq_client::{
    Connection, ConnectionInfo, KernelHeartbeatConnection, RawMessage, RouterSendConnection,
    RuntimeError,
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
    iopub: Publisher,
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
        let iopub = jupyter_zmq_client::create_kernel_iopub_xpub_connection(connection, &session)
            .await
            .context(in_use)?;
        let iopub = Publisher::start(iopub);
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
        &self,
        content: impl Into<JupyterMessageContent>,
        request: &JupyterMessage,
    ) {
        self.iopub
            .publish(JupyterMessage::new(content, Some(request)).with_zmq_identities(Vec::new()));
    }

    /// Waits until the clients have taken most of what was published.
    pub async fn has_room(&self) {
        self.iopub.has_room().await;
    }

    /// Waits, for a while, until they have taken all of it.
    pub async fn flush(&self) {
        self.iopub.flush().await;
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
    let content = with_defaults(&header.msg_type, value);
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

/// Adds what clients may leave out of a request, because the protocol has a default for it.
fn with_defaults(kind: &str, mut content: serde_json::Value) -> serde_json::Value {
    let Some(fields) = content.as_object_mut() else { return content };
    let code = fields.get("code").and_then(|code| code.as_str()).unwrap_or_default();
    let end = code.chars().count();
    let silent = fields.get("silent").and_then(|silent| silent.as_bool()).unwrap_or(false);
    let defaults = match kind {
        "execute_request" => json!({
            "code": "", "silent": false, "store_history": !silent, "user_expressions": {},
            "allow_stdin": true, "stop_on_error": true,
        }),
        "complete_request" => json!({ "code": "", "cursor_pos": end }),
        "inspect_request" => json!({ "code": "", "cursor_pos": end, "detail_level": 0 }),
        "is_complete_request" => json!({ "code": "" }),
        "shutdown_request" => json!({ "restart": false }),
        "input_reply" => json!({ "value": "", "status": "ok" }),
        "comm_open" => json!({ "comm_id": "", "target_name": "", "data": {} }),
        "history_request" => json!({
            "hist_access_type": "tail", "output": false, "raw": true, "unique": false,
            "session": 0, "start": 0, "stop": 0, "n": 0, "pattern": "*",
        }),
        _ => json!({}),
    };
    for (name, value) in defaults.as_object().expect("an object") {
        let field = fields.entry(name).or_insert_with(|| value.clone());
        if field.is_null() {
            *field = value.clone();
        }
    }
    content
}

/// Answers until the kernel ends; that a client leaves is no reason to stop.
async fn beat(mut heartbeat: KernelHeartbeatConnection) {
    loop {
        if heartbeat.single_heartbeat().await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_in_which_fields_with_defaults_are_missing_are_read() {
        for (kind, content) in [
            ("execute_request", json!({ "code": "1" })),
            ("execute_request", json!({ "code": "1", "user_expressions": null })),
            ("complete_request", json!({ "code": "pri" })),
            ("inspect_request", json!({ "code": "pri" })),
            ("is_complete_request", json!({})),
            ("shutdown_request", json!({})),
            ("history_request", json!({ "hist_access_type": "search", "pattern": "a*" })),
            ("history_request", json!({})),
            ("comm_info_request", json!({})),
            ("kernel_info_request", json!({})),
        ] {
            let content = with_defaults(kind, content);
            let read = JupyterMessageContent::from_type_and_content(kind, content.clone());
            assert!(read.is_ok(), "{kind} {content}: {read:?}");
        }
        let JupyterMessageContent::CompleteRequest(request) =
            JupyterMessageContent::from_type_and_content(
                "complete_request",
                with_defaults("complete_request", json!({ "code": "aé😀" })),
            )
            .unwrap()
        else {
            panic!("another kind")
        };
        assert_eq!(request.cursor_pos, 3);
    }
}
