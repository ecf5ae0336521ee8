import type { Handler } from "hono";
import { sql } from "kysely";
import { describeFault } from "../../core/db/fault.ts";
import { explainMisfit, fitMigrations, readMigrations } from "../../core/db/migration-fit.ts";
import type { Db } from "../../core/db/tables.ts";

/** Stopping begins when it was told to stop, or lost its place as the only one. */
export type Lifecycle = "starting" | "running" | "stopping";

type Checks = { process: string; database: string; migrations: string };

const ok = "ok";
const answerWithinMs = 2_000;

/** 200 while work that comes in is done; else 503. JSON with each check: `ok`, or what is wrong. */
export function ready({ db, lifecycle }: { db: Db; lifecycle: () => Lifecycle }): Handler {
  const ours = readMigrations();
  return async (context) => {
    const stage = lifecycle();
    const checks: Checks = { process: stage === "running" ? ok : stage, ...(await checkDatabase(db, ours)) };
    const isReady = Object.values(checks).every((check) => check === ok);
    return context.json({ status: isReady ? "ready" : "not ready", checks }, isReady ? 200 : 503);
  };
}

async function checkDatabase(db: Db, ours: ReturnType<typeof readMigrations>): Promise<Omit<Checks, "process">> {
  try {
    const applied = await within(answerWithinMs, listApplied(db));
    return { database: ok, migrations: judge(fitMigrations(await ours, applied)) };
  } catch (fault) {
    return { database: describeFault(fault), migrations: "not known" };
  }
}

async function listApplied(db: Db): Promise<{ name: string; sha256: string }[]> {
  const { rows } = await sql<{ name: string; sha256: string }>`
    select name, sha256 from migration order by name`.execute(db);
  return rows;
}

function judge(fit: ReturnType<typeof fitMigrations>): string {
  if (!fit.fits) return explainMisfit(fit);
  return fit.pending.length === 0 ? ok : `not applied yet: ${fit.pending.map(({ name }) => name).join(", ")}`;
}

function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
