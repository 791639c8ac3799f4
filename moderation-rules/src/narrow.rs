//! Places are kept in four bytes, so that what is read most stays in the nearest memory.

/// A place in four bytes. A text too long for that is refused before it is read, see `Engine::run`.
pub(crate) fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

pub(crate) fn wide(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
