use axum::Router;

use super::{Options, listen, serve};
use crate::Error;

#[test]
fn takes_a_free_port_says_which_is_taken_and_stops_when_told() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let address = "127.0.0.1:0".parse().unwrap();
        let listener = listen(&Options { address, code_version: String::new() }).await.unwrap();
        let taken = listener.local_addr().unwrap();
        assert_ne!(taken.port(), 0);

        let again = listen(&Options { address: taken, code_version: String::new() }).await;
        let Err(Error::Listen { address, .. }) = again else { panic!("the port is taken") };
        assert_eq!(address, taken);

        serve(listener, Router::new(), async {}).await.unwrap();
    });
}
