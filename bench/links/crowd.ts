import { setTimeout as pause } from "node:timers/promises";
import { openNetwork } from "../../test/e2e/support/network.ts";
import { Child } from "../load/child.ts";
import type { Row } from "../report.ts";
import { openAddresses } from "./addresses.ts";
import { openWatchedOffice, untilAllAre, type Wanted, watchAll } from "./office.ts";
import { type Cost, costUntilNow, countBursts } from "./watcher-cost.ts";

/** 10,000 bursts a minute, at the usual interval of 30 seconds. */
const targets = 5_000;
const partOfCore = 0.5;

/** What 10,000 bursts a minute cost by all that watches them over a real network and database, PostgreSQL's writes included. */
export async function measureCrowd(seconds: number): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const network = stack.use(openNetwork("bm", 1));
  const addresses = openAddresses(network);
  const { office, home } = await openWatchedOffice(stack);
  await watchAll(
    office,
    Array.from({ length: targets }, (_, index) => device(addresses.answering(index))),
    new Date(),
  );
  const { config } = office.database;
  const watcher = stack.use(new Child("watcher-process.ts", [JSON.stringify(config), network.router]));
  await untilAllAre(office, { up: targets });
  const since = new Date();
  const before = await costUntilNow(watcher, home, office.db);
  await pause(seconds * 1_000);
  const after = await costUntilNow(watcher, home, office.db);
  const bursts = await countBursts(office.db, since);
  const ofCore = (...parts: (keyof Cost)[]) =>
    `${(parts.reduce((sum, of) => sum + after[of] - before[of], 0) / (seconds * 10)).toFixed(1)} %`;
  return [
    {
      what: `the same by all that the watcher does, storing included, part of one core, of ${bursts} bursts`,
      figure: ofCore("monitorMs", "fpingMs", "backendsMs", "writersMs"),
      compared: `fping ${ofCore("fpingMs")}, looking, judging and storing ${ofCore("monitorMs")}, PostgreSQL ${ofCore("backendsMs", "writersMs")}; aim: ${partOfCore * 100} %`,
    },
  ];
}

function device(address: string): Wanted {
  return { kind: "device", name: `Perangkat ${address}`, check: { check: "icmp", address } };
}
