//! Text to tokens or trees with byte ranges. Knows no feeds and no posts; each foreign parser is met in one file here.

#[doc(hidden)]
pub mod active;
#[doc(hidden)]
pub mod addresses;
pub(crate) mod base64;
pub mod emit;
pub mod head;
#[doc(hidden)]
pub mod html;
#[doc(hidden)]
pub mod json;
pub(crate) mod lanes;
#[doc(hidden)]
pub mod links;
pub(crate) mod liquid;
#[doc(hidden)]
pub mod markdown;
mod near;
#[doc(hidden)]
pub mod prose;
#[doc(hidden)]
pub mod sanitize;
#[doc(hidden)]
pub mod toml;
pub mod tree;
#[doc(hidden)]
pub mod xml;
#[doc(hidden)]
pub mod yaml;
