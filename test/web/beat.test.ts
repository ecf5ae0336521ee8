import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openSecret } from "../../core/actions/hosting/one-time-secret.ts";
import { renewBeatAddress } from "../../core/actions/monitoring/heartbeats.ts";
import { lookAround } from "../../core/actions/monitoring/look-around.ts";
import { addCheck, addTarget, pauseTarget, removeCheck, removeTarget } from "../../core/actions/monitoring/targets.ts";
import { findTokenTime } from "../../core/db/monitoring/heartbeats.ts";
import { listChecksOf } from "../../core/db/monitoring/monitor-checks.ts";
import { findTarget } from "../../core/db/monitoring/monitor-targets.ts";
import { accepted } from "../support/ipam.ts";
import { minutesAfter, openOffice, type TestOffice } from "../support/office.ts";
import { openLinkPages } from "../support/uploads.ts";
import { withTargets } from "../support/watched.ts";

let office: TestOffice;
let pages: Awaited<ReturnType<typeof openLinkPages>>;
let targets: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  pages = await openLinkPages(office);
  targets = withTargets(office);
});
afterAll(async () => {
  await pages.close();
  await office.close();
});
beforeEach(async () => {
  pages.world.now = undefined;
  pages.told.length = 0;
  pages.forgetRates();
  await office.takeMail();
});

let sequence = 0;
const answers = { check: "heartbeat", "every-minutes": "60", "grace-minutes": "10" };

/** The page of the newest offered secret, opened. */
async function openAddress(): Promise<string> {
  const mail = await office.takeMail();
  const link = mail.findLast(({ kind }) => kind === "secret-offered")?.link;
  const token = new URL(String(link)).pathname.split("/").at(-1) ?? "";
  const opened = await office.act((tx) => openSecret(tx, office.setting(new Date()), { token }));
  return new URL(accepted(opened).secret).pathname;
}

/** A target with nothing but a heartbeat. @returns where it beats */
async function beating() {
  sequence += 1;
  const { targetId, checkId: ping } = await targets.put(`Backup ${sequence}`, { kind: "job" });
  const { infrastructure } = office.people;
  const setting = office.setting(new Date());
  await office.act((tx) => removeCheck(tx, infrastructure, setting, { checkId: ping }));
  accepted(await office.act((tx) => addCheck(tx, infrastructure, setting, { targetId, answers })));
  const [check] = await listChecksOf(office.db, targetId);
  return { targetId, checkId: check?.id ?? 0, path: await openAddress() };
}

const madeAt = async (checkId: number) => (await findTokenTime(office.db, checkId))?.toISOString() ?? null;

/** @param formerAt of the address that the person saw; absent: the present one */
async function renew(person: TestOffice["people"]["requester"], checkId: number, formerAt?: string | null) {
  const input = { checkId, formerAt: formerAt === undefined ? await madeAt(checkId) : formerAt };
  return office.act((tx) => renewBeatAddress(tx, person, office.setting(new Date()), input));
}

/** Of the pages that were offered since mail was taken last. */
const offeredTokens = async () =>
  (await office.takeMail())
    .filter(({ kind }) => kind === "secret-offered")
    .map(({ link }) => new URL(String(link)).pathname.split("/").at(-1) ?? "");

/** Of what nobody has opened yet. */
async function titles() {
  const rows = await office.db.selectFrom("one_time_secret").select("title").where("sealed", "is not", null).execute();
  return rows.map(({ title }) => title).toSorted();
}

const stateOf = async (targetId: number) => (await targets.states()).get(targetId);
const look = (now: Date) => office.act((tx) => lookAround(tx, office.setting(now), { since: minutesAfter(now, -999) }));
const samplesOf = async (checkId: number) =>
  office.db.selectFrom("monitor_sample").select(["is_ok", "problem"]).where("check_id", "=", checkId).execute();

describe("a heartbeat", () => {
  it.each(["GET", "POST"])("beats by %s, whatever it sends along", async (method) => {
    const { path, targetId, checkId } = await beating();
    expect(await stateOf(targetId)).toBe("unknown");
    const body = method === "POST" ? { body: "; drop table outage" } : {};
    const answer = await pages.request(path, { method, ...body });
    expect([answer.status, await answer.text()]).toEqual([200, "OK\n"]);
    expect(await stateOf(targetId)).toBe("up");
    expect(await samplesOf(checkId)).toEqual([{ is_ok: true, problem: null }]);
  });

  it("that does not come in time is an outage since then, and over with the next one", async () => {
    const { path, targetId, checkId } = await beating();
    const begun = new Date();
    await pages.request(path);
    await look(minutesAfter(begun, 69));
    expect(await stateOf(targetId)).toBe("up");
    await look(minutesAfter(begun, 71));
    await look(minutesAfter(begun, 72));
    expect(await stateOf(targetId)).toBe("down");
    expect(await samplesOf(checkId)).toContainEqual({ is_ok: false, problem: "no-heartbeat" });

    pages.world.now = minutesAfter(begun, 73);
    expect((await pages.request(path)).status).toBe(200);
    expect(await stateOf(targetId)).toBe("up");
  });

  it("has another address once that is renewed, and the former one is good no more", async () => {
    const { path, checkId } = await beating();
    const { infrastructure, requester } = office.people;
    const former = await madeAt(checkId);
    expect(await renew(requester, checkId)).toMatchObject({ refusal: { code: "not-your-role" } });
    accepted(await renew(infrastructure, checkId));
    const renewed = await openAddress();
    expect(renewed).not.toBe(path);
    expect((await pages.request(path)).status).toBe(404);
    expect((await pages.request(renewed)).status).toBe(200);
    // A second press, or a page that somebody else has open.
    expect(await renew(infrastructure, checkId, former)).toMatchObject({ refusal: { code: "beat-renewed-meanwhile" } });
    expect((await pages.request(renewed)).status).toBe(200);
  });

  it("that is awaited no more has no address, and one that is paused is answered and not kept", async () => {
    const { path, targetId, checkId } = await beating();
    const { infrastructure } = office.people;
    const version = (await findTarget(office.db, targetId))?.version ?? 0;
    const paused = { targetId, version, isPaused: true };
    accepted(await office.act((tx) => pauseTarget(tx, infrastructure, office.setting(new Date()), paused)));
    expect((await pages.request(path)).status).toBe(200);
    expect(await samplesOf(checkId)).toEqual([]);
    accepted(await office.act((tx) => removeCheck(tx, infrastructure, office.setting(new Date()), { checkId })));
    expect((await pages.request(path)).status).toBe(404);
    expect(await renew(infrastructure, checkId)).toMatchObject({ refusal: { code: "no-such-check" } });
  });

  it("shows each address on a page of its own, and on no page one that is good no more", async () => {
    const { targetId, checkId } = await beating();
    const { infrastructure, dataCenter } = office.people;
    const daily = { ...answers, "every-minutes": "1440" };
    accepted(await renew(infrastructure, checkId));
    const hourly = await offeredTokens();
    accepted(
      await office.act((tx) => addCheck(tx, infrastructure, office.setting(new Date()), { targetId, answers: daily })),
    );
    expect(await titles()).toEqual([
      expect.stringMatching(/, tiap 1440 menit$/),
      expect.stringMatching(/, tiap 60 menit$/),
    ]);
    accepted(await renew(dataCenter, checkId));
    for (const token of hourly) {
      const opened = await office.act((tx) => openSecret(tx, office.setting(new Date()), { token }));
      expect(opened).toMatchObject({ refusal: { code: "link-no-good" } });
    }
    expect((await pages.request(await openAddress())).status).toBe(200);
    const remove = (id: number) =>
      office.act((tx) => removeCheck(tx, infrastructure, office.setting(new Date()), { checkId: id }));
    for (const { id } of await listChecksOf(office.db, targetId)) accepted(await remove(id));
    expect(await titles()).toEqual([]);
  });

  it("shows no address on a page of a job that is watched no more", async () => {
    const { targetId } = await targets.put("Backup yang dihapus", { kind: "job" });
    const { infrastructure } = office.people;
    const setting = office.setting(new Date());
    const daily = { ...answers, "every-minutes": "1440" };
    accepted(await office.act((tx) => addCheck(tx, infrastructure, setting, { targetId, answers: daily })));
    expect(await titles()).toEqual([expect.stringContaining("Backup yang dihapus")]);
    const { version = 0 } = (await findTarget(office.db, targetId)) ?? {};
    accepted(await office.act((tx) => removeTarget(tx, infrastructure, setting, { targetId, version })));
    expect(await titles()).toEqual([]);
  });

  it("is not offered where nobody reaches the pages", async () => {
    const { targetId } = await targets.put("Backup tanpa halaman");
    const { pagesUrl: _, ...setting } = office.setting(new Date());
    const added = office.act((tx) => addCheck(tx, office.people.infrastructure, setting, { targetId, answers }));
    expect(await added).toMatchObject({ refusal: { code: "heartbeat-without-pages" } });
    expect(await listChecksOf(office.db, targetId)).toHaveLength(1);
    const job = { kind: "job", officeCode: null, parentId: null, answers: { name: "Tanpa cara" } } as const;
    const put = office.act((tx) => addTarget(tx, office.people.infrastructure, setting, job));
    expect(await put).toMatchObject({ refusal: { code: "heartbeat-without-pages" } });
  });

  it("that calls without end is told so, and fills no table", async () => {
    const { path, checkId } = await beating();
    const statuses: number[] = [];
    for (let call = 0; call < 14; call += 1) statuses.push((await pages.request(path)).status);
    expect(statuses.slice(-2)).toEqual([429, 429]);
    expect((await samplesOf(checkId)).length).toBeLessThanOrEqual(12);
  });

  it("with a body that is too large is not read", async () => {
    const { path, targetId } = await beating();
    const answer = await pages.request(path, { method: "POST", body: "x".repeat(65 * 1024) });
    expect(answer.status).toBe(413);
    expect(await stateOf(targetId)).toBe("unknown");
  });
});

describe("a guessed token", () => {
  it.each(["/beat/", "/beat/x", `/beat/${"A".repeat(43)}`, "/beat/%00", "/beat/../once/x"])(
    "%s has the same answer as any wrong link",
    async (path) => {
      const answer = await pages.request(path);
      expect(answer.status).toBe(404);
      if (path.length > "/beat/".length && !path.includes("..")) {
        expect(await answer.text()).toBe(await (await pages.request("/once/x")).text());
      }
    },
  );

  it("after many of them is refused for a while", async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 41; guess += 1) statuses.push((await pages.request(`/beat/guess-${guess}`)).status);
    expect(statuses.at(0)).toBe(404);
    expect(statuses.at(-1)).toBe(429);
  });

  it("and a good one stand in no log and nowhere in the database", async () => {
    const { path } = await beating();
    const token = path.split("/").at(-1) ?? "";
    expect(token.length).toBeGreaterThanOrEqual(22);
    await sql`alter table heartbeat_token rename to token_away`.execute(office.database.owner);
    try {
      expect((await pages.request(path)).status).toBe(500);
    } finally {
      await sql`alter table token_away rename to heartbeat_token`.execute(office.database.owner);
    }
    expect(pages.told.join("")).toContain("answering a page failed");
    expect(pages.told.join("")).not.toContain(token);
    expect(JSON.stringify(await office.contents())).not.toContain(token);
  });
});
