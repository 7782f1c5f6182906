//! Native worlds for stories.
