//! Code on lines of its own.

use super::{Writer, blocks::Blocks, escape, is_hidden};
use crate::syntax::html::{
    fragment::{Id, Node},
    unescape,
};

impl Writer<'_, '_> {
    /// `pre`: a block between fences.
    pub(super) fn listing(&mut self, id: Id, out: &mut Blocks) {
        let tree = self.tree;
        let is_markup = |name: &str| matches!(name, "a" | "img" | "em" | "strong" | "sub" | "sup");
        let (mut text, mut markup, mut language) = (String::new(), false, None);
        let mut open = vec![id];
        let (mut in_code, mut controls) = (false, Vec::new());
        while let Some(id) = open.pop() {
            match &tree.nodes[id] {
                Node::Text(piece) => text.push_str(&unescape(piece)),
                Node::Comment(_) => {}
                Node::Element(element) => {
                    in_code |= element.name == "code";
                    markup |= is_markup(&element.name);
                    if element.name == "br" {
                        text.push('\n');
                    }
                    if matches!(&*element.name, "pre" | "code") && language.is_none() {
                        language = element.attribute("class").and_then(|class| language_of(&class));
                    }
                    controls.extend(matches!(&*element.name, "input" | "progress" | "meter").then_some(id));
                    if !is_hidden(&element.name) {
                        open.extend(element.children.iter().rev());
                    }
                }
            }
        }
        if markup && !in_code {
            let html = self.raw(id);
            out.add(&html);
            return;
        }
        controls.into_iter().for_each(|id| self.lose_control(id));
        // The first line end after the tag is none.
        let text = text.replace("\r\n", "\n");
        let at_once = tree.children(id).first().is_some_and(|&child| matches!(tree.nodes[child], Node::Text(_)));
        let text = text.strip_prefix('\n').filter(|_| at_once).unwrap_or(&text);
        let text = text.strip_suffix('\n').unwrap_or(text);
        let fence = "`".repeat(escape::longest_run(text, '`').max(2) + 1);
        out.add(&format!("{fence}{}\n{text}\n{fence}", language.unwrap_or_default()));
    }
}

/// The language that a class names: `language-rust`, `lang-rust`, `brush: rust`, `highlight-source-rust`.
fn language_of(class: &str) -> Option<String> {
    let mut words = class.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        let named =
            ["language-", "lang-", "highlight-source-", "brush:"].iter().find_map(|start| word.strip_prefix(start));
        let named = named.map(|name| if name.is_empty() { words.peek().copied().unwrap_or_default() } else { name });
        let named = named.map(|name| name.trim_end_matches([';', ',']));
        if let Some(name) =
            named.filter(|name| !name.is_empty() && !name.contains(['`', '~', '\\', '&', '*', '_', '{']))
        {
            return Some(name.to_owned());
        }
    }
    None
}
