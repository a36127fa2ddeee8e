//! `chinwag man`: one manual page with every command, from the definitions of `args`.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::Args;

/// Prints the page.
pub fn run() -> anyhow::Result<()> {
    Ok(io::stdout().write_all(&page()?)?)
}

fn page() -> io::Result<Vec<u8>> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut out = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    writeln!(out, ".SH COMMANDS")?;
    commands(&command, &mut out)?;
    // Laid out by hand, so not to be filled.
    let notes = command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    writeln!(out, ".SH NOTES\n.nf\n{notes}\n.fi")?;
    man.render_version_section(&mut out)?;
    Ok(out)
}

/// Each command under its whole name, and the commands in it.
fn commands(parent: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    for command in parent.get_subcommands() {
        let name = command.get_bin_name().unwrap_or(command.get_name());
        if !command.has_subcommands() {
            let man = Man::new(command.clone());
            writeln!(out, ".SS \"{name}\"")?;
            // The parts of a page of its own, a step below the headings of this one.
            let (mut synopsis, mut options) = (Vec::new(), Vec::new());
            man.render_synopsis_section(&mut synopsis)?;
            man.render_options_section(&mut options)?;
            out.write_all(&without_heading(&synopsis))?;
            writeln!(
                out,
                ".PP\n{}",
                command
                    .get_about()
                    .map(ToString::to_string)
                    .unwrap_or_default()
            )?;
            out.write_all(&without_heading(&options))?;
        }
        commands(command, out)?;
    }
    Ok(())
}

fn without_heading(section: &[u8]) -> Vec<u8> {
    let lines = section.split_inclusive(|byte| *byte == b'\n');
    lines
        .filter(|line| !line.starts_with(b".SH "))
        .flatten()
        .copied()
        .collect()
}
