import { type ApplicationFileKind, type CheckResult, resultsOf } from "../../core/domain/hosting/check.ts";
import type { EndOfLife } from "../../core/domain/hosting/checks/end-of-life.ts";
import { type Limits, usualLimits } from "./limits.ts";
import type { Job } from "./look.ts";
import { lookInChild } from "./look-in-child.ts";
import { scanMalware } from "./scan-malware.ts";

export type CheckOptions = {
  now: Date;
  /** Until when what is maintained. */
  endOfLife: EndOfLife;
  /** The program; `clamscan` of the PATH where it is not given. */
  clamscan?: string;
  /** A file or folder of ClamAV's signatures; its own where it is not given. */
  signatures?: string;
  limits?: Limits;
  /** Is told of a check that broke: a fault of ours, which somebody has to see. */
  onBreak: (fault: Error) => void;
};

/**
 * What a machine can check of a file that somebody wants to be hosted (R12, R21), in the order in which it is shown. It never throws because
 * of what is in the file: what could not be checked says why.
 *
 * @param path in the store; its name and ending mean nothing
 * @param kind undefined: an archive or an image, as it turns out
 */
export async function checkApplicationFile(
  path: string,
  kind: ApplicationFileKind | undefined,
  options: CheckOptions,
): Promise<CheckResult[]> {
  const { now, endOfLife, limits = usualLimits, onBreak, ...scanner } = options;
  const job: Job = { ...(kind === undefined ? {} : { kind }), limits, table: [...endOfLife], now: now.toISOString() };
  const looked = await lookInChild(path, job, onBreak);
  const malware = await scanMalware(path, { ...scanner, longestMs: limits.longestMs });
  return resultsOf(looked.kind, { ...looked.found, malware });
}
