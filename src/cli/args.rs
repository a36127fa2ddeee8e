//! The arguments, from which --help, completions and the man page come.

use std::path::PathBuf;

use chinwag_grammar::{Nick, Span};
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::control::Role;

/// One chat server for netcat, IRC clients and browsers.
#[derive(Debug, Parser)]
#[command(name = "chinwag", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Args {
    /// The configuration file; without one the defaults serve.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do; serve if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
Environment:
  CHINWAG_SECTION__KEY  overrides a key of the configuration: CHINWAG_SERVER__NAME=chat.example.org
  CHINWAG_LOG           what is logged: info, or chinwag=debug,warn (RUST_LOG is read as well)

Signals to a server: SIGTERM and SIGINT end it cleanly, SIGHUP reloads configuration and certificates.

Exit status: 0 on success, 1 on failure, 2 when the arguments make no sense.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server in the foreground; logs go to standard error.
    Serve,
    /// Check the configuration and tell every mistake in it.
    CheckConfig {
        /// Print a configuration file with every key and its default instead.
        #[arg(long)]
        print_default: bool,
    },
    /// Add, list and change accounts, whether the server runs or not.
    User {
        /// What to do with accounts.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Copy the database to a file, consistently, whether the server runs or not.
    Backup {
        /// The file to make; it must not be there yet.
        file: PathBuf,
    },
    /// Verify a database file.
    Check {
        /// The database.
        file: PathBuf,
    },
    /// Make a self-signed certificate for server.name and print its fingerprint.
    Cert {
        /// Write over a certificate that is there.
        #[arg(long)]
        force: bool,
    },
    /// Print what the grammar makes of each line on standard input, as one JSON object a line.
    Parse {
        /// The dialect of the lines.
        #[arg(long, value_enum, default_value_t = Dialect::Irc)]
        dialect: Dialect,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

/// What to do with accounts.
#[expect(
    missing_docs,
    reason = "a flattened field is documented where its arguments are"
)]
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account.
    Add {
        #[command(flatten)]
        name: Name,
        /// Make it an admin.
        #[arg(long)]
        admin: bool,
        #[command(flatten)]
        password: PasswordStdin,
    },
    /// List every account: name, role, state and e-mail address, with tabs between.
    List,
    /// Set a password and end the account's sessions.
    Passwd {
        #[command(flatten)]
        name: Name,
        #[command(flatten)]
        password: PasswordStdin,
    },
    /// Block an account and end its sessions.
    Block {
        #[command(flatten)]
        name: Name,
        /// For how long: 2h, 30d; without it, until it is unblocked.
        #[arg(long = "for", value_name = "TIME")]
        span: Option<Span>,
        /// Why, as the account is told.
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Unblock an account.
    Unblock {
        #[command(flatten)]
        name: Name,
    },
    /// Set a role.
    Role {
        #[command(flatten)]
        name: Name,
        /// The role.
        role: Role,
    },
}

/// An account.
#[derive(Debug, clap::Args)]
pub struct Name {
    /// The name of the account.
    #[arg(value_parser = name)]
    pub name: String,
}

/// A password is never an argument, where every process of the machine could read it.
#[derive(Debug, clap::Args)]
pub struct PasswordStdin {
    /// Read the password from standard input, up to the first line end.
    #[arg(long, required = true)]
    pub password_stdin: bool,
}

/// The dialects of lines.
#[expect(missing_docs, reason = "help shows the words alone")]
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Dialect {
    Irc,
    Plain,
}

fn name(word: &str) -> Result<String, String> {
    Nick::parse(word)
        .map(|nick| nick.as_str().to_owned())
        .map_err(|error| error.to_string())
}
