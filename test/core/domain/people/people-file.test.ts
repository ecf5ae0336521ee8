import { describe, expect, it } from "vitest";
import { decodeText, delimiterOf, type FileLine } from "../../../../core/domain/form/csv.ts";
import {
  checkPeopleFile,
  mostLines,
  nipsOf,
  type ProblemCode,
  type Register,
} from "../../../../core/domain/people/people-file.ts";

const heading = ["nama", "nip", "kode_kantor"];
const nip = (sequence: number) => `199001012015012${String(sequence).padStart(3, "0")}`;

const register: Register = {
  offices: [
    { id: 1, code: "Dinkes" },
    { id: 2, code: "Disdukcapil" },
  ],
  people: new Map([
    [nip(901), { officeId: 1, isActive: true }],
    [nip(902), { officeId: 2, isActive: true }],
    [nip(903), { officeId: 1, isActive: false }],
  ]),
};

function file(...rows: readonly (readonly string[])[]): FileLine[] {
  return [heading, ...rows].map((cells, index) => ({ line: index + 1, cells }));
}

function check(...rows: readonly (readonly string[])[]) {
  const checked = checkPeopleFile(file(...rows), register);
  if (!checked.ok) throw new Error(checked.refusal.code);
  return checked.value;
}

describe("a line", () => {
  it("that is right is ready, with the office's id", () => {
    expect(check(["Siti Aminah", nip(1), "Dinkes"])).toEqual({
      ready: [{ line: 2, name: "Siti Aminah", nip: nip(1), officeId: 1 }],
      known: [],
      problems: [],
    });
  });

  it("is read with the spaces and capitals that people leave in it", () => {
    const { ready } = check(["  Siti   Aminah ", " 19900101 201501 2 001 ", " dinkes "]);
    expect(ready).toEqual([{ line: 2, name: "Siti Aminah", nip: nip(1), officeId: 1 }]);
  });

  it("of somebody who is in the register of that office is left out as known", () => {
    expect(check(["Siti Aminah", nip(901), "Dinkes"])).toEqual({ ready: [], known: [2], problems: [] });
  });

  it.each<[string, readonly string[], ProblemCode, object]>([
    ["with two cells", ["Siti", nip(1)], "column-count", { found: 2, expected: 3 }],
    ["with four cells", ["Siti", nip(1), "Dinkes", "help-desk"], "column-count", { found: 4, expected: 3 }],
    ["without a name", ["", nip(1), "Dinkes"], "name-missing", {}],
    ["with a name of nothing visible", ["\u200b \u2060", nip(1), "Dinkes"], "name-missing", {}],
    ["with too long a name", ["x".repeat(101), nip(1), "Dinkes"], "name-too-long", { length: 101, longestName: 100 }],
    ["without a NIP", ["Siti", "", "Dinkes"], "nip-missing", {}],
    ["with a NIP of 17 digits", ["Siti", nip(1).slice(1), "Dinkes"], "nip-length", { length: 17 }],
    ["with letters in the NIP", ["Siti", "19900101201501200A", "Dinkes"], "nip-not-digits", {}],
    ["with an impossible date", ["Siti", "199013012015012001", "Dinkes"], "nip-form", {}],
    ["with a NIP that a spreadsheet rounded", ["Siti", "1,99001E+17", "Dinkes"], "nip-from-spreadsheet", {}],
    ["with a NIP of somebody elsewhere", ["Siti", nip(902), "Dinkes"], "nip-of-another-office", {}],
    ["with the NIP of who left", ["Siti", nip(903), "Dinkes"], "nip-of-somebody-who-left", {}],
    ["without an office", ["Siti", nip(1), " "], "office-missing", {}],
    ["of a misspelt office", ["Siti", nip(1), "Dinkess"], "office-unknown", { code: "Dinkess", meant: "Dinkes" }],
    ["of an office like none", ["Siti", nip(1), "Satpol PP"], "office-unknown", { code: "Satpol PP" }],
    ["with a formula", ["=cmd|'/c calc'!A1", nip(1), "Dinkes"], "formula", { column: "nama" }],
    ["that begins with +", ["+62812", nip(1), "Dinkes"], "formula", { column: "nama" }],
    ["that begins with -", ["-2+3", nip(1), "Dinkes"], "formula", { column: "nama" }],
    ["that begins with @", ["@SUM(A1)", nip(1), "Dinkes"], "formula", { column: "nama" }],
    ["that begins with a tab", ["\tSiti", nip(1), "Dinkes"], "formula", { column: "nama" }],
    ["with a formula behind a space", [" =1", nip(1), "Dinkes"], "formula", { column: "nama" }],
    ["with a formula as its office", ["Siti", nip(1), "=A1"], "formula", { column: "kode_kantor" }],
    ["with markup", ["<b>Siti</b>", nip(1), "Dinkes"], "markup", { column: "nama" }],
    ["with a line end in a cell", ["Siti\nAminah", nip(1), "Dinkes"], "control-character", { column: "nama" }],
    ["with a control character", ["Siti\u0007", nip(1), "Dinkes"], "control-character", { column: "nama" }],
  ])("%s is a problem", (_, cells, code, values) => {
    expect(check(cells)).toEqual({ ready: [], known: [], problems: [{ line: 2, code, values }] });
  });

  it("may have several problems, which are all told", () => {
    const { problems } = check(["", "123", "Dinkess"]);
    expect(problems.map(({ code }) => code)).toEqual(["name-missing", "nip-length", "office-unknown"]);
  });

  it("with a NIP that an earlier line has names that line, also where that one is wrong otherwise", () => {
    const { ready, problems } = check(
      ["Siti", nip(1), "Dinkes"],
      ["Budi", nip(1), "Dinkes"],
      ["Rina", nip(2), "Dinkess"],
      ["Tono", nip(2), "Dinkes"],
    );
    expect(ready.map(({ line }) => line)).toEqual([2]);
    expect(problems).toEqual([
      { line: 3, code: "nip-twice", values: { firstLine: 2 } },
      { line: 4, code: "office-unknown", values: { code: "Dinkess", meant: "Dinkes" } },
      { line: 5, code: "nip-twice", values: { firstLine: 4 } },
    ]);
  });

  it("that is wrong does not keep the others from being ready", () => {
    const { ready, known, problems } = check(
      ["Siti", nip(1), "Dinkes"],
      ["", nip(2), "Dinkes"],
      ["Lama", nip(901), "Dinkes"],
      ["Rina", nip(3), "Disdukcapil"],
    );
    expect(ready.map(({ line }) => line)).toEqual([2, 5]);
    expect(known).toEqual([4]);
    expect(problems.map(({ line }) => line)).toEqual([3]);
  });
});

describe("a file", () => {
  it("takes its heading in any capitals", () => {
    const lines = [
      { line: 1, cells: ["Nama", " NIP ", "KODE_KANTOR"] },
      { line: 2, cells: ["Siti", nip(1), "Dinkes"] },
    ];
    expect(checkPeopleFile(lines, register)).toMatchObject({ ok: true, value: { ready: [{ line: 2 }] } });
  });

  it.each<[string, FileLine[]]>([
    ["without anything", []],
    ["without its heading", [{ line: 1, cells: ["Siti", nip(1), "Dinkes"] }]],
    ["with its columns in another order", [{ line: 1, cells: ["nip", "nama", "kode_kantor"] }]],
    ["with a column for roles", [{ line: 1, cells: [...heading, "peran"] }]],
  ])("%s is refused", (_, lines) => {
    expect(checkPeopleFile(lines, register)).toMatchObject({ refusal: { code: "file-without-heading" } });
  });

  it("with nobody in it is refused", () => {
    expect(checkPeopleFile(file(), register)).toMatchObject({ refusal: { code: "file-without-people" } });
  });

  it("may have 5,000 lines, and not one more", () => {
    const rows = Array.from({ length: mostLines }, () => ["", "", ""]);
    expect(checkPeopleFile(file(...rows), register).ok).toBe(true);
    expect(checkPeopleFile(file(...rows, ["", "", ""]), register)).toMatchObject({
      refusal: { code: "file-too-long", values: { lines: 5001, mostLines: 5000 } },
    });
  });

  it("names the NIPs to look up, each once", () => {
    const rows = [
      ["A", nip(1), "x"],
      ["B", "19900101 201501 2 001", "x"],
      ["C", "123", "x"],
      ["D"],
      ["E", nip(2), "x"],
    ];
    expect(nipsOf(file(...rows))).toEqual([nip(1), nip(2)]);
  });
});

describe("the text of a file", () => {
  it.each<[string, Uint8Array, string]>([
    ["UTF-8", Buffer.from("José"), "José"],
    ["UTF-8 with its mark", Buffer.from("\ufeffJosé"), "José"],
    ["Windows-1252", Buffer.from("José", "latin1"), "José"],
    ["Windows-1252 with its own signs", Uint8Array.of(0x93, 0x41, 0x94, 0x80), "“A”€"],
    ["nothing", new Uint8Array(), ""],
  ])("is read from %s", (_, bytes, text) => {
    expect(decodeText(bytes)).toEqual({ ok: true, value: text });
  });

  it.each<[string, Uint8Array]>([
    ["a workbook", Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0, 6, 0)],
    ["UTF-16", Buffer.from("nama", "utf16le")],
    ["what is neither", Uint8Array.of(0xe9, 0x81, 0x41)],
  ])("is refused of %s", (_, bytes) => {
    expect(decodeText(bytes)).toMatchObject({ refusal: { code: "file-not-text" } });
  });

  it.each<[string, "," | ";"]>([
    ["nama;nip;kode_kantor\nA,B;1;2", ";"],
    ["nama,nip,kode_kantor\nA;B;C,1,2", ","],
    ["\r\n\r\nnama;nip;kode_kantor", ";"],
    ["", ","],
  ])("%j is divided by %j", (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });
});
