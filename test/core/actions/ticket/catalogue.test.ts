import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadProfile, type Profile, profileNames } from "../../../../config/profile.ts";
import type { OfficeRules } from "../../../../core/actions/setting.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { reclassifyTicket } from "../../../../core/actions/ticket/reclassify-ticket.ts";
import { receiveFile } from "../../../../core/actions/upload/keep-files.ts";
import { findOpenWorkOrder } from "../../../../core/db/ticket/work-orders.ts";
import type { CatalogueEntry } from "../../../../core/domain/catalogue/catalogue.ts";
import type { Answers, Field } from "../../../../core/domain/form/field.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => void (await office.takeMail()));

/** By hand from the requirements: R57, R74, R18, R14 and what an office is asked for each day. */
const everyday = [
  "password-reset",
  "official-email",
  "wi-fi",
  "pc-printer",
  "video-meeting",
  "open-blocked-site",
  "sub-domain",
  "vpn",
  "digital-signature",
  "other",
];

const note = { note: "Sudah dikerjakan; sisanya lewat telepon." };
const pdf = { kind: "document", name: "surat.pdf", mimeType: "application/pdf", telegramFileId: "letter" } as const;

function rulesOf({ catalogue, applications, devices }: Profile): Partial<OfficeRules> {
  return { catalogue, maintainers: { applications, devices } };
}

/** What somebody might enter, by the kind of the question. */
function enteredFor(field: Field): string | undefined {
  switch (field.kind) {
    case "choice":
      return field.choices[0];
    case "number":
      return String(field.min);
    case "day":
      return "20-11-2026";
    case "coming-day":
      return "31-12-2026";
    case "coming-instant":
      return "30-11-2026 09.00";
    case "location":
      return "2.3456, 99.8765";
    case "files":
      return undefined;
    default:
      return "Pelayanan di loket";
  }
}

function answersFor({ form }: CatalogueEntry): Answers {
  const entered = form.map((field): [string, string | undefined] => [field.name, enteredFor(field)]);
  return Object.fromEntries(entered.flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer]])));
}

async function draftWithFiles({ form }: CatalogueEntry): Promise<number> {
  const { requester } = office.people;
  const draftId = await office.draftOf(requester);
  for (const { name, kind } of form) {
    if (kind !== "files") continue;
    await office.act((tx) => receiveFile(tx, requester, office.setting(), { draftId, field: name, file: pdf }));
  }
  return draftId;
}

async function file(entry: CatalogueEntry, profile: Profile, answers = answersFor(entry)) {
  const draftId = await draftWithFiles(entry);
  const setting = office.setting(morning, rulesOf(profile));
  return office.act((tx) => fileTicket(tx, office.people.requester, setting, { item: entry.name, answers, draftId }));
}

/** From filing to closing, by the entry's own team. */
async function fileAndClose(entry: CatalogueEntry, profile: Profile): Promise<void> {
  const filed = await file(entry, profile);
  expect(filed).toMatchObject({ ok: true });
  if (!filed.ok) return;
  const ticketId = filed.value;
  expect(await office.ticket(ticketId)).toMatchObject({ item: entry.name, subject: entry.title, state: "filed" });

  if (entry.procedure === "approved-request") {
    expect(await office.step(ticketId, "ask-approval", office.people.helpDesk)).toMatchObject({ ok: true });
    expect(await office.step(ticketId, "approve", office.people.leadership)).toMatchObject({ ok: true });
  }
  const worker = office.doer(entry.team);
  expect(await office.step(ticketId, `issue-to-${entry.team}`, office.people.helpDesk)).toMatchObject({ ok: true });
  expect((await findOpenWorkOrder(office.db, ticketId))?.holder).toBe(entry.team);
  expect(await office.step(ticketId, `fulfil-as-${entry.team}`, worker, note)).toMatchObject({ ok: true });
  expect(await office.step(ticketId, "confirm-resolved", office.people.requester)).toMatchObject({ ok: true });
  expect(await office.step(ticketId, "close", office.people.helpDesk, note)).toMatchObject({ ok: true });

  expect(await office.ticket(ticketId)).toMatchObject({ state: "closed", holder: null, resolution: note.note });
  expect(await findOpenWorkOrder(office.db, ticketId)).toBeUndefined();
}

describe.each(profileNames())("the catalogue of %s", (name) => {
  const profile = loadProfile(name);

  it("offers what is asked for every day", () => {
    expect(profile.catalogue.map((entry) => entry.name)).toEqual(everyday);
  });

  it("lets leadership decide on what opens the network to the outside (R18)", () => {
    const approved = profile.catalogue.filter(({ procedure }) => procedure === "approved-request");
    expect(approved.map((entry) => entry.name)).toEqual(["open-blocked-site", "sub-domain", "vpn"]);
  });

  it("has infrastructure accepted as for official duties only (R64)", () => {
    const accepted = profile.catalogue.filter(({ form }) => form.some((field) => field.name === "official-duty"));
    expect(accepted.map((entry) => entry.name)).toEqual([
      "official-email",
      "wi-fi",
      "video-meeting",
      "open-blocked-site",
      "sub-domain",
      "vpn",
    ]);
  });

  it("asks for the official request of a blocked site: number, day and file (R18)", () => {
    const { form } = profile.catalogue.find((entry) => entry.name === "open-blocked-site") ?? { form: [] };
    expect(form).toEqual(
      expect.arrayContaining([
        { name: "letter-number", kind: "line", maxLength: 100 },
        { name: "letter-day", kind: "day" },
        { name: "letter-file", kind: "files" },
      ]),
    );
  });

  it.each(profile.catalogue.map((entry): [string, CatalogueEntry] => [entry.name, entry]))(
    "%s is filed and closed",
    async (_, entry) => fileAndClose(entry, profile),
  );
});

describe("an entry that somebody adds to the profile", () => {
  let profiles: string;
  beforeAll(() => {
    const shipped = fileURLToPath(new URL("../../../../config/profiles", import.meta.url));
    profiles = mkdtempSync(join(tmpdir(), "simpul-catalogue-"));
    cpSync(join(shipped, "labura"), join(profiles, "labura"), { recursive: true });
    appendFileSync(
      join(profiles, "labura", "catalogue.yaml"),
      `
- name: projector
  title: Pinjam proyektor
  hint: Untuk rapat di luar kantor
  procedure: short
  team: it-support
  target: { value: 1, unit: hours, source: office practice }
  maintainer: dinas
  source: office practice
  questions:
    - { name: taken-at, kind: coming-instant, label: Diambil, question: "Kapan diambil? Contoh: besok 09.00." }
    - { name: description, kind: text, label: Keperluan, question: "Untuk apa? Contoh: rapat camat." }
`,
    );
  });
  afterAll(() => rmSync(profiles, { recursive: true }));

  it("is filed and closed without a line of code", async () => {
    const profile = loadProfile("labura", profiles);
    const entry = profile.catalogue.find(({ name }) => name === "projector");

    if (entry === undefined) throw new Error("the entry was not read");
    await fileAndClose(entry, profile);
  });
});

describe("filing is refused, and nothing is written", () => {
  const profile = loadProfile("labura");
  const wiFi = profile.catalogue.find(({ name }) => name === "wi-fi") as CatalogueEntry;
  const blocked = profile.catalogue.find(({ name }) => name === "open-blocked-site") as CatalogueEntry;
  const setting = () => office.setting(morning, rulesOf(profile));

  it.each<[string, Answers, object]>([
    ["without the word that it is for official duties", { "official-duty": "" }, { code: "not-a-choice" }],
    ["with words that say nothing", { description: "x x x" }, { code: "text-too-short", values: { minLength: 5 } }],
    ["with a number that is none", { devices: "banyak" }, { code: "number-unreadable" }],
    ["with a question of another entry", { site: "a.id" }, { code: "answer-unknown" }],
  ])("%s", async (_, changes, refusal) => {
    const answers = { ...answersFor(wiFi), ...changes };
    const before = await office.contents();
    const input = { item: "wi-fi", answers, draftId: 0 };

    const filed = await office.act((tx) => fileTicket(tx, office.people.requester, setting(), input));

    expect(filed).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  });

  it("without the letter", async () => {
    const input = { item: "open-blocked-site", answers: answersFor(blocked), draftId: 0 };
    expect(await office.act((tx) => fileTicket(tx, office.people.requester, setting(), input))).toMatchObject({
      refusal: { code: "files-missing", values: { field: "letter-file" } },
    });
  });

  it.each([
    ["an entry that is not in the catalogue", { item: "coffee" }],
    ["a procedure of the catalogue without an entry", { procedure: "short-request" }],
  ])("of %s", async (_, wanted) => {
    const input = { ...wanted, answers: {}, draftId: 0 };
    expect(await office.act((tx) => fileTicket(tx, office.people.requester, setting(), input))).toMatchObject({
      refusal: { code: "no-longer-offered" },
    });
  });
});

describe("moving between procedures", () => {
  const version = 1;

  it("takes a request out of the catalogue, with its words", async () => {
    const ticketId = await office.file({ procedure: "short-request" });
    const answers = { connection: "wi-fi", place: "Aula", "occurred-at": "08.30", note: "Ini gangguan." };
    const input = { ticketId, version, procedure: "internet-trouble", answers };

    const moved = await office.act((tx) => reclassifyTicket(tx, office.people.helpDesk, office.setting(), input));

    expect(moved).toMatchObject({ ok: true });
    expect(await office.ticket(ticketId)).toMatchObject({
      ...{ procedure: "internet-trouble", item: null, subject: "wi-fi", state: "filed" },
      answers: { description: "Rapat di aula." },
    });
  });

  it("never leads into it: what is offered there is asked by a form of its own", async () => {
    const ticketId = await office.file();
    const input = { ticketId, version, procedure: "short-request", answers: { note: "Ini permintaan." } };

    expect(
      await office.act((tx) => reclassifyTicket(tx, office.people.helpDesk, office.setting(), input)),
    ).toMatchObject({ refusal: { code: "filed-anew" } });
  });
});
