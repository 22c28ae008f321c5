//! Rules that the configuration sets off, and that would have nothing to say.

use super::{
    super::{files::site::Site, terminal},
    choose::Choice,
};
use crate::untrusted::shown;

/// Says which of them there are, where the run can tell.
pub(super) fn say_needless(site: &Site, choice: &Choice) {
    let file = site.file.as_deref().unwrap_or("slugline.toml");
    for (entry, code) in choice.needless(site) {
        let whose = entry.map_or_else(String::new, |index| {
            let paths = &site.config.content[index].paths;
            format!(" for {}", shown(&paths.join(", ")))
        });
        terminal::note(&format!("{}: `{code}` is off{whose}, and there is nothing that it keeps silent", shown(file)));
    }
}
