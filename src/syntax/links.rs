//! Links inside HTML made absolute. The one file that knows lol_html.

use lol_html::{RewriteStrSettings, element, html_content::Element, rewrite_str};
use url::Url;

/// Attributes that hold one address (HTML, "attributes that are URLs").
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "poster",
    "cite",
    "action",
    "formaction",
    "data",
    "background",
    "longdesc",
    "manifest",
    "usemap",
    "profile",
    "classid",
    "codebase",
    "icon",
    "xlink:href",
];

/// The fragment with every relative link in it resolved against `base`; all else stays as it is, byte for byte.
/// `None` when nothing in it is relative, or `base` is no address.
pub fn resolve(html: &str, base: &str) -> Option<String> {
    let base = Url::parse(base).ok()?;
    replace(html, &mut |address| resolve_one(address, &base))
}

/// The fragment with other addresses where `other` knows one, its references resolved; all else stays as it is, byte for
/// byte. `None` when it knows none.
pub fn replace(html: &str, other: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let mut changed = false;
    let mut one = |value: &str| {
        let plain = super::html::unescape(value);
        other(plain.trim()).map(|made| super::html::escape_attribute(&made).into_owned())
    };
    let handler = element!("*", |element: &mut Element| {
        let mut set = Vec::new();
        for attribute in element.attributes() {
            let name = attribute.name();
            let value = attribute.value();
            let resolved = match name.as_str() {
                "srcset" | "imagesrcset" => replace_set(&value, &mut one),
                name if ADDRESSES.contains(&name) => one(&value),
                _ => None,
            };
            set.extend(resolved.map(|resolved| (name, resolved)));
        }
        for (name, value) in set {
            element.set_attribute(&name, &value)?;
            changed = true;
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    let made = rewrite_str(html, settings).ok()?;
    changed.then_some(made)
}

/// An address, resolved; `None` where it is absolute already, or no link.
fn resolve_one(plain: &str, base: &Url) -> Option<String> {
    if plain.is_empty() || plain.starts_with('#') || Url::parse(plain).is_ok() {
        return None;
    }
    base.join(plain).ok().map(String::from)
}

/// `srcset`: candidates parted by commas, each an address and a descriptor.
fn replace_set(value: &str, one: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let mut changed = false;
    let mut made = Vec::new();
    for candidate in value.split(", ") {
        let candidate = candidate.trim();
        let (address, descriptor) = candidate.split_once(char::is_whitespace).unwrap_or((candidate, ""));
        let other = one(address);
        changed |= other.is_some();
        let address = other.unwrap_or_else(|| address.to_owned());
        made.push(if descriptor.is_empty() { address } else { format!("{address} {}", descriptor.trim()) });
    }
    changed.then(|| made.join(", "))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn relative_links_become_absolute_and_all_else_stays() {
        let html = "<p class=a>See <a href=\"../b?x=1&amp;y=2\">b</a>, <img src='c.png' srcset=\"c.png 1x, /d.png 2x\">\
                    <a href=\"#note\">1</a> <a href=\"mailto:a@example.org\">mail</a>";
        assert_eq!(
            resolve(html, "https://example.org/x/y/").as_deref(),
            Some(
                "<p class=a>See <a href=\"https://example.org/x/b?x=1&amp;y=2\">b</a>, \
                 <img src=\"https://example.org/x/y/c.png\" srcset=\"https://example.org/x/y/c.png 1x, https://example.org/d.png 2x\">\
                 <a href=\"#note\">1</a> <a href=\"mailto:a@example.org\">mail</a>"
            )
        );
    }

    #[test]
    fn nothing_relative_is_no_change() {
        assert_eq!(resolve("<a href=\"https://example.org/\">x</a>", "https://example.com/"), None);
        assert_eq!(resolve("<a href=\"x\">x</a>", "not an address"), None);
    }
}
