import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Chat, type ChatPage, openChatPage } from "./support/chat-page.ts";
import { openChromium } from "./support/chromium.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { copyInstalledCheckout, temporaryFolder } from "./support/folders.ts";
import { makeProxyImage, saveWebImage } from "./support/images.ts";
import { labura } from "./support/labura.ts";
import { classifyAndCheck, fileLetter, openLetterDesk, reviewAndDispose, tellOffice } from "./support/letter.ts";
import { npmStart } from "./support/simpul.ts";

/** R05 by machine in the browser, from the letter to the page that is asked for. */

const checks = [
  "Legalitas software dan database",
  "Jenis aplikasi (desktop/website)",
  "Database",
  "Kelengkapan (web server, add-ons)",
  "Celah keamanan aplikasi",
  "Lainnya",
];
const domain = "antrean.labura.go.id";
const notice = `Aplikasi dapat dibuka di https://${domain} dari intranet.`;

test("an image that was sent in the chat is planned, approved and built, and its page is opened by its name", async () => {
  await using folder = await temporaryFolder();
  await using engine = await openDockerEngine();
  const home = join(folder.path, "home");
  await using simpul = npmStart({
    cwd: await checkoutWithHosting(folder.path, engine),
    env: { SIMPUL_HOME: home, SIMPUL_PLAYGROUND_DOCKER: "1" },
  });
  await using browser = await openChromium({ name: "labura.go.id", address: engine.address });
  const page = await openChatPage(browser, await simpul.isReady());

  const image = join(folder.path, "antrean.tar");
  await saveWebImage(engine, "<h1>Antrean Online</h1>", image);
  const file = { name: "antrean.tar", mimeType: "application/x-tar", buffer: await readFile(image) };
  const desk = await openLetterDesk(page);
  const wishes = ["Image kontainer", "Kecil (64 MB, 0,5 CPU)", "Intranet saja"];
  await fileLetter(desk, {
    ...{ service: "Aplikasi (hosting)", application: "Antrean Online", wishes, domain: "antrean", file },
  });
  await reviewAndDispose(desk);
  await classifyAndCheck(desk, { as: "hosting", checks });
  await judgeMachineChecks(desk.dataCenter);
  await prepareHost(page, engine);
  await plan(page);
  await acceptAndApprove(page);
  await report(page);
  await tellOffice(desk, notice);
  expect(page.defects).toEqual([]);

  const site = await browser.newPage({ ignoreHTTPSErrors: true });
  await site.goto(`https://${domain}/`);
  expect(await site.getByRole("heading").innerText()).toBe("Antrean Online");
  await site.screenshot({ path: join(import.meta.dirname, "output/hosted-page.png") });
});

/** As an office copies a profile and says on which host it hosts. @returns its folder */
async function checkoutWithHosting(folder: string, engine: DockerEngine): Promise<string> {
  const copy = join(folder, "simpul");
  await mkdir(copy);
  await copyInstalledCheckout(copy, { uid: 0, gid: 0 });
  const hosting = {
    planHours: 200,
    targets: [
      {
        ...{ name: "dc-1", title: "Server aplikasi 1", endpoint: engine.endpoint, zone: "Utama" },
        prefix: "10.40.0.0/16",
        proxy: {
          ...{ addresses: [engine.address], httpPort: 80, httpsPort: 443, intranet: ["10.0.0.0/8"] },
          ...{ image: await makeProxyImage(engine), memoryMb: 256, cpus: 1 },
        },
      },
    ],
    databases: [],
    keepDeletedDays: 30,
    sizes: [{ name: "kecil", title: "Kecil", memoryMb: 64, cpus: 0.5 }],
    runtimes: [
      {
        ...{ name: "image", title: "Image kontainer", port: 8080, healthPath: "/" },
        ...{ user: "10001:10001", temporary: ["/tmp"] },
        healthTest: ["CMD", "/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:{port}/"],
      },
    ],
  };
  // JSON is YAML.
  await appendFile(join(copy, "config/profiles/labura/profile.yaml"), `\nhosting: ${JSON.stringify(hosting)}\n`);
  return copy;
}

/** The prefix of applications, the proxy's address, and the proxy itself. */
async function prepareHost(page: ChatPage, engine: DockerEngine): Promise<void> {
  const infrastructure = await page.person(labura.infrastructure);
  await infrastructure.begin();
  await addPrefix(infrastructure, "10.40.0.0/16", "Aplikasi");
  await addPrefix(infrastructure, engine.address.replace(/\d+$/, "0/24"), "Host");
  await infrastructure.press("Berikan alamat");
  await infrastructure.asks("Alamat yang mana?");
  await infrastructure.press("Alamat tertentu");
  await answer(infrastructure, [
    ["Alamat yang mana dari", engine.address],
    ["Untuk perangkat daerah mana?", "Diskominfo"],
    ["Dipakai untuk apa?", "Proksi"],
    ["Apa dasarnya", "555/1/Diskominfo/2026"],
  ]);
  await infrastructure.asks("Periksa kembali");
  await infrastructure.press("Kirim");
  await infrastructure.sees("🔵 Dipakai: Proksi");

  const dataCenter = await page.person(labura.dataCenter);
  await dataCenter.say("/hosting");
  await dataCenter.press("🏗 Bangun atau ubah proksi");
  await dataCenter.asks("Mengapa proksinya");
  await dataCenter.say("Host baru.");
  await dataCenter.asks("Periksa kembali");
  await dataCenter.press("Kirim");
  await dataCenter.press("Buat rencana proksi");
  await dataCenter.press("Server aplikasi 1");
  await dataCenter.press("Lewati");
  await infrastructure.press("Terima rencana");
  await infrastructure.press("Lewati");
  const leadership = await page.person(labura.leadership);
  await leadership.begin();
  await leadership.press("Setujui");
  await leadership.press("Lewati");
  await dataCenter.sees("Proksi sudah dibangun dan berjalan.");
}

async function addPrefix(infrastructure: Chat, network: string, name: string): Promise<void> {
  await infrastructure.say("/ip");
  await infrastructure.press("Tambah prefix");
  await answer(infrastructure, [
    ["Di zona mana?", "Utama"],
    ["Apa prefixnya", network],
    ["Untuk apa prefix ini?", name],
  ]);
  await infrastructure.asks(`${network}`);
}

async function answer(chat: Chat, answers: readonly [question: string, words: string][]): Promise<void> {
  for (const [question, words] of answers) {
    await chat.asks(question);
    await chat.say(words);
  }
}

/** What was found right is accepted, what could not be looked at is decided with a reason. */
async function judgeMachineChecks(dataCenter: Chat): Promise<void> {
  await dataCenter.press("🤖 Pemeriksaan mesin");
  await dataCenter.sees("📄 antrean.tar");
  const right = [
    "Arsip aman dibuka",
    "Image utuh",
    "Aplikasi dikenali",
    "Rahasia dan dump di dalamnya",
    "Masih didukung pembuatnya",
  ];
  for (const check of [...right, "Izin berkas"]) {
    await dataCenter.press(`✅ ${check} · putuskan`);
    await dataCenter.sees(`T-0001 · ${check}`);
    await dataCenter.press("👍 Setuju:");
    await dataCenter.sees(`${check}: Sesuai → Sesuai menurut`);
  }
  for (const [check, left] of [
    ["Malware", "1 belum diputuskan"],
    ["Lisensi", "semua diputuskan"],
  ] as const) {
    await dataCenter.press(new RegExp(`^❔ ${check} · putuskan$`));
    await dataCenter.sees(`T-0001 · ${check}`);
    await dataCenter.press("✅ Sesuai, karena…");
    await dataCenter.asks("Mengapa?");
    await dataCenter.say("Image buatan Diskominfo.");
    await dataCenter.sees(left);
    if (left !== "semua diputuskan") await dataCenter.press("🤖 Pemeriksaan mesin");
  }
}

async function plan(page: ChatPage): Promise<void> {
  const dataCenter = await page.person(labura.dataCenter);
  await dataCenter.say("T-0001");
  await dataCenter.press("Bangun dengan mesin");
  await dataCenter.asks("Di host mana");
  await dataCenter.press("Server aplikasi 1");
  // What was wished stands there already.
  for (const question of ["Pada port berapa", "Alamat halaman untuk memeriksa", "Catatan untuk Infrastruktur"]) {
    await dataCenter.asks(question);
    await dataCenter.press("Lewati");
  }
  await dataCenter.asks("Periksa kembali");
  await dataCenter.press("Kirim");
  await dataCenter.sees("Rencana aplikasi diperiksa Infrastruktur");
}

async function acceptAndApprove(page: ChatPage): Promise<void> {
  const infrastructure = await page.person(labura.infrastructure);
  await infrastructure.press("Terima alamat dan nama");
  await infrastructure.press("Lewati");
  const leadership = await page.person(labura.leadership);
  const asked = await leadership.sees(`Nama: ${domain}`);
  expect(asked).toContain("➕ Dibuat: kontainer aplikasi (web-a)");
  await leadership.press("Setujui");
  await leadership.press("Lewati");
}

async function report(page: ChatPage): Promise<void> {
  const dataCenter = await page.person(labura.dataCenter);
  await dataCenter.sees("Keadaan: Laporan pemasangan di Data Center");
  await dataCenter.press("Laporkan aplikasi terpasang");
  await dataCenter.asks("Bagaimana hasilnya?");
  await dataCenter.say(notice);
  await dataCenter.sees("Keadaan: Selesai dipasang");
}
