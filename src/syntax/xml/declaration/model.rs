//! What a declaration says that may stand in an element (XML 1.0, section 3.2).

use super::{Cursor, Found};

impl Cursor<'_> {
    /// An element type declaration, behind `<!ELEMENT`.
    pub(super) fn element(&mut self) -> Found<()> {
        self.need_blanks()?;
        self.name()?;
        self.need_blanks()?;
        if self.take("EMPTY") || self.take("ANY") {
            return self.close();
        }
        let start = *self;
        self.need("(")?;
        self.blanks();
        if self.take("#PCDATA") {
            self.mixed()?;
        } else {
            *self = start;
            self.children()?;
        }
        self.close()
    }

    /// What follows `(#PCDATA`.
    fn mixed(&mut self) -> Found<()> {
        let mut names = false;
        loop {
            self.blanks();
            if self.take(")") {
                // With names the star is a must, without it is allowed.
                return if self.take("*") || !names { Ok(()) } else { self.wrong("`*` is missing here") };
            }
            self.need("|")?;
            self.blanks();
            self.name()?;
            names = true;
        }
    }

    /// A content model. Groups that are open are kept in a list of their separators, not on the stack.
    fn children(&mut self) -> Found<()> {
        let mut groups: Vec<Option<u8>> = Vec::new();
        loop {
            self.blanks();
            if self.take("(") {
                groups.push(None);
                continue;
            }
            self.name()?;
            self.occurrence();
            loop {
                self.blanks();
                if self.take(")") {
                    groups.pop();
                    self.occurrence();
                    if groups.is_empty() {
                        return Ok(());
                    }
                    continue;
                }
                let Some(&separator @ (b'|' | b',')) = self.text.as_bytes().get(self.at) else {
                    return self.wrong("`,`, `|` or `)` is missing here");
                };
                match groups.last_mut() {
                    Some(Some(other)) if *other != separator => {
                        return self.wrong("`,` and `|` cannot be mixed in one group");
                    }
                    Some(group) => *group = Some(separator),
                    None => return self.wrong("`(` is missing here"),
                }
                self.at += 1;
                break;
            }
        }
    }

    fn occurrence(&mut self) {
        if self.rest().starts_with(['?', '*', '+']) {
            self.at += 1;
        }
    }
}
