//! A model as a file: one line of JSON that people can read, then one byte a weight.

use serde::{Deserialize, Serialize};

use super::{BUCKETS, Judge, Scorer};
use crate::Category;

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model of the learned score: {0}")]
pub struct ModelError(String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// Of this layout.
    format: u32,
    version: String,
    trained_on: String,
    judges: Vec<JudgeHead>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JudgeHead {
    category: Category,
    threshold: f32,
    bias: f32,
    scale: f32,
}

const FORMAT: u32 = 1;

impl Scorer {
    /// Reads a model: all of it or, if anything is wrong, none.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let wrong = |problem: &str| ModelError(problem.to_owned());
        let line =
            bytes.iter().position(|byte| *byte == b'\n').ok_or_else(|| wrong("there is no first line"))?;
        let (head, weights) =
            (bytes.get(..line).unwrap_or_default(), bytes.get(line + 1..).unwrap_or_default());
        let head: Head = serde_json::from_slice(head).map_err(|error| ModelError(error.to_string()))?;
        if head.format != FORMAT {
            return Err(wrong("it was written by another version of aftercare; please train it again"));
        }
        if weights.len() != head.judges.len() * BUCKETS {
            return Err(wrong("it is cut short or too long"));
        }
        let judges = head.judges.into_iter().zip(weights.chunks(BUCKETS)).map(|(judge, weights)| {
            let finite = [judge.threshold, judge.bias, judge.scale].iter().all(|number| number.is_finite());
            if !finite || !(0.0..=1.0).contains(&judge.threshold) {
                return Err(wrong("a threshold must lie between 0 and 1, and every number must be one"));
            }
            Ok(Judge {
                category: judge.category,
                threshold: judge.threshold,
                bias: judge.bias,
                scale: judge.scale,
                weights: weights.iter().map(|byte| byte.cast_signed()).collect(),
            })
        });
        let judges = judges.collect::<Result<_, _>>()?;
        Ok(Self { version: head.version, trained_on: head.trained_on, judges })
    }

    /// The model as [`Scorer::read`] takes it.
    pub fn write(&self) -> Vec<u8> {
        let judge = |judge: &Judge| JudgeHead {
            category: judge.category,
            threshold: judge.threshold,
            bias: judge.bias,
            scale: judge.scale,
        };
        let head = Head {
            format: FORMAT,
            version: self.version.clone(),
            trained_on: self.trained_on.clone(),
            judges: self.judges.iter().map(judge).collect(),
        };
        let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
        bytes.push(b'\n');
        bytes.extend(
            self.judges.iter().flat_map(|judge| judge.weights.iter().map(|weight| weight.cast_unsigned())),
        );
        bytes
    }
}
