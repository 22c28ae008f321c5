//! Text from a feed that a generator would take for template syntax, made into what shows as it was.

use std::borrow::Cow;

use crate::profile::Templates;

/// The text with template syntax escaped, in a way that holds in code as well as in prose.
pub(super) fn escape(text: &str, templates: Templates) -> Cow<'_, str> {
    match templates {
        Templates::Hugo if text.contains("{{<") || text.contains("{{%") => Cow::Owned(hugo(text)),
        Templates::Liquid if text.contains("{{") || text.contains("{%") => Cow::Owned(liquid(text)),
        Templates::Zola if text.contains("{{") || text.contains("{%") => Cow::Owned(zola(text)),
        Templates::Mdx if text.contains(['{', '<']) => Cow::Owned(mdx(text)),
        _ => Cow::Borrowed(text),
    }
}

/// `{{/* note() */}}`, which Zola shows as `{{ note() }}`. What is no call is no shortcode.
fn zola(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        let close = match sign.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                out.push('{');
                rest = &sign[1..];
                continue;
            }
        };
        let inner = &sign[2..];
        // Only as far as the next opening: no byte is looked at twice.
        let end = inner[..inner.find("{{").unwrap_or(inner.len())].find(close);
        match end.filter(|&end| !inner.starts_with("/*") && (close == "%}" || inner[..end].contains('('))) {
            Some(end) => {
                out.push_str(&sign[..2]);
                out.push_str("/*");
                out.push_str(&inner[..end]);
                out.push_str("*/");
                out.push_str(close);
                rest = &inner[end + 2..];
            }
            None => {
                out.push_str(&sign[..2]);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A backslash before `{`, and before a `<` that begins no tag, outside of code.
fn mdx(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let opens = ["```", "~~~"].into_iter().find(|sign| start.starts_with(sign));
        match (fence, opens) {
            (Some(sign), Some(other)) if sign == other => fence = None,
            (None, Some(sign)) => fence = Some(sign),
            (None, None) => {
                mdx_line(line, &mut out);
                continue;
            }
            _ => {}
        }
        out.push_str(line);
    }
    out
}

/// Elements without an end tag.
const VOID: &[&str] = &["area", "br", "col", "embed", "hr", "img", "input", "param", "source", "track", "wbr"];

/// A line of prose. Backticks come in pairs of the same length; one without its pair is text.
fn mdx_line(line: &str, out: &mut String) {
    let mut rest = line;
    // What has no end from some place on has none further on: it is looked for once.
    let (mut endless_tag, mut endless_comment) = (false, false);
    while let Some(at) = rest.find(['{', '<', '`', '\\']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        let ticks = sign.bytes().take_while(|b| *b == b'`').count();
        let tag = sign[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let taken = match sign.as_bytes()[0] {
            b'`' => {
                let end = sign[ticks..].find(&sign[..ticks]);
                end.map_or(ticks, |end| ticks + end + ticks)
            }
            b'\\' => 1 + sign[1..].chars().next().map_or(0, char::len_utf8),
            b'<' if tag => {
                let name = sign[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
                let is_void = !endless_tag && VOID.iter().any(|void| void.eq_ignore_ascii_case(&sign[1..=name]));
                let end = if is_void { sign.find('>') } else { None };
                endless_tag |= is_void && end.is_none();
                match end {
                    // What has no end tag must say so.
                    Some(end) if !sign[..end].ends_with('/') => {
                        out.push_str(&sign[..end]);
                        out.push_str(" />");
                        rest = &sign[end + 1..];
                        continue;
                    }
                    Some(end) => end + 1,
                    None => 1,
                }
            }
            b'<' if !endless_comment && sign.starts_with("<!--") => {
                if let Some((inner, after)) = comment(&sign[4..]) {
                    out.push_str(&format!("{{/*{}*/}}", inner.replace("*/", "* /")));
                    rest = after;
                    continue;
                }
                endless_comment = true;
                out.push('\\');
                1
            }
            _ => {
                out.push('\\');
                1
            }
        };
        out.push_str(&sign[..taken]);
        rest = &sign[taken..];
    }
    out.push_str(rest);
}

/// What a comment holds, and what stands behind it; `text` is all behind its `<!--`.
fn comment(text: &str) -> Option<(&str, &str)> {
    // Browsers take these for whole ones.
    let short = [">", "->"].into_iter().find_map(|end| text.strip_prefix(end));
    short.map(|after| ("", after)).or_else(|| text.split_once("-->"))
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
    fn zolas_shortcodes_are_shown_and_not_run() {
        assert_eq!(escape("a {{ note(x=1) }} b", Templates::Zola), "a {{/* note(x=1) */}} b");
        assert_eq!(escape("{% quote() %}x{% end %}", Templates::Zola), "{%/* quote() */%}x{%/* end */%}");
        assert_eq!(escape("{{ name }} {{ {x} {", Templates::Zola), "{{ name }} {{ {x} {");
    }

    #[test]
    fn braces_are_no_expressions_of_mdx() {
        assert_eq!(escape("a {b} `{c}` <br /> 1 < 2", Templates::Mdx), "a \\{b} `{c}` <br /> 1 \\< 2");
        assert_eq!(escape("```\n{x}\n```\n{y} ` \\{z}\n", Templates::Mdx), "```\n{x}\n```\n\\{y} ` \\{z}\n");
    }

    #[test]
    fn what_has_no_end_says_so_in_mdx() {
        for (text, escaped) in [("a<!-->b", "a{/**/}b"), ("a<!--->b", "a{/**/}b"), ("<!--", "\\<!--"), ("<br", "<br")] {
            assert_eq!(escape(text, Templates::Mdx), escaped);
        }
        for piece in ["<!--", "<br ", "<", "{", "<b "] {
            assert!(escape(&piece.repeat(300_000), Templates::Mdx).len() >= 300_000 * piece.len());
        }
        let text = "a<br>b <img src=\"x\"> <hr/> <b>c</b> <!--more-->";
        assert_eq!(escape(text, Templates::Mdx), "a<br />b <img src=\"x\" /> <hr/> <b>c</b> {/*more*/}");
    }

    #[test]
    fn liquid_from_feeds_is_shown_and_not_run() {
        assert_eq!(escape("{{ x }} {% y %} {z}", Templates::Liquid), "{{ '{{' }} x }} {{ '{%' }} y %} {z}");
        assert_eq!(escape("plain", Templates::Liquid), "plain");
    }
}
