use super::listen;
use crate::Error;

#[test]
fn takes_a_free_port_and_says_which_is_taken() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let taken = listener.local_addr().unwrap();
        assert_ne!(taken.port(), 0);
        let again = listen(taken).await;
        let Err(Error::Listen { address, .. }) = again else { panic!("the port is taken") };
        assert_eq!(address, taken);
    });
}
