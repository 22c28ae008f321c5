//! What XML feeds of every format share: the namespaces that are met in them, which of their elements say what the hub
//! has a field for, and how whatever has no field is kept as rows and written back.
//!
//! - [`mod@self`]: the table of namespaces. [`meaning`]: which element is which [`field::Field`].
//! - [`gather`]: tokens → rows of one element → hub. [`item`] and [`feed`]: a field's value into the hub.
//! - [`emit`]: hub and rows → XML. [`given`]: what kept rows say already, so that it is not written twice.

pub(crate) mod date;
pub(crate) mod disguise;
pub(crate) mod element;
pub(crate) mod emit;
pub(crate) mod feed;
pub(crate) mod field;
pub(crate) mod gather;
pub(crate) mod given;
pub(crate) mod item;
pub(crate) mod link;
pub(crate) mod markup;
pub(crate) mod meaning;
pub(crate) mod name;
pub(crate) mod noted;
pub(crate) mod opened;
pub(crate) mod own;
pub(crate) mod person;
pub(crate) mod rows;
pub(crate) mod say;
pub(crate) mod source;
pub(crate) mod text;
pub(crate) mod told;

#[cfg(test)]
mod tests;

pub(crate) use crate::syntax::xml::Ns;
use crate::{model::SLUGLINE_NAMESPACE, syntax::xml::Known};

/// A namespace that feeds use.
#[derive(Debug)]
pub(crate) struct Namespace {
    /// Its number: its place in [`NAMESPACES`], counted from 1.
    pub(crate) ns: Ns,
    /// The prefix that feeds usually give it, and that it is written with.
    pub(crate) prefix: &'static str,
    /// Its URI.
    pub(crate) uri: &'static str,
    /// Other spellings that are met. Case, scheme, `www.` and a closing `/` or `#` need no entry.
    pub(crate) others: &'static [&'static str],
}

macro_rules! namespaces {
    ($($name:ident $number:literal $prefix:literal $uri:expr, [$($other:literal),*];)*) => {
        $(
            #[doc = concat!("The namespace usually called `", $prefix, "`.")]
            #[allow(dead_code, reason = "a row of the table, whether or not a reader names it")]
            pub(crate) const $name: Ns = Ns($number);
        )*
        /// The namespaces, in the order of their numbers.
        pub(crate) const NAMESPACES: &[Namespace] = &[
            $(Namespace { ns: Ns($number), prefix: $prefix, uri: $uri, others: &[$($other),*] }),*
        ];
    };
}

namespaces! {
    XML 1 "xml" "http://www.w3.org/XML/1998/namespace", [];
    // RSS elements have no namespace; in RSS 0.90 and 1.0, and in feeds that mean well, they have one of these.
    RSS 2 "rss" "http://purl.org/rss/1.0/", [
        "http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd", "http://purl.org/net/rss1.1#", "http://purl.org/rss/2.0",
        "http://backend.userland.com/rss", "http://backend.userland.com/rss2", "http://backend.userland.com/rss091",
        "http://backend.userland.com/rss092", "http://backend.userland.com/rss191", "http://backend.userland.com/rss20",
        "http://backend.userland.com/blogchannelmodule/rss2", "http://blogs.law.harvard.edu/tech/rss",
        "http://cyber.law.harvard.edu/rss", "http://cyber.law.harvard.edu/rss/rss.html", "http://rssboard.org/rss-specification"
    ];
    ATOM 3 "atom" "http://www.w3.org/2005/Atom", [
        "http://purl.org/atom/ns#2005", "http://www.w3.org/atom/2005",
        "http://www.w3.org/ns/atom", "http://www.w3.org/2005/Atom/ns"
    ];
    RDF 4 "rdf" "http://www.w3.org/1999/02/22-rdf-syntax-ns#", ["http://www.w3.org/tr/1999/02/22-rdf-syntax-ns"];
    CONTENT 5 "content" "http://purl.org/rss/1.0/modules/content/", ["http://purl.org/rss/modules/content"];
    DC 6 "dc" "http://purl.org/dc/elements/1.1/", ["http://purl.org/dc/elements/1.0", "http://purl.org/dc"];
    DCTERMS 7 "dcterms" "http://purl.org/dc/terms/", ["http://purl.org/rss/1.0/modules/dcterms"];
    MEDIA 8 "media" "http://search.yahoo.com/mrss/", [
        "http://search.yahoo.com/mrss/index.html", "http://video.search.yahoo.com/mrss", "http://api.search.yahoo.com/mrss",
        "http://tools.search.yahoo.com/mrss", "http://search.yahoo.com/rss", "http://rssboard.org/media-rss"
    ];
    ITUNES 9 "itunes" "http://www.itunes.com/dtds/podcast-1.0.dtd", [
        "http://www.itunes.com/DTDs/Podcast-1.0.dtd", "http://itunes.apple.com/dtds/podcast-1.0.dtd",
        "http://www.itunes.com/dtds/podcast", "http://example.com/DTDs/PodCast-1.0.dtd",
        "http://apple.com/itunes/store/podcaststechspecs.html"
    ];
    GOOGLEPLAY 10 "googleplay" "http://www.google.com/schemas/play-podcasts/1.0", [
        "http://www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd"
    ];
    PODCAST 11 "podcast" "https://podcastindex.org/namespace/1.0", [
        "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
    ];
    SLASH 12 "slash" "http://purl.org/rss/1.0/modules/slash/", [];
    WFW 13 "wfw" "http://wellformedweb.org/CommentAPI/", [];
    THR 14 "thr" "http://purl.org/syndication/thread/1.0", [];
    SY 15 "sy" "http://purl.org/rss/1.0/modules/syndication/", [];
    GEORSS 16 "georss" "http://www.georss.org/georss", ["http://www.georss.org/georss/10"];
    GEO 17 "geo" "http://www.w3.org/2003/01/geo/wgs84_pos#", [];
    GML 18 "gml" "http://www.opengis.net/gml", [];
    APP 19 "app" "http://www.w3.org/2007/app", ["http://purl.org/atom/app"];
    FH 20 "fh" "http://purl.org/syndication/history/1.0", [];
    FEEDBURNER 21 "feedburner" "http://rssnamespace.org/feedburner/ext/1.0", [];
    OPENSEARCH 22 "opensearch" "http://a9.com/-/spec/opensearch/1.1/", [
        "http://a9.com/-/spec/opensearchrss/1.0", "http://a9.com/-/spec/opensearchdescription/1.1"
    ];
    CREATIVE_COMMONS 23 "creativeCommons" "http://backend.userland.com/creativeCommonsRssModule", [
        "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html"
    ];
    CC 24 "cc" "http://creativecommons.org/ns#", ["http://web.resource.org/cc"];
    PSC 25 "psc" "http://podlove.org/simple-chapters", ["http://podlove.org/simple-chapters/1"];
    ADMIN 26 "admin" "http://webns.net/mvcb/", [];
    TRACKBACK 27 "trackback" "http://madskills.com/public/xml/rss/module/trackback/", [];
    SOURCE 28 "source" "http://source.scripting.com/", [];
    RAWVOICE 29 "rawvoice" "http://www.rawvoice.com/rawvoiceRssModule/", ["http://blubrry.com/developer/rawvoice-rss"];
    XHTML 30 "xhtml" "http://www.w3.org/1999/xhtml", [];
    XLINK 31 "xlink" "http://www.w3.org/1999/xlink", [];
    SVG 32 "svg" "http://www.w3.org/2000/svg", [];
    MATHML 33 "math" "http://www.w3.org/1998/Math/MathML", [];
    PRISM 34 "prism" "http://prismstandard.org/namespaces/basic/2.0/", [
        "http://prismstandard.org/namespaces/1.2/basic", "http://prismstandard.org/namespaces/basic/1.2"
    ];
    YOUTUBE 35 "yt" "http://www.youtube.com/xml/schemas/2015", ["http://gdata.youtube.com/schemas/2007"];
    GOOGLE_DATA 36 "gd" "http://schemas.google.com/g/2005", [];
    BLOGGER 37 "blogger" "http://schemas.google.com/blogger/2008", [];
    SLUGLINE 38 "slugline" SLUGLINE_NAMESPACE, [];
    // Atom 0.3: the same fields, some under other names.
    ATOM_03 39 "atom03" "http://purl.org/atom/ns#", ["http://purl.org/net/atom/ns"];
}

const URIS: [&str; NAMESPACES.len()] = {
    let mut uris = [""; NAMESPACES.len()];
    let mut at = 0;
    while at < uris.len() {
        uris[at] = NAMESPACES[at].uri;
        at += 1;
    }
    uris
};

/// The namespaces as a tokenizer takes them.
pub(crate) const KNOWN: Known = Known { uris: &URIS, by_uri, by_prefix };

/// The URI without what writers get wrong: case, scheme, `www.`, the closing `/` or `#`.
fn essence(uri: &str) -> String {
    let lower = uri.trim().to_ascii_lowercase();
    let rest = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")).unwrap_or(&lower);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches(['/', '#']).to_owned()
}

/// The namespace of a URI, in any spelling that is met. Called once a declaration, not once an element.
pub(crate) fn by_uri(uri: &str) -> Option<Ns> {
    if let Some(exact) = NAMESPACES.iter().find(|known| known.uri == uri) {
        return Some(exact.ns);
    }
    let wanted = essence(uri);
    let meant = |spelling: &&str| essence(spelling) == wanted;
    let found = NAMESPACES.iter().find(|known| meant(&known.uri) || known.others.iter().any(meant));
    found.map(|known| known.ns)
}

/// What a prefix usually stands for.
pub(crate) fn by_prefix(prefix: &str) -> Option<Ns> {
    let prefix = match prefix {
        "a" | "atom10" => "atom",
        "mrss" => "media",
        "dct" => "dcterms",
        "itms" => "itunes",
        _ => prefix,
    };
    NAMESPACES.iter().find(|known| known.prefix.eq_ignore_ascii_case(prefix)).map(|known| known.ns)
}

/// The number of a canonical URI; [`Ns::NONE`] for none and for what is unknown.
pub(crate) fn number(uri: &str) -> Option<Ns> {
    if uri.is_empty() {
        return Some(Ns::NONE);
    }
    NAMESPACES.iter().find(|known| known.uri == uri).map(|known| known.ns)
}
