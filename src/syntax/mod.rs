//! Text to tokens or trees with byte ranges. Knows no feeds and no posts; each foreign parser is met in one file here.

pub mod active;
pub mod addresses;
pub(crate) mod base64;
pub mod emit;
pub mod head;
pub mod html;
pub mod json;
pub(crate) mod lanes;
pub mod links;
pub mod markdown;
mod near;
pub mod prose;
pub mod sanitize;
pub mod toml;
pub mod tree;
pub mod xml;
pub mod yaml;
