import { chmod, chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ExpectStatic, test } from "vitest";
import { loadCalendar } from "../../config/calendar.ts";
import { loadProfile } from "../../config/profile.ts";
import { makeLinkCode } from "../../core/actions/people/link-account.ts";
import { connect } from "../../core/db/database.ts";
import { findOfficeByCode } from "../../core/db/people/offices.ts";
import { addRole, insertPerson } from "../../core/db/people/people.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { rulesOf } from "../../parts/office.ts";
import { openTelegramServer } from "../../telegram-server/server.ts";
import { copyInstalledCheckout, temporaryFolder } from "./support/folders.ts";
import { ordinaryUser } from "./support/ordinary-user.ts";
import { playgroundAt } from "./support/playground.ts";
import { openPostgres15 } from "./support/postgres-15.ts";
import { processesOn } from "./support/processes.ts";
import { openRedis } from "./support/redis.ts";
import { npmPart } from "./support/simpul.ts";
import { until } from "./support/until.ts";

/** docs/operations.md, "Separate processes", as an operator does it who reads no more than that. */

const token = `4242:${"a-token-of-this-test".repeat(2)}`;
const melati = "Melati";
const siti = "Siti Aminah";
const dewi = "Dewi Lestari";

test("two bots, a web and two workers do the desk's work, also after the bot that polls is killed", async ({
  expect,
}) => {
  const user = ordinaryUser();
  await using folder = await temporaryFolder({ owner: user });
  const cwd = join(folder.path, "simpul");
  const home = join(folder.path, "home");
  await mkdir(cwd);
  await mkdir(home, { mode: 0o700 });
  await chown(home, user.uid, user.gid);
  await copyInstalledCheckout(cwd, user);
  await using postgres = await openPostgres15();
  await using redis = await openRedis();
  await chmod(new URL(redis.url).pathname, 0o777); // for the user who runs Simpul here
  await using telegram = await openTelegram();
  const chat = playgroundAt(telegram.url);
  const env = {
    ...{ SIMPUL_HOME: home, DATABASE_URL: postgres.url, REDIS_URL: redis.url },
    ...{ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url },
  };
  const start = (name: "bot" | "web" | "worker") => npmPart(name, { cwd, env, as: { ...user, home: folder.path } });
  await using poller = start("bot");
  await using web = start("web");
  await using worker = start("worker");
  await using otherWorker = start("worker");
  await poller.isReady();
  await using standby = start("bot");
  const address = await web.isReady();
  const others = [web, worker, otherWorker, standby];
  await Promise.all(others.map((part) => part.isReady()));
  for (const lock of ["poller", "sender"])
    await until(`the second bot waits for the lock of the ${lock}`, () =>
      new RegExp(`"lock":"${lock}".*waiting to take over`).test(standby.output()),
    );

  // The first code that was printed, though the second bot has printed another one since.
  const code = /Administrator 1 is not linked yet: send the bot {2}\/start (\S+)/.exec(poller.output())?.[1];
  await chat.say(melati, `/start ${code}`);
  await chat.sees(melati, "Selamat datang, Administrator 1");
  for (const [name, role] of [
    [siti, "user"],
    [dewi, "help-desk"],
  ] as const) {
    await chat.say(name, `/start ${await register(postgres.url, name, role)}`);
    await chat.sees(name, `Selamat datang, ${name}`);
  }
  await chat.press(siti, "Lapor gangguan aplikasi");
  await chat.press(siti, "SIMPEG");
  await chat.asks(siti, "Apa yang terjadi?");
  await chat.say(siti, "Layar putih setelah masuk.");
  await chat.press(siti, "Baru saja");
  await chat.press(siti, "Lanjut");
  await chat.press(siti, "Kirim");
  await chat.sees(siti, "Tiket Anda sudah diterima");

  poller.killAll();
  await chat.press(dewi, "Balas ke pemohon");
  await chat.asks(dewi, "Tulis");
  await chat.say(dewi, "Coba masuk sekali lagi.");

  await chat.sees(siti, "Coba masuk sekali lagi.");
  await expectHealthy(expect, address);
  expect(await poller.hasEnded()).toMatchObject({ signal: "SIGKILL" });
  for (const part of others) part.terminate();
  const ends = await Promise.all(others.map((part) => part.hasEnded()));
  expect(ends).toEqual(Array(4).fill({ code: 0, signal: null }));
  expect(await processesOn(cwd)).toEqual([]);
});

/** By its pages the bot hears, all that came is handled and said, and of two workers one has sealed the journal. */
async function expectHealthy(expect: ExpectStatic, address: string): Promise<void> {
  const at = (path: string) => fetch(new URL(path, address));
  const figures = async () => {
    const text = await (await at("metrics")).text();
    const numbers = [...text.matchAll(/^simpul_(\w+?)(?:\{procedure="(.+)",state="filed"\})? (\d+)$/gm)];
    return Object.fromEntries(numbers.map(([, name, label = name, number]) => [label, Number(number)]));
  };
  await expect.poll(figures, { timeout: 30_000 }).toMatchObject({
    ...{ inbox_pending: 0, inbox_parked: 0, outbox_pending: 0, outbox_dead: 0 },
    ...{ journal_unsealed: 0, "application-trouble": 1 },
  });
  expect((await figures()).journal_chain_number).toBeGreaterThan(0);
  expect((await at("healthz")).status).toBe(200);
  expect((await at("readyz")).status).toBe(200);
}

async function openTelegram() {
  const server = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [melati, siti, dewi].map((name, index) => ({ id: 1001 + index, firstName: name })),
  });
  const { url } = await server.listen(0, "127.0.0.1");
  return { url, [Symbol.asyncDispose]: () => server.close() };
}

/** As an administrator does it in the chat. @returns the code for the person's account */
async function register(databaseUrl: string, name: string, role: Role): Promise<string> {
  const profile = loadProfile("labura");
  const rules = rulesOf(profile, loadCalendar(profile.timezone));
  const now = new Date();
  const { db, close } = connect({ connectionString: databaseUrl }, { as: "application", max: 1 });
  const code = await db.transaction().execute(async (tx) => {
    const { id: officeId } = await findOfficeByCode(tx, profile.itOffice);
    const personId = await insertPerson(tx, { name, nip: null, officeId, now });
    await addRole(tx, { personId, role, grantedBy: null, now });
    return makeLinkCode(tx, personId, null, { now, rules });
  });
  await close();
  return code;
}
