import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commonWords } from "../../../bot/replies/common-words.ts";
import { fieldWords, type ProcedureWords, stepWords, wordsOf } from "../../../bot/replies/procedure-words.ts";
import { explain } from "../../../bot/replies/refusals.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { procedures } from "../../../core/domain/procedures/index.ts";
import { type Procedure, registerAnswers } from "../../../core/domain/procedures/procedure.ts";
import { explainOnPage } from "../../../web/pages/words.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { testWords as office } from "../../support/office-words.ts";

const kinds = ["fields", "states", "steps"] as const;

function fieldsOf({ form, steps }: Procedure): Field[] {
  return [...form, ...steps.flatMap(({ asks = [] }) => asks)];
}

/** What a table has names for, and words must be found for. */
function namesIn(procedure: Procedure): Record<(typeof kinds)[number], string[]> {
  return {
    fields: [
      ...fieldsOf(procedure).map(({ name }) => name),
      ...procedure.steps.flatMap(({ takes }) => (takes === undefined ? [] : registerAnswers[takes])),
    ],
    states: Object.keys(procedure.states),
    steps: procedure.steps.map(({ name }) => name),
  };
}

/** Telegram shows no more in the answer to a press. */
const longestSentence = 200;

describe.each(procedures.map((procedure) => [procedure.name, procedure] as const))("%s", (_, procedure) => {
  const words = wordsOf(procedure);
  const fields = fieldsOf(procedure);

  test("has words for every state", () => {
    const missing = Object.keys(procedure.states).filter((name) => !words.states[name]);
    expect(missing).toEqual([]);
  });

  test("has a button and a past tense for every step", () => {
    const missing = procedure.steps.filter(({ name }) => !words.steps[name]?.button || !words.steps[name]?.done);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test("has words for all that the requester is told", () => {
    const told = procedure.steps.filter(({ tellsRequester }) => tellsRequester);
    expect(told.filter(({ name }) => !stepWords(words, name).told)).toEqual([]);
  });

  test("has a label and a question for every field", () => {
    const missing = fields.filter(({ name }) => !words.fields[name]?.label || !words.fields[name]?.ask);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test("has words for every choice", () => {
    const missing = fields.flatMap((field) => {
      if (field.kind !== "choice") return [];
      const { choices = {} } = fieldWords(words, field.name);
      return field.choices.filter((choice) => !choices[choice]).map((choice) => `${field.name}: ${choice}`);
    });
    expect(missing).toEqual([]);
  });

  test("has words for every check", () => {
    const { choices = {} } = fieldWords(words, "check");
    expect(procedure.steps.flatMap(({ checks = [] }) => checks).filter((check) => !choices[check])).toEqual([]);
  });

  test("has no words for what is not in its table, and none again that are common", async () => {
    const file = await import(`../../../bot/replies/procedures/${procedure.name}.ts`);
    const own: ProcedureWords = file.words;
    const known = namesIn(procedure);
    for (const kind of kinds) {
      expect(Object.keys(own[kind]).filter((name) => !known[kind].includes(name))).toEqual([]);
      expect(
        Object.keys(own[kind]).filter((name) => isDeepStrictEqual(own[kind][name], commonWords[kind][name])),
      ).toEqual([]);
    }
  });

  test("gives an example in each question where something is typed", () => {
    const isTyped = ({ kind }: Field) => !["choice", "person", "files", "register"].includes(kind);
    const ofForm = procedure.form.filter(isTyped).map(({ name }) => fieldWords(words, name).ask);
    const ofSteps = procedure.steps.flatMap(({ name: step, asks = [] }) =>
      asks
        .filter(isTyped)
        .map(({ name }) => (name === "note" && stepWords(words, step).askNote) || fieldWords(words, name).ask),
    );
    expect([...ofForm, ...ofSteps].filter((ask) => !/contoh:/i.test(ask))).toEqual([]);
  });

  test("says in the list of requests what it is for", () => {
    if (procedure.menu === "request") expect(words.hint).toMatch(/\w/);
  });

  test("has buttons short enough for a phone", () => {
    // What only a machine answers is read, and never pressed.
    const ofMachine = procedure.steps.filter(({ by }) => by === "machine").flatMap(({ asks = [] }) => asks);
    const pressed = Object.entries(words.fields).filter(([field]) => !ofMachine.some(({ name }) => name === field));
    const labels = [
      ...procedure.steps.map(({ name }) => stepWords(words, name).button),
      ...pressed.flatMap(([, { choices = {} }]) => Object.values(choices)),
    ];
    expect(labels.filter((label) => label.length > 40)).toEqual([]);
  });
});

test("words are common only where two procedures have the name", () => {
  for (const kind of kinds) {
    const users = (name: string) => procedures.filter((procedure) => namesIn(procedure)[kind].includes(name));
    expect(Object.keys(commonWords[kind]).filter((name) => users(name).length < 2)).toEqual([]);
  }
});

describe("refusals", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.close());

  const sources = ["core", "bot"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(join(folder, path), "utf8")),
  );
  const codes = [
    ...new Set(
      sources.flatMap((source) => [...source.matchAll(/\brefuse\(\s*"([^"]+)"/g)].map(([, code = ""]) => code)),
    ),
  ];
  const values = {
    field: "note",
    length: 100_000,
    maxLength: 3800,
    megabytes: 20,
    role: "infrastructure",
    ticketId: 999,
    state: "filed",
    assigneeId: 999,
    count: 5,
    days: 7,
    day: "2026-12-31",
    ...{ time: "15.00", next: "30-11-2026 15.00" },
    hours: 24,
    ...{ minutes: 10, seconds: 59 },
    ...{ other: "2001:db8:1111:2222:3333:4444:5555:6660/126", zone: "Kecamatan" },
    personId: 999,
    decidedBy: 999,
    registrationId: 999,
    contact: `${"Rina Wulandari ".repeat(7)}0812-3456-78901`,
    announcementId: 999,
    version: 1,
    line: 17,
    minLength: 5,
    years: 10,
    min: 1,
    max: 200,
    lines: 6_000,
    mostLines: 5_000,
    address: "2001:db8:1111:2222:3333:4444:5555:6666",
    prefix: "2001:db8:1111:2222:3333:4444:5555:6666/127",
    example: "2001:db8:1111:2222:3333:4444:5555:6667",
    meant: "2001:db8:1111:2222:3333:4444:5555:6666-2001:db8:1111:2222:3333:4444:5555:6667",
    first: "2001:db8:1111:2222:3333:4444:5555:6666",
    last: "2001:db8:1111:2222:3333:4444:5555:6667",
    part: "999999999",
    found: 12,
    expected: 7,
    column: "kode_kantor",
    code: "Dinas Kesehatan",
    ...{ text: "kantor vendor di Rantauprapat", longestDays: 365, leastBits: 3072 },
    firstLine: 2,
    longest: 128,
    latest: "2026-12-31",
    prefixId: 999,
    cableId: 999,
    port: 24,
    ports: 24,
    reservedFor: "Server SIMPEG cadangan (Disdukcapil)",
    ...{ placeId: 999, rack: "RACK01", heightU: 42, height: "10,5", highest: "32,5", span: "U20,5-31" },
    ...{ feed: "PDU kiri belakang A1", capacityWatts: 100_000, loadWatts: 99_999, watts: 100_000, feeds: 1 },
    ...{ assetId: 999, room: "DC0001", racks: "DC A2, R1 A2, R2 A2" },
    ...{ registry: "registry.kabupaten.go.id:5000", allowed: "registry.labura.go.id" },
    stack: `app-${"a".repeat(36)}`,
    number: "K-0999",
    near: "DC.A2.20:1/DC.A2.42:14, DC.A2.21:1/DC.A2.42:15",
    ...{
      owner: "kepegawaian.labura.go.id",
      server: "mail.labura.go.id",
      target: "simpeg.labura.go.id",
      domain: "labura.go.id",
    },
    ...{
      below: "api.simpeg.labura.go.id",
      parent: "simpeg.labura.go.id",
      similar: "s1mpeg.labura.go.id",
      label: "www",
    },
    ...{ village: "Simpang Marbau Hulu", district: "Kualuh Hulu", districts: "Aek Kuo, Kualuh Hulu", kind: "mesin" },
    ...{ plain: "simpangmarbauhulu.desa.id", fallback: "simpangmarbauhulu-labura.desa.id", character: "_", most: 8 },
    network: "192.0.2.0/24",
    columns: "zona;prefix;keadaan",
    assetId: 999,
    ...{ choices: "tertutup, internet, diamankan, vpn", names: "Trunk Utara\nTrunk Selatan", numbers: "2,3", more: 0 },
    office: "Disdukcapil",
    ...{ missing: "kode_kantor", unknown: "kantor", fits: "kantor, link" },
    maintainer: "Dinas Pekerjaan Umum dan Penataan Ruang",
    name: "Dra. Hj. Nurhayati Rambe Siregar, M.Kom., Ph.D.",
  };
  /** Of data of a changed app, never of what a person sees. */
  const neverShown = ["no-such-step"];

  /** Of a link that is no good, and what a page says of all that it does not know. */
  const noLink = explainOnPage({ code: "link-no-good", values: {} });
  const isOnPage = (code: string) => code === "link-no-good" || explainOnPage({ code, values }) !== noLink;
  const sentenceFor = async (refusal: Refusal) =>
    isOnPage(refusal.code) ? explainOnPage(refusal) : explain(database.db, refusal, office);

  test("are found in the sources", () => {
    expect(codes.length).toBeGreaterThan(40);
    expect(codes).toContain("text-too-long");
  });

  test.each(codes)("%s has a sentence of its own, short enough for an alert", async (code) => {
    const sentence = await sentenceFor({ code, values });
    const unknown = await explain(database.db, { code: "a-code-that-nobody-knows", values: {} }, office);

    if (!neverShown.includes(code)) expect(sentence).not.toBe(unknown);
    if (!isOnPage(code)) expect(sentence.length).toBeLessThanOrEqual(longestSentence);
    expect(sentence).toMatch(/[.]$/);
    expect(sentence).not.toMatch(/undefined|NaN|\bnull\b/);
  });

  test.each(codes)("%s does not speak of the reader as kamu, and not of the program", async (code) => {
    const sentence = await sentenceFor({ code, values });
    expect(sentence).not.toMatch(/\b(kamu|kau|lu|gue|error|invalid|null|exception)\b/i);
  });

  const typed = codes.filter((code) => /^(?:phone-missing|instant-|nip-(?!taken)|ticket-number)/.test(code));
  test.each(typed)("%s, of something typed, gives an example", async (code) => {
    expect(typed.length).toBeGreaterThan(6);
    const sentence = await sentenceFor({ code, values });
    expect(sentence).toMatch(/(?:[Cc]ontoh|misalnya): ?\S/);
  });
});

test("no text of the bot says kamu", () => {
  const folder = "bot/replies";
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  )) {
    const texts = readFileSync(join(folder, file), "utf8").match(/(["'`])(?:(?!\1).)*\1/g) ?? [];
    expect(texts.filter((text) => /\b(kamu|kau|engkau)\b/i.test(text))).toEqual([]);
  }
});
