//! What our own small networks share: how their weights are kept, and the layers they are made of. Forwards only; they are
//! trained by the programs in `training/`.

mod layers;
mod weights;

pub(crate) use self::layers::{Block, Field, Head, Plane, Product, Trunk, TrunkShape, convolve, even, rectify};
pub(crate) use self::weights::Weights;
