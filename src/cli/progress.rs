//! How far long work is, on a terminal; nothing where standard error is something else.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that goes away when it is dropped.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar, hidden until there is progress to show.
    pub fn new(doing: &'static str) -> Self {
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} % {eta}");
        let style = style.expect("the template is well formed");
        Self(
            ProgressBar::no_length()
                .with_style(style)
                .with_message(doing),
        )
    }

    /// Shows how far the work is.
    pub fn at(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
