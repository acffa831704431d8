//! What the kernel publishes, on its way to the clients.
//!
//! Nothing is dropped. A client that reads slowly holds back the publisher, and then, by way of
//! [`Publisher::has_room`], what is read from the cells, and in the end the cell that prints. Interrupts
//! and requests do not wait meanwhile.

use jupyter_protocol::JupyterMessage;
use jupyter_zmq_client::KernelIoPubXPubConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// With so many messages on their way no more is read from the cells.
const ROOM: usize = 8;

/// How long clients may take for the last messages of a kernel that ends.
const PATIENCE: Duration = Duration::from_secs(2);

pub struct Publisher {
    sender: UnboundedSender<JupyterMessage>,
    on_their_way: Arc<OnTheirWay>,
}

/// Messages that are published and not sent.
#[derive(Default)]
struct OnTheirWay {
    count: AtomicUsize,
    one_less: Notify,
}

impl OnTheirWay {
    async fn fewer_than(&self, limit: usize) {
        loop {
            let one_less = self.one_less.notified();
            if self.count.load(Ordering::Acquire) < limit {
                return;
            }
            one_less.await;
        }
    }
}

impl Publisher {
    pub fn start(connection: KernelIoPubXPubConnection) -> Publisher {
        let (sender, receiver) = unbounded_channel();
        let on_their_way = Arc::new(OnTheirWay::default());
        tokio::spawn(send_all(connection, receiver, on_their_way.clone()));
        Publisher { sender, on_their_way }
    }

    pub fn publish(&self, message: JupyterMessage) {
        self.on_their_way.count.fetch_add(1, Ordering::AcqRel);
        self.sender.send(message).ok();
    }

    /// Waits until little is on its way.
    pub async fn has_room(&self) {
        self.on_their_way.fewer_than(ROOM).await;
    }

    /// Waits until nothing is on its way, or until it takes too long.
    pub async fn flush(&self) {
        tokio::time::timeout(PATIENCE, self.on_their_way.fewer_than(1)).await.ok();
    }
}

/// Sends one message after the other, each to all clients, and takes their subscriptions between.
async fn send_all(
    mut connection: KernelIoPubXPubConnection,
    mut messages: UnboundedReceiver<JupyterMessage>,
    on_their_way: Arc<OnTheirWay>,
) {
    loop {
        tokio::select! {
            message = messages.recv() => {
                let Some(message) = message else { return };
                if let Err(error) = connection.send(message).await {
                    // A front end that has gone away is no reason to stop: others may be connected.
                    eprintln!("itakura: a message could not be published: {error}");
                }
                on_their_way.count.fetch_sub(1, Ordering::AcqRel);
                on_their_way.one_less.notify_waiters();
            }
            subscription = connection.recv_subscription() => {
                if subscription.is_err() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
        }
    }
}
