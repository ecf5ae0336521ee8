import { screensOf } from "../screens-of.ts";
import { renderRecordRemoving, renderRecords } from "./dns-records.ts";
import { renderNameChecks, renderNamesFlagged, renderZoneRefused } from "./name-checks.ts";
import { renderNameExport } from "./name-export.ts";
import { renderNameImport, renderNameProblems } from "./name-import.ts";
import { renderName, renderNameReleasing } from "./name-page.ts";
import { renderNames } from "./names.ts";
import { renderNamesFound } from "./names-found.ts";
import { renderVillage, renderVillageRemoving, renderVillages } from "./villages.ts";

export const nameScreens = screensOf({
  names: renderNames,
  name: renderName,
  "name-releasing": renderNameReleasing,
  "names-found": renderNamesFound,
  "name-import": renderNameImport,
  "name-import-problems": renderNameProblems,
  "name-export": renderNameExport,
  "name-checks": renderNameChecks,
  "names-flagged": renderNamesFlagged,
  "zone-refused": renderZoneRefused,
  villages: renderVillages,
  village: renderVillage,
  "village-removing": renderVillageRemoving,
  "dns-records": renderRecords,
  "record-removing": renderRecordRemoving,
});
