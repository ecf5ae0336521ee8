import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeTargets } from "../../../../core/actions/monitoring/import-targets.ts";
import { addCheck } from "../../../../core/actions/monitoring/targets.ts";
import { listChecksOf } from "../../../../core/db/monitoring/monitor-checks.ts";
import { findTargetNamed } from "../../../../core/db/monitoring/monitor-targets.ts";
import {
  columnOfTarget,
  linesOfTargetFile,
  namesOfTargetFile,
  targetColumns,
} from "../../../../core/domain/monitoring/target-file.ts";
import { refuse } from "../../../../core/domain/outcome.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { targetLines } from "../../../support/target-file.ts";
import { withTargets } from "../../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  await withTargets(office).put("Sudah Ada", { kind: "site" });
});
afterAll(() => office.close());

const refusal = (code: string, values: Record<string, string | number>) => ({ code, values });
const fits = "kantor, link, perangkat, aplikasi";
const ofJobs = { kind: "pekerjaan", fits };
const take = (...rows: string[]) =>
  office.act((tx) => takeTargets(tx, office.people.infrastructure, office.setting(), targetLines(rows)));

/** @property queries how many it took */
async function counted(rows: readonly string[]) {
  let queries = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const { infrastructure } = office.people;
  const taken = await office.act((tx) =>
    takeTargets(tx.withPlugin(counting), infrastructure, office.setting(), targetLines(rows)),
  );
  return { ...taken, queries };
}

describe("a list of what is to be watched", () => {
  test("is taken line by line, whatever stands first; broken lines are named, and the good ones can be taken", async () => {
    const taken = await take(
      "kantor;Kantor Dinkes;Dinkes;Trunk Utara;10.20.1.1;;;;;;;Rina 0812-3456-7890;60;;Jl. Merdeka 1, lantai 2",
      "link;Trunk Utara;;;10.20.0.1;diamankan;PT Telkom;4700-1;200;31-12-2027;1500250;;;",
      "link;Trunk Barat;;;;internet;;;;;+62 811-222-3333;;;",
      "kantor;Sudah Ada;;;;;;;;;;;;",
      "kantor;Putus;;Tidak Ada;10.20.1.2;;;;;;;;;",
      "kantor;Di Belakang Putus;;Putus;;;;;;;;;;",
      "satelit;Palapa;;;;;;;;;;;;",
      "kantor;Tanpa Kantor;Dinkess;;;;;;;;;;;",
      "kantor;Salah Kolom;;;;;PT Telkom;;;;;;;",
      "perangkat;Luar;;;8.8.8.8;;;;;;;;;",
      "perangkat;Nol;;;;;;;;;;;0;",
      "link;Merpati;;;;merpati;;;;;;;;",
      `perangkat;Lebih${";".repeat(targetColumns.length)}`,
      "perangkat;=1+1;;;;;;;;;;;;",
      "link;Rumus;;;;internet;;;;;+62811222333+cmd|' /C calc'!A0;;;",
    );
    expect(taken.ready.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(taken.known).toEqual([5]);
    expect(taken.problems.map(({ line, code }) => [line, code])).toEqual([
      [6, "target-behind-unknown"],
      [7, "target-behind-wrong-line"],
      [8, "target-kind-unknown"],
      [9, "office-unknown"],
      [10, "target-column-not-of-kind"],
      [11, "address-outside-networks"],
      [12, "number-out-of-range"],
      [13, "cell-not-a-choice"],
      [14, "column-count"],
      [15, "cell-like-formula"],
      [16, "cell-like-formula"],
    ]);
    const trunk = await findTargetNamed(office.db, "Trunk Utara");
    const site = await findTargetNamed(office.db, "Kantor Dinkes");
    expect(await findTargetNamed(office.db, "Trunk Barat")).toMatchObject({ nocPhone: "+62 811-222-3333" });
    expect(trunk).toMatchObject({ kind: "link", linkKind: "secured", provider: "PT Telkom", endsOn: "2027-12-31" });
    expect(site).toMatchObject({ kind: "site", parentId: trunk?.id, policy: { intervalSeconds: 60 } });
    expect(site).toMatchObject({ contact: "Rina 0812-3456-7890", place: "Jl. Merdeka 1, lantai 2" });
    expect(await listChecksOf(office.db, site?.id ?? 0)).toMatchObject([
      { settings: { kind: "icmp", address: "10.20.1.1" } },
    ]);
  });

  test("names nothing that leads nowhere; of what no name server says anything is taken", async () => {
    const rows = ["perangkat;Tak Ada;;;tak-ada.labura.go.id;;;;;;;;;", "perangkat;Diam;;;diam.labura.go.id;;;;;;;;;"];
    const lines = targetLines([...rows, "perangkat;Alamat;;;10.20.9.9;;;;;;;;;", "perangkat;Tanpa;;;;;;;;;;;;"]);
    expect(namesOfTargetFile(lines)).toEqual(["tak-ada.labura.go.id", "diam.labura.go.id"]);
    const found = new Map([
      ["tak-ada.labura.go.id", "name-unknown"],
      ["diam.labura.go.id", "resolver-silent"],
    ] as const);
    const { infrastructure } = office.people;
    const taken = await office.act((tx) => takeTargets(tx, infrastructure, office.setting(), lines, found));
    expect(taken.ready.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(taken.problems).toMatchObject([
      { line: 2, code: "check-name-unknown", values: { name: "tak-ada.labura.go.id", field: "address" } },
    ]);
  });

  test("says of each line in words of lists, not of forms, what is wrong with it", async () => {
    const long = "x".repeat(61);
    const { problems } = await take(
      "link;Tanpa Jenis;;;;;;;;;;;;",
      `perangkat;${long};;;;;;;;;;;;`,
      "kantor;Bukan Ya;;;;;;;;;;;;mungkin",
      "pekerjaan;Backup;;;10.20.1.9;;;;;;;;;",
      "pekerjaan;Backup;;;;;;;;;;;60;",
      "perangkat;Publik;;;;;;;;;;;;ya",
      "link;Persen;;;;internet;;;;;;;;;;setengah",
      "pekerjaan;Backup Dua;;;;;;;;;;;;;;;;700",
      "kantor;Kali;;;;;;;;;;;;;;;;;21",
    );
    expect(problems).toEqual([
      { line: 2, ...refusal("cell-missing", { field: "link-kind" }) },
      { line: 3, ...refusal("cell-too-long", { field: "name", length: 61, longest: 60 }) },
      { line: 4, ...refusal("cell-not-a-choice", { field: "public", choices: "ya, tidak" }) },
      { line: 5, ...refusal("target-column-not-of-kind", { ...ofJobs, column: "alamat_ping", field: "address" }) },
      { line: 6, ...refusal("target-column-not-of-kind", { ...ofJobs, column: "selang", field: "interval" }) },
      {
        line: 7,
        ...refusal("target-column-not-of-kind", {
          ...{ kind: "perangkat", column: "halaman_publik", field: "public" },
          fits: "kantor, link, aplikasi, pekerjaan",
        }),
      },
      { line: 8, ...refusal("percent-unreadable", { min: 50, max: 100, field: "agreed-percent" }) },
      {
        line: 9,
        ...refusal("target-column-not-of-kind", { ...ofJobs, column: "batas_latensi_ms", field: "latency-ms" }),
      },
      { line: 10, ...refusal("number-out-of-range", { min: 1, max: 20, example: 3, field: "misses" }) },
    ]);
  });

  test("says at once all that is wrong with the cells of a line", async () => {
    const { problems } = await take(
      "link;Banyak Salah;Dinkess;;;internet;;;cepat;;lima;Rina 0812-3456-7890;;;Jl. Merdeka 1",
      "kantor;Di Belakang;;Banyak Salah;;;;;;;;Rina;;;",
    );
    expect(problems.map(({ line, code, values }) => [line, code, columnOfTarget({ code, values })])).toEqual([
      [2, "office-unknown", undefined],
      [2, "number-unreadable", "mbps"],
      [2, "short-phone-missing", "telepon_noc"],
      [2, "target-column-not-of-kind", "kontak"],
      [2, "target-column-not-of-kind", "tempat"],
      [3, "target-behind-wrong-line", "di_belakang"],
      [3, "phone-missing", "kontak"],
    ]);
  });

  test("names the lines that lie behind each other, that wait for a wrong one, or that say the same again", async () => {
    const { ready, problems } = await take(
      "perangkat;A;;b;;;;;;;;;;",
      "perangkat;B;;C;;;;;;;;;;",
      "perangkat;C;;A;;;;;;;;;;",
      "perangkat;Di Belakang Putaran;;A;;;;;;;;;;",
      "perangkat;Sendiri;;sendiri;;;;;;;;;;",
      "perangkat;Dua Kali;;;;;;;;;;;;",
      "perangkat;dua kali;;;;;;;;;;;;",
    );
    const circle = {
      ...refusal("target-circle-in-file", { names: "A\nB\nC", numbers: "2,3,4", more: 0, field: "parent" }),
    };
    const alone = { names: "Sendiri", numbers: "6", more: 0, field: "parent" };
    expect(ready.map(({ line }) => line)).toEqual([7]);
    expect(problems).toEqual([
      { line: 2, ...circle },
      ...[3, 4].map((line) => ({ line, ...refusal("target-in-circle", { firstLine: 2, field: "parent" }) })),
      { line: 5, ...refusal("target-behind-wrong-line", { name: "A", line: 2, field: "parent" }) },
      { line: 6, ...refusal("target-circle-in-file", alone) },
      { line: 8, ...refusal("target-twice", { firstLine: 7, field: "name" }) },
    ]);
  });

  test("takes the first of two lines with one name, also where that waits for a later one", async () => {
    const { ready, problems } = await take(
      "perangkat;Sakelar Uji;;Ruter Uji;;;;;;;;;;",
      "perangkat;Sakelar Uji;;;;;;;;;;;;",
      "perangkat;Ruter Uji;;;;;;;;;;;;",
    );
    expect(ready.map(({ line }) => line)).toEqual([2, 4]);
    expect(problems).toEqual([{ line: 3, ...refusal("target-twice", { firstLine: 2, field: "name" }) }]);
  });

  test("changes what a line says otherwise, as by hand; empty cells leave what is there, and what says nothing new is there already", async () => {
    await take(
      "link;Trunk Timur;;;10.20.7.1;internet;PT Telkom;4700-7;200;31-12-2027;1500250;;60;",
      "kantor;Kantor Camat;Dinkes;Trunk Timur;10.20.7.2;;;;;;;Rina 0812-3456-7890;;tidak",
    );
    const trunk = async () => findTargetNamed(office.db, "Trunk Timur");
    const site = async () => findTargetNamed(office.db, "Kantor Camat");
    const pings = async (id = 0) =>
      (await listChecksOf(office.db, id)).map(({ settings }) => ("address" in settings ? settings.address : ""));

    const same = await take(
      "link;TRUNK timur;;;10.20.7.1;internet;PT Telkom;;200;31-12-2027;;;060;",
      "kantor;Kantor Camat;dinkes;trunk timur;;;;;;;;;;tidak",
    );
    expect(same).toMatchObject({ ready: [], known: [2, 3], problems: [], marks: { changed: [] } });
    expect(await trunk()).toMatchObject({ name: "Trunk Timur", version: 1 });

    const corrected = await take(
      "perangkat;Router Timur;;;;;;;;;;;;",
      "link;Trunk Timur;;;10.20.7.9;vpn;;4700-8;;;;;;",
      "kantor;Kantor Camat;Disdukcapil;Router Timur;;;;;;;;Budi 0813-1111-2222;;",
    );
    expect(corrected.ready.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(corrected).toMatchObject({ known: [], problems: [], marks: { changed: [3, 4] } });
    expect(await trunk()).toMatchObject({
      linkKind: "vpn",
      provider: "PT Telkom",
      circuitNumber: "4700-8",
      version: 2,
    });
    expect(await trunk()).toMatchObject({ bandwidthMbps: 200, policy: { intervalSeconds: 60 } });
    expect(await pings((await trunk())?.id)).toEqual(["10.20.7.9"]);
    const router = await findTargetNamed(office.db, "Router Timur");
    expect(await site()).toMatchObject({ parentId: router?.id, contact: "Budi 0813-1111-2222", isPublic: false });
    expect(await pings((await site())?.id)).toEqual(["10.20.7.2"]);
    const journal = await office.db
      .selectFrom("journal")
      .select("event")
      .where("subject_id", "=", (await trunk())?.id ?? 0)
      .where("subject_kind", "=", "target")
      .orderBy("id")
      .execute();
    expect(journal.map(({ event }) => event)).toEqual([
      "target-added",
      "target-changed",
      "check-removed",
      "check-added",
    ]);
  });

  test("changes nothing that cannot be so, nor anything of a line of which a part cannot", async () => {
    await take("perangkat;Ruter Barat;;;10.20.8.1;;;;;;;;;", "perangkat;Sakelar Barat;;Ruter Barat;;;;;;;;;;");
    const { id = 0 } = (await findTargetNamed(office.db, "Ruter Barat")) ?? {};
    const { infrastructure } = office.people;
    const { ready, problems } = await take(
      "perangkat;Ruter Barat;Dinkes;;8.8.8.8;;;;;;;;;",
      "perangkat;Sakelar Barat;;Sakelar Barat;;;;;;;;;;",
      "link;Sudah Ada;;;;internet;;;;;;;;",
    );
    expect(ready).toEqual([]);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [2, "address-outside-networks"],
      [3, "target-behind-itself"],
      [4, "target-named"],
    ]);
    expect(await findTargetNamed(office.db, "Ruter Barat")).toMatchObject({ officeId: null, version: 1 });
    expect((await take("perangkat;Ruter Barat;;Sakelar Barat;;;;;;;;;;")).problems).toMatchObject([
      { line: 2, code: "target-cycle" },
    ]);
    const second = { targetId: id, answers: { check: "icmp", address: "10.20.8.2" } };
    await office.act((tx) => addCheck(tx, infrastructure, office.setting(), second));
    expect((await take("perangkat;Ruter Barat;;;10.20.8.2;;;;;;;;;")).known).toEqual([2]);
    expect((await take("perangkat;Ruter Barat;;;10.20.8.3;;;;;;;;;")).problems).toMatchObject([
      { line: 2, ...refusal("target-asked-at-several", { count: 2, field: "address" }) },
    ]);
  });

  test("turns a tree around whatever line stands first, and names what would lie behind itself in the end", async () => {
    await take("perangkat;Hulu;;;;;;;;;;;;", "perangkat;Hilir;;Hulu;;;;;;;;;;", "perangkat;Sumber;;;;;;;;;;;;");
    const turned = await take("perangkat;Hulu;;Hilir;;;;;;;;;;", "perangkat;Hilir;;Sumber;;;;;;;;;;");
    expect(turned.ready.map(({ line }) => line)).toEqual([2, 3]);
    const source = await findTargetNamed(office.db, "Sumber");
    const lower = await findTargetNamed(office.db, "Hilir");
    expect(source).toMatchObject({ parentId: null });
    expect(lower).toMatchObject({ parentId: source?.id });
    expect(await findTargetNamed(office.db, "Hulu")).toMatchObject({ parentId: lower?.id });
    const { ready, problems } = await take("perangkat;Sumber;;Hulu;;;;;;;;;;", "perangkat;Kolam;;Sumber;;;;;;;;;;");
    expect(ready.map(({ line }) => line)).toEqual([3]);
    expect(problems).toMatchObject([{ line: 2, code: "target-cycle", values: { field: "parent" } }]);
  });

  test("marks of which names nobody knows where they lead", async () => {
    const { infrastructure } = office.people;
    const lines = targetLines(["perangkat;Ragu;;;ragu.labura.go.id;;;;;;;;;", "perangkat;Yakin;;;10.20.9.8;;;;;;;;;"]);
    const silent = new Map([["ragu.labura.go.id", "resolver-silent"]] as const);
    const taken = await office.act((tx) => takeTargets(tx, infrastructure, office.setting(), lines, silent));
    expect(taken.marks).toEqual({ changed: [], unsure: [2] });
  });

  test("takes a port and a page beside the ping; of a line of which one cannot be nothing stays", async () => {
    const { ready, problems } = await take(
      "aplikasi;Portal Uji;;;10.40.0.1;;;;;;;;;;;;;;;10.40.0.1:443;https://portal.labura.go.id/",
      "aplikasi;Tanpa Port;;;;;;;;;;;;;;;;;;10.40.0.2;",
      "aplikasi;Luar;;;10.40.0.3;;;;;;;;;;;;;;;8.8.8.8:443;",
      "aplikasi;Bukan Halaman;;;;;;;;;;;;;;;;;;;portal",
      "pekerjaan;Bukan Kerja;;;;;;;;;;;;;;;;;;10.40.0.4:443;",
    );
    expect(ready.map(({ line }) => line)).toEqual([2]);
    expect(
      problems.map(({ line, code, values }) => [line, code, columnOfTarget(refuse(code, values).refusal)]),
    ).toEqual([
      [3, "cell-without-port", "alamat_port"],
      [4, "address-outside-networks", "alamat_port"],
      [5, "check-url", "halaman_web"],
      [6, "target-column-not-of-kind", "alamat_port"],
    ]);
    const portal = await findTargetNamed(office.db, "Portal Uji");
    expect((await listChecksOf(office.db, portal?.id ?? 0)).map(({ settings }) => settings)).toEqual([
      { kind: "icmp", address: "10.40.0.1" },
      { kind: "tcp", address: "10.40.0.1", port: 443 },
      { kind: "http", url: "https://portal.labura.go.id/", status: null, text: null },
    ]);
    expect(await findTargetNamed(office.db, "Luar")).toBeUndefined();
  });

  test("asks of each name in it where it leads", async () => {
    const rows = ["aplikasi;Nama;;;;;;;;;;;;;;;;;;satu.labura.go.id:443;https://dua.labura.go.id/"];
    const lines = targetLines(rows);
    expect(namesOfTargetFile(lines)).toEqual(["satu.labura.go.id", "dua.labura.go.id"]);
    const found = new Map([["dua.labura.go.id", "name-unknown"]] as const);
    const { infrastructure } = office.people;
    const { problems } = await office.act((tx) => takeTargets(tx, infrastructure, office.setting(), lines, found));
    expect(problems).toMatchObject([{ line: 2, code: "check-name-unknown", values: { field: "url" } }]);
  });

  test("keeps off the public page what it says, and takes jobs", async () => {
    await take("aplikasi;SIMPEG Uji;;;;;;;;;;;;tidak", "pekerjaan;Backup Uji;;SIMPEG Uji;;;;;;;;;;");
    expect(await findTargetNamed(office.db, "SIMPEG Uji")).toMatchObject({ isPublic: false });
    expect(await findTargetNamed(office.db, "Backup Uji")).toMatchObject({ kind: "job", isPublic: true });
  });

  test("takes as much for each line however many there are, also where each lies behind a later one", async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `perangkat;Rantai ${at};;Rantai ${at + 1};;;;;;;;;;`);
    const { ready, queries } = await counted([...rows, "perangkat;Rantai 40;;;;;;;;;;;;"]);
    expect(ready).toHaveLength(41);
    expect(queries).toBeLessThan(41 * 8);
  });

  test("corrects as much for each line, too, without a look at all that is watched", async () => {
    const rows = (net: number) =>
      Array.from({ length: 40 }, (_, at) => `perangkat;Kantor Koreksi ${at};;Sudah Ada;10.30.${net}.${at};;;;;;;;;`);
    await take(...rows(1));
    const { marks, queries } = await counted(rows(2));
    expect(marks?.changed).toHaveLength(40);
    expect(queries).toBeLessThan(40 * 12);
  });

  test("is not taken without its heading, nor without a line", () => {
    const heading = { line: 1, cells: [...targetColumns] };
    expect(linesOfTargetFile(targetLines(["a;b"]))).toMatchObject({ refusal: { code: "target-file-without-heading" } });
    expect(linesOfTargetFile([heading])).toMatchObject({ refusal: { code: "target-file-empty" } });
    expect(linesOfTargetFile([{ line: 1, cells: [...targetColumns, "catatan"].slice(1) }])).toMatchObject({
      refusal: { code: "file-heading-differs", values: { missing: "jenis", unknown: "catatan" } },
    });
  });
});
