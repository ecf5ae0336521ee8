import {
  renderCompared,
  renderDriftFound,
  renderForeignState,
  renderPutBack,
  renderWatch,
} from "./application-watch.ts";
import {
  renderIsolationAsked,
  renderIsolationDecided,
  renderIsolationEnded,
  renderIsolationProgress,
} from "./isolations.ts";
import { screensOf } from "./screens-of.ts";
import { renderAccessEnded, renderAccessGranted, renderAccessTrouble } from "./vendor-accesses.ts";

export const watchScreens = screensOf({
  watch: (db, viewer, screen, office) => renderWatch(db, viewer, screen, office),
  "drift-found": renderDriftFound,
  "stack-compared": renderCompared,
  "stack-put-back": renderPutBack,
  "foreign-state-found": renderForeignState,
  "access-granted": renderAccessGranted,
  "access-ended": renderAccessEnded,
  "access-trouble": renderAccessTrouble,
  "isolation-asked": renderIsolationAsked,
  "isolation-progress": renderIsolationProgress,
  "isolation-decided": renderIsolationDecided,
  "isolation-ended": renderIsolationEnded,
});
