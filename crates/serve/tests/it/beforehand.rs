//! What is asked first is worked out before anyone asks.

use crate::data::Directory;

/// The page is asked for so often at most, which takes a minute; the test ends as soon as all is
/// there.
const MOST_TIMES: usize = 10_000;

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
    assert!(directory.get("/").body.contains("class=\"headline\""));
    // Nobody here fetches the parts that a page waits for.
    let is_whole = || !directory.get("/").body.contains("data-fragment=");
    assert!((0..MOST_TIMES).any(|_| is_whole()), "{}", directory.get("/").body);
    stop.send(()).unwrap();
    runtime.block_on(serving).unwrap().unwrap();
}
