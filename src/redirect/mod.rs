//! Old addresses and new ones, for the servers that send readers on. To add a style: write its file, then add its two lines
//! here (`mod` and its row in [`STYLES`]).

mod apache;
mod csv;
mod netlify;
mod nginx;

use std::collections::HashMap;

use url::Url;

use crate::reference;

/// The styles, by name.
pub const STYLES: &[Style] = &[apache::STYLE, csv::STYLE, netlify::STYLE, nginx::STYLE];

/// A row of [`STYLES`].
#[derive(Debug)]
pub struct Style {
    /// The name that `--redirects` takes.
    pub name: &'static str,
    /// One line for help and documentation.
    pub about: &'static str,
    /// Writes them.
    pub write: fn(&[Redirect]) -> String,
}

/// The style of that name.
pub fn find(name: &str) -> Option<&'static Style> {
    STYLES.iter().find(|style| style.name == name)
}

/// An address that leads to another one. Both are percent-encoded, so that they hold no blank, quote or control character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old path, with `/` in front.
    pub path: String,
    /// The old query, without `?`.
    pub query: Option<String>,
    /// The new path or address.
    pub to: String,
}

impl Redirect {
    /// The path with its escapes resolved, as servers compare it; `None` where that is no text fit for a line.
    fn plain_path(&self) -> Option<String> {
        reference::decoded(&self.path).filter(|path| !path.contains(char::is_control))
    }

    /// The old path with its query.
    fn from(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

/// Redirects of what moved, and what is wrong with some: sentences for people.
///
/// An address that stays is none. Of several new ones the first counts. What would lead in a circle is left out.
pub fn collect(moved: &[(String, String)]) -> (Vec<Redirect>, Vec<String>) {
    let mut redirects: Vec<Redirect> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let (mut twice, mut notes) = (Vec::new(), Vec::new());
    for (old, new) in moved {
        let (Some(old), Some(to)) = (parts(old), parts(new).map(|(path, _)| path)) else { continue };
        let redirect = Redirect { path: old.0, query: old.1, to };
        let from = redirect.from();
        if from == redirect.to {
            continue;
        }
        match places.get(&from) {
            Some(&at) => {
                if redirects[at].to != redirect.to {
                    twice.push(from);
                }
            }
            None => {
                places.insert(from, redirects.len());
                redirects.push(redirect);
            }
        }
    }
    if let Some(first) = twice.first() {
        notes.push(format!("{} old addresses lead to several posts, and are sent to the first: {first}", twice.len()));
    }
    // A way that comes back to where it was never ends; each step is walked once.
    let mut state = vec![0_u8; redirects.len()];
    for start in 0..redirects.len() {
        let (mut way, mut at) = (Vec::new(), Some(start));
        while let Some(here) = at.filter(|&here| state[here] == 0) {
            state[here] = 1;
            way.push(here);
            at = places.get(&redirects[here].to).copied();
        }
        if let Some(circle) = at.filter(|&here| state[here] == 1) {
            let from = way.iter().position(|&step| step == circle).unwrap_or(0);
            for &step in &way[from..] {
                state[step] = 3;
            }
        }
        for step in way {
            state[step] = state[step].max(2);
        }
    }
    let circular: Vec<String> =
        redirects.iter().zip(&state).filter(|(_, state)| **state == 3).map(|(one, _)| one.from()).collect();
    if let Some(first) = circular.first() {
        notes.push(format!("{} redirects would lead in a circle, and are left out: {first}", circular.len()));
    }
    let mut state = state.into_iter();
    redirects.retain(|_| state.next() != Some(3));
    (redirects, notes)
}

/// Path and query of an address or a path, percent-encoded.
fn parts(address: &str) -> Option<(String, Option<String>)> {
    let base = Url::parse("https://old.invalid/").ok()?;
    let url = base.join(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut path = url.path().to_owned();
    // What means something to one of the servers.
    for (sign, escaped) in [('"', "%22"), ('\\', "%5C"), ('$', "%24"), ('*', "%2A"), (';', "%3B"), ('\'', "%27")] {
        if path.contains(sign) {
            path = path.replace(sign, escaped);
        }
    }
    let query = url.query().filter(|query| !query.is_empty());
    let query =
        query.map(|query| query.replace('"', "%22").replace('\\', "%5C").replace('$', "%24").replace('\'', "%27"));
    Some((path, query))
}

#[cfg(test)]
mod tests;
