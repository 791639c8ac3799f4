//! Where an index lies: one directory for each that was built, and a small file that says which of them answers.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::schema::{FORMAT, OLDER_FORMATS};
use crate::engine::SearchError;

/// Locked as long as the index is open, so that no second process reads `CURRENT` while the first replaces it.
const LOCK: &str = "lock";
/// Names the directory that answers. Missing until an index was built anew: then it is the first.
const CURRENT: &str = "current";
const CURRENT_BEFORE_RENAMING: &str = "current.new";

/// The directory of this format.
pub(super) struct Home {
    directory: PathBuf,
    /// No directory has this number yet.
    next: AtomicU64,
    _lock: File,
}

impl Home {
    /// Takes the directory for this process, and removes what is of no use in it: indexes of older formats (nothing would
    /// ever take a withdrawn text out of them) and what a build that was cut off has left.
    pub(super) fn open(directory: &Path) -> Result<Self, SearchError> {
        for older in OLDER_FORMATS {
            remove(&directory.join(older)).map_err(unavailable)?;
        }
        let directory = directory.join(FORMAT);
        fs::create_dir_all(&directory).map_err(unavailable)?;
        let lock = File::create(directory.join(LOCK)).map_err(unavailable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SearchError::InUse),
            Err(TryLockError::Error(error)) => return Err(unavailable(error)),
        }
        let current = read_current(&directory)?;
        tidy(&directory, current).map_err(unavailable)?;
        Ok(Self { directory, next: AtomicU64::new(current.saturating_add(1)), _lock: lock })
    }

    /// The directory of the index that answers.
    pub(super) fn current(&self) -> Result<PathBuf, SearchError> {
        Ok(self.path(read_current(&self.directory)?))
    }

    /// A number for a new index.
    pub(super) fn another(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn path(&self, number: u64) -> PathBuf {
        self.directory.join(number.to_string())
    }

    /// From now on this one answers, also after a power cut.
    pub(super) fn make_current(&self, number: u64) -> io::Result<()> {
        let written = self.directory.join(CURRENT_BEFORE_RENAMING);
        let mut file = File::create(&written)?;
        file.write_all(number.to_string().as_bytes())?;
        file.sync_all()?;
        fs::rename(&written, self.directory.join(CURRENT))?;
        File::open(&self.directory)?.sync_all()
    }
}

fn read_current(directory: &Path) -> Result<u64, SearchError> {
    match fs::read_to_string(directory.join(CURRENT)) {
        Ok(text) => {
            text.parse().map_err(|_| SearchError::Broken(format!("{CURRENT} does not name a directory")))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(error) => Err(unavailable(error)),
    }
}

/// Removes everything but the index that answers.
fn tidy(directory: &Path, current: u64) -> io::Result<()> {
    let kept = [LOCK.to_owned(), CURRENT.to_owned(), current.to_string()];
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if !kept.iter().any(|name| entry.file_name() == name.as_str()) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes a file, or a directory with what is in it; it may be gone already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

pub(super) fn unavailable(error: io::Error) -> SearchError {
    SearchError::Unavailable(error.to_string())
}
