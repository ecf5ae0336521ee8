import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { TokenRefused } from "../bot/bot.ts";
import { loadCalendar } from "../config/calendar.ts";
import { loadProfile } from "../config/profile.ts";
import { UnsupportedServer } from "../core/db/database.ts";
import { WrongInstallation } from "../core/db/installation.ts";
import { MigrationRefused } from "../core/db/migrate.ts";
import { ServerUnreachable } from "../core/db/only-one.ts";
import { AlreadyRunning } from "../core/db/postgres/embedded-postgres.ts";
import { NoDatabase } from "../core/db/postgres/reach-database.ts";
import { explainFault } from "../core/domain/operator-fault.ts";
import { Refused } from "../runbooks/refused.ts";
import { PortTaken } from "../web/server.ts";

const kinds = [
  AlreadyRunning,
  MigrationRefused,
  NoDatabase,
  Refused,
  ServerUnreachable,
  TokenRefused,
  UnsupportedServer,
  WrongInstallation,
];

it.each(kinds.map((kind) => [kind.name, kind] as const))("%s is told in its sentence", (_name, Kind) => {
  expect(explainFault(new Kind("Stop that one first."))).toBe("Stop that one first.");
});

it("so is a port that is taken, a profile and a calendar that are not right, and a file that cannot be opened", async () => {
  expect(explainFault(new PortTaken("127.0.0.1", 8080))).toMatch(/^Port 8080 .*PORT=8081\.$/);
  expect(explainFault(thrownBy(() => loadProfile("medan")))).toMatch(/^reading profile "medan":\n.*no such profile/);
  expect(explainFault(thrownBy(() => loadCalendar("Asia/Jakarta", "/nowhere")))).toMatch(/^reading the calendar:\n.*$/);
  expect(explainFault(await readFile("/nowhere/at-all").catch((fault: unknown) => fault))).toMatch(/^ENOENT: .*$/);
});

it("a defect is told with its stack, and what is no error as it is", () => {
  expect(explainFault(new TypeError("of a programmer"))).toMatch(/^TypeError: of a programmer\n {4}at /);
  expect(explainFault("a text")).toBe("a text");
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (fault) {
    return fault;
  }
}
