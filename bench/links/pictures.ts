import { monitorEventLoopDelay } from "node:perf_hooks";
import type { PaperContent } from "../../core/db/paper-content.ts";
import { insertPaper } from "../../core/db/papers.ts";
import { pictureDays } from "../../core/domain/monitoring/picture-days.ts";
import { temporaryFolder } from "../../test/e2e/support/folders.ts";
import type { TestOffice } from "../../test/support/office.ts";
import { makePaper } from "../../worker/tasks/make-paper.ts";
import { median, type Row } from "../report.ts";
import type { History } from "./history.ts";

const times = 15;
/** Issue 9 says the first; the bot may run in the same process, so the second is that of the picture of a rack. */
const aims = { pictureMs: 2_000, standsMs: 50 };
const nanosecondsInMs = 1e6;
const step = 31;

/** Pictures as the worker makes them, from the paper to its file and its message, and how long the process beside it stood. */
export async function measurePictures(office: TestOffice, { now, targetIds }: History): Promise<Row[]> {
  await using folder = await temporaryFolder();
  const make = makerOf(office, now, folder.path);
  const rows: Row[] = [];
  for (const days of pictureDays) {
    const what = days === 1 ? "picture of a target, of a day" : `picture of a target, of ${days} days`;
    const targetAt = (number: number) => targetIds[(number * step) % targetIds.length] ?? 0;
    const paper = (number: number): PaperContent => {
      return { kind: "target-picture", details: { targetId: targetAt(number), days } };
    };
    rows.push(await measurePicture(what, (number) => make(paper(number))));
  }
  const ofRegency = () => make({ kind: "status-picture", details: {} });
  return [...rows, await measurePicture("picture of the regency", ofRegency)];
}

function makerOf({ act, db, people, setting }: TestOffice, now: Date, filesFolder: string) {
  const { zone } = setting(now).rules;
  return async (paper: PaperContent): Promise<void> => {
    const paperId = await act((tx) => insertPaper(tx, { ...paper, personId: people.infrastructure.id, now }));
    await makePaper({ paperId }, { ...{ db, filesFolder, zone }, setting: () => setting(now) });
  };
}

async function measurePicture(what: string, make: (number: number) => Promise<void>): Promise<Row> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const ms: number[] = [];
  delay.enable();
  for (let number = 0; number < times; number++) {
    const begin = performance.now();
    await make(number);
    ms.push(performance.now() - begin);
  }
  delay.disable();
  return {
    what,
    figure: `${median(ms).toFixed(0)} ms, the event loop stood for ${(delay.max / nanosecondsInMs).toFixed(1)} ms at most`,
    compared: `worst of ${times}: ${Math.max(...ms).toFixed(0)} ms; aims: ${aims.pictureMs} ms, ${aims.standsMs} ms`,
  };
}
