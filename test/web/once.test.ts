import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expireSecret, offerSecret, openSecret } from "../../core/actions/hosting/one-time-secret.ts";
import type { Tx } from "../../core/db/tables.ts";
import { minutesAfter, openOffice, type TestOffice } from "../support/office.ts";
import { openLinkPages } from "../support/uploads.ts";

const secret = "pengguna simpeg\nkata sandi <b>k0pi&teh</b>";
const shown = "kata sandi &lt;b&gt;k0pi&amp;teh&lt;/b&gt;";

let office: TestOffice;
let pages: Awaited<ReturnType<typeof openLinkPages>>;
beforeAll(async () => {
  office = await openOffice();
  pages = await openLinkPages(office);
});
afterAll(async () => {
  await pages.close();
  await office.close();
});
beforeEach(async () => {
  pages.world.now = undefined;
  pages.told.length = 0;
  pages.forgetRates();
  await office.db.deleteFrom("one_time_secret").execute();
  await office.takeMail();
});

const me = () => office.people.requester;

async function offer(): Promise<{ path: string; secretId: number }> {
  const input = { personId: me().id, title: "Basis data simpeg", secret, hours: 24 };
  const offered = await office.act((tx) => offerSecret(tx, office.setting(new Date()), input));
  if (!offered.ok) throw new Error(`offering a secret for a test: ${offered.refusal.code}`);
  const mail = await office.takeMail();
  expect(mail).toMatchObject([{ to: me().name, kind: "secret-offered", secretId: offered.value }]);
  return { path: new URL(String(mail[0]?.link)).pathname, secretId: offered.value };
}

const press = (path: string, headers: Record<string, string> = {}) => pages.request(path, { method: "POST", headers });
const rowOf = (id: number) =>
  office.db.selectFrom("one_time_secret").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const journalOf = async (id: number) => {
  const rows = await office.db
    .selectFrom("journal")
    .select(["event", "actor_id"])
    .where("subject_kind", "=", "secret")
    .where("subject_id", "=", id)
    .orderBy("id")
    .execute();
  return rows.map(({ event, actor_id }) => [event, actor_id]);
};

describe("a secret", () => {
  it("is not on the page, however often that is looked at, also by a preview", async () => {
    const { path, secretId } = await offer();
    for (const method of ["GET", "HEAD", "GET"]) {
      const answer = await pages.request(path, { method });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain("k0pi");
    }
    expect(await (await pages.request(path)).text()).toContain("Basis data simpeg");
    expect((await rowOf(secretId)).opened_at).toBeNull();
  });

  it("is shown by one press, as it is, then destroyed, and who opened it when is in the journal", async () => {
    const { path, secretId } = await offer();

    const answer = await press(path, { origin: "null" });

    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(shown)]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await rowOf(secretId)).toMatchObject({ sealed: null, opened_at: expect.any(Date) });
    expect(await journalOf(secretId)).toEqual([
      ["secret-offered", null],
      ["secret-opened", me().id],
    ]);
    for (const again of [await press(path), await pages.request(path)]) {
      expect([again.status, await again.text()]).toEqual([404, expect.stringContaining("Tautan ini sudah dipakai")]);
    }
  });

  it("is shown to one of two who press at once", async () => {
    const { path } = await offer();
    const answers = await Promise.all([press(path), press(path), press(path)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });

  it("that nobody opened in time is destroyed, and its person is told once", async () => {
    const { path, secretId } = await offer();
    const later = minutesAfter(new Date(), 24 * 60);
    await office.wake(minutesAfter(new Date(), 24 * 60 - 1));
    expect((await rowOf(secretId)).sealed).not.toBeNull();
    pages.world.now = later;
    expect((await press(path)).status).toBe(404);

    await office.wake(later);
    await office.wake(minutesAfter(later, 1));

    expect(await rowOf(secretId)).toMatchObject({ sealed: null, opened_at: null });
    expect(await office.takeMail()).toMatchObject([{ to: me().name, kind: "secret-expired", secretId }]);
    expect(await journalOf(secretId)).toEqual([
      ["secret-offered", null],
      ["secret-expired", null],
    ]);
  });

  it("is shown to one where a second press waits for the first", async () => {
    const { path } = await offer();
    const token = path.split("/").at(-1) ?? "";
    const open = (tx: Tx) => openSecret(tx, office.setting(new Date()), { token });
    const [first, second] = await office.oneInTheOther(open, open);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({ refusal: { code: "link-no-good" } });
  });

  it("whose time has not come stays as it is, whoever asks the clock", async () => {
    const { secretId } = await offer();
    await office.act((tx) => expireSecret(tx, office.setting(new Date()), { secretId }));
    expect((await rowOf(secretId)).sealed).not.toBeNull();
  });

  it("that was opened does not expire any more", async () => {
    const { path, secretId } = await offer();
    await press(path);
    await office.act((tx) => expireSecret(tx, office.setting(minutesAfter(new Date(), 25 * 60)), { secretId }));
    expect(await office.takeMail()).toEqual([]);
    expect((await rowOf(secretId)).expired_at).toBeNull();
  });

  it("stands nowhere in the database but sealed, and neither it nor its link in a log", async () => {
    const { path } = await offer();
    const token = path.split("/").at(-1) ?? "";
    await sql`alter table one_time_secret rename to secret_away`.execute(office.database.owner);
    try {
      expect((await press(path)).status).toBe(500);
    } finally {
      await sql`alter table secret_away rename to one_time_secret`.execute(office.database.owner);
    }
    const kept = JSON.stringify(await office.contents());
    expect(pages.told.join("")).toContain("answering a page failed");
    for (const word of [token, "k0pi"]) {
      expect(kept).not.toContain(word);
      expect(pages.told.join("")).not.toContain(word);
    }
  });

  it("stays closed to a page of somebody else", async () => {
    const { path } = await offer();
    expect((await press(path, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await press(path, { host: "desk.test", origin: "https://evil.example" })).status).toBe(403);
    expect((await press(path)).status).toBe(200);
  });

  it("of somebody who is linked no more is closed, and is not offered to them", async () => {
    const { path } = await offer();
    const account = office.db.updateTable("telegram_account").where("person_id", "=", me().id);
    await account.set({ unlinked_at: new Date() }).execute();
    try {
      expect((await press(path)).status).toBe(404);
      await expect(offer()).rejects.toThrow("not-linked");
    } finally {
      await account.set({ unlinked_at: null }).execute();
    }
  });

  it("is not taken where nobody reaches the pages", async () => {
    const { pagesUrl: _, ...setting } = office.setting(new Date());
    const input = { personId: me().id, title: "Basis data simpeg", secret, hours: 24 };
    expect(await office.act((tx) => offerSecret(tx, setting, input))).toMatchObject({ refusal: { code: "no-pages" } });
  });

  it.each(["/once/", "/once/x", `/once/${"A".repeat(43)}`, "/once/%00", "/once/../upload/x"])(
    "is not found by %s",
    async (path) => {
      expect((await press(path)).status).toBe(404);
    },
  );
});
