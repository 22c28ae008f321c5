//! Netlify's and Cloudflare's `_redirects`: a line each, its parts between blanks.

use super::{Redirect, Style};

pub(super) const STYLE: Style =
    Style { name: "netlify", about: "a line each, for `_redirects` of Netlify and Cloudflare Pages", write };

fn write(redirects: &[Redirect]) -> String {
    let mut out = String::new();
    for redirect in redirects {
        // A colon at the beginning of a part names a placeholder.
        out.push_str(&redirect.path.replace("/:", "/%3A"));
        // Each parameter stands for itself.
        for parameter in redirect.query.iter().flat_map(|query| query.split('&')).filter(|part| !part.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            out.push_str(&format!(" {name}={}", value.replace(':', "%3A")));
        }
        out.push_str(&format!(" {} 301\n", redirect.to));
    }
    out
}
