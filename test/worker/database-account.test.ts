import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderApplication } from "../../bot/replies/hosting/application-page.ts";
import { renderAccountNotOffered } from "../../bot/replies/hosting/database-account.ts";
import { renderAccessGranted } from "../../bot/replies/hosting/vendor-accesses.ts";
import { revokeAccess } from "../../core/actions/hosting/end-access.ts";
import { askToOfferAccount } from "../../core/actions/hosting/offer-database-account.ts";
import { openSecret as openOffered } from "../../core/actions/hosting/one-time-secret.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findOfferedAt } from "../../core/db/hosting/application-databases.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { findAccess } from "../../core/db/hosting/vendor-accesses.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { openSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { HostFailed } from "../../worker/hosting/hosts.ts";
import { giveUpAccount, offerDatabaseAccount } from "../../worker/tasks/offer-database-account.ts";
import { giveDatabase, hostApplication } from "../support/hosted.ts";
import { testHosting } from "../support/hosting.ts";
import { morning, openOffice, type TestOffice } from "../support/office.ts";
import { testWords } from "../support/office-words.ts";

const password = "kata-sandi-yang-rahasia";
const passphrase = "only-for-this-test";

let office: TestOffice;
let application: Application;
let unseal: (sealed: string) => Promise<string>;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  application = await giveDatabase(office, await hostApplication(office, { upTo: "application-built" }), password);
  unseal = async (sealed) => openSecret(passphrase, sealed);
  office.enqueued.length = 0;
  await office.takeMail();
});

const options = () => ({
  ...{ db: office.db, setting: (now: Date) => office.setting(now), log: pino({ level: "silent" }) },
  hosts: { unseal: (sealed: string) => unseal(sealed) },
});
const offer = () => offerDatabaseAccount({ applicationId: application.id }, options());
const ask = (who: "dataCenter" | "infrastructure" | "requester" | "leadership", changed: Partial<Setting> = {}) =>
  office.act((tx) => {
    const setting = { ...office.setting(), ...changed };
    return askToOfferAccount(tx, office.people[who], setting, { applicationId: application.id });
  });
const task = () => ({ name: "offer-database-account", data: { applicationId: application.id } });
const journal = async () => {
  const rows = await office.db
    .selectFrom("journal")
    .select(["event", "actor_id"])
    .where("subject_kind", "=", "application")
    .where("subject_id", "=", application.id)
    .where("event", "like", "database-account-%")
    .orderBy("id")
    .execute();
  return rows.map(({ event, actor_id }) => [event, actor_id]);
};

describe("the account of a database", () => {
  it("is offered when the application is handed over to its office", async () => {
    await office.walk(application.ticketId, [
      ["report-application", "data-center", { "reachable-from": "intranet-only", note: "Sudah." }],
    ]);
    expect(office.enqueued).not.toContainEqual(task());
    await office.walk(application.ticketId, [["tell-office", "non-technical", { note: "Sudah." }]]);
    expect(office.enqueued).toContainEqual(task());
  });

  it("reaches who asked for the application by a page that opens once, and is written nowhere", async () => {
    await offer();
    const mail = await office.takeMail();
    expect(mail).toMatchObject([{ to: office.people.requester.name, kind: "secret-offered" }]);
    expect(JSON.stringify(await office.contents())).not.toContain(password);

    const token = new URL(String(mail[0]?.link)).pathname.split("/").at(-1) ?? "";
    const opened = await office.act((tx) => openOffered(tx, office.setting(new Date()), { token }));
    const name = application.stack.replaceAll("-", "_");
    expect(opened).toEqual({
      ok: true,
      value: {
        title: `MariaDB · ${application.revision.domainName}`,
        secret: [
          ...[`DB_HOST=${application.databaseAddress}`, "DB_PORT=3306", `DB_NAME=${name}`, `DB_USER=${name}`],
          `DB_PASSWORD=${password}`,
        ].join("\n"),
      },
    });
    expect(await findOfferedAt(office.db, application.id)).not.toBeNull();
    expect(await journal()).toEqual([["database-account-offered", null]]);
  });

  it("is offered again when the data center asks, which the journal says", async () => {
    expect(await ask("dataCenter")).toEqual({ ok: true, value: undefined });
    expect(office.enqueued).toEqual([task()]);
    expect(await journal()).toEqual([["database-account-asked", office.people.dataCenter.id]]);
  });

  it.each(["infrastructure", "requester", "leadership"] as const)("is not offered because %s asks", async (who) => {
    expect(await ask(who)).toMatchObject({ refusal: { code: "not-your-role", values: { role: "data-center" } } });
    expect(office.enqueued).toEqual([]);
  });

  it.each([
    ["has none", { database: null }],
    ["is deleted", { state: "deleted", kept_until: morning }],
    ["is isolated", { state: "isolated" }],
  ] as const)("is not offered of an application that %s", async (_, change) => {
    await office.db.updateTable("application").set(change).where("id", "=", application.id).execute();
    if ("database" in change) {
      await office.db.deleteFrom("application_database").where("application_id", "=", application.id).execute();
    }
    expect(await ask("dataCenter")).toMatchObject({ refusal: { code: "no-database-account" } });
  });

  it("is not offered before the database was filled", async () => {
    await office.db.updateTable("application_database").set({ filled_at: null }).execute();
    expect(await ask("dataCenter")).toMatchObject({ refusal: { code: "no-database-account" } });
  });

  it("is not asked for where there are no pages", async () => {
    expect(await ask("dataCenter", { pagesUrl: undefined })).toMatchObject({ refusal: { code: "no-account-pages" } });
  });
});

describe("the account of a vendor", () => {
  let accessId: number;
  beforeEach(async () => {
    const answers = { "hosted-application": application.stack, "access-kind": "database-read" };
    await office.walk(application.ticketId, [
      ["report-application", "data-center", { "reachable-from": "intranet-only", note: "Sudah." }],
    ]);
    const ticketId = await office.file({ procedure: "vendor-access", answers });
    await office.walk(ticketId, [
      ["plan-access", "data-center"],
      ["application-planned", "machine"],
      ["accept-plan", "infrastructure"],
      ["approve-plan", "leadership"],
    ]);
    await office.stepAs(ticketId, "application-built", "machine", {
      ...{ "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" },
    });
    accessId = (await findApplication(office.db, application.id))?.access?.id ?? 0;
  });
  const offerIt = () => offerDatabaseAccount({ applicationId: application.id, accessId }, options());

  it("reaches who asked for the access, who reads how the vendor gets there, and is written nowhere", async () => {
    const { requester } = office.people;
    const [granted] = (await office.takeMail()).filter(({ kind }) => kind === "access-granted");
    expect(granted).toMatchObject({ to: requester.name });
    const notice = await renderAccessGranted(
      office.db,
      requester,
      { accessId },
      { ...testWords, hosting: testHosting },
    );
    const html = notice?.as === "text" ? notice.html : "";
    const { port } = (await findAccess(office.db, accessId)) ?? {};
    const forwarded = `13306:${application.databaseAddress}:3306`;
    expect(html).toContain(
      `<code>ssh -N -L ${forwarded} -p ${port} -o HostKeyAlias=${application.stack}-${accessId} vendor@10.10.5.20</code>`,
    );
    expect(html).toContain("127.0.0.1 port 13306");

    await offerIt();
    const [offered] = (await office.takeMail()).filter(({ kind }) => kind === "secret-offered");
    expect(offered).toMatchObject({ to: requester.name });
    const written = JSON.stringify([await office.contents(), html]);
    expect(written.includes("of-the-vendor")).toBe(false);
    const token = new URL(String(offered?.link)).pathname.split("/").at(-1) ?? "";
    const page = await office.act((tx) => openOffered(tx, office.setting(new Date()), { token }));
    expect(page).toMatchObject({
      value: {
        title: `MariaDB · ${application.revision.domainName} · vendor`,
        secret: [
          ...["DB_HOST=127.0.0.1", "DB_PORT=13306", `DB_NAME=${application.stack.replaceAll("-", "_")}`],
          ...[`DB_USER=vendor_${accessId}`, "DB_PASSWORD=of-the-vendor"],
        ].join("\n"),
      },
    });
    expect(await findOfferedAt(office.db, application.id)).toBeNull();
  });

  it("is offered again by the data center from the page of the application, and not when it has ended", async () => {
    const owner = { applicationId: application.id, accessId };
    const askIt = (who: "dataCenter" | "infrastructure") =>
      office.act((tx) => askToOfferAccount(tx, office.people[who], office.setting(), owner));
    const pageFor = async (who: "dataCenter" | "infrastructure") => {
      const page = await renderApplication(office.db, office.people[who], owner, testWords);
      return JSON.stringify(page?.as === "text" ? page.buttons : []);
    };
    expect(await pageFor("dataCenter")).toContain("Tawarkan akun vendor");
    expect(await pageFor("infrastructure")).not.toContain("Tawarkan akun vendor");
    expect(await askIt("infrastructure")).toMatchObject({ refusal: { code: "not-your-role" } });
    office.enqueued.length = 0;
    expect(await askIt("dataCenter")).toMatchObject({ ok: true });
    expect(office.enqueued).toEqual([{ name: "offer-database-account", data: owner }]);

    const by = office.people.dataCenter;
    await office.act((tx) => revokeAccess(tx, by, office.setting(), { accessId }));
    await office.takeMail();
    await offerIt();
    expect(await office.takeMail()).toEqual([]);
    expect(await askIt("dataCenter")).toMatchObject({ refusal: { code: "access-ended-already" } });
    expect(await pageFor("dataCenter")).not.toContain("Tawarkan akun vendor");
  });

  it("that cannot be offered is told the data center, with the button that offers it", async () => {
    await office.takeMail();
    unseal = () => Promise.reject(new HostFailed("wrong-passphrase", "opening a secret in a test"));
    await offerIt();
    const [told] = await office.takeMail();
    expect(told).toMatchObject({ to: office.people.dataCenter.name, kind: "account-not-offered", accessId });
    const screen = { applicationId: application.id, accessId, problem: "no-pages" } as const;
    const rendered = await renderAccountNotOffered(office.db, office.people.dataCenter, screen);
    expect(rendered?.as === "text" ? rendered.html : "").toMatch(
      /Akun basis data vendor .*tekan Tawarkan akun vendor/s,
    );
  });
});

describe("where it cannot be offered the data center is told why", () => {
  const told = async (problem: string, sentence: string) => {
    const { dataCenter, requester } = office.people;
    const mail = (await office.takeMail()).filter(({ kind }) => kind === "account-not-offered");
    expect(mail).toEqual([
      { to: dataCenter.name, kind: "account-not-offered", applicationId: application.id, problem },
    ]);
    const screen = { applicationId: application.id, problem: problem as "not-linked" };
    const rendered = await renderAccountNotOffered(office.db, dataCenter, screen);
    expect(rendered?.as === "text" ? rendered.html : "").toContain(sentence);
    expect(await renderAccountNotOffered(office.db, requester, screen)).toBeUndefined();
    expect(await journal()).toEqual([["database-account-not-offered", null]]);
    expect(await findOfferedAt(office.db, application.id)).toBeNull();
  };

  it("as when the passphrase is another one", async () => {
    unseal = () => Promise.reject(new HostFailed("wrong-passphrase", "opening a secret in a test"));
    await offer();
    await told("wrong-passphrase", "Kata sandi Pulumi salah");
  });

  it("as when every try failed", async () => {
    await giveUpAccount({ applicationId: application.id }, options());
    await told("not-finished", "berulang kali terputus");
  });

  it("as when who asked has no account, and nobody gets it in their place", async () => {
    const requester = await office.hire([], { name: "Pemohon Tanpa Akun", office: "Dinkes", isLinked: false });
    await office.db
      .updateTable("ticket")
      .set({ requester_id: requester.id, office_id: requester.officeId })
      .where("id", "=", application.ticketId)
      .execute();
    await offer();
    await told("not-linked", "tidak terhubung dengan akun Telegram");
  });

  it("as when who asked is of another office by now", async () => {
    const requester = await office.hire([], { name: "Pemohon Yang Pindah", office: "Diskominfo" });
    await office.db
      .updateTable("ticket")
      .set({ requester_id: requester.id })
      .where("id", "=", application.ticketId)
      .execute();
    await offer();
    await told("requester-gone", "tidak lagi di kantornya");
  });
});

it("its button and when it was offered stand on the application's page, for the data center alone", async () => {
  const page = async (who: "dataCenter" | "infrastructure" | "requester") => {
    const which = { applicationId: application.id };
    const rendered = await renderApplication(office.db, office.people[who], which, testWords);
    return JSON.stringify(rendered?.as === "text" ? [rendered.html, rendered.buttons] : []);
  };
  expect(await page("dataCenter")).toContain("belum ditawarkan ke pemohon");
  await offer();
  expect(await page("dataCenter")).toContain("Akun basis data: ditawarkan ke pemohon");
  expect(await page("dataCenter")).toContain("🔑 Tawarkan akun basis data");
  for (const who of ["infrastructure", "requester"] as const) expect(await page(who)).not.toContain("🔑");
});
