//! A post's body as its generator shows it: what is escaped so that it is shown and not run stands for itself, and what is
//! run, which nobody else can, is told.

use std::{borrow::Cow, ops::Range};

use crate::{
    finding::{Loss, Reason},
    model::Item,
    profile::Templates,
    syntax::{liquid, prose},
};

/// Makes of an item's Markdown what its generator shows. Calls stay as text, and are told where they stand in prose.
pub(crate) fn show(item: &mut Item, templates: Templates, losses: &mut Vec<Loss>) {
    let Some(content) = item.content.as_mut() else { return };
    let (text, calls) = shown(&content.value, templates);
    if !calls.is_empty() {
        let prose = prose::ranges(&content.value);
        let in_prose = |call: &&Range<usize>| {
            let at = prose.partition_point(|range| range.end <= call.start);
            prose.get(at).is_some_and(|range| range.start <= call.start)
        };
        let told = calls.iter().filter(in_prose).map(|call| &content.value[call.clone()]);
        losses.extend(told.map(|call| Loss::new("content", Reason::Program, call)));
    }
    if let Cow::Owned(text) = text {
        content.value = text;
    }
}

/// The text as it is shown, and where calls stand in it as it was.
pub(crate) fn shown(text: &str, templates: Templates) -> (Cow<'_, str>, Vec<Range<usize>>) {
    let signs: &[&str] = match templates {
        Templates::Hugo => &["{{<", "{{%"],
        Templates::Liquid | Templates::Zola => &["{{", "{%"],
        Templates::None | Templates::Mdx => &[],
    };
    let (mut out, mut calls) = (String::new(), Vec::new());
    // How far the text was looked at, and how far it was copied.
    let (mut at, mut copied) = (0, 0);
    // What has no end from some place on has none further on: it is looked for once.
    let mut endless: Vec<&str> = Vec::new();
    while !signs.is_empty()
        && let Some(found) = memchr::memchr(b'{', &text.as_bytes()[at..])
    {
        let start = at + found;
        let Some(sign) = signs.iter().find(|sign| text[start..].starts_with(**sign)) else {
            at = start + 1;
            continue;
        };
        let inner = start + sign.len();
        let close = match *sign {
            "{{<" => ">}}",
            "{{%" => "%}}",
            "{%" => "%}",
            _ => "}}",
        };
        let found = if endless.contains(&close) { None } else { text[inner..].find(close) };
        let Some(length) = found else {
            if !endless.contains(&close) {
                endless.push(close);
            }
            at = inner;
            continue;
        };
        let end = inner + length + close.len();
        let said = &text[inner..inner + length];
        let is_raw = templates == Templates::Liquid && liquid::tag_length(&text[start..end], "raw").is_some();
        let shown = match is_raw {
            true if endless.contains(&RAW_ENDS) => None,
            true => {
                let tag = liquid::find_tag(text, end, RAW_ENDS);
                endless.extend(tag.is_none().then_some(RAW_ENDS));
                tag.map(|tag| (Cow::Borrowed(&text[end..tag.start]), tag.end))
            }
            false => literal(sign, close, said, templates).map(|shown| (shown, end)),
        };
        if let Some((shown, end)) = shown {
            out.push_str(&text[copied..start]);
            out.push_str(&shown);
            (at, copied) = (end, end);
        } else {
            calls.push(start..end);
            at = end;
        }
    }
    if copied == 0 {
        return (Cow::Borrowed(text), calls);
    }
    out.push_str(&text[copied..]);
    (Cow::Owned(out), calls)
}

/// The tag that ends what is shown as it stands.
const RAW_ENDS: &str = "endraw";

/// What a call shows that is made to show a sign; `None` for any other.
fn literal<'t>(sign: &str, close: &str, said: &'t str, templates: Templates) -> Option<Cow<'t, str>> {
    if templates != Templates::Liquid {
        // `{{</* note */>}}`.
        let inner = said.strip_prefix("/*")?.strip_suffix("*/")?;
        return Some(format!("{sign}{inner}{close}").into());
    }
    // `{{ '{{' }}`.
    let said = said.trim();
    let quoted = ['\'', '"'].into_iter().find_map(|quote| said.strip_prefix(quote)?.strip_suffix(quote))?;
    (sign == "{{" && matches!(quoted, "{{" | "{%")).then_some(quoted.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str, templates: Templates) -> (String, Vec<String>) {
        let (made, calls) = shown(text, templates);
        (made.into_owned(), calls.into_iter().map(|call| text[call].to_owned()).collect())
    }

    #[test]
    fn what_is_escaped_stands_for_itself_and_the_rest_is_a_call() {
        let liquid = "a {{ '{{' }} x }} {{ \"{%\" }} y %} {% raw %}{{ z }}{% q %}{% endraw %} {{ w }} {% v %} {u}";
        let (shown, calls) = made(liquid, Templates::Liquid);
        assert_eq!(shown, "a {{ x }} {% y %} {{ z }}{% q %} {{ w }} {% v %} {u}");
        assert_eq!(calls, ["{{ w }}", "{% v %}"]);
        let (shown, calls) = made("{{</* a */>}} {{%/* b */%}} {{< c >}} {{ .D }} {{<", Templates::Hugo);
        assert_eq!((&*shown, calls), ("{{< a >}} {{% b %}} {{< c >}} {{ .D }} {{<", vec!["{{< c >}}".to_owned()]));
        let (shown, calls) = made("{{/* a() */}} {%/* b() */%} {{ c() }}", Templates::Zola);
        assert_eq!((&*shown, calls), ("{{ a() }} {% b() %} {{ c() }}", vec!["{{ c() }}".to_owned()]));
        let text = "{{ x }}";
        assert_eq!(made(text, Templates::None), (text.to_owned(), Vec::new()));
        assert_eq!(made("{% raw %} {{ x", Templates::Liquid).1, ["{% raw %}"]);
    }

    #[test]
    fn the_word_that_ends_what_is_raw_ends_nothing_alone() {
        let text = "{% raw %}endraw {{ x }} {% endraw -%} {{ y }} {% raw %}{{ z }}{% endraw %}";
        let (shown, calls) = made(text, Templates::Liquid);
        assert_eq!((&*shown, calls), ("endraw {{ x }}  {{ y }} {{ z }}", vec!["{{ y }}".to_owned()]));
        let text = "{% raw %}{{ x }} endraw {% raw %} endraw";
        assert_eq!(
            made(text, Templates::Liquid),
            (text.to_owned(), ["{% raw %}", "{{ x }}", "{% raw %}"].map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn what_is_raw_ends_however_the_tag_is_spaced() {
        for end in ["{%- endraw -%}", "{%endraw%}", "{%\n  endraw\n%}", "{%-\tendraw\r\n-%}"] {
            let begin = end.replace("endraw", "raw");
            let (shown, calls) =
                made(&format!("{begin}{{{{ x }}}} {{% - endraw %}}{end}{{{{ y }}}}"), Templates::Liquid);
            assert_eq!((&*shown, calls), ("{{ x }} {% - endraw %}{{ y }}", vec!["{{ y }}".to_owned()]), "{end:?}");
        }
    }

    #[test]
    fn many_signs_take_linear_time() {
        for piece in ["{{", "{%", "{{ '{{' }}", "{% raw %}", "{% raw %}{% endraw %}", "{% raw %}endraw", "{{ x }}"] {
            assert!(shown(&piece.repeat(50_000), Templates::Liquid).0.len() <= 50_000 * piece.len());
        }
    }
}
