//! What WordPress keeps as a post: most of it is for people, some for the site alone.

/// Types that are the site's own furniture: menus, styles, caches, old versions, settings of plugins.
const FURNITURE: &[&str] = &[
    "acf-field",
    "acf-field-group",
    "custom_css",
    "customize_changeset",
    "feedback",
    "jetpack_migration",
    "mc4wp-form",
    "nav_menu_item",
    "oembed_cache",
    "postman_sent_mail",
    "revision",
    "scheduled-action",
    "shop_coupon",
    "shop_order",
    "shop_order_refund",
    "user_request",
    "wp_block",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
    "wpcf7_contact_form",
    "wpforms",
];

/// What an item is to whoever moves the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something to read.
    Post,
    /// A file that was uploaded.
    File,
    /// The site's own furniture, or thrown away: by what it is called.
    LeftOut,
}

/// What an item of that type and status is.
pub(super) fn kind(post_type: &str, status: &str) -> Kind {
    if matches!(status, "trash" | "auto-draft") || FURNITURE.contains(&post_type) {
        return Kind::LeftOut;
    }
    match (post_type, status) {
        ("attachment", _) => Kind::File,
        // Only files and old versions inherit.
        (_, "inherit") => Kind::LeftOut,
        _ => Kind::Post,
    }
}

/// What is left out is called: by its fate, where that is why.
pub(super) fn name<'n>(post_type: &'n str, status: &'n str) -> &'n str {
    if matches!(status, "trash" | "auto-draft") && !FURNITURE.contains(&post_type) { status } else { post_type }
}
