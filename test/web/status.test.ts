import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { planMaintenance } from "../../core/actions/monitoring/maintenance-windows.ts";
import { markLook } from "../../core/db/monitoring/last-look.ts";
import { listChecksOf } from "../../core/db/monitoring/monitor-checks.ts";
import { findTargetNamed } from "../../core/db/monitoring/monitor-targets.ts";
import { openRoutes } from "../../web/server.ts";
import { silent } from "../bot/support.ts";
import { accepted } from "../support/ipam.ts";
import { testMonitoring } from "../support/monitoring-rules.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { withTargets } from "../support/watched.ts";

const hostile = `<script>alert("x")</script>&'`;

let office: TestOffice;
let targets: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  targets = withTargets(office);
  const trunk = await targets.put("Trunk rahasia 4700-1", { kind: "link", address: "10.9.8.7" });
  const behind = trunk.targetId;
  const site = await targets.put("Kantor Dinkes", { kind: "site", officeCode: "Dinkes", behind, address: "10.9.8.6" });
  const simpeg = await targets.put(hostile, { kind: "application", address: "10.9.8.5" });
  await targets.put("router-inti", { address: "10.9.8.4" });
  await targets.record(0, { up: [trunk.checkId, site.checkId, simpeg.checkId] });
  for (const seconds of [10, 20]) await targets.record(seconds, { up: [simpeg.checkId], down: [site.checkId] });
  const { infrastructure } = office.people;
  const answers = { until: "besok 15.00", reason: "Ganti router 10.9.8.7 oleh Budi" };
  const input = { targetId: trunk.targetId, answers };
  accepted(await office.act((tx) => planMaintenance(tx, infrastructure, office.setting(new Date()), input)));
});
afterAll(() => office.close());

let publicPage: typeof testMonitoring.publicPage;
beforeEach(() => {
  publicPage = ["applications", "offices"];
});

function open(db = office.db) {
  const monitoring = () => ({ ...testMonitoring, publicPage });
  const setting = (now: Date) => office.setting(now, { monitoring: monitoring() });
  const links = { setting, zoneLabel: "WIB", regency: "Kabupaten Labuhanbatu Utara", filesFolder: "/nowhere" };
  return openRoutes({
    ...{ db, lifecycle: () => "running" as const, lastPollAt: () => new Date(), log: silent },
    links: { ...links, freeBytes: async () => 0, takeToken: async () => true },
  });
}

async function checkOf(name: string): Promise<number> {
  const target = await findTargetNamed(office.db, name);
  const [check] = await listChecksOf(office.db, target?.id ?? 0);
  return check?.id ?? 0;
}

test("the public page says what is down since when, what is normal, and what is planned", async () => {
  const answer = await open().request("/status");
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text).toContain("<strong>1 layanan terputus.</strong>");
  expect(text).toMatch(/<strong>Dinas Kesehatan<\/strong>: 🔴 Terputus, sejak .* WIB/);
  expect(text).toMatch(/🛠 Pemeliharaan sampai .* 15\.00 WIB/);
  expect(text).toContain(": 🟢 Normal");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=10");
});

test("it holds no address, link, device, reason or person, no script, and names are words", async () => {
  const text = await (await open().request("/status")).text();
  for (const word of ["10.9.8", "Trunk", "4700", "router", "Kantor Dinkes", "Budi"]) expect(text).not.toContain(word);
  expect(text).not.toContain("<script");
  expect(text).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;");
});

test("jobs stand apart, with words of their own, and what is kept off the page is not there", async () => {
  publicPage = ["applications", "offices", "jobs"];
  const job = await targets.put("Backup SIMPEG", { kind: "job" });
  const { targetId } = await targets.put("Rahasia", { kind: "application", answers: { public: "no" } });
  await targets.record(0, { up: [job.checkId] });
  for (const seconds of [10, 20]) await targets.record(seconds, { down: [job.checkId] });
  const text = await (await open().request("/status")).text();
  expect(text).toContain("<strong>1 layanan terputus. 1 pekerjaan berkala tidak berkabar.</strong>");
  expect(text).toMatch(
    /<h2>Pekerjaan berkala<\/h2>\s*<ul class="services">\s*<li><strong>Backup SIMPEG<\/strong>: 🔴 Tidak berkabar, sejak/,
  );
  expect(text).not.toContain("Rahasia");
  publicPage = ["applications", "offices"];
  expect(await (await open().request("/status")).text()).not.toContain("Backup SIMPEG");
  await office.db.deleteFrom("monitor_check_state").where("check_id", "=", job.checkId).execute();
  await office.db
    .updateTable("monitor_target")
    .set({ removed_at: new Date() })
    .where("id", "in", [job.targetId, targetId])
    .execute();
});

test("it loads nothing but our style", async () => {
  const answer = await open().request("/status");
  expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'; style-src 'self'/);
  expect(await answer.text()).toContain('href="assets/pages.css"');
});

test("it is made once for many who look within some seconds", async () => {
  const app = open();
  const first = await (await app.request("/status")).text();
  await office.db.updateTable("office").set({ name: "Dinkes Baru" }).where("code", "=", "Dinkes").execute();
  try {
    expect(await (await app.request("/status")).text()).toBe(first);
    expect(await (await open().request("/status")).text()).toContain("Dinkes Baru");
  } finally {
    await office.db.updateTable("office").set({ name: "Dinas Kesehatan" }).where("code", "=", "Dinkes").execute();
  }
});

test("a fault is told, and not kept: the next who looks sees how it is", async () => {
  const app = open();
  await sql`alter table maintenance_window rename to window_away`.execute(office.database.owner);
  try {
    expect((await app.request("/status")).status).toBe(500);
  } finally {
    await sql`alter table window_away rename to maintenance_window`.execute(office.database.owner);
  }
  expect((await app.request("/status")).status).toBe(200);
});

test("it says since when nobody has looked, and counts what is not known", async () => {
  await targets.look(30);
  const stopped = await (await open().request("/status")).text();
  expect(stopped).toContain("Pemantau tidak berjalan sejak 22 Nov 2026 09.00 WIB.");
  await targets.record(40, { down: [await checkOf("Kantor Dinkes")] }, "down");
  await office.act((tx) => markLook(tx, new Date()));
  const running = await (await open().request("/status")).text();
  expect(running).not.toContain("Pemantau tidak berjalan");
  expect(running).toContain("<strong>1 layanan tidak diketahui keadaannya.</strong>");
});

test("there is none unless the profile says so", async () => {
  publicPage = [];
  expect((await open().request("/status")).status).toBe(404);
});
