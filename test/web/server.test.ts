import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { connect } from "../../core/db/database.ts";
import { migrate } from "../../core/db/migrate.ts";
import { findMonitorLook, isWebAway, markLook } from "../../core/db/monitoring/last-look.ts";
import { insertSamples } from "../../core/db/monitoring/monitor-samples.ts";
import { watchMonitorLook } from "../../web/monitor-look.ts";
import { health } from "../../web/routes/health.ts";
import { type Lifecycle, openRoutes } from "../../web/server.ts";
import { silent } from "../bot/support.ts";
import { until } from "../e2e/support/until.ts";
import { emptyDatabase } from "../support/database.ts";
import { answer } from "../support/monitoring.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { query } from "../support/server.ts";
import { withTargets } from "../support/watched.ts";

let office: TestOffice;
let lifecycle: Lifecycle;
let lastPollAt: Date | undefined;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  lifecycle = "running";
  lastPollAt = new Date();
});

async function get(path: string, db = office.db) {
  const app = openRoutes({ db, lifecycle: () => lifecycle, lastPollAt: () => lastPollAt, log: silent });
  return app.request(path);
}

/** Nobody listens there. */
function lostDatabase() {
  return connect({ host: "127.0.0.1", port: 1, user: "nobody" }, { as: "application", max: 1 }).db;
}

describe("/healthz", () => {
  it("is 200 while the bot hears", async () => {
    lastPollAt = new Date(Date.now() - 60_000);
    const answer = await get("/healthz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok", lastPollAgeSeconds: 60, lastLookAgeSeconds: null });
  });

  it("is 503 when no poll came through for longer than 150 seconds", async () => {
    lastPollAt = new Date(Date.now() - 152_000);
    const answer = await get("/healthz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: "deaf", lastPollAgeSeconds: 152, lastLookAgeSeconds: null });
  });

  it("gives the first poll time to come", async () => {
    lastPollAt = undefined;
    const answer = await get("/healthz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok", lastPollAgeSeconds: null, lastLookAgeSeconds: null });
  });
});

describe("/healthz of the monitor", () => {
  const started = new Date("2026-11-28T03:00:00Z");
  const later = (seconds: number) => new Date(started.getTime() + seconds * 1_000);

  test.each([
    ["looks", 300, { lookedAt: later(295) }, 200, { status: "ok", lastLookAgeSeconds: 5 }],
    [
      "has stood for longer than a minute",
      300,
      { lookedAt: later(230) },
      503,
      { status: "monitor stopped", lastLookAgeSeconds: 70 },
    ],
    ["never looked", 300, { lookedAt: null }, 503, { status: "monitor stopped", lastLookAgeSeconds: null }],
    ["begins beside the pages", 50, { lookedAt: later(-900) }, 200, { status: "ok", lastLookAgeSeconds: 950 }],
    ["has nothing to watch", 300, undefined, 200, { status: "ok", lastLookAgeSeconds: null }],
  ])("that %s", async (_what, seconds, look, status, says) => {
    let now = started;
    const app = new Hono();
    app.get(
      "/healthz",
      health({ lastPollAt: () => now, monitorLook: () => look }, () => now),
    );
    now = later(seconds);
    const answer = await app.request("/healthz");
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(says);
  });

  it("is asked of the database, where something is to be watched, and the pages say there that they run", async () => {
    const nothing = await findMonitorLook(office.db);
    await withTargets(office).put("Trunk");
    const never = await findMonitorLook(office.db);
    await markLook(office.db, started);
    const monitor = watchMonitorLook({ db: office.db, setting: (now) => office.setting(now), log: silent });
    await until("it was asked", () => monitor.look() !== undefined);
    monitor.stop();
    expect([nothing, never, monitor.look()]).toEqual([undefined, { lookedAt: null }, { lookedAt: started }]);
    expect(await isWebAway(office.db, new Date())).toBe(false);
    expect(await isWebAway(office.db, new Date(Date.now() + 20_000))).toBe(true);
  });
});

describe("looking at the monitor", () => {
  it("logs a fault once, until it is well again", async () => {
    const logged: unknown[] = [];
    const log = { error: (...said: unknown[]) => logged.push(said) } as unknown as typeof silent;
    let asked = 0;
    const setting = () => {
      asked += 1;
      throw new Error("no setting");
    };
    const monitor = watchMonitorLook({ db: office.db, setting, log, everyMs: 1 });
    await until("it was asked again", () => asked > 2);
    monitor.stop();
    expect(logged).toMatchObject([[{ fault: expect.anything() }, "looking at the monitor failed"]]);
  });
});

describe("/readyz", () => {
  it("is 200 while work that comes in is done", async () => {
    const answer = await get("/readyz");
    expect(await answer.json()).toEqual({
      status: "ready",
      checks: { process: "ok", database: "ok", migrations: "ok" },
    });
    expect(answer.status).toBe(200);
  });

  it.each<Lifecycle>(["starting", "stopping"])("is 503 while the process is %s", async (stage) => {
    lifecycle = stage;
    const answer = await get("/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: "not ready", checks: { process: stage, database: "ok" } });
  });

  it("is 503 while the database does not answer, and says why", async () => {
    const answer = await get("/readyz", lostDatabase());
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      checks: { process: "ok", database: expect.stringContaining("ECONNREFUSED"), migrations: "not known" },
    });
  });

  it("is 503 over a database of a newer version, and over one of an older", async () => {
    const { config, drop } = await emptyDatabase();
    await migrate(config);
    const owner = connect(config, { as: "owner", max: 1 });
    const migrations = async () => {
      const answer = await get("/readyz", owner.db);
      return { status: answer.status, ...((await answer.json()) as { checks: { migrations: string } }).checks };
    };
    const removed = await query(
      config,
      "delete from migration where name = (select max(name) from migration) returning name",
    );

    const older = await migrations();
    await query(config, "insert into migration (name, sha256) values ('900-later.sql', '')");
    const newer = await migrations();
    await owner.close();
    await drop();

    expect(older).toMatchObject({ status: 503, migrations: `not applied yet: ${removed.rows[0]?.name}` });
    expect(newer).toMatchObject({ status: 503, migrations: expect.stringContaining("900-later.sql") });
  });
});

describe("/metrics", () => {
  it("tells how the desk stands, in Prometheus' words", async () => {
    await office.file();
    lastPollAt = new Date(Date.now() - 10_000);

    const answer = await get("/metrics");
    const text = await answer.text();

    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(text).toContain("# HELP simpul_tickets_open Open tickets.\n# TYPE simpul_tickets_open gauge");
    expect(text).toMatch(/^simpul_tickets_open\{procedure="application-trouble",state="filed"\} 1$/m);
    expect(text).toMatch(/^simpul_inbox_pending 0$/m);
    expect(text).toMatch(/^simpul_outbox_pending [1-9]\d*$/m);
    expect(text).toMatch(/^simpul_journal_unsealed [1-9]\d*$/m);
    expect(text).toMatch(/^simpul_last_poll_age_seconds 10\.\d+$/m);
    expect(text).toMatch(/^simpul_database_up 1$/m);
    expect(text).toMatch(/^simpul_database_round_trip_seconds 0\.\d+$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it("tells how many checks began late, so that what waits for a place is seen", async () => {
    await markLook(office.db, new Date(), { uplink: "up", lateChecks: 7 });
    expect(await (await get("/metrics")).text()).toMatch(/^simpul_monitor_late_checks 7$/m);
  });

  it("holds nobody's name and no words of people", async () => {
    const text = await (await get("/metrics")).text();

    for (const { name } of Object.values(office.people)) expect(text).not.toContain(name);
    expect(text).not.toContain("SIMPEG");
  });

  it("tells of each target how it stands, by id, name and office, and no address", async () => {
    const { put, record } = withTargets(office);
    const name = 'Link "Dinkes"\\utama';
    const { targetId, checkId } = await put(name, { kind: "link", officeCode: "Dinkes", address: "10.9.8.7" });
    await put("Belum ditanya");
    await record(10, { up: [checkId] });
    const endsAt = new Date(Date.now() + 20.5 * 86_400_000);
    const sample = { ...answer(0), checkId, at: new Date(Date.now() - 30_000), certificateEndsAt: endsAt };
    await office.act((tx) => insertSamples(tx, [sample]));

    const text = await (await get("/metrics")).text();

    const labels = `target="${targetId}",name="Link \\"Dinkes\\"\\\\utama",kind="link",office="Dinkes"`;
    expect(text).toContain(`simpul_target_state{${labels},state="up"} 1`);
    expect(text).toContain(`simpul_target_latency_seconds{${labels}} 0.001`);
    expect(text).toContain(`simpul_target_loss_ratio{${labels}} 0`);
    expect(text).toContain(`simpul_target_outages{${labels}} 0`);
    expect(text).toMatch(/^simpul_target_last_sample_age_seconds\{.*\} 3\d\.\d+$/m);
    expect(text).toMatch(/^simpul_target_certificate_days\{.*utama".*\} 20\.4\d+$/m);
    expect(text).not.toMatch(/^simpul_target_certificate_days\{.*Belum ditanya/m);
    expect(text).toMatch(/^simpul_target_state\{.*name="Belum ditanya",kind="device",office="",state="unknown"\} 1$/m);
    expect(text).not.toMatch(/^simpul_target_latency_seconds\{.*Belum ditanya/m);
    expect(text).not.toContain("10.9.8.7");
  });

  it("has each of its own in the operator's table", async () => {
    const text = await (await get("/metrics")).text();
    const own = [...text.matchAll(/^# TYPE (simpul_\w+)/gm)].map(([, name]) => name);
    const table = await readFile("docs/operations.md", "utf8");

    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((name) => !table.includes(`| \`${name}\``))).toEqual([]);
  });

  it("still tells of the process while the database does not answer", async () => {
    const text = await (await get("/metrics", lostDatabase())).text();

    expect(text).toMatch(/^simpul_database_up 0$/m);
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).not.toContain("simpul_tickets_open");
  });
});
