import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "../../core/db/migrate.ts";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import type { Intercept } from "../../telegram-server/server.ts";
import { query, WITHOUT_SYNC } from "../support/server.ts";
import { copyInstalledCheckout, temporaryFolder } from "./support/folders.ts";
import { ordinaryUser } from "./support/ordinary-user.ts";
import { openRedis } from "./support/redis.ts";
import { npmDoctor, npmStart } from "./support/simpul.ts";
import { openTelegram, stranger, withClock } from "./support/telegram.ts";
import { until } from "./support/until.ts";

const token = `4242:${"a-token-of-this-test".repeat(2)}`;
const problem = (line: string) => !line.startsWith("ok ");

test("a healthy installation is all ok, while it runs and while it does not", async () => {
  const user = ordinaryUser();
  await using telegram = await openTelegram(token);
  await using redis = await openRedis();
  await using folder = await temporaryFolder({ owner: user });
  await chmod(new URL(redis.url).pathname, 0o777); // for the user who runs Simpul here
  const cwd = join(folder.path, "simpul");
  await mkdir(cwd);
  await copyInstalledCheckout(cwd, user);
  const home = join(folder.path, "home");
  await mkdir(home, { mode: 0o700 });
  await chown(home, user.uid, user.gid);
  const env = {
    SIMPUL_HOME: home,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: telegram.url,
    REDIS_URL: redis.url,
  };
  const options = { cwd, env, as: { ...user, home: folder.path } };
  await using simpul = npmStart(options);
  const address = await simpul.isReady();
  telegram.people.start(stranger); // ends a poll that would last 50 s
  await until("a poll has come through", async () => {
    const { lastPollAgeSeconds } = (await (await fetch(new URL("healthz", address))).json()) as Record<string, unknown>;
    return lastPollAgeSeconds !== null;
  });
  expect((await fetch(new URL("readyz", address))).status).toBe(200);
  expect(await (await fetch(new URL("metrics", address))).text()).toMatch(/^simpul_database_up 1$/m);

  const whileItRuns = await npmDoctor(options);
  simpul.interrupt();
  await simpul.hasEnded();
  const whileItDoesNot = await npmDoctor(options);

  expect(whileItRuns.findings.filter(problem)).toEqual([]);
  expect(whileItRuns.output).toMatch(/^ok {4}polling +a Simpul runs here; Telegram last came through \d+ s ago$/m);
  expect(whileItDoesNot.findings.filter(problem)).toEqual([]);
  expect(whileItDoesNot.output).toMatch(/^ok {4}polling +nobody else polled for 15 s/m);
  expect(whileItDoesNot.output).toMatch(/^ok {4}migrations +those of this version$/m);
  expect([whileItRuns.code, whileItDoesNot.code]).toEqual([0, 0]);
});

test("root over the folder of a Simpul that runs as another account learns which, and changes nothing there", async () => {
  const user = ordinaryUser();
  await using folder = await temporaryFolder({ owner: user });
  await chmod(folder.path, 0o711); // as /var/lib: the account of root's server may pass
  const cwd = join(folder.path, "simpul");
  await mkdir(cwd);
  await copyInstalledCheckout(cwd, user);
  const home = join(folder.path, "home");
  const env = { SIMPUL_HOME: home };
  await using simpul = npmStart({ cwd, env, as: { ...user, home: folder.path } });
  const address = await simpul.isReady();
  const before = await rightsIn(home);

  const doctor = await npmDoctor({ env });
  await using second = npmStart({ env });
  const { code } = await second.hasEnded();

  expect(doctor.output).toContain(
    `fail  folder        ${home} belongs to the user with id 1000\n      fix: run doctor as the account that runs Simpul: sudo -u '#1000' npm run doctor\n`,
  );
  expect(doctor.output).toMatch(
    /^fail {2}database +.*belongs to another account\n {6}fix: .*sudo -u '#1000' npm run doctor$/m,
  );
  expect(doctor.code).toBe(1);
  expect(second.output()).toContain(`Simpul could not start. The folder ${home} belongs to the user with id 1000: `);
  expect(second.output()).not.toMatch(/^ {4}at /m);
  expect(code).toBe(1);
  expect(await rightsIn(home)).toEqual(before);
  expect((await fetch(new URL("readyz", address))).status).toBe(200);
});

/** Mode and owner of the folder and of what lies directly in it. */
async function rightsIn(home: string): Promise<Record<string, string>> {
  const names = ["", ...(await readdir(home)).sort()];
  const rights = names.map(async (name) => {
    const { mode, uid, gid } = await stat(join(home, name));
    return [name, `${(mode & 0o777).toString(8)} ${uid}:${gid}`];
  });
  return Object.fromEntries(await Promise.all(rights));
}

test("a wrong token, and root with a token", async () => {
  await using telegram = await openTelegram(token);
  await using home = await temporaryFolder();
  const wrong = `4242:${"another-token-of-no-bot".repeat(2)}`;

  const { code, output } = await npmDoctor({
    env: { SIMPUL_HOME: home.path, TELEGRAM_BOT_TOKEN: wrong, TELEGRAM_API_ROOT: telegram.url },
  });

  expect(output).toMatch(/^fail {2}token +Telegram does not know it\n {6}fix: .*@BotFather/m);
  expect(output).toMatch(/^warn {2}account +root runs Simpul with a bot's token\n {6}fix: .*User=simpul/m);
  expect(output).not.toContain(wrong.slice(5));
  expect(code).toBe(1);
});

test("another poller", async () => {
  await using telegram = await openTelegram(token);
  await using otherHome = await temporaryFolder();
  await using home = await temporaryFolder();
  const env = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url };
  await using other = npmStart({ env: { ...env, SIMPUL_HOME: otherHome.path } });
  await other.isReady();

  const { code, output } = await npmDoctor({ env: { ...env, SIMPUL_HOME: home.path } });

  expect(output).toMatch(/^fail {2}polling +another program polls with this token\n {6}fix: stop the other program/m);
  expect(output).not.toContain(token);
  expect(code).toBe(1);
});

test("a webhook that is set", async () => {
  const url = "https://old.labura.go.id/hook";
  const conflict =
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
  const withWebhook: Intercept = async ({ method }) => {
    if (method === "getWebhookInfo") return { status: 200, body: { ok: true, result: { url } } };
    if (method === "getUpdates") return { status: 409, body: { ok: false, error_code: 409, description: conflict } };
    return undefined;
  };
  await using telegram = await openTelegram(token, withWebhook);
  await using home = await temporaryFolder();

  const { code, output, findings } = await npmDoctor({
    env: { SIMPUL_HOME: home.path, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.url },
  });

  expect(output).toMatch(
    /^warn {2}webhook +one is set to old\.labura\.go\.id: the start of Simpul changes it\n {6}fix: see that no other/m,
  );
  expect(findings.filter((line) => line.includes("polling"))).toEqual([]);
  expect(code).toBe(0);
});

test("a clock that is off", async () => {
  await using telegram = await openTelegram(token);
  await using ahead = await withClock(telegram, 10 * 60_000);
  await using home = await temporaryFolder();

  const { code, output } = await npmDoctor({
    env: { SIMPUL_HOME: home.path, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: ahead.url },
  });

  expect(output).toMatch(/^fail {2}clock +(599|600) s behind that of Telegram\n {6}fix: timedatectl/m);
  expect(output).toMatch(/^ok {4}polling/m);
  expect(code).toBe(1);
});

test("a database of a newer version, of which nothing is changed", async () => {
  await using home = await temporaryFolder();
  const newer = await openEmbeddedPostgres({ home: home.path, ...WITHOUT_SYNC });
  await migrate(newer.config);
  await query(newer.config, "insert into migration (name, sha256) values ('900-of-next-year.sql', 'x')");
  await newer.stop();

  const { code, output } = await npmDoctor({ env: { SIMPUL_HOME: home.path } });

  expect(output).toMatch(
    /^fail {2}migrations +the database is newer than this version: it has 900-of-next-year\.sql\n {6}fix: start the newer version/m,
  );
  expect(code).toBe(1);
  const again = await openEmbeddedPostgres({ home: home.path, ...WITHOUT_SYNC });
  const { rows } = await query(again.config, "select max(name) as name from migration");
  await again.stop();
  expect(rows).toEqual([{ name: "900-of-next-year.sql" }]);
  expect(again.attached).toBe(false);
});

test("a disk that is nearly full", async () => {
  await using folder = await temporaryFolder();
  const disk = join(folder.path, "disk");
  await mkdir(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m,mode=711", "tmpfs", disk]);
  try {
    const { code, output } = await npmDoctor({ env: { SIMPUL_HOME: join(disk, "simpul") } });

    expect(output).toMatch(/^fail {2}disk +nearly full: 64 MB free of 64 MB .*\n {6}fix: make room/m);
    expect(code).toBe(1);
  } finally {
    execFileSync("umount", [disk]);
  }
});

test("a folder that others may read, and it is not mended by looking", async () => {
  await using home = await temporaryFolder();
  const postgres = await openEmbeddedPostgres({ home: home.path, ...WITHOUT_SYNC });
  await postgres.stop();
  await chmod(home.path, 0o755);
  await chmod(join(home.path, "postgres.password"), 0o644);

  const { code, output, findings } = await npmDoctor({ env: { SIMPUL_HOME: home.path } });
  const again = await npmDoctor({ env: { SIMPUL_HOME: home.path } });

  expect(output).toContain(
    `folder        ${home.path} is open to others (mode 755)\n      fix: chmod 711 ${home.path}\n`,
  );
  expect(output).toContain(`${home.path}/postgres.password is open to others (mode 644)\n      fix: chmod go-rwx`);
  expect(code).toBe(1);
  expect(again.findings.filter(problem)).toEqual(findings.filter(problem));
});

test("a wrong environment ends with code 2", async () => {
  const { code, output } = await npmDoctor({ env: { REDIS_URL: "http://:secret-of-redis@127.0.0.1/" } });

  expect(output).toContain("REDIS_URL must be");
  expect(output).not.toContain("secret-of-redis");
  expect(code).toBe(2);
});
