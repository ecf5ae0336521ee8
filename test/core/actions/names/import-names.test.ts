import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { takeNames } from "../../../../core/actions/names/import-names.ts";
import { accepted, withAddresses } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let addresses: string[];
beforeAll(async () => {
  office = await openOffice();
  const ipam = await withAddresses(office);
  const prefixId = accepted(await ipam.addPrefix("10.1.2.0/24"));
  const give = async () => accepted(await ipam.assign(prefixId, null)).address;
  addresses = [await give(), await give()];
});
afterAll(() => office.close());
beforeEach(() => office.enqueued.splice(0));

/** Imports lines of a list, the first of which is its second. */
const take = (...lines: string[]) =>
  office.act((tx) =>
    takeNames(
      tx,
      office.people.infrastructure,
      office.setting(),
      lines.map((line, index) => ({ line: index + 2, cells: line.split(";") })),
    ),
  );

describe("a list of names", () => {
  it("has the zones written once", async () => {
    const names = ["satu", "dua", "tiga"].map((name) => `aplikasi;${name};dipakai;Dinkes;;;;Uji;555/1/2026;`);
    expect((await take(...names)).ready).toHaveLength(3);
    expect(office.enqueued).toEqual([{ name: "write-zones", data: {} }]);
    expect((await take(...names)).known).toHaveLength(3);
    expect(office.enqueued).toHaveLength(1);
  });
});

describe("a line of a list of names", () => {
  const known = () => `aplikasi;simpeg.labura.go.id;dipakai;Dinkes;;;${addresses.join(", ")};Kepegawaian;555/1/2026;`;
  const village = "nama desa;aektapa.desa.id;dipakai;;Aek Tapa;Marbau;203.0.113.5;Situs;555/1/2026;Layanan pusat";
  beforeAll(async () => {
    expect((await take("desa;;;;Aek Tapa;Marbau;;;;", known(), village)).ready).toHaveLength(3);
  });

  it("with too few cells is refused with the columns that are expected", async () => {
    const columns = "jenis;nama;keadaan;kode_kantor;desa;kecamatan;tujuan;untuk;dasar;alasan_di_luar";
    const problems = [{ line: 2, code: "column-count", values: { found: 2, expected: 10, columns } }];
    expect(await take("aplikasi;simpeg")).toEqual({ ready: [], known: [], problems });
  });

  it("is known where all that it says is so already", async () => {
    const lines = [
      known(),
      known().replace("simpeg.labura.go.id", "SIMPEG"),
      known().replace(addresses.join(", "), addresses.toReversed().join(" ")),
      village,
    ];
    expect(await take(...lines)).toEqual({ ready: [], known: [2, 3, 4, 5], problems: [] });
  });

  it.each([
    ["target", () => known().replace(addresses.join(", "), addresses[0] ?? "")],
    ["target that nobody has", () => known().replace(addresses.join(", "), "10.1.2.99")],
    ["target that is none", () => known().replace(addresses.join(", "), "")],
    ["purpose", () => known().replace("Kepegawaian", "Absensi")],
    ["office", () => known().replace("Dinkes", "Diskominfo")],
    ["reason for being elsewhere", () => village.replace("Layanan pusat", "Aplikasi umum")],
  ])("with another %s is refused: the name is in use", async (_, changed) => {
    const name = changed().startsWith("aplikasi") ? "simpeg.labura.go.id" : "aektapa.desa.id";
    const problems = [{ line: 2, code: "domain-in-use", values: { name } }];
    expect(await take(changed())).toEqual({ ready: [], known: [], problems });
  });
});
