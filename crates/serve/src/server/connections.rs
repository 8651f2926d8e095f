//! Connections: how many there may be, and how long one may keep the server waiting.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use super::patience::Patient;
use crate::Limits;

/// Bytes of the head of a request; longer addresses are refused before.
const MOST_HEAD_BYTES: usize = 32 << 10;
/// Lines of the head of a request.
const MOST_HEADERS: usize = 100;
/// Where the system has no room for a connection, it is asked again after this.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until `shutdown` is ready; returns those that are still open.
///
/// A connection waits at the system's door while there are as many as may be. None keeps its place
/// by being slow: it is closed where the head of its request does not come in time, where it takes
/// nothing of its answer, and where it says nothing between requests.
pub(super) async fn accept(
    router: Router,
    listener: &TcpListener,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) -> GracefulShutdown {
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.most_connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(MOST_HEAD_BYTES)
        .max_headers(MOST_HEADERS);
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place.expect("the semaphore is never closed"), connection(listener).await)
        };
        let (place, stream) = tokio::select! {
            next = next => next,
            () = &mut shutdown => return open,
        };
        // It is a matter of speed alone.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let answer = service_fn(move |request: Request<Incoming>| {
            router.clone().oneshot(request.map(Body::new))
        });
        let stream = TokioIo::new(Patient::new(stream, limits.write_time));
        let served = open.watch(http.serve_connection(stream, answer));
        tokio::spawn(async move {
            // One that breaks off or is too slow is closed, and nobody is left to be told.
            let _ = served.await;
            drop(place);
        });
    }
}

/// The next connection, however long it takes.
async fn connection(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // The one that came broke off, or the system has no room for it.
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
