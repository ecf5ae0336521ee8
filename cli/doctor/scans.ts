import type pg from "pg";
import { z } from "zod";
import { type Finding, ok, warn } from "./finding.ts";

const scanRow = z.object({ scanned: z.int(), missing: z.int(), failed: z.int() });
export type ScansLook = z.infer<typeof scanRow>;

/** How the scans of prefixes stand. Only reads. @returns undefined for a database that has none yet */
export async function lookAtScans(client: pg.Client): Promise<ScansLook | undefined> {
  const { rows: there } = await client.query("select to_regclass('public.prefix_scan') is not null as there");
  if (there[0]?.there !== true) return undefined;
  const { rows } = await client.query(`
    select count(*)::int as scanned, count(*) filter (where problem = 'no-fping')::int as missing,
      count(*) filter (where problem = 'failed')::int as failed
    from prefix_scan where ended_at is null`);
  return scanRow.parse(rows[0]);
}

export function judgeScans({ scanned, missing, failed }: ScansLook): Finding {
  if (missing > 0) {
    return warn("scans", `${missing} of ${scanned} prefixes: fping is not installed`, "apt-get install fping");
  }
  if (failed > 0) {
    const fix = 'give the worker CAP_NET_RAW (docs/operations.md, "Scanning addresses"), and look into its log';
    return warn("scans", `${failed} of ${scanned} prefixes: fping could not ask`, fix);
  }
  return ok("scans", scanned === 0 ? "no prefix is scanned" : `${scanned} prefixes are scanned each day`);
}
