//! The Worker component.
