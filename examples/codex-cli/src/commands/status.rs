//! `status`: where a run stands.

use super::print_json;
use crate::arguments::{Format, NamedRun};
use crate::exit::Exit;
use crate::host::Host;
use crate::view;

pub(super) async fn status(named: NamedRun) -> anyhow::Result<Exit> {
    let format = named.places.format;
    let (host, run) = Host::named(&named).await?;
    let report = host.engine.report(&run).await?;
    let under_way = host.engine.is_under_way(&run).await?;
    match format {
        Format::Human => view::status(&report, under_way),
        Format::Json => print_json(&serde_json::json!({ "under_way": under_way, "report": report }))?,
    }
    Ok(Exit::Done)
}
