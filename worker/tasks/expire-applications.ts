import { releaseDeleted } from "../../core/actions/hosting/release-application.ts";
import { listToRelease } from "../../core/db/hosting/application-revisions.ts";
import { type AloneOptions, eachAlone } from "./each-alone.ts";

/** As many as are done well within the minute until the next run. */
const applicationsAtOnce = 100;

/** Releases network and name of deleted applications whose kept time is over. */
export async function expireApplications(options: AloneOptions, now = new Date()): Promise<void> {
  await eachAlone(
    options,
    await listToRelease(options.db, now, applicationsAtOnce),
    (tx, id) => releaseDeleted(tx, options.setting(now), { id }),
    { idName: "applicationId", message: "releasing a deleted application failed" },
  );
}
