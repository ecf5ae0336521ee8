import { renderAvailability } from "../../bot/replies/monitoring/availability.ts";
import { renderStatus } from "../../bot/replies/monitoring/status.ts";
import { renderTarget } from "../../bot/replies/monitoring/target-page.ts";
import { monthOf } from "../../core/domain/calendar/report-days.ts";
import type { TestOffice } from "../../test/support/office.ts";
import { testWords } from "../../test/support/office-words.ts";
import type { Row } from "../report.ts";
import type { History } from "./history.ts";

const times = 200;
const aimMs = 200;
const groupings = ["link", "office", "provider", "application"] as const;
const monthsBack = 12;
/** No two times in a row the same target. */
const step = 7;

/** The texts as the bot makes them for who sees all, from asking the database to the words. */
export async function measureScreens(office: TestOffice, { now, targetIds }: History): Promise<Row[]> {
  const { db, people } = office;
  const viewer = people.infrastructure;
  const target = (number: number) => ({ targetId: targetIds[(number * step) % targetIds.length] ?? 0 });
  const list = (number: number) => {
    const by = groupings[number % groupings.length] ?? "link";
    return { by, month: monthOf(now, testWords, -(number % monthsBack)).name, page: 0 };
  };
  return [
    await measureScreen("/status", () => renderStatus(db, viewer, { kind: "status" }, testWords, now)),
    await measureScreen("page of a target, another each time", (number) =>
      renderTarget(db, viewer, target(number), testWords, now),
    ),
    await measureScreen(`list of availability by each grouping, of ${monthsBack} months`, (number) =>
      renderAvailability(db, viewer, list(number), testWords, now),
    ),
  ];
}

async function measureScreen(what: string, show: (number: number) => Promise<unknown>): Promise<Row> {
  await show(0); // plans and caches are warm, as after the first minute of a day
  const ms: number[] = [];
  for (let number = 0; number < times; number++) {
    const begin = performance.now();
    await show(number);
    ms.push(performance.now() - begin);
  }
  const sorted = ms.toSorted((one, other) => one - other);
  const at = (part: number) => (sorted[Math.floor(times * part)] ?? Number.NaN).toFixed(1);
  return {
    what,
    figure: `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
    compared: `worst of ${times}: ${sorted.at(-1)?.toFixed(1)} ms; aim: p99 ${aimMs} ms`,
  };
}
