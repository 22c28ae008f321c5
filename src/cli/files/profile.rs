//! Profiles by name, or from a site's folder.

use std::{fs, path::Path};

use crate::{
    cli::values,
    error::{Error, ErrorKind},
    profile::Profile,
};

use super::read::unreadable;

/// The built-in profile of that name, or the one in that folder.
pub(crate) fn load(name: &str) -> Result<Profile, Error> {
    if let Some(profile) = Profile::built_in(name) {
        return Ok(profile);
    }
    let folder = Path::new(name);
    if !folder.is_dir() {
        return Err(Error::new(ErrorKind::Usage, format!("there is no profile `{name}`")).help(format!(
            "{}; or name the folder of a site's own profile",
            values::instead(name, &Profile::names())
        )));
    }
    let read = |file: &str| {
        let path = folder.join(file);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&error).in_source(path.display().to_string())),
        }
    };
    let Some(profile) = read("profile.toml")? else {
        return Err(Error::new(ErrorKind::Config, "the folder holds no profile.toml").in_source(name));
    };
    let schema = read("post.schema.json")?;
    let parsed = Profile::parse(&profile, schema.as_deref());
    let mut profile = parsed.map_err(|error| error.in_source(format!("{name}/profile.toml")))?;
    // Whatever it extends, it is called as its folder is.
    name.trim_end_matches('/').rsplit('/').next().unwrap_or(name).clone_into(&mut profile.name);
    Ok(profile)
}
