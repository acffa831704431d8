//! How the two sides of a kernel find each other.

use anyhow::Result;
use jupyter_protocol::connection_info::Transport;
use jupyter_zmq_client::ConnectionInfo;

/// A connection on this machine, on ports that are free at this moment, with a key of its own.
pub async fn choose() -> Result<ConnectionInfo> {
    let (ports, _listeners) =
        jupyter_zmq_client::peek_ports_with_listeners([127, 0, 0, 1].into(), 5).await?;
    Ok(ConnectionInfo {
        ip: "127.0.0.1".to_owned(),
        transport: Transport::TCP,
        shell_port: ports[0],
        iopub_port: ports[1],
        stdin_port: ports[2],
        control_port: ports[3],
        hb_port: ports[4],
        key: uuid::Uuid::new_v4().to_string(),
        signature_scheme: "hmac-sha256".to_owned(),
        kernel_name: None,
    })
}
