//! Times as people read them.

use codex_core::Timestamp;
use jiff::tz::TimeZone;

fn zoned(at: Timestamp) -> Option<jiff::Zoned> {
    let at = jiff::Timestamp::from_millisecond(i64::try_from(at.0).ok()?).ok()?;
    Some(at.to_zoned(TimeZone::system()))
}

/// `2026-01-15 14:23:01`, in the local time zone.
pub(crate) fn date_time(at: Timestamp) -> String {
    zoned(at).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

/// `14:23:01`, in the local time zone.
pub(crate) fn clock(at: Timestamp) -> String {
    zoned(at).map(|at| at.strftime("%H:%M:%S").to_string()).unwrap_or_default()
}

/// `00:03:12`.
pub(crate) fn elapsed(duration: std::time::Duration) -> String {
    let seconds = duration.as_secs();
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `3.4 s` or `00:03:12`.
pub(crate) fn span(millis: u64) -> String {
    match millis {
        0..60_000 => format!("{:.1} s", millis as f64 / 1000.0),
        _ => elapsed(std::time::Duration::from_millis(millis)),
    }
}

/// The wall clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default())
}
