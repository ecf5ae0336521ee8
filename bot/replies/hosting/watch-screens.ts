import { screensOf } from "../screens-of.ts";
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
  renderIsolationTold,
  renderNoDecider,
} from "./isolations.ts";
import { renderAccessEnded, renderAccessGranted, renderAccessTrouble } from "./vendor-accesses.ts";

export const watchScreens = screensOf({
  watch: renderWatch,
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
  "no-isolation-decider": renderNoDecider,
  "isolation-told": renderIsolationTold,
});
