import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnvironment } from "../../config/env.ts";
import { settleIn } from "../../parts/bot.ts";
import { openDesk, openFoundation } from "../../parts/foundation.ts";
import type { Running } from "../../parts/process.ts";
import { silent } from "../bot/support.ts";
import { emptyDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";
import { query } from "../support/server.ts";

let place: Awaited<ReturnType<typeof emptyDatabase>>;
let running: Running;

beforeEach(async () => {
  place = await emptyDatabase();
  running = { log: silent, closers: [], onLost: () => undefined, lifecycle: () => "starting" };
});
afterEach(async () => {
  for (const close of running.closers.reverse()) await close();
  await place.drop();
});

function environment() {
  const read = readEnvironment(
    { DATABASE_URL: urlOf(place.config), TELEGRAM_BOT_TOKEN: `4242:${"x".repeat(35)}` },
    { isRoot: false, homeDirectory: "/nowhere", checkout: "/nowhere" },
  );
  if (!read.ok) throw new Error("the environment is not one");
  return read.environment;
}

test("parts that start at once over an empty database prepare it once", async () => {
  const parts = Array.from({ length: 6 });
  const foundations = await Promise.all(
    parts.map(() => openFoundation(environment(), running, { as: "part", connections: 2 })),
  );
  const desks = await Promise.all(
    foundations.map((foundation) => openDesk(foundation, running, { worksTasks: false })),
  );

  const codes = await Promise.all(
    foundations.map((foundation, index) => {
      const desk = desks[index];
      if (desk === undefined) throw new Error("there is a desk for each");
      return settleIn(foundation, desk, { journalChat: undefined, staffGroup: undefined });
    }),
  );

  expect(codes.map((of) => of.map(({ name }) => name))).toEqual(Array(6).fill(["Administrator 1", "Administrator 2"]));
  const { rows } = await query(place.config, "select name from person order by id");
  expect(rows.map(({ name }) => name)).toEqual(["Administrator 1", "Administrator 2"]);
});
