//! A bug ends the process, in whichever thread it shows: a server that has lost one would only seem to serve.

use std::io::{self, Write};
use std::panic;
use std::process;

/// From now on a panic is told as every panic is, and ends the process as a failure.
pub fn ends_the_process() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        told(panic);
        // Memory may be ahead of the disk: nothing is tidied up, the restart reads what was committed.
        let _ = writeln!(
            io::stderr(),
            "chinwag: this is a bug, and the server stops; what was acknowledged is on disk"
        );
        process::exit(1);
    }));
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    /// Set in the process that is to end.
    const CHILD: &str = "CHINWAG_TEST_BUG";

    #[test]
    fn in_any_thread() {
        if std::env::var_os(CHILD).is_some() {
            super::ends_the_process();
            // Nobody looks at how the thread ended.
            let _ = std::thread::spawn(|| panic!("a bug")).join();
            return;
        }
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "bug::tests::in_any_thread", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&child.stderr);
        assert_eq!(child.status.code(), Some(1), "{told}");
        assert!(
            told.contains("a bug") && told.contains("the server stops"),
            "{told}"
        );
    }
}
