//! All integration tests as one binary, one folder an area: linking the engine once is most of their cost.

mod basis;
mod catalog;
mod check;
mod cite;
mod cli;
mod import;
mod law;
mod quote;
mod report;
mod search;
mod serve;
