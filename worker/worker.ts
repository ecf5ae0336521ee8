import type { Logger } from "pino";
import { pinJournalHead } from "../core/actions/journal/pin-journal-head.ts";
import { tellOfCertificates } from "../core/actions/monitoring/tell-of-certificates.ts";
import { tellOfContracts } from "../core/actions/monitoring/tell-of-contracts.ts";
import { tellOfRoster } from "../core/actions/shift/tell-of-roster.ts";
import type { Tasks } from "../core/db/tasks.ts";
import { askName, giveUpAskingName } from "./tasks/ask-name.ts";
import { type AskTargetOptions, askTarget, giveUpAsking } from "./tasks/ask-target.ts";
import { buildApplication, giveUpBuild } from "./tasks/build-application.ts";
import { type CheckFileOptions, checkFile, giveUpCheck } from "./tasks/check-file.ts";
import { type CheckNamesOptions, checkNames } from "./tasks/check-names.ts";
import { runCleanUp } from "./tasks/clean-up.ts";
import { clearApplication, giveUpClearing } from "./tasks/clear-application.ts";
import { beginClosing, closeAccess } from "./tasks/close-access.ts";
import {
  beginLooks,
  compareStack,
  giveUpCompare,
  giveUpPutBack,
  putBackStack,
  type WatchOptions,
} from "./tasks/compare-stack.ts";
import { expireAddresses } from "./tasks/expire-addresses.ts";
import { expireApplications } from "./tasks/expire-applications.ts";
import { expireNames } from "./tasks/expire-names.ts";
import { expirePlaces } from "./tasks/expire-places.ts";
import { expireSecrets } from "./tasks/expire-secrets.ts";
import { type FetchFileOptions, fetchFile, giveUpFile } from "./tasks/fetch-file.ts";
import { fetchImage, giveUpImage } from "./tasks/fetch-image.ts";
import { beginKeeping, endIsolation, isolateApplication } from "./tasks/isolate-application.ts";
import { keepRoutes } from "./tasks/keep-routes.ts";
import { keepSubstitutions } from "./tasks/keep-substitutions.ts";
import { type LookAfterStaffGroupOptions, lookAfterStaffGroup } from "./tasks/look-after-staff-group.ts";
import { giveUpPaper, makePaper } from "./tasks/make-paper.ts";
import { giveUpAccount, offerDatabaseAccount } from "./tasks/offer-database-account.ts";
import { giveUpPlan, type HostingOptions, planApplication } from "./tasks/plan-application.ts";
import { addressFile } from "./tasks/read-address-file.ts";
import { assetFile } from "./tasks/read-asset-file.ts";
import { nameFile } from "./tasks/read-name-file.ts";
import { peopleFile } from "./tasks/read-people-file.ts";
import { targetFile } from "./tasks/read-target-file.ts";
import { dropSampleDays, rollUpSamples } from "./tasks/roll-up-samples.ts";
import { beginScans, type ScanPrefixOptions, scanPrefix } from "./tasks/scan-prefix.ts";
import { runReports } from "./tasks/send-reports.ts";
import { giveUpUpload, storeUpload } from "./tasks/store-upload.ts";
import { wakeTickets } from "./tasks/wake-tickets.ts";
import { withdrawPlan } from "./tasks/withdraw-plan.ts";
import { type WriteZonesOptions, writeZones } from "./tasks/write-zones.ts";

/** Each night, when nobody waits. */
const cleanUpAt = "30 2 * * *";
/** A proxy that was made anew is not waited for longer. */
const keepRoutesAt = "*/5 * * * *";
const eachMinute = "* * * * *";
/** The opening of the day, to which a report and the roster are bound, differs by day and by month. */
const lookForReports = "*/5 * * * *";
/** Each morning, before the desk opens. */
const pinJournalHeadAt = "0 7 * * *";

/** So that a right which was given back is noticed also where Telegram does not tell of it. */
const lookAfterStaffGroupAt = "*/5 * * * *";

/** Beside the tasks of the actions that change them. */
const writeZonesAt = "*/5 * * * *";
/** Each day, before the desk opens (R56). */
const checkNamesAt = "30 6 * * *";
/** Each day, when offices work and their devices are on. */
const scanPrefixesAt = "0 10 * * *";

/** Each night. */
const keepSampleDaysAt = "40 2 * * *";

/** Each morning, before the desk opens. */
const tellOfCertificatesAt = "15 7 * * *";

/** Off the full hour, at which everybody else begins. */
const compareStacksAt = "17 * * * *";

/** Takes up the tasks that actions leave behind, and those of the clock. */
export async function startWorker(
  tasks: Tasks,
  options: FetchFileOptions &
    LookAfterStaffGroupOptions &
    WriteZonesOptions &
    CheckNamesOptions &
    ScanPrefixOptions &
    AskTargetOptions &
    CheckFileOptions &
    HostingOptions &
    WatchOptions & { zone: string; log: Logger },
): Promise<void> {
  const { db, setting } = options;
  await tasks.work("fetch-file", (data) => fetchFile(data, options));
  await tasks.work("give-up-file", (data) => giveUpFile(data, options));
  await tasks.work("fetch-image", (data, signal) => fetchImage(data, options, { signal }));
  await tasks.work("give-up-image", (data) => giveUpImage(data, options));
  await tasks.work("check-file", (data, signal) => checkFile(data, options, { signal }));
  await tasks.work("give-up-check", (data) => giveUpCheck(data, options));
  await tasks.work("plan-application", (data, signal) => planApplication(data, options, { signal }));
  await tasks.work("give-up-plan", (data) => giveUpPlan(data, options));
  await tasks.work("build-application", (data, signal) => buildApplication(data, options, { signal }));
  await tasks.work("give-up-build", (data) => giveUpBuild(data, options));
  await tasks.work("withdraw-plan", (data, signal) => withdrawPlan(data, options, { signal }));
  await tasks.work("clear-application", (data, signal) => clearApplication(data, options, { signal }));
  await tasks.work("give-up-clearing", (data) => giveUpClearing(data, options));
  await tasks.work("offer-database-account", (data) => offerDatabaseAccount(data, options));
  await tasks.work("give-up-account", (data) => giveUpAccount(data, options));
  await tasks.work("compare-stacks", () => beginLooks(options));
  await tasks.work("compare-stack", (data, signal) => compareStack(data, options, { signal }));
  await tasks.work("give-up-compare", (data) => giveUpCompare(data, options));
  await tasks.work("put-back-stack", (data, signal) => putBackStack(data, options, { signal }));
  await tasks.work("give-up-put-back", (data) => giveUpPutBack(data, options));
  await tasks.work("isolate-application", (data, signal) => isolateApplication(data, options, { signal }));
  await tasks.work("end-isolation", (data, signal) => endIsolation(data, options, { signal }));
  await tasks.work("keep-isolations", () => beginKeeping(options));
  await tasks.work("keep-accesses", () => beginClosing(options));
  await tasks.work("close-access", (data, signal) => closeAccess(data, options, { signal }));
  await tasks.work("keep-routes", (_data, signal) => keepRoutes(options, { signal }));
  await tasks.work("store-upload", (data) => storeUpload(data, options));
  await tasks.work("give-up-upload", (data) => giveUpUpload(data, options));
  await tasks.work("read-people-file", (data) => peopleFile.read(data, options));
  await tasks.work("give-up-people-file", (data) => peopleFile.giveUp(data, options));
  await tasks.work("read-address-file", (data) => addressFile.read(data, options));
  await tasks.work("give-up-address-file", (data) => addressFile.giveUp(data, options));
  await tasks.work("read-name-file", (data) => nameFile.read(data, options));
  await tasks.work("give-up-name-file", (data) => nameFile.giveUp(data, options));
  await tasks.work("read-asset-file", (data) => assetFile.read(data, options));
  await tasks.work("give-up-asset-file", (data) => assetFile.giveUp(data, options));
  await tasks.work("read-target-file", (data) => targetFile.read(data, options));
  await tasks.work("give-up-target-file", (data) => targetFile.giveUp(data, options));
  await tasks.work("write-zones", () => writeZones(options));
  await tasks.work("check-names", () => checkNames(options));
  await tasks.work("scan-prefixes", () => beginScans(options));
  await tasks.work("scan-prefix", (data, signal) => scanPrefix(data, options, { signal }));
  await tasks.work("ask-target", (data, signal) => askTarget(data, options, { signal }));
  await tasks.work("ask-name", (data, signal) => askName(data, options, { signal }));
  await tasks.work("give-up-asking-name", (data) => giveUpAskingName(data, options));
  await tasks.work("give-up-asking", (data) => giveUpAsking(data, options));
  await tasks.work("roll-up-samples", () => rollUpSamples(options));
  await tasks.work("keep-sample-days", () => dropSampleDays(options));
  await tasks.work("tell-of-certificates", () =>
    db.transaction().execute(async (tx) => {
      await tellOfCertificates(tx, setting(new Date()));
      await tellOfContracts(tx, setting(new Date()));
    }),
  );
  await tasks.work("make-paper", (data) => makePaper(data, options));
  await tasks.work("give-up-paper", (data) => giveUpPaper(data, options));
  await tasks.work("clean-up", () => runCleanUp(options));
  await tasks.work("wake-tickets", async () => {
    await keepSubstitutions(options);
    await wakeTickets(options);
    await expireAddresses(options);
    await expireApplications(options);
    await expirePlaces(options);
    await expireNames(options);
    await expireSecrets(options);
  });
  await tasks.work("send-reports", () => runReports(options));
  await tasks.work("tell-of-roster", () => db.transaction().execute((tx) => tellOfRoster(tx, setting(new Date()))));
  await tasks.work("pin-journal-head", () => db.transaction().execute((tx) => pinJournalHead(tx, setting(new Date()))));
  await tasks.work("look-after-staff-group", () => lookAfterStaffGroup(options));
  await tasks.schedule("clean-up", cleanUpAt, options.zone);
  await tasks.schedule("wake-tickets", eachMinute, options.zone);
  await tasks.schedule("write-zones", writeZonesAt, options.zone);
  await tasks.schedule("check-names", checkNamesAt, options.zone);
  await tasks.schedule("scan-prefixes", scanPrefixesAt, options.zone);
  await tasks.schedule("roll-up-samples", eachMinute, options.zone);
  await tasks.schedule("keep-sample-days", keepSampleDaysAt, options.zone);
  await tasks.schedule("tell-of-certificates", tellOfCertificatesAt, options.zone);
  await tasks.schedule("compare-stacks", compareStacksAt, options.zone);
  await tasks.schedule("keep-isolations", eachMinute, options.zone);
  await tasks.schedule("keep-accesses", eachMinute, options.zone);
  await tasks.schedule("keep-routes", keepRoutesAt, options.zone);
  await tasks.schedule("send-reports", lookForReports, options.zone);
  await tasks.schedule("tell-of-roster", lookForReports, options.zone);
  await tasks.schedule("pin-journal-head", pinJournalHeadAt, options.zone);
  await tasks.schedule("look-after-staff-group", lookAfterStaffGroupAt, options.zone);
}
