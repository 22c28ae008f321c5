//! What elements say of a feed as a whole: into the hub.

use super::{
    date,
    element::{Element, elements},
    field::{Field, Level},
    item::{Context, Taken, address_of, fill, is_page},
    link::{self, relation},
    meaning::{Dialect, Meaning},
    own, person,
    settle::drop_taken,
    tag::{keywords, nested_tags, tag},
    text,
};
use crate::{
    model::{Feed, Hub, Node, Person},
    spots::Spots,
};

/// A feed's head in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// What is known of it.
    pub(crate) feed: Feed,
    /// What was said before the first item, when this is what came after it: those fields are taken.
    pub(crate) before: Option<Box<Feed>>,
    /// `rdf:about` of the channel.
    pub(crate) about: Option<String>,
    /// The id, where it is an address: the feed's page where nothing names one.
    permalink: Option<String>,
    /// The picture that an RSS 1.0 channel refers to.
    referred: Option<String>,
    /// What is in the lists; of tags, by their terms too.
    authors: Spots,
    tags: Spots,
    terms: Spots,
}

/// Fills a slot unless it was filled before or after the first item.
macro_rules! fill_late {
    ($draft:expr, $field:ident, $value:expr) => {{
        let free = $draft.before.as_ref().is_none_or(|before| before.$field.is_none());
        free && fill(&mut $draft.feed.$field, $value)
    }};
}

impl Draft {
    /// The draft of what comes after a head, which is known elsewhere.
    pub(crate) fn late() -> Self {
        Draft { before: Some(Box::default()), ..Draft::default() }
    }

    /// What is known of the feed; what is told from now on begins anew.
    pub(crate) fn hand_out(&mut self) -> Feed {
        [&mut self.authors, &mut self.tags, &mut self.terms].into_iter().for_each(Spots::clear);
        std::mem::take(&mut self.feed)
    }

    /// Takes what an element says.
    pub(crate) fn take(&mut self, meaning: Meaning, element: &Element<'_>, context: &mut Context<'_>) -> Taken {
        let ways =
            if matches!(element.node.name.namespace(), "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns#") {
                Dialect::Atom
            } else {
                Dialect::Rss
            };
        let plain = || Some(element.trimmed().to_owned()).filter(|text| !text.is_empty());
        let field = meaning.field;
        let (taken, whole) = match field {
            Field::Title | Field::Description | Field::Summary | Field::Rights | Field::Content => {
                let Some((text, whole)) = text::read(element, ways, context.links) else {
                    return if element.has_only(&["type", "mode"]) { Taken::Whole } else { Taken::Nothing };
                };
                let taken = match field {
                    Field::Title => fill_late!(self, title, Some(text)),
                    Field::Rights => fill_late!(self, rights, Some(text)),
                    _ => fill_late!(self, description, Some(text)),
                };
                (taken, whole)
            }
            Field::Link => {
                if element.get("rel").is_some() {
                    return self.relation(element, context);
                }
                let address = plain().or_else(|| element.filled("href").map(str::to_owned));
                let address = address.or_else(|| person::resource(element.node).map(str::to_owned));
                let Some(address) = address else { return empty(element) };
                let address = context.links.resolve(element.base, &address);
                (fill_late!(self, home_page_url, Some(address)), element.has_only(&["href"]))
            }
            Field::Relation => return self.relation(element, context),
            Field::Id | Field::Guid => {
                let own = element.own("id").map(str::to_owned);
                let Some(id) = own.or_else(plain) else { return empty(element) };
                if link::is_web(&id) && element.own("permalink") != Some("false") && ways == Dialect::Atom {
                    self.permalink = Some(id.clone());
                }
                (fill_late!(self, id, Some(id)), element.has_only(&[]))
            }
            Field::Published | Field::Updated => {
                let published = field == Field::Published;
                let free = |feed: &Feed| if published { feed.published.is_none() } else { feed.updated.is_none() };
                if !free(&self.feed) || !self.before.as_ref().is_none_or(|before| free(before)) {
                    return Taken::Nothing;
                }
                let Some(date) = date::read(element, ways, context.findings) else { return empty(element) };
                let slot = if published { &mut self.feed.published } else { &mut self.feed.updated };
                (fill(slot, Some(date)), element.has_only(&[]))
            }
            Field::Author | Field::Person => {
                let (person, whole) = person::from_elements(element, context.links);
                let known = |feed: &Feed| !feed.authors.is_empty();
                if person == Person::default() {
                    return empty(element);
                }
                if !meaning.whole && (known(&self.feed) || self.before.as_ref().is_some_and(|before| known(before))) {
                    return Taken::Nothing;
                }
                let whole = whole && meaning.whole;
                if whole || !self.authors.holds(&self.feed.authors, &&person, |known| known) {
                    self.feed.authors.push(person);
                }
                (true, whole)
            }
            Field::Tag => return tag(element, meaning.whole, &mut self.feed.tags, &mut self.tags),
            Field::Keywords => return keywords(element, &mut self.feed.tags, &mut self.terms),
            Field::NestedTag => return nested_tags(element, &mut self.feed.tags, &mut self.terms),
            Field::Image => return self.image(element, context),
            Field::Picture | Field::Thumbnail => {
                let address = element.filled("href").or_else(|| element.filled("url")).map(str::to_owned);
                let address = address.or_else(|| plain().filter(|text| link::is_absolute(text)));
                let address = address.map(|address| context.links.resolve(element.base, &address));
                (fill_late!(self, icon, address), false)
            }
            Field::Logo | Field::Favicon => {
                let Some(address) = plain() else { return empty(element) };
                let address = Some(context.links.resolve(element.base, &address));
                let taken = match field {
                    Field::Logo => fill_late!(self, icon, address),
                    _ => fill_late!(self, favicon, address),
                };
                (taken, element.has_only(&[]))
            }
            Field::Language => {
                let Some(language) = plain() else { return empty(element) };
                (fill_late!(self, language, Some(language)), element.has_only(&[]))
            }
            Field::Generator => {
                let Some(name) = plain() else { return empty(element) };
                (fill_late!(self, generator, Some(name)), element.has_only(&[]))
            }
            Field::Cloud => {
                let (Some(domain), path) = (element.filled("domain"), element.filled("path").unwrap_or_default())
                else {
                    return Taken::Nothing;
                };
                let port = element.filled("port").filter(|&port| port != "80").map(|port| format!(":{port}"));
                let url = format!("http://{domain}{}{path}", port.unwrap_or_default());
                let hub = Hub { kind: "rssCloud".to_owned(), url };
                if !self.feed.hubs.contains(&hub) {
                    self.feed.hubs.push(hub);
                }
                (true, false)
            }
            Field::Complete => {
                let yes = element.trimmed().eq_ignore_ascii_case("yes");
                let taken = yes && fill_late!(self, expired, Some(true));
                (taken, element.trimmed() == "Yes" && element.has_only(&[]))
            }
            Field::Own => return own::feed(element, &mut self.feed, context.links),
            Field::Plumbing => return Taken::Whole,
            Field::Comments
            | Field::Source
            | Field::AtomSource
            | Field::Enclosure
            | Field::Media
            | Field::Duration
            | Field::Control => return Taken::Nothing,
        };
        match (taken, whole) {
            (false, _) => Taken::Nothing,
            (true, true) => Taken::Whole,
            (true, false) => Taken::Part,
        }
    }

    /// An Atom `link` of a feed.
    fn relation(&mut self, element: &Element<'_>, context: &mut Context<'_>) -> Taken {
        let Some(href) = address_of(element) else { return Taken::Nothing };
        let href = context.links.resolve(element.base, href);
        let page = element.get("type").is_none_or(is_page);
        let (taken, known): (bool, &[&str]) = match relation(element.get("rel").unwrap_or("alternate")).as_str() {
            "alternate" | "" => (page && fill_late!(self, home_page_url, Some(href)), &["rel", "href", "type"]),
            "self" => {
                let feed = element.get("type").is_none_or(is_feed);
                (fill_late!(self, feed_url, Some(href)), if feed { &["rel", "href", "type"] } else { &["rel", "href"] })
            }
            "next" => (fill_late!(self, next_url, Some(href)), &["rel", "href"]),
            "hub" => {
                let kind = element.own("kind").unwrap_or("WebSub").to_owned();
                self.feed.hubs.push(Hub { kind, url: href });
                (true, &["rel", "href"])
            }
            _ => return Taken::Nothing,
        };
        match (taken, element.has_only(known)) {
            (false, _) => Taken::Nothing,
            (true, true) => Taken::Whole,
            (true, false) => Taken::Part,
        }
    }

    /// RSS `image`: url, title and link. It is whole where title and link repeat the channel's, as RSS advises.
    fn image(&mut self, element: &Element<'_>, context: &mut Context<'_>) -> Taken {
        if element.children.is_empty() && element.trimmed().is_empty() {
            // An RSS 1.0 channel refers to the image, which stands beside it.
            self.referred = self.referred.take().or_else(|| person::resource(element.node).map(str::to_owned));
            return if element.attributes_are(&[]) || self.referred.is_some() { Taken::Whole } else { Taken::Nothing };
        }
        let mut whole = element.attributes_are(&[]) && element.trimmed().is_empty();
        let mut address = None;
        let before = self.before.as_deref().unwrap_or(&self.feed);
        for rows in element.elements() {
            let node = &rows[0];
            let text = node.text.trim();
            let added = super::element::attribute(node, super::SLUGLINE, "added").is_some();
            whole &= rows.len() == 1 && (node.attributes.is_empty() || added);
            let native = node.name.namespace().is_empty();
            match node.name.local().to_ascii_lowercase().as_str() {
                "url" if native && address.is_none() && !text.is_empty() => {
                    address = Some(context.links.resolve(element.base, text));
                }
                "title" if native => {
                    let same = before.title.as_ref().is_some_and(|title| title.value.trim() == text);
                    whole &= added || same || text.is_empty();
                }
                "link" if native => {
                    let link = context.links.resolve(element.base, text);
                    whole &= added || before.home_page_url.as_ref() == Some(&link) || text.is_empty();
                }
                _ => whole = false,
            }
        }
        let taken = fill_late!(self, icon, address);
        match (taken, whole) {
            (false, _) => Taken::Nothing,
            (true, true) => Taken::Whole,
            (true, false) => Taken::Part,
        }
    }

    /// Takes what only shows when the head is read to its end: see the item's.
    pub(crate) fn settle(&mut self, context: &mut Context<'_>) -> Vec<Taken> {
        let mut nodes = std::mem::take(&mut self.feed.extra.nodes);
        let taken = self.settle_rows(&nodes, context);
        if taken.contains(&Taken::Whole) {
            drop_taken(&mut nodes, &taken);
        }
        self.feed.extra.nodes = nodes;
        let referred = self.referred.take();
        let _ = fill_late!(self, icon, referred);
        let about = self.about.take();
        let permalink = self.permalink.take();
        let _ = fill_late!(self, home_page_url, permalink);
        let _ = fill_late!(self, id, about);
        taken
    }

    /// Looks at kept rows, the ones of lower rank first.
    pub(crate) fn settle_rows(&mut self, nodes: &[Node], context: &mut Context<'_>) -> Vec<Taken> {
        let rows: Vec<&[Node]> = elements(nodes).collect();
        let mut taken = vec![Taken::Nothing; rows.len()];
        let mut second: Vec<(u8, usize, Meaning)> = Vec::new();
        for (at, element) in rows.iter().enumerate() {
            let meaning = super::given::meaning_of(&element[0], context.dialect, Level::Feed);
            second.extend(meaning.filter(|meaning| meaning.rank > 0).map(|meaning| (meaning.rank, at, meaning)));
        }
        second.sort_by_key(|&(rank, at, _)| (rank, at));
        for (_, at, meaning) in second {
            let Some(element) = Element::kept(rows[at]) else { continue };
            let markup = super::markup::text_of(rows[at], meaning.field);
            let element = match &markup {
                Some(markup) => Element { text: markup, markup: true, ..element },
                None => element,
            };
            let found = self.take(meaning, &element, context);
            taken[at] = if found == Taken::Whole && !meaning.whole { Taken::Part } else { found };
        }
        taken
    }
}

fn empty(element: &Element<'_>) -> Taken {
    if element.node.attributes.is_empty() && element.children.is_empty() { Taken::Whole } else { Taken::Nothing }
}

/// Whether a link's type is that of a feed.
fn is_feed(mime: &str) -> bool {
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "" | "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/xml" | "text/xml"
    )
}
