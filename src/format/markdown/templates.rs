//! Text from a feed that a generator would take for template syntax, made into what shows as it was.

use std::borrow::Cow;

use crate::profile::Templates;

/// The text with template syntax escaped, in a way that holds in code as well as in prose.
pub(super) fn escape(text: &str, templates: Templates) -> Cow<'_, str> {
    match templates {
        Templates::Hugo if text.contains("{{<") || text.contains("{{%") => Cow::Owned(hugo(text)),
        Templates::Liquid if text.contains("{{") || text.contains("{%") => Cow::Owned(liquid(text)),
        _ => Cow::Borrowed(text),
    }
}

/// `{{</* note */>}}`, which Hugo shows as `{{< note >}}`; an opening without its end as `{{&lt;`.
fn hugo(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        let Some(kind @ ('<' | '%')) = sign[2..].chars().next() else {
            out.push_str("{{");
            rest = &sign[2..];
            continue;
        };
        let inner = &sign[3..];
        let close = if kind == '<' { ">}}" } else { "%}}" };
        // Only as far as the next opening: that one is another's, and no byte is looked at twice.
        let end = inner[..inner.find("{{").unwrap_or(inner.len())].find(close);
        match end {
            Some(end) if inner.starts_with("/*") && inner[..end].ends_with("*/") => {
                out.push_str(&sign[..3 + end + 3]);
                rest = &inner[end + 3..];
            }
            Some(end) => {
                out.push_str(&sign[..3]);
                out.push_str("/*");
                out.push_str(&inner[..end]);
                out.push_str("*/");
                out.push_str(close);
                rest = &inner[end + 3..];
            }
            None => {
                out.push_str(if kind == '<' { "{{&lt;" } else { "{{&#37;" });
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `{{ '{{' }}`: Liquid puts out the sign.
fn liquid(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        let taken = if sign.starts_with("{{") || sign.starts_with("{%") {
            out.push_str("{{ '");
            out.push_str(&sign[..2]);
            out.push_str("' }}");
            2
        } else {
            out.push('{');
            1
        };
        rest = &sign[taken..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_from_feeds_are_shown_and_not_run() {
        for (text, escaped) in [
            ("a {{< note >}} b", "a {{</* note */>}} b"),
            ("{{% x %}}{{< y >}}", "{{%/* x */%}}{{</* y */>}}"),
            ("{{</* note */>}}", "{{</* note */>}}"),
            ("{{< open", "{{&lt; open"),
            ("{{< a {{< b >}}", "{{&lt; a {{</* b */>}}"),
            ("{{ .Title }}", "{{ .Title }}"),
            ("{{", "{{"),
        ] {
            assert_eq!(escape(text, Templates::Hugo), escaped);
        }
    }

    #[test]
    fn liquid_from_feeds_is_shown_and_not_run() {
        assert_eq!(escape("{{ x }} {% y %} {z}", Templates::Liquid), "{{ '{{' }} x }} {{ '{%' }} y %} {z}");
        assert_eq!(escape("plain", Templates::Liquid), "plain");
    }
}
