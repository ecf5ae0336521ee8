import { describe, expect, it } from "vitest";
import {
  type Field,
  findMissingFiles,
  inMbps,
  inMinutes,
  maySkip,
  parseAnswer,
  parseAnswers,
} from "../../../../core/domain/form/field.ts";
import { prefixOf } from "../../../../core/domain/ipam/prefix.ts";

const context = { now: new Date("2026-11-22T02:00:00Z"), zone: "Asia/Jakarta" };

const line: Field = { name: "application", kind: "line", maxLength: 10 };
const withPhone: Field = { name: "contact-on-site", kind: "line", maxLength: 40, withPhone: true };
const text: Field = { name: "note", kind: "text", maxLength: 12 };
const words: Field = { name: "description", kind: "text", maxLength: 12, minLength: 5 };
const number: Field = { name: "points", kind: "number", min: 1, max: 48 };
const percent: Field = { name: "agreed", kind: "percent", min: 50, max: 100 };
const lan: Field = { name: "address", kind: "ip-address", within: prefixOf("10.40.0.0/16") };
const choice: Field = { name: "result", kind: "choice", choices: ["passed", "failed"] };

describe("one answer", () => {
  it.each<[string, Field, string, string]>([
    ["a line is cleaned", line, " SIM\nPEG ", "SIM PEG"],
    ["a telephone number may stand among words", withPhone, "Bu Rina, 0812-3456-7890", "Bu Rina, 0812-3456-7890"],
    ["a local telephone number is short", withPhone, "Satpam 421357", "Satpam 421357"],
    ["a text keeps its lines", text, "satu\r\ndua", "satu\ndua"],
    ["five characters are enough", words, "Rusak", "Rusak"],
    ["a choice is taken as it is", choice, "failed", "failed"],
    ["an instant becomes UTC", { name: "occurred-at", kind: "instant" }, "08.30", "2026-11-22T01:30:00Z"],
    ["an appointment becomes UTC", { name: "at", kind: "coming-instant" }, "besok 09.00", "2026-11-23T02:00:00Z"],
    ["a day has no time", { name: "day", kind: "day" }, "kemarin", "2026-11-21"],
    ["a short number of a provider", { ...withPhone, withPhone: "short" }, "NOC 147", "NOC 147"],
    ["a number with its unit", { ...number, max: 1_440, units: inMinutes }, "24 jam", "1440"],
    ["a number with the unit that is asked for", { ...number, max: 9_999, units: inMbps }, "200Mbps", "200"],
    ["a number loses its zeros", number, " 007 ", "7"],
    ["a percent with a comma", percent, "99,7", "99.7"],
    ["a percent with its sign", percent, " 99.75 % ", "99.75"],
    ["a percent loses its zeros", percent, "99,50%", "99.5"],
    ["all of it", percent, "100", "100"],
    ["the half of it", percent, "50%", "50"],
    ["a pin has six decimals", { name: "place", kind: "location" }, "2.3456, 99.8", "2.345600,99.800000"],
    ["somebody is known by an id", { name: "officer", kind: "person", role: "data-center" }, "12", "12"],
    ["an address in its prefix", lan, " 10.40.3.2 ", "10.40.3.2"],
    ["a NIP loses its spaces", { name: "nip", kind: "nip" }, "19900101 201501 2 901", "199001012015012901"],
  ])("%s", (_, field, entered, value) => {
    expect(parseAnswer(field, entered, context)).toEqual({ ok: true, value });
  });

  it.each<[string, Field, string, object]>([
    ["an empty text", text, "", { code: "text-empty" }],
    ["a text of zero-width characters", text, "\u200B\u200B", { code: "text-empty" }],
    ["words that say nothing", words, "x", { code: "text-too-short", values: { minLength: 5 } }],
    ["spaces instead of words", words, "a b c\nd", { code: "text-too-short" }],
    ["words without a telephone number", withPhone, "abc", { code: "phone-missing" }],
    ["a room instead of a telephone number", withPhone, "ruang 204", { code: "phone-missing" }],
    ["several other numbers", withPhone, "ruang 301, lantai 12, 2026", { code: "phone-missing" }],
    ["a longer line", line, "SIMPEG dan SIPD", { code: "text-too-long", values: { length: 15, maxLength: 10 } }],
    ["something else than a choice", choice, "Failed", { code: "not-a-choice" }],
    ["a choice by an inherited name", choice, "constructor", { code: "not-a-choice" }],
    ["an unreadable time", { name: "occurred-at", kind: "instant" }, "tadi pagi", { code: "instant-unreadable" }],
    ["a NIP of 17 digits", { name: "nip", kind: "nip" }, "19900101201501290", { code: "nip-length" }],
    [
      "an address outside of its prefix",
      lan,
      "192.0.2.2",
      { code: "address-outside", values: { address: "192.0.2.2", prefix: "10.40.0.0/16", example: "10.40.0.10" } },
    ],
    ["no number of a provider", { ...withPhone, withPhone: "short" }, "lewat WA", { code: "short-phone-missing" }],
    ["a number with a unit that is not asked for", number, "3 jam", { code: "number-unreadable" }],
    ["a number in words", number, "tiga", { code: "number-unreadable", values: { min: 1, max: 48 } }],
    ["a number too large", number, "49", { code: "number-out-of-range", values: { min: 1, max: 48 } }],
    ["a percent in words", percent, "semua", { code: "percent-unreadable" }],
    ["a percent with three decimals", percent, "99,999", { code: "percent-unreadable" }],
    ["a percent of more than all", percent, "100,01", { code: "percent-out-of-range", values: { min: 50, max: 100 } }],
    ["a percent below the half", percent, "49,99%", { code: "percent-out-of-range" }],
    ["a number too small", number, "0", { code: "number-out-of-range", values: { example: 3 } }],
    [
      "a number where few are unlikely",
      { name: "watts", kind: "number", min: 1, max: 9000, example: 350 },
      "0",
      { code: "number-out-of-range", values: { example: 350 } },
    ],
    ["somebody by name", { name: "officer", kind: "person", role: "data-center" }, "Togar", { code: "not-a-choice" }],
    ["words where a file must come", { name: "letter", kind: "files" }, "menyusul", { code: "files-missing" }],
    ["words where a file is due", { name: "files", kind: "files", optional: true }, "foto", { code: "files-expected" }],
  ])("refuses %s", (_, field, entered, refusal) => {
    expect(parseAnswer(field, entered, context)).toMatchObject({ ok: false, refusal });
  });

  it.each(["prefix:12", "range:7", "3:40,front"])("takes the key that a register gave: %s", (key) => {
    const field: Field = { name: "from", kind: "register", register: "address-sources" };
    expect(parseAnswer(field, key, context)).toEqual({ ok: true, value: key });
  });

  it.each(["", "Server Data Center", "<b>", "x".repeat(61)])("refuses what no register gives: %s", (key) => {
    const field: Field = { name: "from", kind: "register", register: "address-sources" };
    expect(parseAnswer(field, key, context)).toMatchObject({ refusal: { code: "not-offered" } });
  });

  it("counts an emoji as two, so that the answer fits where Telegram counts so", () => {
    expect(parseAnswer(text, "👍".repeat(6), context).ok).toBe(true);
    expect(parseAnswer(text, "👍".repeat(7), context)).toMatchObject({ refusal: { values: { length: 14 } } });
  });

  it("counts after cleaning", () => {
    expect(parseAnswer(text, `${"\u200B".repeat(50)}${" ".repeat(50)}cukup`, context)).toEqual({
      ok: true,
      value: "cukup",
    });
  });
});

describe("skipping", () => {
  const note: Field = { ...text, optional: true, neededWhen: { field: "result", is: "failed" } };

  it.each<[string, Field, Record<string, string>, boolean]>([
    ["a field is not skipped", text, {}, false],
    ["an optional field may be skipped", { ...text, optional: true }, {}, true],
    ["not when an earlier answer makes it needed", note, { result: "failed" }, false],
    ["but when the earlier answer is another", note, { result: "passed" }, true],
    ["files may be skipped", { name: "files", kind: "files", optional: true }, {}, true],
  ])("%s", (_, field, answers, expected) => {
    expect(maySkip(field, answers)).toBe(expected);
  });
});

describe("a whole form", () => {
  const form: Field[] = [choice, { ...text, optional: true, neededWhen: { field: "result", is: "failed" } }];

  it("keeps what was asked, cleaned", () => {
    const parsed = parseAnswers(form, { result: "failed", note: " kabel  putus " }, context);
    expect(parsed).toEqual({ ok: true, value: { result: "failed", note: "kabel  putus" } });
  });

  it("leaves a skipped field out", () => {
    expect(parseAnswers(form, { result: "passed" }, context)).toEqual({ ok: true, value: { result: "passed" } });
  });

  it("has no answer for files, which come beside it", () => {
    const withFiles: Field[] = [...form, { name: "letter", kind: "files" }];

    expect(parseAnswers(withFiles, { result: "passed" }, context).ok).toBe(true);
    expect(parseAnswers(withFiles, { result: "passed", letter: "x" }, context)).toMatchObject({
      refusal: { code: "answer-unknown", values: { field: "letter" } },
    });
  });

  it.each<[string, Record<string, string>, object]>([
    ["a missing answer", { note: "kabel" }, { code: "answer-missing", values: { field: "result" } }],
    ["a note that is needed here", { result: "failed" }, { code: "answer-missing", values: { field: "note" } }],
    ["an empty note all the same", { result: "passed", note: " " }, { code: "text-empty", values: { field: "note" } }],
    ["an unknown name", { result: "passed", role: "x" }, { code: "answer-unknown", values: { field: "role" } }],
    ["a wrong answer", { result: "maybe" }, { code: "not-a-choice", values: { field: "result" } }],
  ])("refuses %s", (_, entered, refusal) => {
    expect(parseAnswers(form, entered, context)).toMatchObject({ ok: false, refusal });
  });
});

describe("files that must come with a form", () => {
  const form: Field[] = [
    { name: "files", kind: "files", optional: true },
    { name: "letter", kind: "files" },
    { name: "photos", kind: "files", optional: true, neededWhen: { field: "result", is: "failed" } },
  ];

  it.each<[string, Record<string, string>, string[], string | undefined]>([
    ["none has come", {}, [], "letter"],
    ["another question was answered", {}, ["files"], "letter"],
    ["the letter has come", {}, ["letter"], undefined],
    ["an answer makes others needed", { result: "failed" }, ["letter"], "photos"],
  ])("%s", (_, answers, present, missing) => {
    expect(findMissingFiles(form, answers, (name) => present.includes(name))).toBe(missing);
  });
});
