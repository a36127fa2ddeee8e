//! What the command line asks a server that runs, over the control socket.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::administer;
use crate::config::Config;
use crate::control::{Replies, Request, Response};
use crate::machine::Console;
use crate::reply::Reply;
use crate::sequencer::Input;
use crate::store;

/// Answers a request of the command line.
pub(super) async fn controlled(
    inputs: mpsc::Sender<Input>,
    config: Arc<Config>,
    request: Request,
    replies: Replies,
) -> Response {
    let failed = |text: String| Response::Failed { text };
    match request {
        Request::Backup { file } => {
            let copy = tokio::task::spawn_blocking(move || {
                let mut progress = |done, total| replies.progress(done, total);
                store::backup(&config.database.path, &file, &mut progress)
                    .map(|pages| administer::copied(&file, pages))
            });
            match copy.await {
                Ok(Ok(done)) => done,
                Ok(Err(fault)) => failed(fault.to_string()),
                Err(error) => failed(error.to_string()),
            }
        }
        Request::UserList => {
            let (found, listed) = oneshot::channel();
            let look = Input::Inspect(Box::new(move |state| {
                let _ = found.send(administer::listed(state));
            }));
            if inputs.send(look).await.is_err() {
                return failed("the server is ending".into());
            }
            for row in listed.await.unwrap_or_default() {
                replies.send(row).await;
            }
            Response::Done {
                text: String::new(),
            }
        }
        request => {
            let console =
                tokio::task::spawn_blocking(move || administer::console(request, &config));
            match console.await {
                Ok(Ok(console)) => match ask(&inputs, console).await {
                    Ok(reply) => administer::told(&reply),
                    Err(_) => failed("the server is ending".into()),
                },
                Ok(Err(wrong)) => failed(wrong),
                Err(error) => failed(error.to_string()),
            }
        }
    }
}

/// Has the core carry something out, and waits until it is on disk.
pub(super) async fn ask(inputs: &mpsc::Sender<Input>, console: Console) -> anyhow::Result<Reply> {
    let (answer, answered) = oneshot::channel();
    let sent = inputs.send(Input::Console { console, answer }).await;
    anyhow::ensure!(sent.is_ok(), "the server is ending");
    Ok(answered.await?)
}
