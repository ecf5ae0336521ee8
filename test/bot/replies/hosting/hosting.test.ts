import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stepForm } from "../../../../bot/forms/ticket/step-form.ts";
import type { Rendered } from "../../../../bot/rendered.ts";
import { renderApplication } from "../../../../bot/replies/hosting/application-page.ts";
import { renderApplications } from "../../../../bot/replies/hosting/applications.ts";
import { reachedLines } from "../../../../bot/replies/hosting/reached.ts";
import { renderHistory } from "../../../../bot/replies/lists.ts";
import { renderStepTold } from "../../../../bot/replies/notices.ts";
import type { OfficeWords } from "../../../../bot/replies/office-words.ts";
import { renderPlace } from "../../../../bot/replies/rack/place-page.ts";
import { explain } from "../../../../bot/replies/refusals.ts";
import { renderApprovalEnded } from "../../../../bot/replies/ticket/approvals.ts";
import type { CardContext } from "../../../../bot/replies/ticket/card.ts";
import { renderCard } from "../../../../bot/replies/ticket/card.ts";
import { renderChecks } from "../../../../bot/replies/ticket/check-list.ts";
import { renderMore } from "../../../../bot/replies/ticket/more.ts";
import { returnDevice } from "../../../../core/actions/rack/return-device.ts";
import { listPlacesOfTicket } from "../../../../core/db/rack/rack-places.ts";
import { hostingChecks, pathsOfHosting, usualAnswers } from "../../../core/domain/procedures/hosting.paths.ts";
import { usualAnswers as usualForPlatform } from "../../../core/domain/procedures/platform-change.paths.ts";
import { changeIt, giveDatabase, hostApplication } from "../../../support/hosted.ts";
import { endMachineWork, testHosting } from "../../../support/hosting.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords as words } from "../../../support/office-words.ts";
import { testRules as rules } from "../../../support/rules.ts";

const context: CardContext = { office: words, now: minutesAfter(morning, 60), rules, ...rules };
const canHost = { office: { ...words, hosting: testHosting } };
const longest = "Alasan panjang. ".repeat(237).slice(0, 3790);
const list = "record-hosting-check";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

type Steps = Parameters<TestOffice["walk"]>[1];

const toChecking: Steps = [
  ["record-letter", "non-technical", usualAnswers["record-letter"] ?? {}],
  ["accept-letter", "non-technical"],
  ["dispose", "non-technical", usualAnswers.dispose ?? {}],
  ["classify-hosting", "data-center"],
];
const checked: Steps = hostingChecks.map((check) => [
  list,
  "data-center",
  { check, result: "failed", note: `INTERN ${check}: ${"temuan ".repeat(80)}` },
]);
const toTelling: Steps = [
  ...toChecking,
  ...checked,
  ["report-hosting-checks", "data-center", { note: "Tidak layak." }],
  ["reject-hosting", "leadership", { note: longest }],
];

const colocation =
  pathsOfHosting["colocation is approved, the server received, mounted, addressed, reported and told"] ?? [];

/** A server for which that step is to be done. */
async function colocationAt(step: string): Promise<number> {
  const id = await office.file({ procedure: "hosting", answers: { service: "colocation" } });
  const before = colocation.slice(
    0,
    colocation.findIndex(([name]) => name === step),
  );
  await office.walk(
    id,
    before.map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}]),
  );
  return id;
}

describe("the list of what is hosted", () => {
  const listFor = (profile: OfficeWords) =>
    renderApplications(office.db, office.people.dataCenter, { page: 0 }, profile);

  it("says where a host comes from while the profile names none, and how an application comes about after that", async () => {
    expect(await listFor(words)).toMatchObject({ html: expect.stringContaining("belum menyebut host") });
    expect(await listFor(canHost.office)).toMatchObject({ html: expect.stringContaining("Bangun dengan mesin") });
  });
});

it("who has taken a build over by hand reads what a machine has left and how it goes, and it is not called running", async () => {
  const { ticketId, stack } = await hostApplication(office, { upTo: "approve-plan" });
  await office.walk(ticketId, [["building-failed", "machine", {}]]);
  const cardOf = async () =>
    textOf(await renderCard(office.db, office.people.dataCenter, { ticketId }, { ...context, ...canHost }));
  expect(await cardOf()).not.toContain("masih ada di host");

  await office.walk(ticketId, [["take-over-by-hand", "data-center", { note: "Dipasang dengan tangan." }]]);

  expect(await cardOf()).toContain(`kontainer dan jaringan ${stack}`);
  expect(await cardOf()).toContain(`npm run pulumi -- destroy --stack ${stack}`);
  expect(await cardOf()).toContain("🔴 terhenti saat dibangun");
  const list = await renderApplications(office.db, office.people.dataCenter, { page: 0 }, canHost.office);
  expect(list).toMatchObject({ html: expect.stringContaining("🔴 terhenti saat dibangun · SIMPEG") });
  expect(list).not.toMatchObject({ html: expect.stringContaining("berjalan · SIMPEG") });
});

it("says that what stands is not cancelled, and what to ask for instead", async () => {
  const said = await explain(office.db, { code: "stands-already", values: {} }, words);
  expect(said).toMatch(/sudah terpasang, jadi tiketnya tidak dapat dibatalkan.*contoh: Ajukan perubahan aplikasi/);
});

it("says why what the desk asked of itself is not rated", async () => {
  const said = await explain(office.db, { code: "work-of-the-desk", values: {} }, words);
  expect(said).toContain("pekerjaan petugas sendiri, jadi tidak dinilai");
  expect(said).toContain("contoh: gangguan aplikasi");
});

describe("a place that is kept for a server", () => {
  it("can be given up, but is used by the step of its ticket only", async () => {
    const [place] = await listPlacesOfTicket(office.db, await colocationAt("approve-colocation"));

    const about = { placeId: place?.id ?? 0, page: 1 };
    const labels = labelsOf(await renderPlace(office.db, office.people.dataCenter, about, words));

    expect(labels).toContain("✖️ Batalkan pesanan tempat");
    expect(labels).not.toContain("✅ Pasang perangkat di sini");
  });
});

describe("a server that was received, and goes back", () => {
  it("has both records to be printed", async () => {
    const id = await colocationAt("mount-server");
    const { dataCenter, requester } = office.people;
    const records = async () =>
      labelsOf(await renderMore(office.db, requester, { ticketId: id }, context)).filter((label) => /BAST/.test(label));
    expect(await records()).toEqual(["📄 Cetak BAST"]);

    const [place] = await listPlacesOfTicket(office.db, id);
    const answers = { "record-number": "030/17/2026", "record-date": "20-11-2026", "received-by": "Rina Wulandari" };
    const input = { placeId: place?.id ?? 0, answers };
    expect((await office.act((tx) => returnDevice(tx, dataCenter, office.setting(), input))).ok).toBe(true);

    expect(await records()).toEqual(["📄 Cetak BAST", "📄 Cetak BAST pengembalian"]);
  });
});

describe("an application of an image that was fetched from a registry", () => {
  it("says on the desk's card where it is from", async () => {
    const reference = `registry.go.id/simpeg@sha256:${"0a".repeat(32)}`;
    const id = await office.file({ procedure: "hosting" });
    await office.walk(id, [
      ...toChecking,
      ...hostingChecks.map((check) => [list, "data-center", { check, result: "passed" }] as const),
      ...(["hand-in-application", "accept-machine-check", "overrule-machine-check", "plan-application"] as const).map(
        (step) => [step, "data-center", usualAnswers[step] ?? {}] as const,
      ),
    ]);
    const card = async () =>
      textOf(await renderCard(office.db, office.people.dataCenter, { ticketId: id }, { ...context, ...canHost }));
    expect(await card()).not.toContain("Dari registry");
    expect(await card()).toMatch(/Dari berkas: \S+ \(SHA-256 [0-9a-f]{12}…\)/);

    await office.db.updateTable("application").set({ database: "mariadb" }).where("ticket_id", "=", id).execute();
    expect(await card()).toContain("Basis data: MariaDB, kosong");
    const dumped = sql`update application_revision set dump_id = attachment_id where ticket_id = ${id}`;
    await dumped.execute(office.db);
    expect(await card()).toMatch(/Basis data: MariaDB, diisi dari dump \S+ \(SHA-256 [0-9a-f]{12}…\)/);

    await office.db
      .updateTable("attachment")
      .set({ image_reference: reference })
      .where("ticket_id", "=", id)
      .where("field", "=", "application-files")
      .execute();
    expect(await card()).toContain(`Dari registry: ${reference}`);
  });
});

describe("what a machine does of an application", () => {
  const cardOf = async (ticketId: number) =>
    textOf(await renderCard(office.db, office.people.dataCenter, { ticketId }, { ...context, ...canHost }));

  it("that was built for the first time says what its database began with", async () => {
    const { ticketId } = await giveDatabase(office, await hostApplication(office, { upTo: "application-built" }));
    expect(await cardOf(ticketId)).toContain("Basis data: MariaDB, kosong");
  });

  it("is opened at the port of its proxy, as its page says too", async () => {
    const { id: applicationId, revision } = await hostApplication(office);
    const [host] = testHosting.targets;
    const targets = [{ ...host, proxy: { ...host.proxy, httpsPort: 8543 } }];
    const at8543 = { ...words, hosting: { ...testHosting, targets } };
    const page = async () =>
      textOf(await renderApplication(office.db, office.people.dataCenter, { applicationId }, at8543));
    expect(await page()).toContain(`Dibuka di: https://${revision.domainName}:8543`);
    for (const state of ["isolated", "planned"] as const) {
      await office.db.updateTable("application").set({ state }).where("id", "=", applicationId).execute();
      expect(await page()).not.toContain("Dibuka di");
    }
  });

  it("is not where the application is opened, where it opens an access of a vendor", async () => {
    const { ticketId } = await hostApplication(office, { upTo: "application-built" });
    expect(await reachedLines(office.db, ticketId, words)).toBeDefined();
    const opened = sql`update application_revision set change = 'access' where ticket_id = ${ticketId}`;
    await opened.execute(office.db);
    expect(await reachedLines(office.db, ticketId, words)).toBeUndefined();
  });

  it("is called by what it is asked for", async () => {
    const application = await giveDatabase(office, await hostApplication(office));
    const ticketId = await changeIt(office, application, { change: "delete" }, { before: "application-built" });
    expect(await cardOf(ticketId)).toContain(`Aplikasi ${application.stack}: 🏗 sedang dihapus`);
    expect(await cardOf(ticketId)).toContain("Basis data: MariaDB, isinya tetap");
    await office.walk(ticketId, [["building-failed", "machine", {}]]);
    expect(await cardOf(ticketId)).toContain(`Aplikasi ${application.stack}: 🔴 terhenti saat dihapus`);
    const history = await renderHistory(office.db, office.people.dataCenter, { ticketId, page: 0 }, words);
    expect(textOf(history)).toContain("Sistem tidak dapat menyelesaikan perubahan");
  });
});

describe("a plan for a host whose firewall is not seen to be prepared", () => {
  it("says so to who approves it, and one of which that cannot be seen says nothing", async () => {
    const { ticketId } = await hostApplication(office, { upTo: "accept-plan" });
    const { leadership } = office.people;
    const card = async () => textOf(await renderCard(office.db, leadership, { ticketId }, { ...context, ...canHost }));
    expect(await card()).not.toContain("firewall");
    const { owner } = office.database;
    await owner.updateTable("stack_plan").set({ is_host_prepared: false }).where("ticket_id", "=", ticketId).execute();
    expect(await card()).toContain("⚠️ Aturan firewall host ini tidak terlihat");
  });
});

describe("a plan that expires before its approval would lapse", () => {
  it("says so to who decides, and who asked reads what to do once it has", async () => {
    const id = await office.file({ procedure: "hosting" });
    await office.walk(id, [
      ...toChecking,
      ...hostingChecks.map((check) => [list, "data-center", { check, result: "passed" }] as const),
      ...(["hand-in-application", "accept-machine-check", "overrule-machine-check", "plan-application"] as const).map(
        (step) => [step, "data-center", usualAnswers[step] ?? {}] as const,
      ),
    ]);
    const shortly = office.setting(morning, { hosting: { ...testHosting, planHours: 24 } });
    await office.act((tx) => endMachineWork(tx, shortly, { ticketId: id, step: "application-planned" }));
    const { infrastructure } = office.people;
    const card = async (now: Date) =>
      textOf(await renderCard(office.db, infrastructure, { ticketId: id }, { ...context, ...canHost, now }));
    const tomorrow = minutesAfter(morning, 24 * 60);
    const buttons = async (now: Date) =>
      labelsOf(await renderCard(office.db, infrastructure, { ticketId: id }, { ...context, ...canHost, now }));
    expect(await buttons(morning)).toContain("Terima alamat dan nama");
    expect(await buttons(tomorrow)).not.toContain("Terima alamat dan nama");
    expect(await buttons(tomorrow)).toContain("Buat rencana baru");
    expect(await card(tomorrow)).toMatch(/⌛ Rencana \d+ sudah kedaluwarsa\. Infrastruktur menekan Buat rencana baru/);
    await office.walk(id, [["accept-plan", "infrastructure"]]);
    const before = await card(morning);
    expect(before).toContain("Paling lambat: 23 Nov 2026 09.00 WIB");
    expect(before).toContain("Sesudah itu rencananya kedaluwarsa, dan Infrastruktur menekan Buat rencana baru.");
    expect(before).not.toContain("⌛");

    await office.wake(tomorrow);
    expect(await card(tomorrow)).toMatch(/⌛ Rencana \d+ sudah kedaluwarsa\. Infrastruktur menekan Buat rencana baru/);
    const ended = { ticketId: id, round: 1 };
    const told = textOf(await renderApprovalEnded(office.db, infrastructure, ended, { ...context, now: tomorrow }));
    expect(told).toMatch(/tidak diputuskan sampai batas waktunya[\s\S]*⌛ Rencana \d+ sudah kedaluwarsa/);
  });
});

describe("what a plan binds", () => {
  const cardIn = async (ticketId: number, hosting: OfficeWords["hosting"]) => {
    const inOffice = { ...context, office: { ...words, hosting } };
    return textOf(await renderCard(office.db, office.people.infrastructure, { ticketId }, inOffice));
  };

  it("is read of a proxy with where its certificates come from", async () => {
    const ticketId = await office.file({ procedure: "platform-change" });
    await office.walk(ticketId, [
      ["plan-platform", "data-center", usualForPlatform["plan-platform"] ?? {}],
      ["application-planned", "machine", {}],
    ]);
    expect(await cardIn(ticketId, testHosting)).toContain("\nSertifikat: dari otoritas proksi sendiri\n");
    const [{ proxy, ...target }] = testHosting.targets;
    const acmeDirectory = "https://acme.go.id/directory?a=1&b=2";
    const ofAuthority = { ...testHosting, targets: [{ ...target, proxy: { ...proxy, acmeDirectory } }] as const };
    expect(await cardIn(ticketId, ofAuthority)).toContain(
      "\nSertifikat: dari https://acme.go.id/directory?a=1&amp;b=2; nama intranet dari otoritas proksi sendiri\n",
    );
  });

  it("is read of a deletion with the days that were planned, whatever the profile says by now", async () => {
    const ticketId = await changeIt(
      office,
      await hostApplication(office),
      { change: "delete" },
      { before: "approve-plan" },
    );
    expect(await cardIn(ticketId, { ...testHosting, keepDeletedDays: 7 })).toContain("nama disimpan 30 hari");
  });
});

describe("a hosting that is rejected", () => {
  it("reaches the requester with the longest reason, and with the results of the checks in a message of their own", async () => {
    const id = await office.file({ procedure: "hosting" });
    await office.walk(id, toTelling);

    await office.stepAs(id, "tell-hosting-rejection", "non-technical", { note: longest });

    const { requester } = office.people;
    const told = (await office.takeMail()).filter(({ to }) => to === requester.name);
    const entryId = Number(told.find(({ kind }) => kind === "step-told")?.entryId);
    expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["checks-told", "step-told"]));
    const reason = await renderStepTold(office.db, requester, { ticketId: id, entryId }, context);
    const results = await renderChecks(office.db, requester, { ticketId: id, list }, words);
    expect(textOf(reason)).toContain(longest);
    expect(textOf(reason).length).toBeLessThanOrEqual(4096);
    expect(textOf(results)).toContain("❌ Celah keamanan aplikasi: INTERN security-holes");
    expect(textOf(results).length).toBeLessThanOrEqual(4096);
  });

  it("shows the requester nothing of the checks before, neither on the card nor in the history", async () => {
    const id = await office.file({ procedure: "hosting" });
    await office.walk(id, [...toChecking, ...checked]);

    const { requester, dataCenter } = office.people;
    const card = textOf(await renderCard(office.db, requester, { ticketId: id }, context));
    const history = textOf(await renderHistory(office.db, requester, { ticketId: id, page: 1 }, words));
    expect(await renderChecks(office.db, requester, { ticketId: id, list }, words)).toBeUndefined();
    expect(card).not.toMatch(/INTERN|Daftar periksa|❌/);
    expect(history).toContain("mencatat surat permohonan");
    expect(history).not.toMatch(/INTERN|1024\/2026|Penting/);
    expect(textOf(await renderCard(office.db, dataCenter, { ticketId: id }, context))).toContain("❌");
  });

  it("is called by its class once the data center has found it out, and as before when it is opened again", async () => {
    const id = await office.file({ procedure: "hosting" });
    const card = async () => textOf(await renderCard(office.db, office.people.dataCenter, { ticketId: id }, context));
    expect(await card()).toContain("· Penitipan aplikasi/server\n");

    await office.walk(id, toChecking);
    expect(await card()).toContain("· Penitipan aplikasi (hosting)\n");
    await office.walk(id, [
      ["cancel", "user", { note: "Batal." }],
      ["reopen", "user", { note: "Jadi." }],
    ]);
    expect(await card()).toContain("· Penitipan aplikasi/server\n");
  });

  it.each([
    ["application", ["passed", "failed"]],
    ["internet", ["passed", "failed", "not-applicable"]],
  ])("offers for the test %s what can be: %s", async (check, choices) => {
    const ticketId = await office.file({ procedure: "hosting" });
    const draft = { subject: { ticketId, step: "record-test" }, answers: { check }, personId: 1 };
    const plan = await stepForm.plan(office.db, draft, words);
    expect(plan?.fields.find(({ name }) => name === "result")).toMatchObject({ choices });
  });

  it("tells the desk to whom it was disposed", async () => {
    const id = await office.file({ procedure: "hosting" });
    await office.walk(id, toChecking);
    const history = textOf(await renderHistory(office.db, office.people.helpDesk, { ticketId: id, page: 0 }, words));
    expect(history).toContain(`kepada ${office.people.dataCenter.name}`);
  });

  it("is due at the end of the day that the disposition names, and says so by the day", async () => {
    const id = await office.file({ procedure: "hosting" });
    await office.walk(id, toChecking);

    expect((await office.ticket(id)).dueAt).toEqual(new Date("2026-11-30T17:00:00Z"));
    const card = textOf(await renderCard(office.db, office.people.dataCenter, { ticketId: id }, context));
    expect(card).toContain("Batas waktu: 30 Nov 2026");
    expect(card).not.toContain("08.00");
  });
});

function textOf(rendered: { as: string } | undefined): string {
  return rendered !== undefined && "html" in rendered ? String(rendered.html).replaceAll(/<[^>]+>/g, "") : "";
}

function labelsOf(rendered: Rendered | undefined): string[] {
  return rendered?.as === "text" ? (rendered.buttons ?? []).flat().map(({ label }) => label) : [];
}
