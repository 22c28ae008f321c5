//! Comma-separated values, for everything else.

use super::{Redirect, Style};

pub(super) const STYLE: Style = Style { name: "csv", about: "two columns, `from` and `to`, for other tools", write };

fn write(redirects: &[Redirect]) -> String {
    let mut out = String::from("from,to\r\n");
    for redirect in redirects {
        out.push_str(&format!("{},{}\r\n", cell(&redirect.from()), cell(&redirect.to)));
    }
    out
}

/// A cell that no program of tables takes for a formula.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}
