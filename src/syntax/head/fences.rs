//! What a generator takes for the beginning and the end of a head.

use super::HeadFormat;

/// How a closing fence must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Close {
    /// Alone on its line, but for blanks after it.
    #[default]
    Line,
    /// At the beginning of a line, whatever follows: `----`, `---foo`.
    Prefix,
    /// Anywhere, also in a value, where nothing but blanks follows on the line.
    Anywhere,
}

/// What may follow the opening fence on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterOpen {
    /// Nothing at all.
    Nothing,
    /// Blanks.
    #[default]
    Blanks,
    /// Blanks, or the name of a language: `---json`.
    Language,
}

/// Which fences a generator takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fences {
    /// The formats it knows.
    pub formats: Vec<HeadFormat>,
    /// Whether a line `...` closes YAML, as `---` does.
    pub dots: bool,
    /// Whether blanks and empty lines may stand above the head.
    pub leading_blanks: bool,
    /// How a closing fence must stand.
    pub close: Close,
    /// What may follow the opening fence on its line.
    pub after_open: AfterOpen,
    /// Whether a fence may have more than three signs; the closing one then has at least as many.
    pub long: bool,
    /// Whether the opening fence may be left out.
    pub optional_open: bool,
    /// Whether a head without closing fence reaches to the end of the file.
    pub open_end: bool,
    /// Whether there may be nothing between the fences.
    pub empty: bool,
    /// Whether a lone carriage return ends a line.
    pub lone_cr: bool,
    /// Whether a byte order mark may stand before the head.
    pub bom: bool,
    /// Whether tabs may indent YAML.
    pub tabs: bool,
    /// Whether a file that begins with `-` or `+` must begin with a fence, head or not.
    pub strict: bool,
}

impl Default for Fences {
    /// What most generators take.
    fn default() -> Self {
        Fences {
            formats: vec![HeadFormat::Yaml, HeadFormat::Toml, HeadFormat::Json],
            dots: false,
            leading_blanks: true,
            close: Close::Line,
            after_open: AfterOpen::Blanks,
            long: false,
            optional_open: false,
            open_end: false,
            empty: true,
            lone_cr: true,
            bom: true,
            tabs: false,
            strict: false,
        }
    }
}
