import { screensOf } from "../screens-of.ts";
import { renderCertificatesEnding } from "./certificates-ending.ts";
import { renderContractsEnding } from "./contracts-ending.ts";
import {
  renderAffectedNoted,
  renderIncidentOver,
  renderIncidentRestored,
  renderOutageJoined,
} from "./incident-told.ts";
import { renderMonitorStopped } from "./monitor-stopped.ts";
import { renderOutageOver, renderOutageTold } from "./outage-told.ts";
import { renderStatus, renderTargets } from "./status.ts";
import { renderStatusExport } from "./status-export.ts";
import {
  renderBeatRenewing,
  renderCheckRemoving,
  renderCheckTried,
  renderTargetChecks,
  renderTargetPausing,
  renderTargetRemoving,
} from "./target-checks.ts";
import { renderTargetExport } from "./target-export.ts";
import { renderTargetImport, renderTargetProblems } from "./target-import.ts";
import { renderBehind, renderTarget, renderTargetAsked } from "./target-page.ts";
import { renderOfficeUnwatched, renderTargetsFound } from "./targets-found.ts";
import { renderTroubleKnown } from "./trouble-known.ts";

export const monitorScreens = screensOf({
  status: renderStatus,
  "status-export": renderStatusExport,
  targets: renderTargets,
  "targets-found": renderTargetsFound,
  "office-unwatched": renderOfficeUnwatched,
  target: (db, viewer, screen, office, now) => renderTarget(db, viewer, screen, office, now),
  "target-behind": renderBehind,
  "target-asked": renderTargetAsked,
  "target-checks": (db, viewer, screen, office) => renderTargetChecks(db, viewer, screen, office),
  "check-tried": renderCheckTried,
  "beat-renewing": renderBeatRenewing,
  "check-removing": renderCheckRemoving,
  "target-pausing": renderTargetPausing,
  "target-removing": renderTargetRemoving,
  "target-export": renderTargetExport,
  "target-import": renderTargetImport,
  "target-import-problems": renderTargetProblems,
  "certificates-ending": renderCertificatesEnding,
  "contracts-ending": renderContractsEnding,
  "monitor-stopped": renderMonitorStopped,
  "outage-told": renderOutageTold,
  "outage-over": renderOutageOver,
  "outage-joined": renderOutageJoined,
  "affected-noted": renderAffectedNoted,
  "incident-restored": renderIncidentRestored,
  "incident-over": renderIncidentOver,
  "trouble-known": renderTroubleKnown,
});
