/// The first line of each file that is made from the configuration.
let renderedComment = "# Rendered from torbox.toml by torboxd; edits are lost.\n"
