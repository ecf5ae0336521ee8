import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { Db } from "../../core/db/tables.ts";
import { usualPolicy } from "../../core/domain/monitoring/policy.ts";
import { planChecks } from "../../core/domain/monitoring/schedule.ts";
import type { TestOffice } from "../../test/support/office.ts";
import { Child } from "../load/child.ts";
import type { LinksCost } from "../load/links-process.ts";
import type { WatcherSaid } from "../load/watcher-process.ts";
import type { Row } from "../report.ts";
import { type Cost, costUntilNow, countBursts } from "./watcher-cost.ts";

const aims = { ofFping: 1.5, lateMs: 1_000 };

type Watching = {
  watcher: Child;
  office: TestOffice;
  /** of PostgreSQL */
  home: string;
  pinged: readonly string[];
  seconds: number;
};

/** What watching costs while nothing happens. @returns its lines, to be made when the rest was measured, too: of the same time fping alone */
export async function measureSteady({ watcher, office, home, pinged, seconds }: Watching) {
  const { db } = office;
  const since = new Date();
  const before = await costUntilNow(watcher, home, db);
  await pause(seconds * 1_000);
  const after = await costUntilNow(watcher, home, db);
  const bursts = await countBursts(db, since);
  const rows = async (): Promise<Row[]> => {
    const lateMs = await latenessOf(watcher, db, since);
    // Beside it who watches would be disturbed.
    await watcher[Symbol.asyncDispose]();
    const bare = await measureFping(pinged, seconds);
    return [
      rowOfLateness(lateMs),
      ...rowsOfCost({ before, after, bursts, seconds, bareMs: bare.childrenMs / bare.bursts }),
    ];
  };
  return { rows };
}

/** Of each check of who always answered, pages and ports too, how long after its turn it began; the turns are those of the watcher's own clock. */
async function latenessOf(watcher: Child, db: Db, since: Date): Promise<number[]> {
  const { originMs } = await watcher.ask<WatcherSaid>({});
  const { rows } = await sql<{ checkId: number; at: Date }>`
    select check_id as "checkId", at from monitor_sample as sample
    where at >= ${since} and sent > 0
      and not exists (select from monitor_sample as other where other.check_id = sample.check_id and not other.is_ok)`.execute(
    db,
  );
  const { intervalSeconds } = usualPolicy;
  return rows.map(({ checkId, at }) => {
    const beganMs = at.getTime() - originMs;
    const halfBefore = beganMs - (intervalSeconds * 1_000) / 2;
    const turn = planChecks(new Map(), [{ id: checkId, intervalSeconds }], halfBefore).get(checkId);
    return beganMs - (turn?.dueAtMs ?? Number.NaN);
  });
}

async function measureFping(pinged: readonly string[], seconds: number): Promise<LinksCost> {
  const order = { pinged, hanging: [], intervalSeconds: usualPolicy.intervalSeconds };
  await using child = new Child("links-process.ts", ["fping", `${seconds}`, JSON.stringify(order)]);
  return JSON.parse(await child.nextLine()) as LinksCost;
}

function rowOfLateness(lateMs: readonly number[]): Row {
  return {
    what: `checks of healthy targets, pages and ports among them, begun late by more than a second, of ${lateMs.length}, cuts included`,
    figure: `${lateMs.filter((ms) => ms > aims.lateMs).length}`,
    compared: `the latest by ${(Math.max(...lateMs) / 1_000).toFixed(2)} s; aim: 0`,
  };
}

type Measured = { before: Cost; after: Cost; bursts: number; seconds: number; bareMs: number };

function rowsOfCost({ before, after, bursts, seconds, bareMs }: Measured): Row[] {
  const used = (of: keyof Cost) => after[of] - before[of];
  const each = (...parts: (keyof Cost)[]) => parts.reduce((sum, of) => sum + used(of), 0) / bursts;
  const ms = (...parts: (keyof Cost)[]) => `${each(...parts).toFixed(2)} ms`;
  const ofCore = (...parts: (keyof Cost)[]) =>
    `${((each(...parts) * bursts) / (seconds * 10)).toFixed(1)} % of one core`;
  const ratio = each("monitorMs", "fpingMs") / bareMs;
  return [
    {
      what: `CPU of a burst, by all that the watcher does while nothing happens, of ${bursts}`,
      figure: `${ms("monitorMs", "fpingMs")} (${ms("fpingMs")} fping's, ${ms("monitorMs")} for pages, judging, storing and rolling up); ${ofCore("monitorMs", "fpingMs")}`,
      compared: `fping alone: ${bareMs.toFixed(2)} ms, so ${ratio.toFixed(1)} times that; aim: ${aims.ofFping}`,
    },
    {
      what: "the same, PostgreSQL's",
      figure: `${ms("backendsMs", "writersMs")} (${ms("backendsMs")} statements and vacuum, ${ms("writersMs")} writing in the background); ${ofCore("backendsMs", "writersMs")}`,
      compared: `${(each("logBytes") / 1_024).toFixed(1)} kB of its log`,
    },
  ];
}
