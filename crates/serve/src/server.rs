//! Listening and stopping.

use std::future::Future;
use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

use crate::{Error, Result};

/// What the server is told by whoever starts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where to listen; port 0 takes any that is free.
    pub address: SocketAddr,
    /// The version of the code, as answers and entity tags name it.
    pub code_version: String,
}

/// Takes the address, so that the caller can say where the server listens before it answers.
pub async fn listen(options: &Options) -> Result<TcpListener> {
    let address = options.address;
    TcpListener::bind(address).await.map_err(|source| Error::Listen { address, source })
}

/// Answers requests until `shutdown` is ready and those under way are answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let server = axum::serve(listener, router).with_graceful_shutdown(shutdown);
    server.await.map_err(|source| Error::Serve { source })
}

#[cfg(test)]
mod tests;
