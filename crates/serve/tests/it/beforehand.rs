//! What is asked first is worked out before anyone asks.

use std::time::{Duration, Instant};

use crate::data::Directory;

/// Long enough for any machine; the test ends as soon as it is there.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn what_pages_wait_for_is_worked_out_as_soon_as_a_release_is_shown() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let directory = Directory::new();
    let listener = runtime.block_on(serve::listen(([127, 0, 0, 1], 0).into())).unwrap();
    let live = directory.live.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = runtime.spawn(async move {
        serve::serve(&live, listener, async { stopped.await.unwrap_or_default() }).await
    });
    // There was nothing when it began to serve.
    directory.write("tiny");
    directory.live.look();
    let begun = Instant::now();
    let mut body = directory.get("/").body;
    assert!(body.contains("class=\"headline\""), "{body}");
    // A page that is asked for once does not have its parts worked out: nobody fetches them here.
    while body.contains("data-fragment=") && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
        body = directory.get("/").body;
    }
    assert!(!body.contains("data-fragment="), "{body}");
    stop.send(()).unwrap();
    runtime.block_on(serving).unwrap().unwrap();
}
