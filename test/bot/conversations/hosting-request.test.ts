import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assignAddress } from "../../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../../core/actions/ipam/prefixes.ts";
import { placeName } from "../../../core/actions/names/give-name.ts";
import { getPerson } from "../../../core/db/people/people.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { HostFailed, type Hosts } from "../../../worker/hosting/hosts.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { noHosts, testHosting } from "../../support/hosting.ts";
import { accepted } from "../../support/ipam.ts";
import { standInTests } from "../../support/standing.ts";

let desk: TestDesk;
const words = () => desk.newestWords("user");
const labels = () => desk.labels(desk.newest("user"));
const digest = `sha256:${"0a".repeat(32)}`;

let isAway = true;
const saveImage: Hosts["saveImage"] = async (_target, _reference, path) => {
  if (isAway) throw new HostFailed("registry-unreachable", "saving an image in a test");
  await writeFile(path, "image");
};

beforeAll(async () => {
  desk = await openDesk({
    rules: { hosting: { ...testHosting, registries: ["registry.labura.go.id"] } },
    hosts: { ...noHosts, saveImage },
    checkFile: async () => [{ check: "image-sane", result: "passed", findings: [] }],
  });
  await desk.link("user", "helpDesk", "nonTechnical", "dataCenter");
  await desk.settled();
});
afterAll(() => desk.close());

async function begin(runtime: string | undefined): Promise<void> {
  await desk.tell("user", "/permintaan");
  await desk.press("user", "Penitipan aplikasi/server");
  await desk.press("user", "Aplikasi (hosting)");
  await desk.tell("user", "Antrean");
  expect(words()).toContain("Dengan runtime apa aplikasi ini dijalankan?\nRuntime adalah program di server");
  await desk.press("user", runtime ?? "Lewati");
}

/** From the letter to the application itself. */
async function letter(): Promise<void> {
  for (const text of ["555/210/2026", "20-11-2026"]) await desk.tell("user", text);
  await send("surat.pdf", "application/pdf");
  await desk.press("user", "Lanjut");
  await desk.tell("user", "Antrean loket.");
  await desk.press("user", "Ya");
}

async function send(name: string, mimeType: string): Promise<void> {
  desk.server.people.sendDocument(desk.idOf("user"), { bytes: Buffer.from(name), name, mimeType });
  await desk.settled();
}

async function newest() {
  return desk.db.selectFrom("ticket").select(["id", "answers"]).orderBy("id", "desc").executeTakeFirstOrThrow();
}

describe("a request for hosting", () => {
  test("asks for what goes with the runtime, and shows all of it before it is sent", async () => {
    await begin("PHP");
    expect(words()).toContain("\nBasis data menyimpan isi aplikasi");
    expect(labels()).toEqual(expect.arrayContaining(["MariaDB", "Tanpa basis data"]));
    expect(labels().join()).not.toContain("Lewati");
    await desk.press("user", "MariaDB");
    expect(words()).toContain("\nUkuran adalah memori (MB) dan prosesor (CPU) untuk aplikasi");
    expect(labels()).toEqual(expect.arrayContaining(["Kecil (64 MB, 0,5 CPU)", "Besar (128 MB, 1 CPU)"]));
    await desk.tell("user", "kecil");
    expect(words()).toContain("\nIntranet adalah jaringan kantor");
    await desk.press("user", "Intranet saja");
    await desk.tell("user", "antrean");
    await letter();
    expect(words()).toContain("Kirim arsip aplikasinya (.zip atau .tar.gz)");
    expect(words()).toContain("dan dump basis datanya");
    await desk.press("user", "Lanjut");
    await desk.press("user", "Lanjut");
    for (const part of [
      "Runtime: PHP",
      "Basis data: MariaDB",
      "Ukuran: Kecil (64 MB, 0,5 CPU)",
      "Jangkauan: Intranet saja",
      "Nama domain yang diinginkan: antrean.labura.go.id",
    ]) {
      expect(words()).toContain(part);
    }
    await desk.press("user", "Kirim");
    const wished = { runtime: "php", database: "mariadb", size: "small", reach: "intranet" };
    expect((await newest()).answers).toMatchObject(wished);
    await desk.tell("user", `/tiket T-${(await newest()).id}`);
    expect(words()).toContain("Ukuran: Kecil (64 MB, 0,5 CPU)");
  });

  test("a runtime that is changed at the last look takes its database along", async () => {
    await begin("PHP");
    for (const label of ["MariaDB", "Kecil", "Intranet saja", "Lewati"]) await desk.press("user", label);
    await letter();
    for (const label of ["Lanjut", "Lanjut", "✏️ Ubah", "Runtime", "Situs statis"]) await desk.press("user", label);
    expect(words()).toContain("Runtime: Situs statis");
    expect(words()).not.toContain("Basis data:");
    await desk.press("user", "Kirim");
    const { answers } = await newest();
    expect(answers).toMatchObject({ runtime: "static", size: "small" });
    expect(answers).not.toHaveProperty("database");
  });

  test("of what no runtime fits is asked as one that is installed by hand", async () => {
    await begin(undefined);
    expect(words()).toContain("Nama domain apa yang diinginkan?");
    await desk.press("user", "Lewati");
    await letter();
    expect(words()).toContain("Kirim aplikasinya bila sudah ada");
    await desk.press("user", "✖️ Batal");
  });

  test("names an image of a registry by its digest; what else is named is refused with an example", async () => {
    await begin("Image kontainer");
    for (const label of ["Kecil", "Intranet saja", "Lewati"]) await desk.press("user", label);
    await letter();
    expect(words()).toContain("Image-nya ada di registry registry.labura.go.id?");
    for (const [entered, sentence] of [
      ["registry.labura.go.id/antrean:1.2", "Rujukan image harus memakai digest, bukan tag"],
      [
        `registry.labura.go.id/antrean@${digest.slice(0, -1)}`,
        "64 angka atau huruf kecil a sampai f, yang Anda ketik 63",
      ],
      [`registry.labura.go.id/antrean@sha256:${"0A".repeat(32)}`, "64 angka atau huruf kecil a sampai f"],
      [`antrean@${digest}`, "Itu bukan rujukan image."],
    ] as const) {
      await desk.tell("user", entered);
      expect(words()).toContain(sentence);
      expect(words()).toContain("contoh: registry.go.id/simpeg@sha256:2c26…e7ae.");
    }
    await desk.tell("user", `docker.io/library/antrean@${digest}`);
    expect(words()).toContain(
      "Image dari docker.io tidak diterima. Pakai registry kantor ini, contoh: registry.labura.go.id.",
    );
    await desk.tell("user", `registry.labura.go.id/antrean@${digest}`);
    // No file: the next one is for other documents.
    expect(words()).toContain("Kirim dokumen pendukung");
    await desk.press("user", "Lanjut");
    expect(words()).toContain(`Rujukan image: registry.labura.go.id/antrean@${digest}`);
    await desk.press("user", "Kirim");
    const { id, answers } = await newest();
    expect(answers["image-reference"]).toBe(`registry.labura.go.id/antrean@${digest}`);

    const why = "Registry image tidak dapat dihubungi dari host.";
    const polling = { timeout: 15_000, interval: 200 };
    await expect.poll(() => desk.allWords("user"), polling).toContain(`belum didapat. ${why}`);
    await fetchAgain(id, why);
  });

  /** Before the application is asked for. */
  async function toReference(): Promise<void> {
    await begin("Image kontainer");
    for (const label of ["Kecil", "Intranet saja", "Lewati"]) await desk.press("user", label);
    await letter();
  }

  const fieldsOfFiles = async () => {
    const kept = desk.db.selectFrom("attachment").select(["name", "field"]).where("draft_id", "is not", null);
    return Object.fromEntries((await kept.execute()).map(({ name, field }) => [name, field]));
  };

  test("an image that is sent where it may be named is the application's file", async () => {
    await toReference();
    await send("antrean", "application/octet-stream");
    expect(words()).toContain("📎 1 berkas diterima. Yang terakhir menjadi Berkas aplikasi.");
    expect(words()).toContain("Kirim image-nya (hasil docker save)");
    expect(await fieldsOfFiles()).toMatchObject({ antrean: "application-files", "surat.pdf": "letter" });
    await desk.press("user", "Lanjut");
    await desk.press("user", "Lanjut");
    expect(words()).toContain("Berkas aplikasi: 1 berkas");
    expect(words()).toContain("Rujukan image: tidak diisi");
    await desk.press("user", "✖️ Batal");
  });

  test("one that comes instead of the name that was given takes its place", async () => {
    await toReference();
    await desk.tell("user", `registry.labura.go.id/antrean@${digest}`);
    await send("antrean.tar", "application/x-tar");
    expect(words()).toContain("⚠️ Image-nya diambil dari registry, jadi berkas itu disimpan sebagai lampiran biasa.");
    expect(await fieldsOfFiles()).toMatchObject({ "antrean.tar": "files" });
    for (const label of ["Lanjut", "✏️ Ubah", "Rujukan image"]) await desk.press("user", label);
    await send("antrean-2.tar", "application/x-tar");
    expect(words()).toContain("Yang terakhir menjadi Berkas aplikasi.");
    await desk.press("user", "Lanjut");
    expect(words()).toContain("Berkas aplikasi: 1 berkas");
    expect(words()).toContain("Rujukan image: tidak diisi");
    await desk.press("user", "✖️ Batal");
  });

  test("what is an application's by its name goes to its question, from wherever it is sent; other files do not", async () => {
    await begin("PHP");
    await send("antrean.zip", "application/zip");
    expect(words()).toContain("📎 1 berkas diterima. Yang terakhir menjadi Berkas aplikasi.");
    await send("denah.pdf", "application/pdf");
    expect(words()).toContain("📎 2 berkas diterima.\n");
    expect(await fieldsOfFiles()).toEqual({ "antrean.zip": "application-files", "denah.pdf": "files" });
    await desk.press("user", "✖️ Batal");
  });

  test("also at the last question, after its own was left; what is to be read is no image", async () => {
    await toReference();
    await send("denah.pdf", "application/pdf");
    expect(await fieldsOfFiles()).toMatchObject({ "denah.pdf": "files" });
    expect(words()).toContain("Image-nya ada di registry registry.labura.go.id?");
    for (const label of ["Lanjut", "Lanjut"]) await desk.press("user", label);
    await send("antrean.tar", "application/x-tar");
    expect(words()).toContain("Yang terakhir menjadi Berkas aplikasi.");
    expect(await fieldsOfFiles()).toMatchObject({ "antrean.tar": "application-files" });
    await desk.press("user", "✖️ Batal");
  });

  /** The data center reads why an image did not come, and names it once more. */
  async function fetchAgain(id: number, why: string): Promise<void> {
    const moved = { state: "checking-hosting", holder: "data-center" } as const;
    await desk.db.updateTable("ticket").set(moved).where("id", "=", id).execute();
    await desk.tell("dataCenter", `/tiket T-${id}`);
    const seen = () => desk.newestWords("dataCenter");
    expect(seen()).toContain(`⚠️ Image registry.labura.go.id/antrean@${digest} belum didapat. ${why}`);

    isAway = false;
    await desk.press("dataCenter", "Masukkan berkas aplikasi");
    expect(seen()).toContain("Image-nya ada di registry registry.labura.go.id?");
    await desk.tell("dataCenter", `docker.io/library/antrean@${digest}`);
    expect(seen()).toContain("Pakai registry kantor ini, contoh: registry.labura.go.id.");
    await desk.press("dataCenter", "registry.labura.go.id/antrean");
    expect(seen()).toContain("Kirim dump basis datanya bila ada");
    await desk.press("dataCenter", "Lanjut");
    await desk.press("dataCenter", "Lewati");

    const look = async () => {
      await desk.tell("dataCenter", `/tiket T-${id}`);
      return seen();
    };
    await expect.poll(look, { timeout: 15_000, interval: 200 }).toContain("1 pemeriksaan, 1 belum diputuskan");
    await desk.press("dataCenter", "🤖 Pemeriksaan mesin");
    expect(seen()).toContain(`antrean-0a0a0a0a0a0a.tar, dari registry registry.labura.go.id/antrean@${digest}`);
  }

  test("of a name that somebody has is asked for another one, and nothing else", async () => {
    await giveServer();
    await giveName("loket");
    await begin("Situs statis");
    for (const label of ["Kecil", "Intranet saja"]) await desk.press("user", label);
    await desk.tell("user", "loket");
    expect(words()).toContain("Nama loket.labura.go.id sudah dipakai. Ketik nama lain, contoh: simpeg-dinkes.");
    await desk.tell("user", "loket-dinkes");
    expect(words()).not.toContain("sudah dipakai");
    await letter();
    for (const label of ["Lanjut", "Lanjut"]) await desk.press("user", label);
    // Meanwhile somebody gets that one, too.
    await giveName("loket-dinkes");
    await desk.press("user", "Kirim");
    expect(words()).toContain("Nama loket-dinkes.labura.go.id sudah dipakai.");
    await desk.tell("user", "loket-dua");
    await desk.press("user", "Kirim");
    expect((await newest()).answers).toMatchObject({ "wished-name": "loket-dua.labura.go.id", runtime: "static" });
  });
});

/** By which way a letter comes is the secretariat's to write down. */
test("the secretariat writes down the same for who sent a letter", async () => {
  await desk.tell("nonTechnical", "/menu");
  await desk.press("nonTechnical", "Catat surat masuk");
  await desk.press("nonTechnical", "Penitipan aplikasi/server");
  await desk.press("nonTechnical", "Surat");
  await desk.tell("nonTechnical", "Disdik");
  await desk.tell("nonTechnical", "Ibu Rosna");
  for (const label of ["Lewati", "Aplikasi (hosting)"]) await desk.press("nonTechnical", label);
  await desk.tell("nonTechnical", "Rapor");
  await desk.press("nonTechnical", "PHP");
  expect(desk.labels(desk.newest("nonTechnical"))).toEqual(expect.arrayContaining(["MariaDB", "Tanpa basis data"]));
  await desk.press("nonTechnical", "Tanpa basis data");
  expect(desk.labels(desk.newest("nonTechnical")).join()).toContain("Kecil (64 MB, 0,5 CPU)");
  for (const label of ["Kecil", "Intranet saja"]) await desk.press("nonTechnical", label);
  await desk.tell("nonTechnical", "loket");
  expect(desk.newestWords("nonTechnical")).toContain("Nama loket.labura.go.id sudah dipakai.");
});

const server = "10.10.5.20";

async function infrastructure(): Promise<Person> {
  const named = desk.db.selectFrom("person").select("id").where("name", "=", "Syahrul Munthe");
  return getPerson(desk.db, (await named.executeTakeFirstOrThrow()).id);
}

async function giveServer(): Promise<void> {
  const by = await infrastructure();
  await desk.db.transaction().execute(async (tx) => {
    const prefix = { zone: "Utama", network: "10.10.0.0/16", name: "Server" };
    const prefixId = accepted(await addPrefix(tx, by, desk.setting(), { answers: prefix }));
    const wish = { prefixId, address: server, officeId: by.officeId };
    accepted(await assignAddress(tx, by, desk.setting(), { ...wish, answers: { name: "Loket", basis: "555/1/2026" } }));
  });
}

/** Of that server. */
async function giveName(name: string): Promise<void> {
  const by = await infrastructure();
  const grounds = { name: "Loket", letter: "555/1/2026", ticketId: null };
  const named = { name: `${name}.labura.go.id`, kind: "application", officeId: by.officeId } as const;
  // Names of one server may be alike.
  const placing = { ...named, grounds, target: server, until: null, acceptsLookAlikes: true };
  await desk.db.transaction().execute(async (tx) => {
    accepted(await placeName(tx, desk.setting(), placing, { personId: by.id }));
  });
}

test("a new version is asked for as what its application runs by: an image, also by its name, or an archive", async () => {
  const names = { user: "Siti Aminah", infrastructure: "Syahrul Munthe" };
  const id = await standInTests(desk.db, desk.setting(), names);
  const ask = async () => {
    await desk.tell("user", "/permintaan");
    for (const label of ["Perubahan aplikasi", "SIMPEG", "Versi baru"]) await desk.press("user", label);
  };
  await ask();
  expect(words()).toContain("Image-nya ada di registry registry.labura.go.id?");
  await desk.tell("user", `registry.labura.go.id/simpeg@${digest}`);
  expect(words()).toContain("Mengapa perubahan ini diperlukan");
  await desk.press("user", "◀️ Kembali");
  await desk.press("user", "🗑 Hapus jawaban");
  expect(words()).toContain("Kirim image-nya (hasil docker save). Mesin memeriksanya. Bila sudah, tekan Lanjut.");
  await desk.press("user", "✖️ Batal");

  await desk.db.updateTable("application").set({ runtime: "static" }).where("id", "=", id).execute();
  await ask();
  expect(words()).toContain("Kirim arsip aplikasinya (.zip atau .tar.gz)");
  await desk.press("user", "✖️ Batal");
});
