//! What is wrong in a source, and what a conversion could not keep.

use std::{borrow::Cow, ops::Range};

use crate::lines::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A matter of taste.
    Hint,
    /// Will hurt someone.
    Warning,
    /// Breaks a build, a reader or a requirement.
    Error,
}

impl Severity {
    /// The word that reports, configuration and the command line use.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Severity::Hint, Severity::Warning, Severity::Error].into_iter().find(|s| s.name() == name)
    }
}

/// Where in a source something is. [`Document::locate`](crate::document::Document::locate) turns it into bytes, once;
/// when the thing is missing, the nearest parent that exists stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A range of bytes of the decoded text, without its byte order mark.
    Bytes(Range<usize>),
    /// A value in the head or in a JSON Feed, by JSON Pointer: `/slug`.
    Value(String),
    /// The key of that value.
    Key(String),
    /// A field of the hub, by pointer: `/items/0/published`, or `/published` in a post.
    Hub(String),
    /// Where an element of XML lacks something: shown at its end tag, where it would be put in.
    Missing {
        /// The bytes of the element's name in its start tag.
        tag: Range<usize>,
        /// The bytes of its end tag.
        end: Range<usize>,
    },
    /// The source as a whole: shown at its opening fence, else at its first character.
    Source,
}

impl From<Range<usize>> for Place {
    fn from(range: Range<usize>) -> Self {
        Place::Bytes(range)
    }
}

/// One replacement in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the decoded text that are replaced; empty to insert.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// Byte edits that mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// Whether `--fix` may apply it without a further word; `--unsafe-fixes` applies the others.
    pub safe: bool,
    /// Replacements that do not overlap.
    pub edits: Vec<Edit>,
    /// JSON Pointers of the values that the edits mean to change; every other value must stay as it is.
    pub meant: Vec<String>,
}

/// A further place that a finding speaks of: the other one of two equal slugs, the end of an open fence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// The source, when it is another one.
    pub file: Option<String>,
    /// Where in it.
    pub place: Place,
    /// What to say there.
    pub label: String,
    /// Line and column, once known.
    pub span: Option<Span>,
    /// The bytes, once known.
    pub range: Option<Range<usize>>,
}

/// Something wrong in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// A kebab-case name of the bad thing; `slugline explain CODE` tells more.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// One short sentence, in the user's words, without a full stop.
    pub message: String,
    /// What to say at the place itself.
    pub label: Option<String>,
    /// The remedy.
    pub help: Option<String>,
    /// Where it is.
    pub place: Place,
    /// JSON Pointer of what it is about; empty where there is none.
    pub pointer: String,
    /// Edits that mend it.
    pub fix: Option<Fix>,
    /// Further places.
    pub related: Vec<Related>,
    /// Classes of the W3C feed validator that mean the same.
    pub w3c: Vec<Cow<'static, str>>,
    /// Line and column, once known: set by the reader of a stream or by the document.
    pub span: Option<Span>,
    /// The bytes of the decoded text, once known.
    pub range: Option<Range<usize>>,
}

impl Finding {
    /// A finding at `place`.
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        severity: Severity,
        message: impl Into<String>,
        place: Place,
    ) -> Self {
        let pointer = match &place {
            Place::Value(pointer) | Place::Key(pointer) | Place::Hub(pointer) => pointer.clone(),
            Place::Bytes(_) | Place::Missing { .. } | Place::Source => String::new(),
        };
        let opened = match &place {
            Place::Missing { tag, .. } => Some(Place::Bytes(tag.clone())),
            _ => None,
        };
        let finding = Finding {
            code: code.into(),
            severity,
            message: message.into(),
            label: opened.as_ref().map(|_| "it ends here".to_owned()),
            help: None,
            place,
            pointer,
            fix: None,
            related: Vec::new(),
            w3c: Vec::new(),
            span: None,
            range: None,
        };
        match opened {
            Some(opened) => finding.related(opened, "opened here"),
            None => finding,
        }
    }

    /// A finding of severity error.
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>, place: Place) -> Self {
        Self::new(code, Severity::Error, message, place)
    }

    /// A finding of severity warning.
    pub fn warning(code: impl Into<Cow<'static, str>>, message: impl Into<String>, place: Place) -> Self {
        Self::new(code, Severity::Warning, message, place)
    }

    /// Adds what to say at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the pointer of what it is about, when the place does not tell.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(mut self, safe: bool, edits: Vec<Edit>, meant: Vec<String>) -> Self {
        self.fix = Some(Fix { safe, edits, meant });
        self
    }

    /// Adds a further place in the same source.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(Related { file: None, place, label: label.into(), span: None, range: None });
        self
    }

    /// Adds classes of the W3C feed validator.
    #[must_use]
    pub fn w3c(mut self, classes: &[&'static str]) -> Self {
        self.w3c.extend(classes.iter().map(|&class| Cow::Borrowed(class)));
        self
    }
}

/// Why a target could not keep something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The target has no place for it.
    NoField,
    /// The target has one place, and another value is there.
    OnlyOne,
    /// The target keeps less of a date.
    Precision,
    /// The value cannot be read as what the target requires.
    Unreadable,
    /// The value holds characters that the target forbids; they were replaced by U+FFFD.
    Illegal,
    /// It came after the place where the target must have it.
    Late,
    /// It stays behind unless `--extra all` asks for it.
    Private,
    /// Markup that the target's kind of text cannot say.
    Markup,
    /// The command line asked for it: `--drop`.
    Asked,
    /// The target requires it, and the source does not have it.
    Missing,
    /// It is no item, or none that was to be seen: it is left out.
    LeftOut,
    /// It was for some eyes only: the item is a draft now.
    Hidden,
    /// A program of the site stands for it, and nobody else knows what it shows: its text stays as it was.
    Program,
    /// The site makes it anew each time it is shown, so that nothing of it is in the source.
    Dynamic,
    /// What it speaks of is not in the source.
    Absent,
    /// It runs or loads something, or borrows the site's design: `--sanitize` takes it out.
    Active,
    /// The folder of media does not have it: its address stays.
    Elsewhere,
}

impl Reason {
    /// The word that reports use.
    pub const fn name(self) -> &'static str {
        match self {
            Reason::NoField => "no-field",
            Reason::OnlyOne => "only-one",
            Reason::Precision => "precision",
            Reason::Unreadable => "unreadable",
            Reason::Illegal => "illegal",
            Reason::Late => "late",
            Reason::Private => "private",
            Reason::Markup => "markup",
            Reason::Asked => "asked",
            Reason::Missing => "missing",
            Reason::LeftOut => "left-out",
            Reason::Hidden => "hidden",
            Reason::Program => "program",
            Reason::Dynamic => "dynamic",
            Reason::Absent => "absent",
            Reason::Active => "active",
            Reason::Elsewhere => "elsewhere",
        }
    }

    /// Half a sentence that follows the field's name: "`x` …".
    pub const fn words(self) -> &'static str {
        match self {
            Reason::NoField => "has no place in the target",
            Reason::OnlyOne => "has one place in the target, which is taken",
            Reason::Precision => "is kept with less precision",
            Reason::Unreadable => "cannot be read as what the target requires",
            Reason::Illegal => "held characters the target forbids, now U+FFFD",
            Reason::Late => "came too late for the target",
            Reason::Private => "stays behind (`--extra all` keeps it)",
            Reason::Markup => "lost markup the target cannot say",
            Reason::Asked => "was dropped as asked",
            Reason::Missing => "is required by the target, and the source has none",
            Reason::LeftOut => "is left out",
            Reason::Hidden => "was not for everybody: a draft now",
            Reason::Program => "is known to the old site alone, and stays as text",
            Reason::Dynamic => "was made by the old site when it was shown, and is gone",
            Reason::Absent => "speaks of what the source does not hold",
            Reason::Elsewhere => "is not in the folder of media, and keeps its address",
            Reason::Active => "was taken out by `--sanitize`",
        }
    }
}

/// Something a writer could not keep. The conductor adds whose item it was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The hub field, by its name without indices: `attachments.size_in_bytes`, `extra`.
    pub field: Cow<'static, str>,
    /// Why.
    pub reason: Reason,
    /// The value, or its beginning.
    pub example: String,
}

impl Loss {
    /// A loss of `field`; the example is cut to 80 characters.
    pub fn new(field: impl Into<Cow<'static, str>>, reason: Reason, example: &str) -> Self {
        let mut short: String = example.chars().take(80).collect();
        if short.len() < example.len() {
            short.push('…');
        }
        Loss { field: field.into(), reason, example: short }
    }
}
