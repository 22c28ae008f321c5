//! Names of files, close together: a migration has hundreds of thousands of them.

use crate::blocks::{BLOCK, Blocks};

/// Names one behind the other, each with its number.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The texts of as many names as a block holds.
    texts: Vec<String>,
    /// Where each ends in its text.
    ends: Blocks<u32>,
}

impl Names {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a name. Gives its number.
    pub(super) fn push(&mut self, name: &str) -> u32 {
        let number = self.len();
        if number == self.texts.len() * BLOCK {
            if let Some(last) = self.texts.last_mut() {
                last.shrink_to_fit();
            }
            self.texts.push(String::new());
        }
        if let Some(text) = self.texts.last_mut() {
            text.push_str(name);
            self.ends.push(text.len() as u32);
        }
        number as u32
    }

    /// The name of a number; the empty one where there is none.
    pub(super) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number.is_multiple_of(BLOCK) { Some(&0) } else { self.ends.get(number - 1) };
        let found = start.zip(self.ends.get(number)).zip(self.texts.get(number / BLOCK));
        found.map_or("", |((start, end), text)| &text[*start as usize..*end as usize])
    }

    /// Forgets all names but the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.ends.truncate(len);
        self.texts.truncate(len.div_ceil(BLOCK));
        let end = len.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        if let Some(last) = self.texts.last_mut() {
            last.truncate(end as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_given_back_as_they_came() {
        let mut names = Names::default();
        let all = ["snow.md", "", "eis/frost.md"];
        let numbers: Vec<u32> = all.iter().map(|name| names.push(name)).collect();
        assert_eq!(numbers, [0, 1, 2]);
        assert_eq!(numbers.iter().map(|number| names.get(*number)).collect::<Vec<_>>(), all);
        assert_eq!(names.get(3), "");
        names.truncate(1);
        assert_eq!((names.len(), names.get(0)), (1, "snow.md"));
        assert_eq!(names.push("thaw.md"), 1);
        assert_eq!(names.get(1), "thaw.md");
        names.truncate(0);
        assert_eq!((names.len(), names.get(0)), (0, ""));
    }

    #[test]
    fn many_names_are_given_back_too() {
        let mut names = Names::default();
        let name = |number: usize| format!("{}.md", "x".repeat(number % 7));
        for number in 0..3 * BLOCK + 3 {
            names.push(&name(number));
        }
        for len in [3 * BLOCK + 3, 3 * BLOCK, 2 * BLOCK + 1] {
            names.truncate(len);
            assert!((0..len).all(|number| names.get(number as u32) == name(number)), "{len}");
        }
        assert_eq!(names.push("last"), 2 * BLOCK as u32 + 1);
        assert_eq!(names.get(2 * BLOCK as u32 + 1), "last");
    }
}
