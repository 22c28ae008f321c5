//! Lines for Apache's `.htaccess`: whole paths, and conditions on queries.

use super::{Redirect, Style};

pub(super) const STYLE: Style = Style { name: "apache", about: "lines for `.htaccess` of Apache", write };

fn write(redirects: &[Redirect]) -> String {
    let mut out = String::new();
    if redirects.iter().any(|redirect| redirect.query.is_some()) {
        out.push_str("RewriteEngine On\n");
    }
    for redirect in redirects {
        // Paths are compared when their escapes are resolved.
        let Some(path) = redirect.plain_path() else {
            out.push_str(&format!("# cannot be told here: {} {}\n", redirect.from(), redirect.to));
            continue;
        };
        match &redirect.query {
            // `Redirect` would take what lies below, too.
            None => out.push_str(&format!("RedirectMatch 301 \"^{}$\" \"{}\"\n", pattern(&path), redirect.to)),
            Some(query) => {
                out.push_str(&format!("RewriteCond %{{QUERY_STRING}} \"^{}$\"\n", pattern(query)));
                // In a folder's own file the path has no slash in front; `%1` would be a part of the condition.
                let (path, to) = (pattern(path.trim_start_matches('/')), redirect.to.replace('%', "\\%"));
                out.push_str(&format!("RewriteRule \"^/?{path}$\" \"{to}?\" [R=301,L,NE]\n"));
            }
        }
    }
    out
}

/// Text as a pattern that matches it and nothing else, between double quotes.
fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            // A quote would end the argument; its number does not.
            '"' => out.push_str("\\x22"),
            // A backslash before a backslash is taken by the reader of arguments first.
            '\\' => out.push_str("\\x5C"),
            // `%{…}` is a variable to some directives.
            '%' => out.push_str("\\x25"),
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
