//! `aftercare user add`: the first admin, and anybody whom the operator vouches for.

use std::io::BufRead;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::Done;
use crate::accounts::grant_role::{self, Registration};
use crate::accounts::{MemberId, Operator, Role, join};
use crate::app;
use crate::platform::config::Config;
use crate::platform::db::{Database, Tx};
use crate::platform::refusal::Refusal;
use crate::screening::Screening;

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Add a member; the password is read from stdin, one line
    Add(Add),
}

#[derive(ClapArgs)]
pub(super) struct Add {
    /// What others will call them, 3 to 20 characters
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    /// What they may do; can be given more than once
    #[arg(long = "role", value_name = "ROLE", value_enum, required = true)]
    roles: Vec<Given>,
    /// Where they live, for help lines: two letters
    #[arg(long, default_value = "GB")]
    region: String,
    /// A clinician's register, such as GMC or NMC
    #[arg(long, required_if_eq("roles", "clinician"))]
    register: Option<String>,
    /// Their number in it
    #[arg(long, required_if_eq("roles", "clinician"))]
    number: Option<String>,
    /// The day their registration ends, YYYY-MM-DD
    #[arg(long, required_if_eq("roles", "clinician"))]
    expires: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Given {
    Member,
    Moderator,
    Clinician,
    Admin,
}

impl Given {
    /// What has to be granted; everybody is a member.
    fn role(self) -> Option<Role> {
        match self {
            Self::Member => None,
            Self::Moderator => Some(Role::Moderator),
            Self::Clinician => Some(Role::Clinician),
            Self::Admin => Some(Role::Admin),
        }
    }
}

pub(super) fn run(config: &Config, verb: &Verb) -> Done {
    let Verb::Add(new) = verb;
    let screening = Screening::new(app::rules(config.rules.packs.as_deref())?, None);
    let database = super::open_database(config)?;
    let password = first_line(std::io::stdin().lock())?;
    join::must_be_fit(&screening.evaluate(&new.name)).map_err(super::words)?;
    let id = add(&database, new, &password).map_err(super::words)?;
    println!("{id} {}", new.name.trim());
    Ok(())
}

fn first_line(mut input: impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn add(database: &Database, new: &Add, password: &str) -> Result<MemberId, Refusal> {
    let operator = Operator::at_the_command_line();
    let registration = match (&new.register, &new.number, &new.expires) {
        (Some(register), Some(number), Some(expires)) => {
            Some(Registration::parse(register, number, expires)?)
        }
        _ => None,
    };
    database.write(|tx: &mut Tx| {
        let id = join::add(tx, &operator, &new.name, &new.email, password, &new.region)?;
        for role in new.roles.iter().filter_map(|given| given.role()) {
            grant_role::grant_by_operator(tx, &operator, id, role, registration.as_ref())?;
        }
        Ok(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(subcommand)]
        verb: Verb,
    }

    fn parsed(more: &[&str]) -> Result<Add, clap::Error> {
        let words =
            ["user", "add", "--name", "Sister Joan", "--email", "joan@example.org"].iter().chain(more);
        Line::try_parse_from(words).map(|line| match line.verb {
            Verb::Add(add) => add,
        })
    }

    #[test]
    fn a_clinician_needs_a_registration_and_everybody_a_role() {
        assert!(parsed(&[]).is_err());
        assert!(parsed(&["--role", "moderator", "--role", "clinician"]).is_err());
        assert!(parsed(&["--role", "surgeon"]).is_err());
        assert!(parsed(&["--role", "moderator", "--role", "admin"]).is_ok());
    }

    #[test]
    fn the_password_is_the_first_line() {
        assert_eq!(first_line(&b"two words \r\nmore"[..]).unwrap(), "two words ");
    }
}
