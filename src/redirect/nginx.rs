//! A `map` of nginx, which compares whole addresses as they were asked for.

use super::{Redirect, Style};

pub(super) const STYLE: Style = Style { name: "nginx", about: "a `map` of whole addresses, for nginx", write };

fn write(redirects: &[Redirect]) -> String {
    let mut out = String::from(
        "# Within http { }. Within server { }: if ($slugline_to) { return 301 $slugline_to; }\n\
         map $request_uri $slugline_to {\n    default \"\";\n",
    );
    for redirect in redirects {
        // In quotes neither braces nor semicolons end anything; a variable would begin with what is escaped.
        out.push_str(&format!("    \"{}\" \"{}\";\n", redirect.from(), redirect.to));
    }
    out.push_str("}\n");
    out
}
