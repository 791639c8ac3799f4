//! The packs that come with the binary.

use super::PackSource;

/// File by file, so that a pack nobody listed here is noticed by the test below.
const SHIPPED: [(&str, &str); 21] = [
    ("crisis_others.toml", include_str!("../../packs/crisis_others.toml")),
    ("crisis_self_harm.toml", include_str!("../../packs/crisis_self_harm.toml")),
    ("crisis_suicide.toml", include_str!("../../packs/crisis_suicide.toml")),
    ("crisis_other_words.toml", include_str!("../../packs/crisis_other_words.toml")),
    ("cures.toml", include_str!("../../packs/cures.toml")),
    ("emergency_bleeding_wounds.toml", include_str!("../../packs/emergency_bleeding_wounds.toml")),
    ("emergency_brain.toml", include_str!("../../packs/emergency_brain.toml")),
    ("emergency_by_meaning.toml", include_str!("../../packs/emergency_by_meaning.toml")),
    ("emergency_general.toml", include_str!("../../packs/emergency_general.toml")),
    ("emergency_heart_lungs.toml", include_str!("../../packs/emergency_heart_lungs.toml")),
    ("emergency_poison_children.toml", include_str!("../../packs/emergency_poison_children.toml")),
    ("emergency_written_off.toml", include_str!("../../packs/emergency_written_off.toml")),
    ("hate.toml", include_str!("../../packs/hate.toml")),
    ("insults.toml", include_str!("../../packs/insults.toml")),
    ("lists.toml", include_str!("../../packs/lists.toml")),
    ("medicines.toml", include_str!("../../packs/medicines.toml")),
    ("medicines_habits.toml", include_str!("../../packs/medicines_habits.toml")),
    ("needs.toml", include_str!("../../packs/needs.toml")),
    ("personal_data.toml", include_str!("../../packs/personal_data.toml")),
    ("selling.toml", include_str!("../../packs/selling.toml")),
    ("spam.toml", include_str!("../../packs/spam.toml")),
];

pub(crate) fn shipped() -> Vec<PackSource> {
    SHIPPED.iter().map(|(name, text)| PackSource::new(format!("packs/{name}"), *text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_of_the_folder_is_shipped() {
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
        let mut names: Vec<String> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".toml"))
            .collect();
        names.sort();
        let mut shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        shipped.sort_unstable();
        assert_eq!(names, shipped);
    }
}
