import { describe, expect, it } from "vitest";
import { csvOf } from "../../../../core/domain/form/csv.ts";
import {
  type AddressRegister,
  addressColumns,
  checkAddressLines,
  linesOfAddressFile,
  type TakenSpan,
} from "../../../../core/domain/ipam/address-file.ts";
import { prefixOf } from "../../../../core/domain/ipam/prefix.ts";
import { parseRange } from "../../../../core/domain/ipam/range-text.ts";

function taken(kind: TakenSpan["kind"], text: string, name: string | null, officeId: number | null = null): TakenSpan {
  const span = parseRange(text);
  if (!span.ok) throw new Error(text);
  return { id: 1, zone: "Utama", prefixId: 1, kind, name, officeId, ...span.value };
}

const register: AddressRegister = {
  offices: [
    { id: 1, code: "Dinkes" },
    { id: 2, code: "Disdik" },
  ],
  ticketIds: new Set([42]),
  prefixes: [
    { ...prefixOf("10.1.2.0/24"), id: 1, zoneName: "Utama" },
    { ...prefixOf("10.1.2.64/26"), id: 2, zoneName: "Utama" },
    { ...prefixOf("10.1.2.0/24"), id: 3, zoneName: "Cabang" },
  ],
  taken: [
    taken("assigned", "10.1.2.10", "Server SIMPEG", 1),
    taken("reserved", "10.1.2.11", "Server baru", 1),
    taken("quarantined", "10.1.2.12", null),
    taken("kept-free", "10.1.2.20-10.1.2.29", "DHCP"),
  ],
};

/** A line "zona;prefix;keadaan;alamat;nama;kode_kantor;dasar". */
const check = (...lines: string[]) =>
  checkAddressLines(
    lines.map((text, index) => ({ line: index + 2, cells: text.split(";") })),
    register,
  );

describe("a line of a list of addresses", () => {
  it.each([
    "Utama;;dipakai;10.1.2.5;Server baru;Dinkes;",
    " utama ;;Dipakai;10.1.2.5;Server baru;dinkes;T-0042",
    "Utama;;dipakai;10.1.2.65;Server baru;Dinkes;555/1/2026",
    "Utama;;disisihkan;10.1.2.30-10.1.2.39;DHCP 2;;",
    "Utama;10.9.0.0/16;prefix;;LAN;;",
    "Baru;10.1.2.0/24;prefix;;LAN;;",
    "Cabang;;dipakai;10.1.2.10;Server lain;Disdik;",
  ])("can be imported: %s", (line) => {
    expect(check(line)).toMatchObject({ ready: [{ line: 2 }], known: [], problems: [] });
  });

  it.each([
    "Utama;10.1.2.0/24;prefix;;Apa saja;;",
    "Utama;;dipakai;10.1.2.10;Server SIMPEG;Dinkes;",
    "Utama;;disisihkan;10.1.2.20-10.1.2.29;DHCP;;",
    "Utama;;dipesan;10.1.2.11;Server baru;Dinkes;",
    "Utama;;karantina;10.1.2.12;;;",
  ])("is there already: %s", (line) => {
    expect(check(line)).toEqual({ ready: [], known: [2], problems: [] });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ["Utama;;dipakai;10.1.2.5;Server", "column-count", { found: 5, expected: 7 }],
    ["Utama;;dipakai;10.1.2.5;=1+1;Dinkes;", "cell-like-formula", { column: "nama" }],
    ["Utama;;dipakai;10.1.2.5;Server;Dinkes;@x", "cell-like-formula", { column: "dasar" }],
    ["Utama;;dipakai;10.1.2.5;Ser\nver;Dinkes;", "cell-with-controls", { column: "nama" }],
    [";;dipakai;10.1.2.5;Server;Dinkes;", "zone-unreadable", {}],
    ["10.1.2.0/24;;dipakai;10.1.2.5;Server;Dinkes;", "zone-like-network", { network: "10.1.2.0/24" }],
    [`Utama;;dipakai;10.1.2.5;${"x".repeat(81)};Dinkes;`, "cell-too-long", { length: 81 }],
    ["Utama;;dipakai;10.1.2.5;;Dinkes;", "name-missing", {}],
    ["Utama;10.9.0.0/16;prefix;;;;", "name-missing", {}],
    ["Utama;;terpakai;10.1.2.5;Server;Dinkes;", "state-unknown", { state: "terpakai" }],
    ["Utama;;dipesan;10.1.2.5;Server;Dinkes;", "state-not-imported", { state: "dipesan" }],
    ["Utama;;dipakai;10.1.2.5;Server;Dinkess;", "office-unknown", { code: "Dinkess", meant: "Dinkes" }],
    ["Utama;;dipakai;10.1.2.5;Server;;", "office-unknown", { code: "" }],
    ["Utama;;dipakai;10.1.2.5;Server;Dinkes;T-7", "basis-ticket-unknown", { ticketId: 7 }],
    ["Utama;;dipakai;999.1.1.1;Server;Dinkes;", "address-part-too-large", { part: "999" }],
    ["Utama;;dipakai;::ffff:10.1.2.5;Server;Dinkes;", "address-mapped", { meant: "10.1.2.5" }],
    ["Utama;;dipakai;10.1.2.5-10.1.2.6;Server;Dinkes;", "address-unreadable", {}],
    ["Utama;;dipakai;10.1.3.5;Server;Dinkes;", "address-in-no-prefix", { address: "10.1.3.5" }],
    ["Lain;;dipakai;10.1.2.5;Server;Dinkes;", "address-in-no-prefix", { address: "10.1.2.5" }],
    ["Utama;;dipakai;10.1.2.0;Server;Dinkes;", "address-is-network", { address: "10.1.2.0" }],
    ["Utama;;dipakai;10.1.2.127;Server;Dinkes;", "address-is-broadcast", { address: "10.1.2.127" }],
    ["Utama;;dipakai;10.1.2.10;Server lain;Dinkes;", "address-assigned", { address: "10.1.2.10" }],
    ["Utama;;dipakai;10.1.2.10;Server SIMPEG;Disdik;", "address-assigned", { address: "10.1.2.10" }],
    ["Utama;;dipakai;10.1.2.11;Server baru;Dinkes;", "address-reserved", { address: "10.1.2.11" }],
    ["Utama;;dipakai;10.1.2.12;Server;Dinkes;", "address-quarantined", { address: "10.1.2.12" }],
    ["Utama;;dipakai;10.1.2.25;Server;Dinkes;", "address-kept-free", { address: "10.1.2.25" }],
    ["Utama;;disisihkan;10.1.2.5-10.1.2.15;DHCP;;", "range-taken", { address: "10.1.2.10" }],
    ["Utama;;disisihkan;10.1.2.25-10.1.2.35;DHCP;;", "range-kept-already", { address: "10.1.2.25" }],
    ["Utama;;disisihkan;10.1.2.50-10.1.2.70;DHCP;;", "range-in-nested", { prefix: "10.1.2.0/24" }],
    ["Utama;;disisihkan;10.1.2.9-10.1.2.5;DHCP;;", "range-backwards", {}],
    ["Utama;10.1.2.3/24;prefix;;LAN;;", "prefix-host-bits", { meant: "10.1.2.0/24" }],
    ["Utama;10.1.2.0;prefix;;LAN;;", "prefix-without-length", {}],
  ])("is refused: %s as %s", (line, code, values) => {
    expect(check(line)).toMatchObject({ ready: [], known: [], problems: [{ line: 2, code, values }] });
  });

  it("may lie in a prefix of the list, also in one below it", () => {
    const lines = ["Baru;;dipakai;10.9.0.1;Server;Dinkes;", "Baru;10.9.0.0/24;prefix;;LAN;;"];
    expect(check(...lines).ready.map(({ line }) => line)).toEqual([3, 2]);
  });

  it("is there twice: the second is refused, with the line of the first", () => {
    const { ready, problems } = check(
      "Utama;;dipakai;10.1.2.5;Satu;Dinkes;",
      "Utama;;dipakai;10.1.2.5;Dua;Dinkes;",
      "Utama;;disisihkan;10.1.2.4-10.1.2.6;DHCP;;",
      "Cabang;;dipakai;10.1.2.5;Tiga;Dinkes;",
      "Utama;10.9.0.0/16;prefix;;LAN;;",
      "Utama;10.9.0.0/16;prefix;;Lagi;;",
    );
    expect(ready.map(({ line }) => line)).toEqual([6, 2, 5]);
    expect(problems.map(({ line, code, values }) => [line, code, values.firstLine])).toEqual([
      [3, "address-twice", 2],
      [4, "address-twice", 2],
    ]);
  });
});

describe("a list of addresses", () => {
  const heading = { line: 1, cells: addressColumns };
  it.each<[string, Parameters<typeof linesOfAddressFile>[0], string]>([
    ["without its heading", [{ line: 1, cells: ["SW-1", "10.20.1.1"] }], "address-file-without-heading"],
    ["of another heading", [{ line: 1, cells: ["nama", "nip", "kode_kantor"] }], "file-heading-differs"],
    ["of nothing", [], "address-file-without-heading"],
    ["of its heading only", [heading], "address-file-empty"],
    ["of too many lines", [heading, ...Array.from({ length: 5001 }, () => heading)], "file-too-long"],
  ])("%s is refused as a whole", (_, lines, code) => {
    expect(linesOfAddressFile(lines)).toMatchObject({ refusal: { code } });
  });
});

describe("an exported cell", () => {
  it.each([
    ["Server SIMPEG", "Server SIMPEG"],
    ['Sinaga; "Rudi"', '"Sinaga; ""Rudi"""'],
    ["=1+1", "'=1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-5", "'-5"],
    ["dua\nbaris", '"dua\nbaris"'],
  ])("%j is written as %j", (text, written) => {
    expect(csvOf([[text, "x"]])).toBe(`\ufeff${written};x\r\n`);
  });
});
